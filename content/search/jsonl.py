"""`morsmal ask`: questions as lines of JSON, answered from a folder of articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from content.json_lines import Row, rows, written
from content.library import NOTHING, Library


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
    return (_answer(library, row, today) for row in rows(lines, "text", "language"))


def _answer(library: Library, row: Row, today: date) -> str:
    finding = NOTHING if row.error else library.find(*row.texts, today=today)
    candidates = [
        {"article": found.article.slug, "probability": round(found.probability, 4)}
        for found in finding.candidates
    ]
    best = candidates[0] if candidates else {"article": None, "probability": 0.0}
    return written(row, {"outcome": finding.outcome, **best, "candidates": candidates})
