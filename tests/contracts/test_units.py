"""What holds for a unit of work as such, whatever is in it."""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace

import pytest

from dispatch.ports import Service, Transaction
from dispatch.store.database import Database
from tests.contracts.conftest import Within
from tests.contracts.samples import AARHUS, NOW, OSLO, an_envelope, words


class Crash(Exception):
    """Something that no code foresaw."""


async def names(database: Database) -> Sequence[str]:
    return [group.name for group in await database.read(lambda service: service.groups())]


async def test_what_a_function_returns_comes_out(database: Database) -> None:
    assert await database.run(lambda service: len(service.groups())) == 0
    assert await database.read(lambda service: len(service.groups())) == 0


async def test_a_function_that_raises_leaves_nothing_behind(database: Database) -> None:
    def crash(service: Service) -> None:
        service.put_group(OSLO)
        service.inbox.add(an_envelope(), NOW)
        service.within("oslo").outbox.add(words())
        raise Crash

    with pytest.raises(Crash):
        await database.run(crash)
    assert await names(database) == []
    assert await database.read(lambda service: service.inbox.peek(NOW)) == []


async def test_a_function_that_raises_undoes_only_itself(database: Database) -> None:
    """Functions that wait together share a commit; every third one fails."""

    def work(service: Service, number: int) -> int:
        service.put_group(replace(OSLO, id=f"group-{number:02}", name=str(number)))
        if number % 3 == 0:
            raise Crash
        return number

    outcomes = await asyncio.gather(
        *(database.run(lambda service, n=n: work(service, n)) for n in range(30)), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [Crash if n % 3 == 0 else int for n in range(30)]
    assert await names(database) == [str(n) for n in range(30) if n % 3]


async def test_what_is_committed_is_seen_by_the_next_reader(database: Database) -> None:
    for number in range(20):
        await database.run(lambda service, n=number: service.put_group(replace(OSLO, name=str(n))))
        assert await names(database) == [str(number)]


async def test_a_reader_sees_one_moment(database: Database) -> None:
    await database.run(lambda service: service.put_group(OSLO))
    has_looked, may_look_again = threading.Event(), threading.Event()

    def look_twice(service: Service) -> tuple[str, str]:
        first = service.groups()[0].name
        has_looked.set()
        assert may_look_again.wait(10)
        return first, service.groups()[0].name

    reading = asyncio.ensure_future(database.read(look_twice))
    await asyncio.to_thread(has_looked.wait, 10)
    await database.run(lambda service: service.put_group(replace(OSLO, name="changed")))
    may_look_again.set()
    assert await reading == ("Oslo", "Oslo")


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)read-?only"):
        await database.read(lambda service: service.put_group(OSLO))
    assert await names(database) == []
    await database.run(lambda service: service.put_group(OSLO))


async def test_a_failed_reader_does_not_disturb_the_next(database: Database) -> None:
    def crash(service: Service) -> None:
        service.groups()
        raise Crash

    for _ in range(10):
        with pytest.raises(Crash):
            await database.read(crash)
    await database.run(lambda service: service.put_group(OSLO))
    assert await names(database) == ["Oslo"]


class Ear:
    """Listens to a database."""

    def __init__(self, database: Database) -> None:
        self.heard: list[str] = []
        self._queue: asyncio.Queue[str] = asyncio.Queue()
        self.stop = database.listen(self._hear)

    def forget(self) -> None:
        """As if nothing had been heard yet."""
        self.heard.clear()
        self._queue = asyncio.Queue()

    def _hear(self, topic: str) -> None:
        self.heard.append(topic)
        self._queue.put_nowait(topic)

    async def until(self, *topics: str) -> None:
        """Wait until all of these were heard from now on."""
        missing = set(topics)
        while missing:
            missing.discard(await asyncio.wait_for(self._queue.get(), 10))


@pytest.fixture
async def ear(database: Database) -> Ear:
    """What is said at the beginning, for those who may have missed something, is over."""
    ear = Ear(database)
    await asyncio.sleep(0)
    ear.forget()
    return ear


async def test_listeners_hear_what_was_touched_once_it_is_committed(ear: Ear, oslo: Within) -> None:
    def touch(tx: Transaction) -> None:
        tx.outbox.add(words())
        tx.timers.set("board", "x", NOW)

    await oslo.database.run(lambda service: service.inbox.add(an_envelope("1"), NOW))
    await ear.until("inbox")
    await oslo(touch)
    await ear.until("outbox", "timers")
    assert await oslo.database.read(lambda service: service.due.next_at()) == NOW


async def test_nobody_hears_of_what_failed_or_changed_nothing(ear: Ear, oslo: Within) -> None:
    database = oslo.database

    def crash(service: Service) -> None:
        service.inbox.add(an_envelope("1"), NOW)
        raise Crash

    with pytest.raises(Crash):
        await database.run(crash)
    await database.run(lambda service: service.put_group(AARHUS))
    await database.read(lambda service: service.groups())
    await oslo(lambda tx: tx.timers.set("board", "x", NOW))
    await ear.until("timers")
    assert set(ear.heard) == {"timers"}


async def test_whoever_stopped_listening_hears_nothing(ear: Ear, oslo: Within) -> None:
    ear.stop()
    another = Ear(oslo.database)
    await oslo(lambda tx: tx.timers.set("board", "x", NOW))
    await another.until("timers")
    assert ear.heard == []


async def test_a_function_may_be_cancelled_while_it_waits(database: Database) -> None:
    started, may_go_on = threading.Event(), threading.Event()

    def hold(service: Service) -> None:
        started.set()
        assert may_go_on.wait(10)
        service.put_group(OSLO)

    holding = [asyncio.ensure_future(database.run(hold)) for _ in range(4)]
    await asyncio.to_thread(started.wait, 10)
    waiting = asyncio.ensure_future(database.run(lambda service: service.put_group(AARHUS)))
    await asyncio.sleep(0)
    waiting.cancel()
    may_go_on.set()
    await asyncio.gather(*holding)
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await names(database) == ["Oslo"]
