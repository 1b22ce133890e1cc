"""`morsmal ask`: questions as lines of JSON, answered from a folder of articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from content.json_lines import Row, rows, written
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
    find = partial(library.find, country=country, today=today)
    return (_answer(find, row) for row in rows(lines, "text", "language"))


def _answer(find: Callable[[str, str], Finding], row: Row) -> str:
    finding = NOTHING if row.error else find(*row.texts)
    candidates = [
        {"article": found.article.slug, "probability": round(found.probability, 4)}
        for found in finding.candidates
    ]
    best = candidates[0] if candidates else {"article": None, "probability": 0.0}
    return written(row, {"outcome": finding.outcome, **best, "candidates": candidates})
