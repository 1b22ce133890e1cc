from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from dispatch.model.errors import NotFound
from dispatch.model.growth import Phrasing
from dispatch.ports import Transaction
from dispatch.store.database import Database
from dispatch.store.schema.library import rejected_phrasings
from tests.contracts.conftest import Within
from tests.contracts.samples import AARHUS, MINUTE, NOW, says_everything

DAY = date(2026, 11, 21)
PROPOSED = Phrasing(id="p1", slug="no-child-benefit", language="so", text="Lacagta \ud800 carruurta", day=DAY)
APPROVED = replace(PROPOSED, id="p2", text="Lacag caruur", approved_at=NOW)


async def test_a_phrasing_comes_back_exactly_as_it_was_kept(oslo: Within) -> None:
    assert says_everything(APPROVED)
    for phrasing in (PROPOSED, APPROVED):
        await oslo(lambda tx, phrasing=phrasing: tx.phrasings.add(phrasing))
    assert await oslo(lambda tx: tx.phrasings.find("p1")) == PROPOSED
    assert await oslo(lambda tx: tx.phrasings.find("p2")) == APPROVED
    assert await oslo(lambda tx: tx.phrasings.find("p3")) is None


async def test_a_phrasing_is_proposed_until_it_is_approved(oslo: Within) -> None:
    await oslo(lambda tx: tx.phrasings.add(PROPOSED))
    await oslo(lambda tx: tx.phrasings.add(APPROVED))
    assert await oslo(lambda tx: tx.phrasings.proposed()) == [PROPOSED]
    assert await oslo(lambda tx: tx.phrasings.approved()) == [APPROVED]

    reworded = replace(PROPOSED, text="Gunnada carruurta", approved_at=NOW - MINUTE)
    await oslo(lambda tx: tx.phrasings.save(reworded))
    assert await oslo(lambda tx: tx.phrasings.proposed()) == []
    assert await oslo(lambda tx: tx.phrasings.approved()) == [reworded, APPROVED]
    with pytest.raises(NotFound):
        await oslo(lambda tx: tx.phrasings.save(replace(PROPOSED, id="p3")))


async def test_phrasings_are_found_by_article_and_language(oslo: Within) -> None:
    others = [replace(PROPOSED, id="p3", slug="no-doctor"), replace(PROPOSED, id="p4", language="ti")]
    for phrasing in (PROPOSED, APPROVED, *others):
        await oslo(lambda tx, phrasing=phrasing: tx.phrasings.add(phrasing))
    found = await oslo(lambda tx: tx.phrasings.of("no-child-benefit", "so"))
    assert {phrasing.id for phrasing in found} == {"p1", "p2"}


async def test_what_nobody_approved_goes_and_what_is_approved_stays(oslo: Within) -> None:
    newer = replace(PROPOSED, id="p3", day=DAY + timedelta(days=1))
    for phrasing in (PROPOSED, APPROVED, newer):
        await oslo(lambda tx, phrasing=phrasing: tx.phrasings.add(phrasing))
    await oslo(lambda tx: tx.phrasings.purge(DAY))
    assert await oslo(lambda tx: tx.phrasings.proposed()) == [newer]
    assert await oslo(lambda tx: tx.phrasings.approved()) == [APPROVED]
    await oslo(lambda tx: tx.phrasings.remove("p3"))
    await oslo(lambda tx: tx.phrasings.remove("p3"))
    assert await oslo(lambda tx: tx.phrasings.proposed()) == []


async def test_words_that_were_not_wanted_are_known_by_their_digest_until_they_are_forgotten(
    database: Database, oslo: Within
) -> None:
    that = ("no-child-benefit", "so", "lacagta \ud800 carruurta")
    await oslo(lambda tx: tx.phrasings.reject(*that, DAY))
    assert await oslo(lambda tx: tx.phrasings.was_rejected(*that, DAY - timedelta(days=1)))
    assert not await oslo(lambda tx: tx.phrasings.was_rejected(*that, DAY))
    for other in (("no-doctor", *that[1:]), (that[0], "ti", that[2]), (*that[:2], "lacag")):
        assert not await oslo(
            lambda tx, other=other: tx.phrasings.was_rejected(*other, DAY - timedelta(days=1))
        )

    await oslo(lambda tx: tx.phrasings.reject(*that, DAY + timedelta(days=1)))  # once more, later
    await oslo(lambda tx: tx.phrasings.forget_rejected(DAY))
    assert await oslo(lambda tx: tx.phrasings.was_rejected(*that, DAY))

    def rows(service: Any) -> str:
        found = service.work.connection.execute(select(rejected_phrasings)).all()
        return str([tuple(row) for row in found])

    stored = await database.run(rows)
    assert "oslo" in stored and "lacag" not in stored and "benefit" not in stored
    await oslo(lambda tx: tx.phrasings.forget_rejected(DAY + timedelta(days=1)))
    assert await database.run(rows) == "[]"


async def test_another_groups_phrasings_are_not_there(database: Database, oslo: Within) -> None:
    await database.run(lambda service: service.put_group(AARHUS))
    await oslo(lambda tx: tx.phrasings.add(PROPOSED))
    await oslo(lambda tx: tx.phrasings.add(APPROVED))

    def look(tx: Transaction) -> list[object]:
        tx.phrasings.purge(DAY)
        tx.phrasings.remove("p2")
        return [
            tx.phrasings.find("p1"),
            tx.phrasings.proposed(),
            tx.phrasings.approved(),
            tx.phrasings.of("no-child-benefit", "so"),
            tx.phrasings.was_rejected("no-child-benefit", "so", "lacag", DAY - timedelta(days=1)),
        ]

    await oslo(lambda tx: tx.phrasings.reject("no-child-benefit", "so", "lacag", DAY))
    assert await Within(database, AARHUS)(look) == [None, [], [], [], False]
    assert await oslo(lambda tx: tx.phrasings.proposed()) == [PROPOSED]
    assert await oslo(lambda tx: tx.phrasings.approved()) == [APPROVED]
