"""What only PostgreSQL does: several processes at once, connections that are lost."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from dispatch.ports import Service
from dispatch.store.database import Database, DatabaseFailed
from tests.contracts.databases import KEYS, fresh_url
from tests.contracts.samples import NOW, OSLO, an_envelope, words

pytestmark = pytest.mark.postgresql


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with fresh_url("postgresql", tmp_path) as url:
        yield url


@pytest.fixture
async def here(url: str) -> AsyncIterator[Database]:
    database = Database.open(url, keys=KEYS)
    yield database
    await database.close()


@pytest.fixture
async def there(url: str) -> AsyncIterator[Database]:
    """The same database in another process."""
    database = Database.open(url, keys=KEYS)
    yield database
    await database.close()


def look(url: str, query: str) -> int:
    """The number that a query on a connection of its own gives."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
        assert row is not None
        return int(row[0])


OTHERS = "datname = current_database() AND pid <> pg_backend_pid()"


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not await asyncio.to_thread(condition):
            await asyncio.sleep(0.02)


async def test_another_process_hears_what_was_committed(here: Database, there: Database) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    there.listen(heard.put_nowait)
    await asyncio.sleep(0)
    while not heard.empty():
        heard.get_nowait()
    await here.run(lambda service: service.inbox.add(an_envelope(), NOW))
    assert await asyncio.wait_for(heard.get(), 10) == "inbox"


async def test_a_listener_whose_connection_is_lost_listens_again(
    here: Database, there: Database, url: str
) -> None:
    heard: list[str] = []
    there.listen(heard.append)
    listening = f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND {OTHERS}"
    assert look(url, listening) == 1
    await until(
        lambda: (
            look(url, f"SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND {OTHERS}") == 1
        )
    )
    heard.clear()
    await here.run(lambda service: service.inbox.add(an_envelope(), NOW))
    await until(lambda: "inbox" in heard)


async def test_one_process_leads_at_a_time(here: Database, there: Database) -> None:
    lead = await here.lead("bot 1")
    assert lead is not None
    assert lead.is_held()
    assert await there.lead("bot 1") is None
    another = await there.lead("bot 2")
    assert another is not None

    lead.release()
    assert not lead.is_held()
    taken = await there.lead("bot 1")
    assert taken is not None
    for each in (another, taken):
        each.release()


async def test_a_lead_ends_with_its_connection(here: Database, there: Database, url: str) -> None:
    lead = await here.lead("bot 1")
    assert lead is not None
    locks = f"SELECT count(pg_terminate_backend(pid)) FROM pg_locks JOIN pg_stat_activity USING (pid) \
              WHERE locktype = 'advisory' AND {OTHERS}"
    assert look(url, locks) == 1
    await until(lambda: not lead.is_held())
    taken = await there.lead("bot 1")
    assert taken is not None
    taken.release()


async def test_a_lost_connection_fails_one_function_and_not_the_next(here: Database, url: str) -> None:
    def lose_the_connection(service: Service) -> None:
        service.put_group(OSLO)
        look(url, f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {OTHERS}")
        service.groups()

    with pytest.raises(DatabaseFailed):
        await here.run(lose_the_connection)
    assert await here.read(lambda service: service.groups()) == []
    await here.run(lambda service: service.put_group(OSLO))


async def test_a_server_that_is_away_is_a_failure_of_the_database(url: str) -> None:
    away = Database.open(url.partition("?")[0] + "?host=/nowhere", keys=KEYS)
    for attempt in (
        away.run(lambda service: service.groups()),
        away.read(lambda service: service.groups()),
        away.lead("bot"),
        away.schema_is_current(),
        away.migrate(),
    ):
        with pytest.raises(DatabaseFailed):
            await attempt
    await away.close()


WAITING = f"SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND wait_event = 'advisory' AND {OTHERS}"


@pytest.mark.parametrize("line", ["inbox", "outbox"])
async def test_who_numbers_a_line_is_alone_with_it_until_the_commit(
    here: Database, there: Database, url: str, line: str
) -> None:
    """Else the second row of a line could be seen, and handled, before the first."""
    await here.run(lambda service: service.put_group(OSLO))
    has_numbered, may_commit = threading.Event(), threading.Event()

    def add(service: Service, name: str, to: str) -> None:
        if line == "inbox":
            service.inbox.add(an_envelope(name, to), NOW)
            return
        outbox = service.within("oslo").outbox
        outbox.add(words(name, chat=to))
        outbox.cancel_for("nobody")  # gives it its number at once

    def add_and_hold(service: Service) -> None:
        add(service, "first", "amira")
        has_numbered.set()
        assert may_commit.wait(10)

    holding = asyncio.ensure_future(here.run(add_and_hold))
    await asyncio.to_thread(has_numbered.wait, 10)
    await there.run(lambda service: add(service, "of another line", "hodan"))
    second = asyncio.ensure_future(there.run(lambda service: add(service, "second", "amira")))
    await until(lambda: look(url, WAITING) == 1)
    assert not second.done()
    may_commit.set()
    await asyncio.gather(holding, second)
    assert look(url, f"SELECT count(*) FROM {line}") == 3
