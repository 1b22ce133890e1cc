"""A clock that stands still until it is moved."""

from datetime import UTC, datetime, timedelta

MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class FakeClock:
    """Tells the time that the test has set."""

    def __init__(self, now: datetime = MONDAY_NOON) -> None:
        self._now = now

    def now(self) -> datetime:
        """The time of the test."""
        return self._now

    def advance(self, span: timedelta) -> None:
        """Time goes by."""
        self._now += span

    def set(self, now: datetime) -> None:
        """It is another time."""
        self._now = now
