"""Languages of many texts at once, as JSON lines: what `morsmal detect` reads and writes."""

import json
from collections.abc import Iterable, Iterator

from content.detection.detector import Detection, Detector


class MalformedLine(ValueError):
    """A line of the input is not an object with an `id` and a `text`; the message names its number."""


def detect_lines(lines: Iterable[str], *, always: bool) -> Iterator[str]:
    """`{"id", "text"}` to `{"id", "language", "probability", "candidates"}`, a line for a line, blank ones left out.

    `language` is null where the service would ask; with `always` it is the likeliest label. `probability` is that
    of the likeliest language, near ones (Dari and Persian) counted together. Raises MalformedLine.
    """
    detector = Detector.load()
    for number, line in enumerate(lines, start=1):
        if line.strip():
            identity, text = _read(line, number)
            found = detector.detect(text)
            language = detector.guess(text) if always and found.language is None else found.language
            yield _written(identity, language, found)


def _read(line: str, number: int) -> tuple[object, str]:
    try:
        row = json.loads(line)  # unlike orjson it lets a lone surrogate pass: phones send them
    except ValueError as error:
        raise MalformedLine(f"line {number}: not JSON: {error}") from error
    if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("text"), str):
        raise MalformedLine(f'line {number}: expected an object with "id" and a string "text"')
    return row["id"], row["text"]


def _written(identity: object, language: str | None, found: Detection) -> str:
    row = {
        "id": identity,
        "language": language,
        "probability": round(found.probability, 4),
        "candidates": [[label, round(chance, 4)] for label, chance in found.candidates],
    }
    return json.dumps(row)
