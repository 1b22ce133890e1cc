import asyncio
import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dispatch.model.errors import NotFound
from dispatch.model.growth import Gap, GapState, Unanswered
from dispatch.ports import Transaction
from dispatch.store.database import Database
from tests.contracts.conftest import Within
from tests.contracts.samples import AARHUS, says_everything

DAY = date(2026, 11, 21)
BEFORE = DAY - timedelta(days=1)
GAP = Gap(
    id="gap-1",
    language="so",
    theme="money",
    state=GapState.KEPT,
    asked=7,
    phrasing="Lacagta carruurta goorma?",
)


def a_question(name: str = "q1", **given: Any) -> Unanswered:
    ordinary: dict[str, Any] = {
        "id": name,
        "language": "so",
        "theme": "money",
        "day": DAY,
        "text": f"text {name}",
    }
    return Unanswered(**{**ordinary, **given})


async def test_questions_are_counted_by_language_theme_and_day(oslo: Within) -> None:
    def ask(tx: Transaction) -> None:
        for language, theme, day in (("so", "money", BEFORE), ("so", "money", DAY), ("so", "money", DAY)):
            tx.gaps.count(language, theme, day)
        tx.gaps.count("ti", "money", DAY)

    await oslo(ask)
    assert await oslo(lambda tx: tx.gaps.counts(BEFORE)) == {("so", "money"): 3, ("ti", "money"): 1}
    assert await oslo(lambda tx: tx.gaps.counts(date.min)) == {("so", "money"): 3, ("ti", "money"): 1}
    assert await oslo(lambda tx: tx.gaps.counts(DAY)) == {("so", "money"): 2, ("ti", "money"): 1}
    assert await oslo(lambda tx: tx.gaps.counts(DAY + timedelta(days=1))) == {}


async def test_what_coordinators_were_told_is_remembered_by_day(oslo: Within) -> None:
    await oslo(lambda tx: tx.gaps.count("so", "money", DAY))
    assert not await oslo(lambda tx: tx.gaps.was_told("so", "money", BEFORE))
    await oslo(lambda tx: tx.gaps.mark_told("so", "money", DAY))
    await oslo(lambda tx: tx.gaps.count("so", "money", DAY))

    assert await oslo(lambda tx: tx.gaps.was_told("so", "money", BEFORE))
    assert await oslo(lambda tx: tx.gaps.was_told("so", "money", DAY))
    assert not await oslo(lambda tx: tx.gaps.was_told("so", "money", DAY + timedelta(days=1)))
    assert not await oslo(lambda tx: tx.gaps.was_told("so", "health", BEFORE))
    assert await oslo(lambda tx: tx.gaps.counts(DAY)) == {("so", "money"): 2}


async def test_questions_and_gaps_come_back_exactly_as_they_were_kept(oslo: Within) -> None:
    assert says_everything(GAP)
    await oslo(lambda tx: tx.gaps.add(GAP))
    kept = [
        a_question("q0", day=BEFORE, text="نور \ud800 \0"),
        a_question("q1", gap="gap-1"),
        a_question("q2", text=None),
    ]
    for question in reversed(kept):
        await oslo(lambda tx, question=question: tx.gaps.keep(question))
    assert await oslo(lambda tx: tx.gaps.questions()) == kept
    assert await oslo(lambda tx: tx.gaps.find("gap-1")) == GAP
    assert await oslo(lambda tx: tx.gaps.find("gap-2")) is None

    changed = replace(GAP, state=GapState.ASIDE, phrasing="", theme="work", language="ti")
    await oslo(lambda tx: tx.gaps.save(changed))
    assert await oslo(lambda tx: tx.gaps.all()) == [changed]
    with pytest.raises(NotFound):
        await oslo(lambda tx: tx.gaps.save(replace(GAP, id="gap-2")))


async def test_a_question_belongs_to_one_gap_which_counts_it_once(oslo: Within) -> None:
    def begin(tx: Transaction) -> None:
        tx.gaps.add(replace(GAP, asked=0))
        tx.gaps.add(replace(GAP, id="gap-2", asked=0))
        for name in ("q1", "q2"):
            tx.gaps.keep(a_question(name))

    await oslo(begin)
    await oslo(lambda tx: tx.gaps.put(["q1"], "gap-1"))
    await oslo(lambda tx: tx.gaps.put(["q1", "q2", "gone"], "gap-2"))
    assert [question.gap for question in await oslo(lambda tx: tx.gaps.questions())] == ["gap-1", "gap-2"]
    assert [gap.asked for gap in await oslo(lambda tx: tx.gaps.all())] == [1, 1]


async def test_a_question_put_into_a_gap_while_it_is_reworded_is_counted(kind: str, oslo: Within) -> None:
    """Two processes have the same gap in hand: one keeps what it read before the other counted."""

    def begin(tx: Transaction) -> None:
        tx.gaps.add(GAP)
        tx.gaps.keep(a_question("q1"))

    has_read, may_save = threading.Event(), threading.Event()

    def reword(tx: Transaction) -> None:
        gap = tx.gaps.find("gap-1")
        assert gap
        has_read.set()
        assert may_save.wait(10)
        tx.gaps.save(replace(gap, phrasing="Gunno?"))

    await oslo(begin)
    rewording = asyncio.ensure_future(oslo(reword))
    assert await asyncio.to_thread(has_read.wait, 10)
    putting = asyncio.ensure_future(oslo(lambda tx: tx.gaps.put(["q1"], "gap-1")))
    if kind == "postgresql":  # SQLite has one writer: there the second waits for the first
        await putting
    may_save.set()
    await asyncio.gather(rewording, putting)
    assert await oslo(lambda tx: tx.gaps.all()) == [replace(GAP, phrasing="Gunno?", asked=8)]


async def test_no_question_is_lost_when_many_are_counted_at_once(oslo: Within) -> None:
    await asyncio.gather(*(oslo(lambda tx: tx.gaps.count("so", "money", DAY)) for _ in range(20)))
    assert await oslo(lambda tx: tx.gaps.counts(DAY)) == {("so", "money"): 20}


async def test_a_question_that_two_processes_put_at_once_is_counted_once(oslo: Within) -> None:
    def begin(tx: Transaction) -> None:
        tx.gaps.add(replace(GAP, asked=0))
        for number in range(5):
            tx.gaps.keep(a_question(f"q{number}"))

    names = [f"q{number}" for number in range(5)]
    await oslo(begin)
    await asyncio.gather(*(oslo(lambda tx: tx.gaps.put(names, "gap-1")) for _ in range(4)))
    assert [gap.asked for gap in await oslo(lambda tx: tx.gaps.all())] == [5]


async def test_the_words_of_a_gap_can_go_before_their_time(oslo: Within) -> None:
    def begin(tx: Transaction) -> None:
        tx.gaps.add(GAP)
        tx.gaps.keep(a_question("q1", gap="gap-1"))
        tx.gaps.keep(a_question("q2"))

    await oslo(begin)
    await oslo(lambda tx: tx.gaps.forget_texts("gap-1"))
    assert [question.text for question in await oslo(lambda tx: tx.gaps.questions())] == [None, "text q2"]


async def test_old_words_go_and_with_them_gaps_of_which_nothing_else_is_left(oslo: Within) -> None:
    empty = {"phrasing": "", "state": GapState.OPEN}
    gaps = [
        GAP,
        replace(GAP, id="gap-2", **empty),
        replace(GAP, id="gap-3", **{**empty, "state": GapState.ASIDE}),
        replace(GAP, id="gap-5", **empty),
    ]

    def begin(tx: Transaction) -> None:
        for number, gap in enumerate(gaps, start=1):
            tx.gaps.add(gap)
            tx.gaps.keep(a_question(f"q{number}", day=BEFORE, gap=gap.id))
        tx.gaps.keep(a_question("q6", day=DAY, gap="gap-5"))
        tx.gaps.count("so", "money", BEFORE)

    await oslo(begin)
    await oslo(lambda tx: tx.gaps.purge(BEFORE))
    assert [question.id for question in await oslo(lambda tx: tx.gaps.questions())] == ["q6"]
    assert [gap.id for gap in await oslo(lambda tx: tx.gaps.all())] == ["gap-1", "gap-5"]
    assert await oslo(lambda tx: tx.gaps.counts(BEFORE)) == {("so", "money"): 1}


async def test_another_groups_gaps_are_not_there(database: Database, oslo: Within) -> None:
    await database.run(lambda service: service.put_group(AARHUS))
    aarhus = Within(database, AARHUS)

    def begin(tx: Transaction) -> None:
        tx.gaps.count("so", "money", DAY)
        tx.gaps.add(GAP)
        tx.gaps.keep(a_question("q1"))
        tx.gaps.keep(a_question("q2", gap="gap-1"))

    await oslo(begin)

    def look(tx: Transaction) -> list[object]:
        tx.gaps.purge(DAY)
        tx.gaps.forget_texts("gap-1")
        tx.gaps.put(["q1"], "gap-1")
        tx.gaps.mark_told("so", "money", DAY)
        found: list[object] = [
            tx.gaps.counts(BEFORE),
            tx.gaps.questions(),
            tx.gaps.find("gap-1"),
            tx.gaps.all(),
        ]
        return found

    assert await aarhus(look) == [{}, [], None, []]
    assert await oslo(lambda tx: tx.gaps.find("gap-1")) == GAP
    assert await oslo(lambda tx: tx.gaps.questions()) == [a_question("q1"), a_question("q2", gap="gap-1")]
    assert not await oslo(lambda tx: tx.gaps.was_told("so", "money", BEFORE))


async def test_the_words_of_a_question_cannot_be_read_in_the_file(database: Database, oslo: Within) -> None:
    """What is in the tables is sealed: no text, and no moment that would lead to a case."""
    from sqlalchemy import select

    from dispatch.store.schema.library import gap_questions, gaps, phrasings

    def begin(tx: Transaction) -> None:
        tx.gaps.add(GAP)
        tx.gaps.keep(a_question("q1", text="Zxqv wplk"))

    await oslo(begin)

    def rows(service: Any) -> str:
        connection = service.work.connection
        return str(
            [tuple(row) for table in (gaps, gap_questions) for row in connection.execute(select(table))]
        )

    stored = await database.run(rows)
    assert "q1" in stored
    assert "wplk" not in stored and "carruurta" not in stored
    assert {column.name for column in gap_questions.columns} == {
        "id", "group_id", "language", "theme", "day", "text_sealed", "gap_id",
    }  # fmt: skip
    assert "person_id" not in phrasings.columns and "case_id" not in phrasings.columns
