import asyncio
from collections.abc import Sequence
from datetime import timedelta
from threading import Barrier

import pytest

from dispatch.model.messages import Envelope
from dispatch.model.queues import Waiting
from dispatch.ports import Service
from dispatch.store.database import Database
from tests.contracts.samples import MINUTE, NOW, an_envelope

NOBODY_NEEDS = timedelta(days=8)


async def arrive(database: Database, *envelopes: Envelope) -> list[bool]:
    """They are stored in this order; which of them were new."""
    return [await database.run(lambda service, each=each: service.inbox.add(each, NOW)) for each in envelopes]


async def peek(
    database: Database, minutes: int = 0, skip: Sequence[str] = (), limit: int = 10
) -> list[Waiting]:
    now = NOW + minutes * MINUTE
    return list(await database.read(lambda service: service.inbox.peek(now, skip, limit)))


async def head(database: Database) -> Waiting:
    return (await peek(database, limit=1))[0]


def ids(waiting: Sequence[Waiting]) -> list[str]:
    return [each.external_id for each in waiting]


async def test_a_message_comes_back_exactly_as_it_arrived(database: Database) -> None:
    raw = bytes(range(256)) * 3
    await arrive(database, an_envelope("update \ud800 7", raw=raw, album="album-1", not_before=NOW))
    found = await head(database)
    assert found == Waiting(
        id=found.id,
        channel="telegram",
        account="morsmal_bot",
        external_id="update \ud800 7",
        raw=raw,
        received_at=NOW,
        album="album-1",
    )


async def test_h1_a_repeat_changes_nothing(database: Database) -> None:
    assert await arrive(database, an_envelope("1"), an_envelope("1", raw=b"else"), an_envelope("2")) == [
        True,
        False,
        True,
    ]
    assert [each.raw for each in await peek(database)] == [b"raw 1"]


async def test_h1_repeats_at_once_are_stored_once(database: Database) -> None:
    async def add() -> bool:
        return await database.run(lambda service: service.inbox.add(an_envelope("1"), NOW))

    assert sorted(await asyncio.gather(*(add() for _ in range(12)))) == [False] * 11 + [True]


async def test_h1_a_repeat_of_what_was_handled_is_known(database: Database) -> None:
    await arrive(database, an_envelope("1"))
    found = await head(database)
    await database.run(lambda service: service.inbox.done([found.id], NOW))
    assert await arrive(database, an_envelope("1")) == [False]
    assert await peek(database) == []


async def test_the_same_id_from_another_bot_is_another_message(database: Database) -> None:
    same = [an_envelope("1"), an_envelope("1", account="other_bot"), an_envelope("1", channel="sms")]
    assert await arrive(database, *same) == [True, True, True]
    assert len(await peek(database)) == 3


async def test_each_sender_has_a_line_and_only_its_head_is_shown(database: Database) -> None:
    await arrive(
        database,
        an_envelope("1", "amira"),
        an_envelope("2", "amira"),
        an_envelope("3", "hodan"),
        an_envelope("4", "amira", account="other_bot"),
    )
    assert ids(await peek(database)) == ["1", "3", "4"]
    assert ids(await peek(database, limit=2)) == ["1", "3"]


async def test_what_is_skipped_still_blocks_its_line(database: Database) -> None:
    await arrive(database, an_envelope("1", "amira"), an_envelope("2", "amira"), an_envelope("3", "hodan"))
    first = await head(database)
    assert ids(await peek(database, skip=[first.id])) == ["3"]


async def test_the_next_of_the_line_comes_when_the_head_was_handled(database: Database) -> None:
    await arrive(database, an_envelope("1"), an_envelope("2"))
    first = await head(database)
    await database.run(lambda service: service.inbox.done([first.id], NOW))
    assert ids(await peek(database)) == ["2"]


async def test_a_message_may_have_to_wait(database: Database) -> None:
    await arrive(
        database, an_envelope("1", not_before=NOW + MINUTE), an_envelope("2"), an_envelope("3", "hodan")
    )
    assert ids(await peek(database)) == ["3"]
    assert ids(await peek(database, minutes=1)) == ["1", "3"]
    assert await database.read(lambda service: service.inbox.next_at()) == NOW + MINUTE
    assert await database.read(lambda service: service.inbox.next_at(NOW + MINUTE)) is None


async def test_only_heads_of_lines_are_waited_for(database: Database) -> None:
    assert await database.read(lambda service: service.inbox.next_at()) is None
    await arrive(database, an_envelope("1"), an_envelope("2", not_before=NOW + MINUTE))
    assert await database.read(lambda service: service.inbox.next_at()) is None


async def test_a_claim_is_won_once_and_only_while_it_waits(database: Database) -> None:
    await arrive(database, an_envelope("1"))
    found = await head(database)

    def handle(service: Service) -> bool:
        if not service.inbox.claim(found.id):
            return False
        service.inbox.done([found.id], NOW)
        return True

    assert sorted(await asyncio.gather(*(database.run(handle) for _ in range(10)))) == [False] * 9 + [True]
    assert not await database.run(lambda service: service.inbox.claim("none"))


async def test_two_workers_never_claim_the_same_message(database: Database, kind: str) -> None:
    """The lock is the claim: the second learns at once that it came late, while the first still works."""
    await arrive(database, an_envelope("1"))
    found = await head(database)
    meeting = Barrier(2, timeout=10)

    def claim_and_hold(service: Service) -> bool:
        claimed = service.inbox.claim(found.id)
        if kind == "postgresql":  # both are inside their transactions now
            meeting.wait()
        if claimed:
            service.inbox.done([found.id], NOW)
        return claimed

    claims = await asyncio.gather(database.run(claim_and_hold), database.run(claim_and_hold))
    assert sorted(claims) == [False, True]


async def test_a_claim_dies_with_the_transaction(database: Database) -> None:
    await arrive(database, an_envelope("1"))
    found = await head(database)

    def crash(service: Service) -> None:
        assert service.inbox.claim(found.id)
        service.inbox.done([found.id], NOW)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await database.run(crash)
    assert await peek(database) == [found]
    assert await database.run(lambda service: service.inbox.claim(found.id))


async def test_an_album_is_taken_whole(database: Database) -> None:
    await arrive(
        database,
        an_envelope("1", album="a", not_before=NOW + MINUTE),
        an_envelope("2", album="a"),
        an_envelope("3"),
        an_envelope("4", album="a"),
        an_envelope("5", album="b"),
        an_envelope("6", "hodan", album="a"),
    )
    first = (await peek(database, minutes=1))[0]
    others = await database.read(lambda service: service.inbox.album_of(first))
    assert ids(others) == ["2", "4"]

    await database.run(lambda service: service.inbox.done([first.id, *(each.id for each in others)], NOW))
    assert ids(await peek(database)) == ["3", "6"]


async def test_a_single_message_has_no_album(database: Database) -> None:
    await arrive(database, an_envelope("1"), an_envelope("2"))
    found = await head(database)
    assert await database.read(lambda service: service.inbox.album_of(found)) == []


async def test_a_failed_turn_is_counted_and_holds_up_its_line_only(database: Database) -> None:
    await arrive(database, an_envelope("1"), an_envelope("2"), an_envelope("3", "hodan"))
    found = await head(database)
    await database.run(lambda service: service.inbox.retry(found.id, NOW, NOW + MINUTE))
    assert ids(await peek(database)) == ["3"]

    again = (await peek(database, minutes=1))[0]
    assert (again.external_id, again.attempts, again.first_attempt_at) == ("1", 1, NOW)
    await database.run(lambda service: service.inbox.retry(found.id, NOW + MINUTE, NOW + 2 * MINUTE))
    again = (await peek(database, minutes=2))[0]
    assert (again.attempts, again.first_attempt_at) == (2, NOW)


async def test_a_parked_message_leaves_the_line(database: Database) -> None:
    await arrive(database, an_envelope("1"), an_envelope("2"))
    found = await head(database)
    await database.run(lambda service: service.inbox.park(found.id, "ValueError", NOW))
    assert ids(await peek(database)) == ["2"]
    assert not await database.run(lambda service: service.inbox.claim(found.id))
    assert await arrive(database, an_envelope("1")) == [False]


async def test_order_survives_many_who_store_at_once(database: Database) -> None:
    """Each task is one sender's connection: its messages are stored one after the other, in batches."""

    async def one_sender(name: str) -> None:
        for batch in range(5):
            envelopes = [an_envelope(f"{name}-{batch}-{n}", name) for n in range(3)]

            def store(service: Service, envelopes: list[Envelope] = envelopes) -> None:
                for envelope in envelopes:
                    service.inbox.add(envelope, NOW)

            await database.run(store)

    names = [f"sender-{n}" for n in range(6)]
    await asyncio.gather(*(one_sender(name) for name in names))
    for name in names:
        line = []
        while found := [
            each for each in await peek(database, limit=50) if each.external_id.startswith(f"{name}-")
        ]:
            line.append(found[0].external_id)
            await database.run(lambda service, found=found: service.inbox.done([found[0].id], NOW))
        assert line == [f"{name}-{batch}-{n}" for batch in range(5) for n in range(3)]


async def test_batches_with_crossing_senders_do_not_lock_each_other_out(database: Database) -> None:
    """Two processes that store the same senders in opposite order: one of them starts again by itself."""

    async def store(order: Sequence[int], batch: str) -> list[bool]:
        envelopes = [an_envelope(f"{batch}-{n}", f"sender-{n}") for n in order]
        return await database.run(lambda service: [service.inbox.add(each, NOW) for each in envelopes])

    forward = list(range(40))
    stored = await asyncio.gather(store(forward, "a"), store(forward[::-1], "b"), store(forward, "c"))
    assert stored == [[True] * 40] * 3


async def test_keys_of_what_was_handled_are_kept_for_a_while(database: Database) -> None:
    await arrive(database, an_envelope("done"), an_envelope("parked", "hodan"), an_envelope("waiting", "ali"))
    done, parked, _ = await peek(database)
    await database.run(lambda service: service.inbox.done([done.id], NOW))
    await database.run(lambda service: service.inbox.park(parked.id, "reason", NOW))

    async def purge(now_after: timedelta) -> None:
        await database.run(lambda service: service.purge(NOW + now_after, NOBODY_NEEDS, NOBODY_NEEDS))

    await purge(NOBODY_NEEDS)
    assert await arrive(database, an_envelope("done"), an_envelope("parked")) == [False, False]
    await purge(NOBODY_NEEDS + MINUTE)
    assert await arrive(database, an_envelope("done"), an_envelope("parked"), an_envelope("waiting")) == [
        True,
        True,
        False,
    ]
