"""Lines of JSON as they come in on a pipe: `morsmal detect` and `morsmal ask` read them by the same rules."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

_HALF = re.compile("[\ud800-\udfff]")  # phones send halves of signs; nothing can write them


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line's `id`, whatever it is, and the texts that were asked for; none where `error` says what is wrong."""

    id: object = None
    texts: tuple[str, ...] = ()
    error: str = ""


def rows(lines: Iterable[str], *names: str) -> Iterator[Row]:
    """A row for each line that is not blank, in their order: objects with an `id` and these texts."""
    return (_row(line, number, names) for number, line in enumerate(lines, start=1) if line.strip())


def _row(line: str, number: int, names: tuple[str, ...]) -> Row:
    try:
        found = json.loads(line, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        return Row(error=f"line {number} is not JSON: {error}")
    if not isinstance(found, dict):
        return Row(error=f"line {number} is not an object")
    texts = [_HALF.sub("\ufffd", text) for name in names if isinstance(text := found.get(name), str)]
    if len(texts) < len(names):
        return Row(id=found.get("id"), error=f"line {number} lacks {' or '.join(names)}")
    return Row(id=found.get("id"), texts=tuple(texts))


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def written(row: Row, answer: dict[str, Any]) -> str:
    """The line that answers a row."""
    return json.dumps({"id": row.id, **answer, **({"error": row.error} if row.error else {})})
