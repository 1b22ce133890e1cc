import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from dispatch.model.cases import CASES_AT_ONCE, COLOURS, CaseState, Outcome
from dispatch.model.errors import ChangedMeanwhile, NotFound
from dispatch.ports import Transaction
from dispatch.store.database import Database
from tests.contracts.conftest import Within
from tests.contracts.samples import AARHUS, MINUTE, NOW, a_case, a_person, says_everything

EVERYTHING = a_case(
    also=("so", "en"),
    state=CaseState.ASSIGNED,
    urgent=True,
    for_coordinators=True,
    assignee_id="noor",
    colour="🟦",
    assigned_at=NOW + MINUTE,
    member_wrote_at=NOW + 2 * MINUTE,
    closed_at=NOW + 3 * MINUTE,
    outcome=Outcome.GOOD,
    last_assignee_id="leo",
    pictures_agreed=True,
    suggested=("no-doctor", "no-interpreter"),
    article="no-doctor",
)


async def test_a_case_comes_back_exactly_as_it_was_kept(oslo: Within) -> None:
    assert says_everything(EVERYTHING)
    await oslo(lambda tx: tx.cases.add(EVERYTHING))
    assert await oslo(lambda tx: tx.cases.get("case-1")) == EVERYTHING
    assert await oslo(lambda tx: tx.cases.find("case-1")) == EVERYTHING


async def test_every_field_of_a_case_can_be_changed(oslo: Within) -> None:
    await oslo(lambda tx: tx.cases.add(a_case()))

    def change(tx: Transaction) -> None:
        assert tx.cases.get("case-1") == a_case()
        tx.cases.save(EVERYTHING)
        tx.cases.save(EVERYTHING)

    await oslo(change)
    assert await oslo(lambda tx: tx.cases.get("case-1")) == EVERYTHING


async def test_what_is_not_there_is_not_found(oslo: Within) -> None:
    assert await oslo(lambda tx: tx.cases.find("none")) is None
    assert await oslo(lambda tx: tx.cases.open_of("nobody")) is None
    assert await oslo(lambda tx: tx.cases.last_of("nobody")) is None
    with pytest.raises(NotFound):
        await oslo(lambda tx: tx.cases.get("none"))
    with pytest.raises(NotFound):
        await oslo(lambda tx: tx.cases.save(a_case()))


async def test_numbers_count_up_from_one(oslo: Within) -> None:
    assert await oslo(lambda tx: tx.cases.next_number()) == 1
    await oslo(lambda tx: tx.cases.add(a_case("amira", 1)))
    await oslo(lambda tx: tx.cases.add(a_case("hodan", 7)))
    assert await oslo(lambda tx: tx.cases.next_number()) == 8


async def test_a_member_has_one_open_case(oslo: Within) -> None:
    """H45: the second is refused, however it comes to be open."""
    await oslo(lambda tx: tx.cases.add(a_case("amira", 1)))
    with pytest.raises(ChangedMeanwhile):
        await oslo(lambda tx: tx.cases.add(a_case("amira", 2)))

    await oslo(lambda tx: tx.cases.save(tx.cases.get("case-1").close(NOW)))
    await oslo(lambda tx: tx.cases.add(a_case("amira", 2)))
    with pytest.raises(ChangedMeanwhile):
        await oslo(lambda tx: tx.cases.save(tx.cases.get("case-1").reopen(NOW)))

    assert await oslo(lambda tx: tx.cases.open_of("amira")) == a_case("amira", 2)


async def test_two_first_messages_open_one_case(oslo: Within) -> None:
    """H45, from two transactions at once."""

    def ask(tx: Transaction, n: int) -> None:
        tx.cases.add(a_case("amira", tx.cases.next_number(), id=f"case-{n}"))

    outcomes = await asyncio.gather(
        *(oslo(lambda tx, n=n: ask(tx, n)) for n in range(8)), return_exceptions=True
    )
    assert [each for each in outcomes if each is None] == [None]
    assert sum(isinstance(each, ChangedMeanwhile) for each in outcomes) == 7


async def test_two_members_who_draw_the_same_number_are_told_apart(oslo: Within) -> None:
    await oslo(lambda tx: tx.cases.add(a_case("amira", 1)))
    with pytest.raises(ChangedMeanwhile):
        await oslo(lambda tx: tx.cases.add(a_case("hodan", 1, id="another")))


async def test_her_latest_case_is_the_one_opened_last(oslo: Within) -> None:
    closed = a_case("amira", 1, opened_at=NOW - timedelta(days=3)).close(NOW)
    later = a_case("amira", 2, opened_at=NOW - timedelta(days=1)).close(NOW)
    await oslo(lambda tx: tx.cases.add(later))
    await oslo(lambda tx: tx.cases.add(closed))
    assert await oslo(lambda tx: tx.cases.last_of("amira")) == later
    assert await oslo(lambda tx: tx.cases.open_of("amira")) is None


async def test_the_queue_has_urgent_cases_first_then_the_longest_wait(oslo: Within) -> None:
    def arrive(tx: Transaction) -> None:
        tx.cases.add(a_case("a", 1, waiting_since=NOW))
        tx.cases.add(a_case("b", 2, waiting_since=NOW - MINUTE))
        tx.cases.add(a_case("c", 3, waiting_since=NOW, urgent=True))
        tx.cases.add(a_case("d", 4, waiting_since=NOW - MINUTE, urgent=True))
        tx.cases.add(a_case("e", 5, state=CaseState.ASSIGNED, assignee_id="noor"))
        tx.cases.add(a_case("f", 6, state=CaseState.CLOSED))

    await oslo(arrive)
    assert [case.number for case in await oslo(lambda tx: tx.cases.waiting())] == [4, 3, 2, 1]
    assert await oslo(lambda tx: tx.cases.count_assigned()) == 1


async def test_held_cases_come_oldest_assignment_first(oslo: Within) -> None:
    def arrive(tx: Transaction) -> None:
        held = {"state": CaseState.ASSIGNED, "assignee_id": "noor"}
        tx.cases.add(a_case("a", 1, assigned_at=NOW, **held))
        tx.cases.add(a_case("b", 2, assigned_at=NOW - MINUTE, **held))
        tx.cases.add(a_case("c", 3, state=CaseState.ASSIGNED, assignee_id="leo", assigned_at=NOW))

    await oslo(arrive)
    assert [case.number for case in await oslo(lambda tx: tx.cases.held_by("noor"))] == [2, 1]


async def test_an_assignment_says_who_since_when_and_in_which_colour(oslo: Within) -> None:
    await oslo(lambda tx: tx.cases.add(a_case()))
    assert await oslo(lambda tx: tx.cases.assign_if_waiting("case-1", "noor", "🟧", NOW))
    assigned = replace(a_case(), state=CaseState.ASSIGNED, assignee_id="noor", colour="🟧", assigned_at=NOW)
    assert await oslo(lambda tx: tx.cases.get("case-1")) == assigned
    assert not await oslo(lambda tx: tx.cases.assign_if_waiting("case-1", "leo", "🟦", NOW))
    assert await oslo(lambda tx: tx.cases.get("case-1")) == assigned


async def test_h24_of_fifty_who_accept_at_once_one_wins(oslo: Within) -> None:
    await oslo(lambda tx: tx.cases.add(a_case()))
    volunteers = [f"volunteer-{n}" for n in range(50)]

    won = await asyncio.gather(
        *(
            oslo(lambda tx, who=who: tx.cases.assign_if_waiting("case-1", who, "🟦", NOW))
            for who in volunteers
        )
    )

    winners = [who for who, has_won in zip(volunteers, won, strict=True) if has_won]
    assert [(await oslo(lambda tx: tx.cases.get("case-1"))).assignee_id] == winners


async def test_h31_nobody_takes_more_than_she_may_hold(oslo: Within) -> None:
    """The cap is checked under the volunteer's lock, in the transaction that takes the case."""

    def arrive(tx: Transaction) -> None:
        tx.people.add(a_person("Noor"))
        for n in range(1, 9):
            tx.cases.add(a_case(f"member-{n}", n))

    def take(tx: Transaction, case_id: str) -> bool:
        tx.people.lock("noor")
        held = len(tx.cases.held_by("noor"))
        return held < CASES_AT_ONCE and tx.cases.assign_if_waiting(case_id, "noor", COLOURS[held], NOW)

    await oslo(arrive)
    taken = await asyncio.gather(*(oslo(lambda tx, n=n: take(tx, f"case-{n}")) for n in range(1, 9)))
    assert sum(taken) == CASES_AT_ONCE
    held = await oslo(lambda tx: tx.cases.held_by("noor"))
    assert sorted(case.colour for case in held) == sorted(COLOURS[:CASES_AT_ONCE])


async def test_closing_and_accepting_at_once_leaves_one_of_the_two(oslo: Within) -> None:
    """Whoever read the case before the other changed it starts again instead of overwriting."""

    def close(tx: Transaction, case_id: str) -> None:
        tx.cases.save(tx.cases.get(case_id).close(NOW))

    for number in range(1, 9):
        case = a_case(f"member-{number}", number)
        await oslo(lambda tx, case=case: tx.cases.add(case))
        await asyncio.gather(
            oslo(lambda tx, case=case: close(tx, case.id)),
            oslo(lambda tx, case=case: tx.cases.assign_if_waiting(case.id, "noor", "🟦", NOW)),
            return_exceptions=True,
        )
        found = await oslo(lambda tx, case=case: tx.cases.get(case.id))
        assert (found.state, found.assignee_id) in {(CaseState.CLOSED, None), (CaseState.ASSIGNED, "noor")}


async def test_another_groups_cases_are_not_there(database: Database, oslo: Within) -> None:
    await database.run(lambda service: service.put_group(AARHUS))
    aarhus = Within(database, AARHUS)
    theirs = replace(EVERYTHING, group_id=AARHUS.id)
    waiting = replace(a_case("hodan", 2), group_id=AARHUS.id)
    await aarhus(lambda tx: (tx.cases.add(theirs), tx.cases.add(waiting)))

    def look(tx: Transaction) -> list[object]:
        cases = tx.cases
        return [
            cases.find("case-1"),
            cases.open_of("amira"),
            cases.last_of("amira"),
            *cases.held_by("noor"),
            *cases.waiting(),
            cases.count_assigned(),
            cases.next_number(),
            cases.assign_if_waiting("case-2", "noor", "🟦", NOW),
        ]

    assert await oslo(look) == [None, None, None, 0, 1, False]
    with pytest.raises(NotFound):
        await oslo(lambda tx: tx.cases.save(theirs))
    assert await aarhus(lambda tx: tx.cases.get("case-2")) == waiting
