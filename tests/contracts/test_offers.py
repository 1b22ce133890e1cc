import asyncio
from dataclasses import replace

import pytest

from dispatch.model.cases import OfferState
from dispatch.model.errors import ChangedMeanwhile, NotFound
from dispatch.ports import Transaction
from dispatch.store.database import Database
from tests.contracts.conftest import Within
from tests.contracts.samples import AARHUS, MINUTE, NOW, a_case, an_offer, says_everything


@pytest.fixture
async def waiting(oslo: Within) -> Within:
    """Two cases wait."""
    await oslo(lambda tx: (tx.cases.add(a_case("amira", 1)), tx.cases.add(a_case("hodan", 2))))
    return oslo


async def test_an_offer_comes_back_exactly_as_it_was_kept(waiting: Within) -> None:
    offer = an_offer(state=OfferState.DECLINED, ended_at=NOW + MINUTE)
    assert says_everything(offer)
    await waiting(lambda tx: tx.offers.add(offer))
    assert await waiting(lambda tx: tx.offers.find(offer.id)) == offer
    assert await waiting(lambda tx: tx.offers.find("none")) is None


async def test_an_offer_can_end(waiting: Within) -> None:
    declined = an_offer(state=OfferState.DECLINED, ended_at=NOW + MINUTE)
    await waiting(lambda tx: tx.offers.add(an_offer()))
    await waiting(lambda tx: tx.offers.save(declined))
    assert await waiting(lambda tx: tx.offers.of("case-1")) == [declined]
    with pytest.raises(NotFound):
        await waiting(lambda tx: tx.offers.save(an_offer("nobody")))


async def test_a_volunteer_has_one_open_offer_of_a_case(waiting: Within) -> None:
    await waiting(lambda tx: tx.offers.add(an_offer()))
    with pytest.raises(ChangedMeanwhile):
        await waiting(lambda tx: tx.offers.add(an_offer(id="again")))
    await waiting(lambda tx: tx.offers.add(an_offer(case="case-2")))

    await waiting(lambda tx: tx.offers.save(replace(an_offer(), state=OfferState.DECLINED)))
    await waiting(lambda tx: tx.offers.add(an_offer(id="again")))
    assert [offer.id for offer in await waiting(lambda tx: tx.offers.of("case-1"))] == [
        "offer-noor-case-1",
        "again",
    ]


async def test_two_who_offer_at_once_make_one_offer(waiting: Within) -> None:
    outcomes = await asyncio.gather(
        *(waiting(lambda tx, n=n: tx.offers.add(an_offer(id=f"offer-{n}"))) for n in range(6)),
        return_exceptions=True,
    )
    assert outcomes.count(None) == 1
    assert len(await waiting(lambda tx: tx.offers.of("case-1"))) == 1


async def test_a_cases_offers_come_oldest_first(waiting: Within) -> None:
    def offer(tx: Transaction) -> None:
        tx.offers.add(an_offer("leo", offered_at=NOW + MINUTE))
        tx.offers.add(an_offer("noor", offered_at=NOW))
        tx.offers.add(an_offer("ali", offered_at=NOW + MINUTE))

    await waiting(offer)
    assert [each.volunteer_id for each in await waiting(lambda tx: tx.offers.of("case-1"))] == [
        "noor",
        "leo",
        "ali",
    ]


async def test_only_what_was_open_ends(waiting: Within) -> None:
    later, declined = an_offer("leo", offered_at=NOW + MINUTE), an_offer("ali", state=OfferState.DECLINED)
    other = an_offer("leo", case="case-2")

    def offer(tx: Transaction) -> None:
        for each in (later, an_offer("noor"), declined, other):
            tx.offers.add(each)

    await waiting(offer)
    ended = await waiting(lambda tx: tx.offers.end_open("case-1", OfferState.WITHDRAWN, NOW + 2 * MINUTE))
    withdrawn = {"state": OfferState.WITHDRAWN, "ended_at": NOW + 2 * MINUTE}
    assert ended == [replace(an_offer("noor"), **withdrawn), replace(later, **withdrawn)]
    assert await waiting(lambda tx: tx.offers.find(declined.id)) == declined
    assert await waiting(lambda tx: tx.offers.find(other.id)) == other
    assert await waiting(lambda tx: tx.offers.end_open("case-1", OfferState.WITHDRAWN, NOW)) == []


async def test_a_volunteer_has_open_offers_of_several_cases(waiting: Within) -> None:
    def offer(tx: Transaction) -> None:
        tx.offers.add(an_offer("noor", offered_at=NOW + MINUTE))
        tx.offers.add(an_offer("noor", case="case-2"))
        tx.offers.add(an_offer("leo"))
        tx.offers.add(an_offer("noor", id="old", state=OfferState.WITHDRAWN))

    await waiting(offer)
    assert [each.case_id for each in await waiting(lambda tx: tx.offers.open_for("noor"))] == [
        "case-2",
        "case-1",
    ]


async def test_a_forgotten_offer_can_be_made_anew(waiting: Within) -> None:
    await waiting(lambda tx: tx.offers.add(an_offer()))
    await waiting(lambda tx: tx.offers.remove(an_offer().id))
    assert await waiting(lambda tx: tx.offers.of("case-1")) == []
    await waiting(lambda tx: tx.offers.add(an_offer()))
    await waiting(lambda tx: tx.offers.remove("none"))


async def test_another_groups_offers_are_not_there(database: Database, waiting: Within) -> None:
    await database.run(lambda service: service.put_group(AARHUS))
    aarhus = Within(database, AARHUS)
    await waiting(lambda tx: tx.offers.add(an_offer()))

    def look(tx: Transaction) -> list[object]:
        tx.offers.remove(an_offer().id)
        ended = tx.offers.end_open("case-1", OfferState.WITHDRAWN, NOW)
        return [tx.offers.find(an_offer().id), *tx.offers.of("case-1"), *tx.offers.open_for("noor"), *ended]

    assert await aarhus(look) == [None]
    with pytest.raises(NotFound):
        await aarhus(lambda tx: tx.offers.save(replace(an_offer(), state=OfferState.TAKEN)))
    assert await waiting(lambda tx: tx.offers.of("case-1")) == [an_offer()]
