"""Column types on which both databases agree."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""Before anything that the store holds."""


def storable(text: str) -> str:
    """Text without NUL and lone surrogates, which PostgreSQL or UTF-8 refuse."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


class Instant(TypeDecorator[datetime]):
    """An aware moment, in UTC on both databases. A naive one is refused: nobody knows when it was."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC; SQLite keeps it without a zone, as text that sorts as time does."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        at = value.astimezone(UTC)
        return at.replace(tzinfo=None) if dialect.name == "sqlite" else at

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """UTC, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class PlainText(TypeDecorator[str]):
    """Text that is not sealed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Without what one of the databases would refuse."""
        return None if value is None else storable(value)


class Strings(TypeDecorator[tuple[str, ...]]):
    """Several strings, as a JSON array."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """A JSON array."""
        if value is None:
            return None
        return json.dumps([storable(each) for each in value], ensure_ascii=False)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[str, ...] | None:
        """A tuple."""
        return None if value is None else tuple(json.loads(value))
