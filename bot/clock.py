"""The only reader of the time."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells what time it is."""

    def now(self) -> datetime:
        """This instant, aware and UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """This instant, aware and UTC."""
        return datetime.now(UTC)
