import asyncio
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from dispatch.model.errors import ChangedMeanwhile, NotFound
from dispatch.model.people import Person, Standing
from dispatch.ports import Transaction
from dispatch.store.database import Database
from tests.contracts.conftest import Within
from tests.contracts.samples import (
    AARHUS,
    ACCOUNT,
    CHANNEL,
    MINUTE,
    NOW,
    OSLO,
    a_person,
    an_address,
    says_everything,
)

EVERYTHING = a_person(
    "Noor \u202e نور 🌙",
    id="noor",
    address=an_address("12345678901"),
    user="98765432109",
    reachable=False,
    language="ar",
    language_chosen=True,
    app_language="en",
    link_language="so",
    greeted_at=NOW,
    consented_at=NOW + MINUTE,
    refused_at=NOW + 2 * MINUTE,
    stopped_at=NOW + 3 * MINUTE,
    volunteer=Standing.ACTIVE,
    coordinator=Standing.PENDING,
    languages=("ar", "ku"),
    available_until=NOW + 4 * MINUTE,
    plans_at=NOW + 5 * MINUTE,
    asked_at=NOW + 6 * MINUTE,
    case_marked="case-7",
    case_marked_at=NOW + 7 * MINUTE,
)


async def test_a_person_comes_back_exactly_as_she_was_kept(oslo: Within) -> None:
    assert says_everything(EVERYTHING)
    await oslo(lambda tx: tx.people.add(EVERYTHING))
    await oslo(lambda tx: tx.people.add(a_person("")))

    assert await oslo(lambda tx: tx.people.get("noor")) == EVERYTHING
    assert await oslo(lambda tx: tx.people.get("")) == a_person("")


async def test_every_field_of_a_person_can_be_changed(oslo: Within) -> None:
    await oslo(lambda tx: tx.people.add(replace(a_person("Noor"), name="other")))

    def change(tx: Transaction) -> None:
        tx.people.get("noor")
        tx.people.save(EVERYTHING)
        tx.people.save(EVERYTHING)

    await oslo(change)
    assert await oslo(lambda tx: tx.people.get("noor")) == EVERYTHING
    assert await oslo(lambda tx: tx.people.at(CHANNEL, ACCOUNT, "98765432109")) == EVERYTHING
    assert await oslo(lambda tx: tx.people.at(CHANNEL, ACCOUNT, "noor")) is None


async def test_a_person_who_was_not_read_before_is_saved_whole(oslo: Within) -> None:
    await oslo(lambda tx: tx.people.add(a_person("Noor")))
    await oslo(lambda tx: tx.people.save(EVERYTHING))
    assert await oslo(lambda tx: tx.people.get("noor")) == EVERYTHING


async def test_she_is_found_by_where_she_writes_from(oslo: Within) -> None:
    amira = a_person("Amira", user="user-1")
    await oslo(lambda tx: tx.people.add(amira))

    assert await oslo(lambda tx: tx.people.at(CHANNEL, ACCOUNT, "user-1")) == amira
    assert await oslo(lambda tx: tx.people.at(CHANNEL, "another_bot", "user-1")) is None
    assert await oslo(lambda tx: tx.people.at("sms", ACCOUNT, "user-1")) is None
    assert await oslo(lambda tx: tx.people.at(CHANNEL, ACCOUNT, "user-2")) is None


async def test_nobody_is_found_where_nobody_is(oslo: Within) -> None:
    assert await oslo(lambda tx: tx.people.find("nobody")) is None
    for attempt in (
        lambda tx: tx.people.get("nobody"),
        lambda tx: tx.people.lock("nobody"),
        lambda tx: tx.people.save(a_person("Nobody")),
        lambda tx: tx.people.erase("nobody", NOW),
    ):
        with pytest.raises(NotFound):
            await oslo(attempt)


async def test_two_first_messages_make_one_person(oslo: Within) -> None:
    """H45: the second transaction learns that it came late, and leaves nothing behind."""
    outcomes = await asyncio.gather(
        *(oslo(lambda tx, n=n: tx.people.add(a_person("Amira", id=f"id-{n}"))) for n in range(2)),
        return_exceptions=True,
    )
    assert sorted(map(type, outcomes), key=str) == sorted([type(None), ChangedMeanwhile], key=str)
    assert await oslo(lambda tx: tx.people.at(CHANNEL, ACCOUNT, "amira")) is not None


async def test_volunteers_are_all_with_a_standing_by_name(oslo: Within) -> None:
    def arrive(tx: Transaction) -> None:
        tx.people.add(a_person("Member"))
        for name, standing in (
            ("ylva", Standing.PENDING),
            ("Zahra", Standing.ACTIVE),
            ("Ali", Standing.PAUSED),
            ("Gone", Standing.REMOVED),
        ):
            tx.people.add(a_person(name, volunteer=standing))
        tx.people.add(a_person("Kari", coordinator=Standing.ACTIVE))
        tx.people.add(a_person("Kim", coordinator=Standing.PENDING))

    await oslo(arrive)
    assert [each.name for each in await oslo(lambda tx: tx.people.volunteers())] == ["Ali", "ylva", "Zahra"]
    assert [each.name for each in await oslo(lambda tx: tx.people.coordinators())] == ["Kari"]


async def test_a_locked_person_is_changed_by_one_at_a_time(oslo: Within) -> None:
    await oslo(lambda tx: tx.people.add(a_person("Noor", languages=())))

    def learn(tx: Transaction, language: str) -> None:
        noor = tx.people.lock("noor")
        tx.people.save(replace(noor, languages=(*noor.languages, language)))

    await asyncio.gather(*(oslo(lambda tx, n=n: learn(tx, str(n))) for n in range(12)))
    noor = await oslo(lambda tx: tx.people.get("noor"))
    assert sorted(map(int, noor.languages)) == list(range(12))


async def test_two_who_change_different_things_do_not_undo_each_other(oslo: Within) -> None:
    await oslo(lambda tx: tx.people.add(a_person("Noor")))

    def change(tx: Transaction, **changes: object) -> None:
        tx.people.save(replace(tx.people.get("noor"), **changes))  # type: ignore[arg-type]

    for _ in range(10):
        await asyncio.gather(
            oslo(lambda tx: change(tx, language="ar")),
            oslo(lambda tx: change(tx, asked_at=NOW)),
            return_exceptions=False,
        )
        noor = await oslo(lambda tx: tx.people.get("noor"))
        assert (noor.language, noor.asked_at) == ("ar", NOW)
        await oslo(lambda tx: change(tx, language=None, asked_at=None))


async def test_times_come_back_in_utc_whatever_zone_they_had(oslo: Within) -> None:
    oslo_time = NOW.astimezone(timezone(timedelta(hours=1)))
    await oslo(lambda tx: tx.people.add(a_person(created_at=oslo_time)))
    kept = await oslo(lambda tx: tx.people.get("amira"))
    assert kept.created_at == NOW
    assert kept.created_at.utcoffset() == timedelta()


async def test_a_time_without_a_zone_is_refused(oslo: Within) -> None:
    with pytest.raises(Exception, match="naive"):
        await oslo(lambda tx: tx.people.add(a_person(created_at=NOW.replace(tzinfo=None))))


async def test_nul_and_lone_surrogates_break_neither_database(oslo: Within) -> None:
    nasty = "a\0b\ud800c"
    await oslo(lambda tx: tx.people.add(a_person(nasty, id="amira", app_language=nasty, languages=(nasty,))))
    kept = await oslo(lambda tx: tx.people.get("amira"))
    assert kept.name == nasty
    assert kept.user == nasty.lower()
    assert (kept.app_language, kept.languages) == ("abc", ("abc",))


async def test_another_groups_people_are_not_there(database: Database, oslo: Within) -> None:
    await database.run(lambda service: service.put_group(AARHUS))
    aarhus = Within(database, AARHUS)
    hers = replace(
        a_person("Amira"), group_id=AARHUS.id, volunteer=Standing.ACTIVE, coordinator=Standing.ACTIVE
    )
    await aarhus(lambda tx: tx.people.add(hers))

    async def seen_from_oslo() -> list[object]:
        def look(tx: Transaction) -> list[object]:
            people = tx.people
            return [
                people.find("amira"),
                people.at(CHANNEL, ACCOUNT, "amira"),
                *people.volunteers(),
                *people.coordinators(),
            ]

        return await oslo(look)

    assert await seen_from_oslo() == [None, None]
    for attempt in (
        lambda tx: tx.people.lock("amira"),
        lambda tx: tx.people.save(hers),
        lambda tx: tx.people.erase("amira", NOW),
    ):
        with pytest.raises(NotFound):
            await oslo(attempt)
    assert await aarhus(lambda tx: tx.people.get("amira")) == hers


async def test_the_same_user_may_be_known_to_two_groups(database: Database, oslo: Within) -> None:
    await database.run(lambda service: service.put_group(AARHUS))
    amira: Person = a_person("Amira")
    await oslo(lambda tx: tx.people.add(amira))
    there = replace(amira, id="amira-2", group_id=AARHUS.id)
    await Within(database, AARHUS)(lambda tx: tx.people.add(there))
    assert await oslo(lambda tx: tx.people.at(CHANNEL, ACCOUNT, "amira")) == replace(
        there, id="amira", group_id=OSLO.id
    )
