from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from dispatch.model.people import Group
from dispatch.ports import Transaction
from dispatch.store.database import Database
from tests.contracts.databases import fresh_database
from tests.contracts.samples import OSLO

T = TypeVar("T")
KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def database(kind: str, tmp_path: Path) -> AsyncIterator[Database]:
    async with fresh_database(kind, tmp_path) as database:
        yield database


class Within:
    """One group of a database: `await oslo(lambda tx: ...)` is one transaction in it."""

    def __init__(self, database: Database, group: Group) -> None:
        self.database = database
        self.group = group

    async def __call__(self, function: Callable[[Transaction], T]) -> T:
        return await self.database.run(lambda service: function(service.within(self.group.id)))


@pytest.fixture
async def oslo(database: Database) -> Within:
    await database.run(lambda service: service.put_group(OSLO))
    return Within(database, OSLO)
