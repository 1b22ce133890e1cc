"""`morsmal ask`: questions as lines of JSON, answered from a folder of articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import orjson

from content.library import NOTHING, Finding, Library


def ask_lines(
    lines: Iterable[str],
    folder: Path,
    *,
    today: date = date.min,
    country: str | None = None,
    cache: Path | None = None,
    model: bool = True,
) -> Iterator[str]:
    """One line of JSON for each line `{"id", "text", "language"}`, in their order.

    Each answer is `{"id", "outcome", "article", "probability", "candidates"}`: `article` is the best
    candidate whatever the outcome, `candidates` are the best ten. A line that cannot be read gets the
    outcome `person` and an `error`. Without `today` no article is taken to be expired. `country`, two letters,
    leaves out what is true elsewhere only, as for the members of a group there.
    """
    library = Library.load(folder, model=model, cache=cache)
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer(partial(library.find, country=country, today=today), number, line)


def _answer(find: Callable[[str, str], Finding], number: int, line: str) -> str:
    try:
        question = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return _line(None, NOTHING, error=f"line {number} is not JSON: {error}")
    match question:
        case {"text": str(text), "language": str(language)}:
            return _line(question.get("id"), find(text, language))
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
