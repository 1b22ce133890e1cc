"""Reads a code for the camera back from what was drawn, as its dark and light modules."""

import io
import re

import segno
from PIL import Image

Modules = tuple[tuple[bool, ...], ...]


def modules_for(address: str, *, correction: str) -> Modules:
    """What the library says of this address's code: True is dark."""
    code = segno.make(address, error=correction, micro=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def modules_of_picture(png: bytes) -> Modules:
    """The code on a picture, which must be dark on white and have four modules of white around it."""
    light = Image.open(io.BytesIO(png)).convert("L").point(lambda value: 255 if value > 127 else 0)
    left, top, right, bottom = light.point(lambda value: 255 - value).getbbox() or (0, 0, 0, 0)
    finder = next(x for x in range(left, right) if light.getpixel((x, top))) - left
    scale = finder // 7  # the corner's square is seven modules wide
    assert min(left, top, light.width - right, light.height - bottom) >= 4 * scale
    return tuple(
        tuple(not light.getpixel((x, y)) for x in range(left + scale // 2, right, scale))
        for y in range(top + scale // 2, bottom, scale)
    )


def modules_of_path(page: str, *, border: int) -> Modules:
    """The code on a page with one SVG of class `code`, whose path draws runs of dark modules."""
    found = re.search(
        r'<svg[^>]*viewBox="0 0 (\d+) \1"[^>]*class="code"[^>]*>.*?\bd="([^"]+)"', page, re.DOTALL
    )
    assert found
    size, dark, x, y = int(found[1]) - 2 * border, set[tuple[int, int]](), 0.0, 0.0
    for command, words in re.findall(r"([Mmh])([-\d. ]+)", found[2]):
        numbers = [float(word) for word in words.split()]
        if command == "h":
            dark |= {(int(y) - border, int(x) - border + step) for step in range(int(numbers[0]))}
            x += numbers[0]
        else:
            x, y = (numbers[0], numbers[1]) if command == "M" else (x + numbers[0], y + numbers[1])
    return tuple(tuple((row, column) in dark for column in range(size)) for row in range(size))
