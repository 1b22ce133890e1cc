import asyncio
from threading import Barrier

from dispatch.model.queues import Timer
from dispatch.ports import Service
from dispatch.store.database import Database
from tests.contracts.conftest import Within
from tests.contracts.samples import AARHUS, MINUTE, NOW


def a_timer(kind: str, subject: str = "case-1", group: str = "oslo", minutes: int = 0) -> Timer:
    return Timer(group_id=group, kind=kind, subject=subject, due_at=NOW + minutes * MINUTE)


async def due(database: Database, **given: int) -> list[Timer]:
    return list(await database.read(lambda service: service.due.due(NOW, **given)))


async def test_timers_fall_due_earliest_first(database: Database, oslo: Within) -> None:
    for kind, minutes in (("later", 1), ("now", 0), ("first", -2), ("second", -1)):
        at = NOW + minutes * MINUTE
        await oslo(lambda tx, kind=kind, at=at: tx.timers.set(kind, "case-1", at))

    expected = [a_timer("first", minutes=-2), a_timer("second", minutes=-1), a_timer("now")]
    assert await due(database) == expected
    assert await due(database, limit=2) == expected[:2]
    assert await database.read(lambda service: service.due.next_at()) == NOW - 2 * MINUTE


async def test_without_timers_nothing_is_due(database: Database, oslo: Within) -> None:
    assert await due(database) == []
    assert await database.read(lambda service: service.due.next_at()) is None


async def test_a_timer_set_anew_replaces_the_old_one(database: Database, oslo: Within) -> None:
    await oslo(lambda tx: tx.timers.set("offer", "case-1", NOW - MINUTE))
    await oslo(lambda tx: tx.timers.set("offer", "case-2", NOW - MINUTE))
    await oslo(lambda tx: tx.timers.set("offer", "case-1", NOW))
    assert await due(database) == [a_timer("offer", "case-2", minutes=-1), a_timer("offer", "case-1")]


async def test_a_cleared_timer_does_not_fall_due(database: Database, oslo: Within) -> None:
    await oslo(lambda tx: tx.timers.set("offer", "case-1", NOW))
    await oslo(lambda tx: tx.timers.clear("offer", "case-2"))
    assert await due(database) == [a_timer("offer")]
    await oslo(lambda tx: tx.timers.clear("offer", "case-1"))
    assert await due(database) == []


async def test_a_timer_is_taken_once(database: Database, oslo: Within) -> None:
    await oslo(lambda tx: tx.timers.set("offer", "case-1", NOW))
    timer = a_timer("offer")
    taken = await asyncio.gather(*(database.run(lambda service: service.due.take(timer)) for _ in range(8)))
    assert sum(taken) == 1
    assert await due(database) == []


async def test_two_workers_never_run_the_same_timer(database: Database, oslo: Within, kind: str) -> None:
    """The second does not even wait for the first."""
    await oslo(lambda tx: tx.timers.set("offer", "case-1", NOW))
    meeting = Barrier(2, timeout=10)

    def take(service: Service) -> bool:
        taken = service.due.take(a_timer("offer"))
        if kind == "postgresql":  # both are inside their transactions now
            meeting.wait()
        return taken

    taken = await asyncio.gather(database.run(take), database.run(take))
    assert sorted(taken) == [False, True]


async def test_a_timer_that_was_set_anew_meanwhile_is_not_taken(database: Database, oslo: Within) -> None:
    await oslo(lambda tx: tx.timers.set("offer", "case-1", NOW))
    await oslo(lambda tx: tx.timers.set("offer", "case-1", NOW + MINUTE))
    assert not await database.run(lambda service: service.due.take(a_timer("offer")))
    await database.run(lambda service: service.due.postpone(a_timer("offer"), NOW + 9 * MINUTE))
    assert await database.read(lambda service: service.due.next_at()) == NOW + MINUTE


async def test_a_failed_rule_runs_again_later(database: Database, oslo: Within) -> None:
    await oslo(lambda tx: tx.timers.set("offer", "case-1", NOW))
    await database.run(lambda service: service.due.postpone(a_timer("offer"), NOW + MINUTE))
    assert await due(database) == []
    assert await database.read(lambda service: service.due.next_at()) == NOW + MINUTE


async def test_groups_have_timers_of_their_own(database: Database, oslo: Within) -> None:
    await database.run(lambda service: service.put_group(AARHUS))
    aarhus = Within(database, AARHUS)
    await oslo(lambda tx: tx.timers.set("offer", "case-1", NOW))
    await aarhus(lambda tx: tx.timers.set("offer", "case-1", NOW - MINUTE))
    await aarhus(lambda tx: tx.timers.clear("board", "case-1"))
    assert await due(database) == [a_timer("offer", group="aarhus", minutes=-1), a_timer("offer")]
    await aarhus(lambda tx: tx.timers.clear("offer", "case-1"))
    assert await due(database) == [a_timer("offer")]
