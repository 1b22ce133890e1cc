"""Bringing a database to the schema of this release, under a lock."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from dispatch.model.errors import MorsmalError
from dispatch.store.keyring import ensure_service_key
from dispatch.store.sealing import Keys

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 7_277_612_201
"""Any number that nothing else in the same database locks."""


class NewerSchema(MorsmalError):
    """The database was migrated by a newer release than this one."""


def configuration(connection: Connection) -> Config:
    """What Alembic wants to know."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine, keys: Keys) -> None:
    """Apply what is missing, and see to the service's key. Raises NewerSchema, WrongKey."""
    with engine.connect() as connection, _alone(connection):
        if connection.dialect.name == "sqlite":
            # A table that is made anew must not take its children's rows with it.
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            try:
                command.upgrade(configuration(connection), "head")
            except CommandError as error:
                raise NewerSchema("the database belongs to a newer release") from error
            ensure_service_key(connection, keys)


def is_current(connection: Connection) -> bool:
    """Does the database have the schema of this release?"""
    head = ScriptDirectory.from_config(configuration(connection)).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """Two processes that start together do not both migrate."""
    if connection.dialect.name == "sqlite":
        descriptor = os.open(f"{connection.engine.url.database}.migrating", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
        return
    with connection.begin():
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
    try:
        yield
    finally:
        connection.rollback()
        with connection.begin():
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
