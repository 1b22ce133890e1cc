"""Languages of many texts at once, as JSON lines: what `morsmal detect` reads and writes."""

from collections.abc import Iterable, Iterator

from content.detection.detector import Detection, Detector
from content.json_lines import Row, rows, written

_UNREAD = Detection(language=None, probability=0.0, candidates=())


def detect_lines(lines: Iterable[str], *, always: bool) -> Iterator[str]:
    """`{"id", "text"}` to `{"id", "language", "probability", "candidates"}`, a line for a line, blank ones left out.

    `language` is null where the service would ask; with `always` it is the likeliest label. `probability` is that
    of this language, or of the likeliest, near ones (Dari and Persian) counted together. A line that cannot be read
    gets the language null and an `error`.
    """
    detector = Detector.load()
    return (_answer(detector, row, always=always) for row in rows(lines, "text"))


def _answer(detector: Detector, row: Row, *, always: bool) -> str:
    found = _UNREAD
    for text in row.texts:
        found = detector.detect(text)
        if always and found.language is None:
            found = detector.guess(text)
    return written(
        row,
        {
            "language": found.language,
            "probability": round(found.probability, 4),
            "candidates": [[label, round(chance, 4)] for label, chance in found.candidates],
        },
    )
