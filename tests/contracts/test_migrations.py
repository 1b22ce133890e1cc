import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, inspect, make_url, text

from dispatch.store.database import Database
from dispatch.store.migrating import NewerSchema, configuration
from dispatch.store.schema import metadata
from dispatch.store.sealing import Keys, WrongKey
from tests.contracts.databases import KEYS, fresh_url

OF_NO_GROUP = {
    "files",
    "groups",
    "inbox",
    "inbox_rejected",
    "offsets",
    "pauses",
    "profiles",
    "revisions",
    "service_keys",
    "transcripts",
}
"""Tables of the platforms and of the service itself."""


@pytest.fixture
def url(kind: str, tmp_path: Path) -> Iterator[str]:
    with fresh_url(kind, tmp_path, empty=True) as url:
        yield url


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    parsed = make_url(url)
    driver = "postgresql+psycopg" if parsed.get_backend_name() == "postgresql" else "sqlite"
    engine = create_engine(parsed.set(drivername=driver))
    yield engine
    engine.dispose()


async def migrate(url: str, keys: Keys = KEYS, *, exclusive: bool = True) -> None:
    database = Database.open(url, keys=keys, exclusive=exclusive)
    try:
        await database.migrate()
    finally:
        await database.close()


def indexes(connection: Connection) -> set[tuple[Any, ...]]:
    """Every index with its condition, which Alembic does not compare."""
    return {
        (
            table,
            index["name"],
            tuple(index["column_names"]),
            bool(index["unique"]),
            any(name.endswith("_where") for name in index.get("dialect_options", {})),
        )
        for table in inspect(connection).get_table_names()
        for index in inspect(connection).get_indexes(table)
        if not index.get("duplicates_constraint")
    }


async def test_the_migrations_make_exactly_the_tables_that_the_store_uses(url: str, engine: Engine) -> None:
    await migrate(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        migrated = indexes(connection)
    with engine.begin() as connection:
        command.downgrade(configuration(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
        metadata.create_all(connection)
        assert indexes(connection) == migrated


async def test_every_table_of_a_groups_data_says_whose_it_is(url: str, engine: Engine) -> None:
    await migrate(url)
    with engine.connect() as connection:
        found = inspect(connection)
        tables = set(found.get_table_names()) - {"alembic_version"}
        without = {
            table
            for table in tables
            if "group_id" not in {column["name"] for column in found.get_columns(table)}
        }
    assert without == OF_NO_GROUP


async def test_a_database_is_current_once_it_is_migrated(url: str) -> None:
    database = Database.open(url, keys=KEYS)
    assert not await database.schema_is_current()
    await database.migrate()
    assert await database.schema_is_current()
    await database.migrate()
    assert await database.read(lambda service: service.groups()) == []
    await database.close()


async def test_processes_that_start_together_migrate_once(url: str) -> None:
    await asyncio.gather(*(migrate(url, exclusive=False) for _ in range(3)))
    database = Database.open(url, keys=KEYS)
    assert await database.run(lambda service: service.groups()) == []
    await database.close()


async def test_a_database_of_a_newer_release_is_left_alone(url: str, engine: Engine) -> None:
    await migrate(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database = Database.open(url, keys=KEYS)
    assert not await database.schema_is_current()
    with pytest.raises(NewerSchema):
        await database.migrate()
    await database.close()


async def test_a_key_that_does_not_belong_to_the_database_is_noticed(url: str) -> None:
    await migrate(url)
    with pytest.raises(WrongKey):
        await migrate(url, Keys.generate())
    database = Database.open(url, keys=Keys.generate())
    with pytest.raises(WrongKey):
        await database.run(lambda service: service.groups())
    await database.close()
