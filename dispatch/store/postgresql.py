"""PostgreSQL: a pool of threads, any number of processes that tell each other what they committed."""

import hashlib
import logging
import random
import threading
import time
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import psycopg
from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError

from dispatch.store.keyring import Vault
from dispatch.store.leading import AdvisoryLead
from dispatch.store.unit import SqlService
from dispatch.store.work import CHANNEL, TOPICS, Work

T = TypeVar("T")
Announce = Callable[[Collection[str]], None]

log = logging.getLogger(__name__)

THREADS = 4
"""For writing, and as many for reading: a reader never waits for a lock behind writers."""

ATTEMPTS = 5
"""Two transactions that wait for each other are both right: one is chosen to start again."""

START_AGAIN = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)


class PostgresqlBackend:
    """A database on a server. `vault` is asked for when a unit of work starts."""

    def __init__(self, url: URL, vault: Callable[[Connection], Vault], announce: Announce) -> None:
        self.engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=2 * THREADS,
            max_overflow=2,
            pool_pre_ping=True,
            hide_parameters=True,
        )
        self._conninfo = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._vault = vault
        self._announce = announce
        self._writers = ThreadPoolExecutor(THREADS, "writer")
        self._readers = ThreadPoolExecutor(THREADS, "reader")
        self._closing = threading.Event()
        self._listener: threading.Thread | None = None

    def run(self, function: Callable[[SqlService], T]) -> Future[T]:
        """Resolved once it is committed."""
        return self._writers.submit(self._run, function)

    def read(self, function: Callable[[SqlService], T]) -> Future[T]:
        """Resolved with what the function saw in one snapshot."""
        return self._readers.submit(self._read, function)

    def listen(self) -> None:
        """Hear what is committed, by us or others, on a connection of its own."""
        if self._listener is None:
            ready = threading.Event()
            self._listener = threading.Thread(
                target=self._listen, args=(ready,), name="listener", daemon=True
            )
            self._listener.start()
            ready.wait(5)

    def lead(self, name: str) -> AdvisoryLead | None:
        """The advisory lock of this name, or None when another has it."""
        number = int.from_bytes(hashlib.sha256(f"lead {name}".encode()).digest()[:8], "big", signed=True)
        connection = self._connect()
        granted = connection.execute("SELECT pg_try_advisory_lock(%s)", (number,)).fetchone()
        if granted is None or not granted[0]:
            connection.close()
            return None
        return AdvisoryLead(connection)

    def close(self) -> None:
        """Finish what was asked for, and disconnect."""
        self._closing.set()
        self._writers.shutdown()
        self._readers.shutdown()
        if self._listener is not None:
            self._listener.join()
        self.engine.dispose()

    def _run(self, function: Callable[[SqlService], T]) -> T:
        for attempt in range(ATTEMPTS - 1):
            try:
                return self._run_once(function)
            except OperationalError as error:
                if not isinstance(error.orig, START_AGAIN):
                    raise
            # Long enough for the other to finish, and not as long as somebody else who starts again.
            time.sleep(random.uniform(0.02, 0.1) * 2**attempt)
        return self._run_once(function)

    def _run_once(self, function: Callable[[SqlService], T]) -> T:
        with self.engine.begin() as connection:
            work = Work(connection, self._vault(connection))
            service = SqlService(work)
            result = function(service)
            service.finish()
        if work.scrub:
            self._vacuum()
        return result

    def _read(self, function: Callable[[SqlService], T]) -> T:
        with self.engine.connect() as connection:
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                return function(SqlService(Work(connection, self._vault(connection))))

    def _vacuum(self) -> None:
        """After an erasure, let the server overwrite the place of rows that are gone."""
        try:
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM person_keys, people, case_messages, inbox, outbox")
        except DBAPIError as error:  # what was asked for is committed; the server's own vacuum comes later
            log.warning("could not vacuum: %s", type(error.orig).__name__)

    def _listen(self, ready: threading.Event) -> None:
        while not self._closing.is_set():
            try:
                with self._connect() as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self._announce(TOPICS)  # whatever was missed while nobody listened
                    ready.set()
                    self._hear(connection)
            except psycopg.OperationalError:
                log.warning("lost the connection that hears of new rows; connecting again")
                self._closing.wait(1)

    def _hear(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        while not self._closing.is_set():
            for notice in connection.notifies(timeout=0.5):
                self._announce(notice.payload.split())

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self._conninfo, autocommit=True, keepalives_idle=10, keepalives_interval=5)
