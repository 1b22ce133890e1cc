"""One process at a time: who sends for a bot, say."""

import threading
from typing import Protocol

import psycopg


class Lead(Protocol):
    """Held until it is released or its connection is lost."""

    def is_held(self) -> bool:
        """Is it still ours? Asks the database, and blocks for as long as that takes."""

    def release(self) -> None:
        """Let another have it."""


class SoleLead:
    """Of the only process there is: the lock file has seen to that."""

    def __init__(self) -> None:
        self._held = True

    def is_held(self) -> bool:
        """Until it is released."""
        return self._held

    def release(self) -> None:
        """Let go."""
        self._held = False


class AdvisoryLead:
    """A PostgreSQL advisory lock on a connection of its own; it ends with the connection."""

    def __init__(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def is_held(self) -> bool:
        """Does the connection still live, and with it the lock?"""
        with self._lock:
            try:
                self._connection.execute("SELECT 1")
            except psycopg.Error:
                self._connection.close()
                return False
            return True

    def release(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()
