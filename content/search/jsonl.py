"""`morsmal ask`: questions as lines of JSON, answered from a folder of articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import orjson

from content.library import NOTHING, Finding, Library


def ask_lines(
    lines: Iterable[str],
    folder: Path,
    *,
    today: date = date.min,
    cache: Path | None = None,
    model: bool = True,
) -> Iterator[str]:
    """One line of JSON for each line `{"id", "text", "language"}`, in their order.

    Each answer is `{"id", "outcome", "article", "probability", "candidates"}`: `article` is the best
    candidate whatever the outcome, `candidates` are the best ten. A line that cannot be read gets the
    outcome `person` and an `error`. Without `today` no article is taken to be expired.
    """
    library = Library.load(folder, model=model, cache=cache)
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer(library, number, line, today)


def _answer(library: Library, number: int, line: str, today: date) -> str:
    try:
        question = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return _line(None, NOTHING, error=f"line {number} is not JSON: {error}")
    match question:
        case {"text": str(text), "language": str(language)}:
            return _line(question.get("id"), library.find(text, language, today=today))
        case {}:
            return _line(question.get("id"), NOTHING, error=f"line {number} lacks text or language")
    return _line(None, NOTHING, error=f"line {number} is not an object")


def _line(name: object, finding: Finding, **more: str) -> str:
    candidates = [
        {"article": found.article.slug, "probability": round(found.probability, 4)}
        for found in finding.candidates
    ]
    best = candidates[0] if candidates else {"article": None, "probability": 0.0}
    answer = {"id": name, "outcome": finding.outcome, **best, "candidates": candidates, **more}
    return orjson.dumps(answer).decode()
