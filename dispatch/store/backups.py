"""Copies of an SQLite database: made while it is in use, checked, and put back in its place."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from dispatch.model.errors import MorsmalError
from dispatch.model.people import Tombstone
from dispatch.store import tombstones
from dispatch.store.keyring import open_vault
from dispatch.store.sealing import Keys, WrongKey
from dispatch.store.sqlite import PATIENCE, engine_for, hold
from dispatch.store.work import Work

ASIDE = ".replaced"
"""What a database is called that a copy has taken the place of."""

BESIDE = ("", "-wal", "-shm")
"""The files of a database that is in use."""


class NoBackup(MorsmalError):
    """There is no sound database to be copied that this key reads, or the copy would replace something."""


def copy(source: Path, target: Path, keys: Keys) -> None:
    """All of a database at one moment, in one new file that only its owner may read. The source may be in use.

    Raises NoBackup; then there is no new file.
    """
    if not source.is_file():
        raise NoBackup(f"there is no database {source}")
    unfinished = target.with_name(f"{target.name}.unfinished")
    discard(unfinished)
    if target.exists():
        raise NoBackup(f"{target} exists already; it is not replaced")
    try:
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with (
            closing(sqlite3.connect(source, timeout=PATIENCE)) as old,
            closing(sqlite3.connect(unfinished)) as new,
        ):
            old.backup(new)
        with _opened(unfinished) as connection:
            if connection.exec_driver_sql("PRAGMA quick_check").scalar() != "ok":
                raise NoBackup(f"{source} is damaged")
            open_vault(connection, keys)
        settle(unfinished)
        unfinished.rename(target)
    except WrongKey as error:
        raise NoBackup(f"{source} is not read with the key {keys.fingerprint}") from error
    except (OSError, sqlite3.Error, SQLAlchemyError) as error:
        reason = getattr(error, "orig", error)
        raise NoBackup(f"{source} cannot be copied to {target}: {reason}") from error
    finally:
        discard(unfinished)


def discard(path: Path) -> None:
    """Remove a database that nobody needs, with all that may lie beside it."""
    for name in (*BESIDE, ".migrating"):
        Path(f"{path}{name}").unlink(missing_ok=True)


def settle(path: Path) -> None:
    """Bring a database that nobody has open into one file, and see that it is on the disk."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def forgotten_in(path: Path, keys: Keys) -> Sequence[Tombstone] | None:
    """Who was erased from this database; None when that cannot be read any more, or there is none."""
    try:
        with _opened(path) as connection:
            return tombstones.all_of(Work(connection, open_vault(connection, keys)))
    except (MorsmalError, SQLAlchemyError, sqlite3.Error):
        return None


def replace(place: Path, new: Path) -> Path | None:
    """Put a settled database in the place of another; where that one is now, if there was one."""
    aside = place.with_name(place.name + ASIDE)
    replaced = place.exists()
    for name in BESIDE:
        if (old := Path(f"{place}{name}")).exists():
            old.rename(f"{aside}{name}")
    new.rename(place)
    return aside if replaced else None


@contextmanager
def alone_with(place: Path) -> Iterator[None]:
    """No service runs on this database meanwhile. Raises AlreadyRunning; NoBackup when an older one lies aside still."""
    aside = place.with_name(place.name + ASIDE)
    if aside.exists():
        raise NoBackup(f"{aside} is still there, from the time before: move it away, or delete it, first")
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with hold(place):
        yield


@contextmanager
def _opened(path: Path) -> Iterator[Connection]:
    if not path.is_file():
        raise NoBackup(f"there is no database {path}")
    with engine_for(URL.create("sqlite", database=str(path)), "BEGIN").connect() as connection:
        yield connection
