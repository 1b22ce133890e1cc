"""SQLite: one writer thread whose waiting functions share a commit, a few readers, one process."""

import fcntl
import logging
import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from dispatch.model.errors import MorsmalError
from dispatch.store.keyring import Vault
from dispatch.store.leading import SoleLead
from dispatch.store.unit import SqlService
from dispatch.store.work import Work

T = TypeVar("T")
Announce = Callable[[Collection[str]], None]

SHARED_AT_MOST = 64
"""Functions in one commit: enough to share its cost, few enough that nobody waits for long."""

READERS = 3

PATIENCE = 30
"""Seconds to wait for another process that writes: a command beside the service."""

log = logging.getLogger(__name__)


class AlreadyRunning(MorsmalError):
    """Another process has this database."""


class _RolledBack(MorsmalError):
    """SQLite gave up the whole transaction (a full disk, say), not one function's part of it."""


@dataclass(slots=True)
class _Job:
    function: Callable[[SqlService], Any]
    future: Future[Any]
    work: Work | None = None
    result: Any = None
    error: BaseException | None = None


def engine_for(url: URL, begin: str) -> Engine:
    """An engine whose transactions start with `begin`: the driver's own start too late."""
    engine = create_engine(
        url,
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": PATIENCE},
    )

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _: object) -> None:
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "trusted_schema=OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


class SqliteBackend:
    """A database file. `vault` is asked for when the first unit of work starts."""

    def __init__(
        self, url: URL, vault: Callable[[Connection], Vault], announce: Announce, exclusive: bool
    ) -> None:
        self.path = Path(url.database or "").absolute()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = _lock_file(self.path) if exclusive else None
        self.engine = engine_for(url, "BEGIN IMMEDIATE")
        try:
            self.path.touch(mode=0o600)
            self._connection = self.engine.connect()
        except BaseException:
            self._let_go()
            raise
        self._vault = vault
        self._announce = announce
        self._reading = engine_for(url, "BEGIN")
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._local = threading.local()
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._scrub = False
        self._writer = threading.Thread(target=self._write, name="writer", daemon=True)
        self._writer.start()

    def run(self, function: Callable[[SqlService], T]) -> Future[T]:
        """Resolved once it is committed."""
        job = _Job(function, Future())
        self._jobs.put(job)
        return job.future

    def read(self, function: Callable[[SqlService], T]) -> Future[T]:
        """Resolved with what the function saw in one snapshot."""
        return self._readers.submit(self._read, function)

    def listen(self) -> None:
        """There is no other process to hear of."""

    def lead(self, _name: str) -> SoleLead:
        """Always ours: there is no other process."""
        return SoleLead()

    def close(self) -> None:
        """Finish what was asked for, and let go of the file."""
        self._jobs.put(None)
        self._writer.join()
        self._readers.shutdown()
        self._let_go()

    def _let_go(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _read(self, function: Callable[[SqlService], T]) -> T:
        if not hasattr(self._local, "connection"):
            self._local.connection = self._reading.connect()
            self._local.connection.exec_driver_sql("PRAGMA query_only=ON")
            self._local.connection.rollback()
        connection: Connection = self._local.connection
        try:
            return function(SqlService(Work(connection, self._vault(connection))))
        finally:
            connection.rollback()

    def _write(self) -> None:
        """The writer thread: take whoever waits, commit together."""
        with self._connection as connection:
            while (jobs := self._waiting()) is not None:
                _attempt(connection, jobs, self._vault)
                if len(jobs) > 1:
                    for job in jobs:
                        if isinstance(job.error, _RolledBack):
                            _attempt(connection, [job], self._vault)
                self._tell(jobs)
                self._wipe(connection)

    def _waiting(self) -> list[_Job] | None:
        """Those who wait, in turn, at least one; empty when it is time to wipe; None at the end."""
        try:
            first = self._jobs.get(timeout=1 if self._scrub else None)
        except queue.Empty:
            return []
        if first is None:
            return None
        jobs = [first]
        while len(jobs) < SHARED_AT_MOST:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                self._jobs.put(None)
                break
            jobs.append(job)
        return [job for job in jobs if job.future.set_running_or_notify_cancel()]

    def _tell(self, jobs: list[_Job]) -> None:
        touched: set[str] = set()
        for job in jobs:
            if job.error is not None:
                job.future.set_exception(job.error)
                continue
            if job.work is not None:
                touched |= job.work.touched
                self._scrub |= job.work.scrub
            job.future.set_result(job.result)
        if touched:
            self._announce(touched)

    def _wipe(self, connection: Connection) -> None:
        """After an erasure, empty the write-ahead log, where older pages would stay readable."""
        if not self._scrub:
            return
        driver = _driver(connection)
        try:
            driver.execute("PRAGMA busy_timeout=100")  # readers are brief; otherwise again in a second
            self._scrub = bool(driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
            driver.execute(f"PRAGMA busy_timeout={PATIENCE * 1000}")
        except sqlite3.Error as error:
            log.error("the write-ahead log could not be emptied; trying again: %s", error)


def _attempt(connection: Connection, jobs: list[_Job], vault: Callable[[Connection], Vault]) -> None:
    """One transaction for these jobs, each in its own savepoint; every job ends with a result or an error."""
    try:
        with connection.begin():
            for job in jobs:
                _perform(connection, job, vault)
    except BaseException as error:
        if _driver(connection).in_transaction:  # a commit that failed leaves it open
            _driver(connection).rollback()
        for job in jobs:
            job.error = error if len(jobs) == 1 else _RolledBack("the shared transaction was rolled back")


def _perform(connection: Connection, job: _Job, vault: Callable[[Connection], Vault]) -> None:
    """Run one function. Raises when the transaction around it is gone; its own error undoes only itself."""
    connection.exec_driver_sql("SAVEPOINT turn")
    job.result = job.error = None
    try:
        job.work = Work(connection, vault(connection))
        service = SqlService(job.work)
        job.result = job.function(service)
        service.finish()
    except BaseException as error:
        job.error = error
    if not _driver(connection).in_transaction:
        raise job.error or _RolledBack("the function ended the transaction")
    if job.error is not None:
        connection.exec_driver_sql("ROLLBACK TO turn")
    connection.exec_driver_sql("RELEASE turn")


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.dbapi_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError("not a connection of the sqlite3 module")
    return driver


@contextmanager
def hold(database: Path) -> Iterator[None]:
    """Keep every service off this database file. Raises AlreadyRunning."""
    lock = _lock_file(database.absolute())
    try:
        yield
    finally:
        os.close(lock)


def _lock_file(database: Path) -> int:
    """Hold the file beside this one for as long as we run. Raises AlreadyRunning."""
    path = database.with_name(database.name + ".lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise AlreadyRunning(f"another process is running on {path.with_suffix('')}") from error
    return descriptor
