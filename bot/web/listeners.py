"""Hints to open sockets that transcripts have changed."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.wake import Wake

TOPIC = "transcripts"


class Listeners:
    """All that wait in this process."""

    def __init__(self) -> None:
        self._wakes: set[Wake] = set()

    def heard(self, topic: str) -> None:
        """Something was committed, here or in another process: what `Database.listen` calls back."""
        if topic == TOPIC:
            for wake in self._wakes:
                wake.ring()

    @contextmanager
    def listening(self) -> Iterator[Wake]:
        """A bell of one's own, as long as one listens."""
        wake = Wake()
        self._wakes.add(wake)
        try:
            yield wake
        finally:
            self._wakes.discard(wake)
