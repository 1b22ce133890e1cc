"""What only SQLite does: one writer that shares commits, one process, nothing left in its files."""

import asyncio
import sqlite3
import stat
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from dispatch.ports import Service
from dispatch.store.database import Database, DatabaseFailed
from dispatch.store.sqlite import AlreadyRunning, SqliteBackend
from dispatch.store.unit import SqlService
from tests.contracts.databases import KEYS, fresh_database
from tests.contracts.samples import NOW, OSLO, a_case, a_message, a_person, an_envelope, words


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with fresh_database("sqlite", tmp_path) as database:
        yield database


def backend(database: Database) -> SqliteBackend:
    assert isinstance(database._backend, SqliteBackend)
    return database._backend


def connection_of(service: Service) -> sqlite3.Connection:
    assert isinstance(service, SqlService)
    driver = service.work.connection.connection.dbapi_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


class Held:
    """The writer waits inside a first function until it is let go; what is asked meanwhile waits together."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._may_go_on = threading.Event()

    async def __aenter__(self) -> None:
        started = threading.Event()

        def hold(_: Service) -> None:
            started.set()
            assert self._may_go_on.wait(10)

        self._holding = asyncio.ensure_future(self._database.run(hold))
        await asyncio.to_thread(started.wait, 10)

    async def __aexit__(self, *_: object) -> None:
        self._may_go_on.set()
        await self._holding


async def names(database: Database) -> list[str]:
    return [group.name for group in await database.read(lambda service: service.groups())]


def named(number: int) -> object:
    return lambda service: service.put_group(replace(OSLO, id=f"{number:02}", name=str(number)))


async def test_functions_that_wait_together_share_a_commit(database: Database) -> None:
    commits: list[int] = []
    event.listen(backend(database).engine, "commit", lambda _: commits.append(1))
    async with Held(database):
        waiting = [asyncio.ensure_future(database.run(named(number))) for number in range(20)]  # type: ignore[arg-type]
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    assert len(commits) == 2
    assert len(await names(database)) == 20


async def test_nobody_hears_of_success_before_the_commit(database: Database) -> None:
    """What another connection sees when the future resolves is what was committed."""
    path = backend(database).path
    seen = []
    for number in range(10):
        await database.run(named(number))  # type: ignore[arg-type]
        with closing(sqlite3.connect(path)) as other:
            seen.append(other.execute("SELECT count(*) FROM groups").fetchone()[0])
    assert seen == list(range(1, 11))


async def test_a_commit_that_fails_is_tried_for_each_function_alone(database: Database) -> None:
    """Two functions of one commit break a rule that only the commit checks; the others are kept."""

    def break_a_rule(service: Service) -> None:
        service.put_group(replace(OSLO, id="broken"))
        connection = connection_of(service)
        connection.execute("PRAGMA defer_foreign_keys=ON")
        connection.execute("INSERT INTO accounts (channel, account, group_id) VALUES ('a', 'b', 'nowhere')")

    functions = [named(0), break_a_rule, named(1), break_a_rule, named(2)]
    async with Held(database):
        waiting = [asyncio.ensure_future(database.run(function)) for function in functions]  # type: ignore[arg-type]
        await asyncio.sleep(0)
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert [isinstance(outcome, Exception) for outcome in outcomes] == [False, True, False, True, False]
    assert await names(database) == ["0", "1", "2"]


async def test_a_full_disk_fails_those_who_need_space_and_nobody_else(database: Database) -> None:
    """SQLite then gives up the whole transaction; a savepoint after that would open one of its own."""
    pages = await database.run(
        lambda service: connection_of(service).execute("PRAGMA page_count").fetchone()[0]
    )

    def fill_the_disk(service: Service) -> None:
        connection_of(service).execute(f"PRAGMA max_page_count={pages + 5}")
        service.inbox.add(an_envelope("big", raw=bytes(1_000_000)), NOW)

    async with Held(database):
        functions = [named(0), fill_the_disk, named(1), fill_the_disk, named(2)]
        waiting = [asyncio.ensure_future(database.run(function)) for function in functions]  # type: ignore[arg-type]
        await asyncio.sleep(0)
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None), DatabaseFailed] * 2 + [type(None)]
    assert await names(database) == ["0", "1", "2"]
    assert await database.read(lambda service: service.inbox.peek(NOW)) == []


async def test_a_function_that_ends_the_transaction_itself_is_found_out(database: Database) -> None:
    async with Held(database):
        rogue = asyncio.ensure_future(
            database.run(lambda service: connection_of(service).execute("COMMIT") and None)
        )
        honest = asyncio.ensure_future(database.run(named(1)))  # type: ignore[arg-type]
        await asyncio.sleep(0)
    outcomes = await asyncio.gather(rogue, honest, return_exceptions=True)
    assert isinstance(outcomes[0], Exception)
    assert outcomes[1] is None
    assert await names(database) == ["1"]


async def test_a_second_service_on_the_same_file_is_refused(database: Database) -> None:
    url = f"sqlite:///{backend(database).path}"
    with pytest.raises(AlreadyRunning, match=backend(database).path.name):
        Database.open(url, keys=KEYS)
    await database.close()
    await Database.open(url, keys=KEYS).close()


async def test_a_file_that_is_no_database_is_a_failure_of_the_database(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "letter.txt"):
        if path != tmp_path:
            path.write_bytes(b"Dear Amira, " * 1000)
        for _ in range(2):  # the lock was let go
            with pytest.raises(DatabaseFailed, match=path.name):
                Database.open(f"sqlite:///{path}", keys=KEYS)


async def test_a_command_may_work_beside_a_running_service(database: Database) -> None:
    command = Database.open(f"sqlite:///{backend(database).path}", keys=KEYS, exclusive=False)
    await command.run(named(1))  # type: ignore[arg-type]
    assert await names(database) == ["1"]
    await database.run(named(2))  # type: ignore[arg-type]
    assert await names(command) == ["1", "2"]
    await command.close()


async def test_what_was_asked_before_the_end_is_finished(tmp_path: Path) -> None:
    async with fresh_database("sqlite", tmp_path) as database:
        async with Held(database):
            waiting = [asyncio.ensure_future(database.run(named(number))) for number in range(5)]  # type: ignore[arg-type]
            await asyncio.sleep(0)
        await database.close()
        assert [await each for each in waiting] == [None] * 5


async def test_the_settings_that_safety_depends_on_are_in_force(database: Database) -> None:
    def settings(service: Service) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "trusted_schema")
        return {name: connection_of(service).execute(f"PRAGMA {name}").fetchone()[0] for name in names}

    assert await database.run(settings) == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
    }


async def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'data' / 'new.db'}", keys=KEYS)
    await database.migrate()
    for path in (tmp_path / "data").glob("new.db*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    await database.close()


async def test_the_only_process_always_leads(database: Database) -> None:
    lead = await database.lead("sender")
    assert lead is not None
    assert lead.is_held()
    lead.release()
    assert not lead.is_held()
    assert await database.lead("sender") is not None


SECRET = "a sentence that stands nowhere else " * 4
MARK = "Zahra-with-a-rare-name"


async def fill(database: Database) -> list[bytes]:
    """Amira and Hodan with a case each; everything sealed that belongs to Amira, her key first."""

    def arrive(service: Service) -> None:
        service.put_group(OSLO)
        tx = service.within("oslo")
        for number, name in enumerate((f"Amira {MARK}", "Hodan"), 1):
            person = a_person(name, id=name.split()[0].lower(), user=f"user-{number}-{MARK}")
            tx.people.add(person)
            tx.cases.add(a_case(person.id, number))
            tx.messages.add(a_message(f"m{number}", f"case-{number}", person.id, text=SECRET))
            tx.outbox.add(words(SECRET, chat=person.address.chat, person=person.id))
        service.inbox.add(an_envelope("1", tx.people.get("amira").user, raw=SECRET.encode()), NOW)

    await database.run(arrive)

    def sealed(service: Service) -> list[bytes]:
        queries = (
            "SELECT wrapped FROM person_keys WHERE person_id = 'amira'",
            "SELECT name_sealed FROM people WHERE id = 'amira'",
            "SELECT user_sealed FROM people WHERE id = 'amira'",
            "SELECT user_hash FROM people WHERE id = 'amira'",
            "SELECT content_sealed FROM case_messages WHERE id = 'm1'",
            "SELECT body_sealed FROM outbox WHERE person_id = 'amira'",
            "SELECT raw_sealed FROM inbox",
        )
        return [connection_of(service).execute(query).fetchone()[0] for query in queries]

    return await database.read(sealed)


def bytes_of(path: Path) -> bytes:
    """All that stands in the database's files."""
    return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))


async def test_no_name_no_id_and_no_text_stands_in_the_files(database: Database) -> None:
    sealed = await fill(database)
    everything = bytes_of(backend(database).path)
    assert all(value in everything for value in sealed)
    for plain in (SECRET, SECRET.strip(), MARK, MARK.lower(), "user-1-"):
        assert plain.encode() not in everything
        assert plain.encode("utf-16-le") not in everything


async def test_after_an_erasure_no_key_and_no_ciphertext_of_hers_is_left_in_the_files(
    database: Database,
) -> None:
    sealed = await fill(database)
    await database.run(lambda service: service.within("oslo").people.erase("amira", NOW))
    await settled(database)
    everything = bytes_of(backend(database).path)
    assert [value in everything for value in sealed] == [False] * len(sealed)
    assert (await database.read(lambda service: service.within("oslo").messages.get("m2"))).text == SECRET


async def test_an_erasure_is_wiped_out_even_if_somebody_reads_meanwhile(database: Database) -> None:
    """A reader keeps the write-ahead log alive; it is emptied as soon as she is done."""
    sealed = await fill(database)
    has_looked, may_go_on = threading.Event(), threading.Event()

    def read_for_long(service: Service) -> None:
        service.groups()
        has_looked.set()
        assert may_go_on.wait(10)

    reading = asyncio.ensure_future(database.read(read_for_long))
    await asyncio.to_thread(has_looked.wait, 10)
    await database.run(lambda service: service.within("oslo").people.erase("amira", NOW))
    may_go_on.set()
    await reading
    await settled(database)
    assert not any(value in bytes_of(backend(database).path) for value in sealed)


async def test_a_purged_conversation_is_wiped_out_too(database: Database) -> None:
    sealed = await fill(database)
    await database.run(lambda service: service.within("oslo").messages.purge("case-1"))
    await settled(database)
    assert sealed[4] not in bytes_of(backend(database).path)


async def settled(database: Database) -> None:
    """The writer has emptied its log."""
    path = backend(database).path
    log = path.with_name(path.name + "-wal")
    async with asyncio.timeout(10):
        while log.exists() and log.stat().st_size:
            await asyncio.sleep(0.02)
