"""The database as the running process sees it: functions go in, what they returned comes out, committed."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Collection
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Protocol, Self, TypeVar

import psycopg
from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError

from dispatch.model.errors import MorsmalError
from dispatch.ports import Service
from dispatch.store import migrating
from dispatch.store.keyring import Vault, open_vault, rewrap_all
from dispatch.store.leading import Lead
from dispatch.store.postgresql import PostgresqlBackend
from dispatch.store.sealing import Keys, WrongKey
from dispatch.store.sqlite import SqliteBackend
from dispatch.store.unit import SqlService

T = TypeVar("T")


class DatabaseFailed(MorsmalError):
    """The database could not do it: it is down, full or locked. Nothing was kept; it may be tried again."""


class Backend(Protocol):
    """What SQLite and PostgreSQL do differently."""

    engine: Engine

    def run(self, function: Callable[[SqlService], T]) -> Future[T]:
        """Run it in a transaction of its own; resolved after the commit."""

    def read(self, function: Callable[[SqlService], T]) -> Future[T]:
        """Run it on a snapshot."""

    def listen(self) -> None:
        """Start to hear what other processes commit."""

    def lead(self, name: str) -> Lead | None:
        """The one lead of that name, or None when another process has it."""

    def close(self) -> None:
        """Finish what was asked for, and let go."""


class Database:
    """One database, opened once in a process.

    Functions given to `run` may run twice, when the transaction around them fails: they must have no other
    effects.
    """

    def __init__(self, url: str, *, keys: Keys, exclusive: bool = True) -> None:
        """`sqlite:///path` or `postgresql://...`.

        An SQLite file is kept for this process, unless not `exclusive`: for a command beside a running
        service. Raises AlreadyRunning, or DatabaseFailed when the file cannot be opened.
        """
        self._keys = keys
        self._vault: Vault | None = None
        self._listeners: list[tuple[asyncio.AbstractEventLoop, Callable[[str], None]]] = []
        parsed = make_url(url)
        self._backend: Backend
        if parsed.get_backend_name() != "sqlite":
            self._backend = PostgresqlBackend(parsed, self._open_vault, self._announce)
            return
        try:
            self._backend = SqliteBackend(parsed, self._open_vault, self._announce, exclusive)
        except (OSError, DatabaseError) as error:
            raise DatabaseFailed(f"cannot open {parsed.database}") from error

    @classmethod
    def open(cls, url: str, *, keys: Keys, exclusive: bool = True) -> Self:
        """The database at this address; see `__init__`."""
        return cls(url, keys=keys, exclusive=exclusive)

    async def run(self, function: Callable[[Service], T]) -> T:
        """What the function returns, once all that it did is committed; nothing of it is when it raises.

        Raises DatabaseFailed, and whatever the function raises.
        """
        return await _result(self._backend.run(function))

    async def read(self, function: Callable[[Service], T]) -> T:
        """What the function sees in one snapshot; it may not write. Raises DatabaseFailed."""
        return await _result(self._backend.read(function))

    async def migrate(self) -> None:
        """Bring the database to this release's schema. Raises NewerSchema, WrongKey, DatabaseFailed."""
        await _translated(asyncio.to_thread(migrating.migrate, self._backend.engine, self._keys))

    async def schema_is_current(self) -> bool:
        """Does the database have the schema of this release? Raises DatabaseFailed."""
        return await _translated(asyncio.to_thread(self._schema_is_current))

    async def rewrap(self, new: Keys) -> int:
        """Put all data keys under the current key of `new`; how many there were.

        `new` must hold the old keys too, else WrongKey: what is written meanwhile still needs them. They may
        be thrown away afterwards if no other process worked on the database.
        """
        if not self._keys.by_id.items() <= new.by_id.items():
            raise WrongKey("the new keys must include the old ones")
        rewrap = partial(rewrap_all, old=self._keys, new=new)
        count = await _result(self._backend.run(lambda service: rewrap(service.work.connection)))
        self._keys, self._vault = new, None
        return count

    def listen(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """Call back in this event loop whenever something was committed that others may wait for.

        Topics are "inbox", "outbox", "timers", "transcripts" and "shelf". It is a hint: it may come twice, or for
        nothing. Returns a function that ends it.
        """
        listener = (asyncio.get_running_loop(), callback)
        self._listeners.append(listener)
        self._backend.listen()
        return lambda: self._listeners.remove(listener)

    async def lead(self, name: str) -> Lead | None:
        """The right to be the only one who does this (sends for one bot, say), or None."""
        return await _translated(asyncio.to_thread(self._backend.lead, name))

    async def close(self) -> None:
        """Finish what was asked for, and let go."""
        await asyncio.to_thread(self._backend.close)

    def _schema_is_current(self) -> bool:
        with self._backend.engine.connect() as connection:
            return migrating.is_current(connection)

    def _open_vault(self, connection: Connection) -> Vault:
        if self._vault is None:
            self._vault = open_vault(connection, self._keys)
        return self._vault

    def _announce(self, topics: Collection[str]) -> None:
        """From a database thread into each listener's loop."""
        for loop, callback in tuple(self._listeners):
            with suppress(RuntimeError):  # a loop that has been closed
                for topic in topics:
                    loop.call_soon_threadsafe(callback, topic)


async def _result(future: Future[T]) -> T:
    return await _translated(asyncio.wrap_future(future))


async def _translated(awaitable: Awaitable[T]) -> T:
    """Failures of the database under a name of ours, so that callers need not know whose they are."""
    try:
        return await awaitable
    except (OperationalError, InterfaceError, psycopg.OperationalError) as error:
        reason = getattr(error, "orig", error)
        if getattr(reason, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
            raise  # our own SQL is wrong: trying again would not help
        raise DatabaseFailed(str(reason).partition("\n")[0]) from error
