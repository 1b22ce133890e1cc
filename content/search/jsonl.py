"""`morsmal ask`: questions as lines of JSON, answered from a folder of articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import orjson

from content.library import NOTHING, Finding, Library


def ask_lines(
    lines: Iterable[str], folder: Path, *, today: date = date.min, cache: Path | None = None
) -> Iterator[str]:
    """One line of JSON for each line `{"id", "text", "language"}`, in their order.

    Each answer is `{"id", "outcome", "article", "probability", "candidates"}`: `article` is the best
    candidate whatever the outcome, `candidates` are the best ten. A line that cannot be read gets the
    outcome `person` and an `error`. Without `today` no article is taken to be expired.
    """
    library = Library.load(folder, cache=cache)
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer(library, number, line, today)


def _answer(library: Library, number: int, line: str, today: date) -> str:
    try:
        question = orjson.loads(line)
        text, language = question["text"], question["language"]
        if not isinstance(text, str) or not isinstance(language, str):
            raise TypeError("text and language must be strings")
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        known = isinstance(question, dict) if "question" in locals() else False
        fault = f"line {number}: {type(error).__name__}: {error}"
        return _line(question.get("id") if known else None, NOTHING, error=fault)
    return _line(question.get("id"), library.find(text, language, today=today))


def _line(name: object, finding: Finding, **more: str) -> str:
    candidates = [
        {"article": found.article.slug, "probability": round(found.probability, 4)}
        for found in finding.candidates
    ]
    best = candidates[0] if candidates else {"article": None, "probability": 0.0}
    answer = {"id": name, "outcome": finding.outcome, **best, "candidates": candidates, **more}
    return orjson.dumps(answer).decode()
