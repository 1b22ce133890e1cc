import asyncio

from dispatch.model.growth import demand
from dispatch.ports import Transaction
from dispatch.store.database import Database
from tests.contracts.conftest import Within
from tests.contracts.samples import AARHUS


async def test_answers_are_counted_by_language_and_article(oslo: Within) -> None:
    def answer(tx: Transaction) -> None:
        for language, slug in (("so", "no-rent"), ("so", "no-rent"), ("ti", "no-rent"), ("so", "no-tax")):
            tx.answers.count(language, slug)

    await oslo(answer)
    await oslo(lambda tx: tx.answers.count("so", "no-rent"))
    expected = {("so", "no-rent"): 3, ("ti", "no-rent"): 1, ("so", "no-tax"): 1}
    assert await oslo(lambda tx: tx.answers.counts()) == expected


async def test_no_answer_is_lost_when_many_are_counted_at_once(oslo: Within) -> None:
    await asyncio.gather(*(oslo(lambda tx: tx.answers.count("so", "no-rent")) for _ in range(20)))
    assert await oslo(lambda tx: tx.answers.counts()) == {("so", "no-rent"): 20}


async def test_another_groups_answers_are_not_there(database: Database, oslo: Within) -> None:
    await database.run(lambda service: service.put_group(AARHUS))
    await oslo(lambda tx: tx.answers.count("so", "no-rent"))
    assert await Within(database, AARHUS)(lambda tx: tx.answers.counts()) == {}


def test_what_few_asked_for_is_no_demand() -> None:
    found = demand({("so", "no-rent"): 4, ("so", "no-tax"): 5}, {("so", "home"): 4, ("so", "money"): 5})
    assert (found.answered, found.missed) == ({("so", "no-tax"): 5}, {("so", "money"): 5})
