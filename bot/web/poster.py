"""A poster for one language: a page that needs nothing else, to be opened in a browser and printed on A4."""

from collections.abc import Callable
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from content.languages import autonym, direction
from content.phrases import Body, Phrase
from dispatch.model.messages import Poster

QR_CORRECTION = "q"  # a quarter of it may be dirty or torn: posters hang for months
QR_BORDER = 4  # modules of white, as ISO/IEC 18004 asks for

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)


def draw(poster: Poster, say: Callable[[Body], str]) -> str:
    """The page as HTML. `say` speaks the poster's language."""
    code = segno.make(poster.address, error=QR_CORRECTION, micro=False)
    svg = code.svg_inline(border=QR_BORDER, omitsize=True, svgclass="code", lineclass=None, dark="#1f1b24")
    return _TEMPLATES.get_template("poster.html").render(
        language=poster.language,
        direction=direction(poster.language),
        autonym=autonym(poster.language),
        group=poster.group,
        address=poster.address,
        title=say(Phrase("poster-title")),
        text=say(Phrase("poster-text")),
        scan=say(Phrase("poster-scan")),
        code=svg,  # drawn by segno of an address: a path, without any text
    )
