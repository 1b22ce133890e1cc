import asyncio
from dataclasses import replace

import pytest

from dispatch.actions import shelving
from dispatch.model.errors import ChangedMeanwhile
from dispatch.model.shelf import ShelfText, Signature, TextState
from dispatch.ports import Transaction
from dispatch.store.database import Database
from tests.contracts.conftest import Within
from tests.contracts.samples import AARHUS, MINUTE, NOW, a_person, says_everything

TEXT = ShelfText(
    id="t1",
    slug="no-own-1",
    language="so",
    version=1,
    text="---\ntitle: Lacagta\n---\nQof \ud800ayaa.\0\r\n",
    state=TextState.PROPOSED,
    at=NOW,
    author_id="hodan",
    approved_by="kari",
)
SIGNED = Signature(slug="no-own-1", language="so", digest="abc", person_id="hodan", at=NOW)


def version(number: int, state: TextState = TextState.PUBLISHED, **given: str) -> ShelfText:
    return replace(TEXT, **{"id": f"t{number}", "version": number, "state": state, **given})  # type: ignore[arg-type]


async def keep(oslo: Within, *texts: ShelfText) -> None:
    for text in texts:
        await oslo(lambda tx, text=text: tx.shelf.add(text))


async def test_a_text_comes_back_exactly_as_it_was_kept(oslo: Within) -> None:
    assert says_everything(TEXT)
    await keep(oslo, TEXT)
    assert await oslo(lambda tx: tx.shelf.find("t1")) == TEXT
    assert await oslo(lambda tx: tx.shelf.versions("no-own-1", "so")) == [TEXT]
    assert await oslo(lambda tx: tx.shelf.find("t2")) is None


async def test_the_text_is_sealed(oslo: Within) -> None:
    await keep(oslo, TEXT)

    def raw(tx: Transaction) -> bytes:
        work = tx.shelf._work  # type: ignore[attr-defined]
        found = work.connection.exec_driver_sql("SELECT text_sealed FROM shelf_texts").scalar()
        return bytes(found)

    assert b"Lacagta" not in await oslo(raw)


async def test_two_cannot_write_the_same_version(oslo: Within) -> None:
    await keep(oslo, TEXT)
    with pytest.raises(ChangedMeanwhile):
        await keep(oslo, replace(TEXT, id="other"))


async def test_a_state_is_left_once(oslo: Within) -> None:
    await keep(oslo, TEXT)
    later = NOW + MINUTE

    def approve(tx: Transaction) -> bool:
        return tx.shelf.move(TEXT, TextState.APPROVED, later, approved_by="anne")

    assert await oslo(approve)
    assert not await oslo(approve)
    found = await oslo(lambda tx: tx.shelf.find("t1"))
    assert found == replace(TEXT, state=TextState.APPROVED, at=later, approved_by="anne")


async def test_of_two_who_publish_at_once_one_does(database: Database, oslo: Within) -> None:
    await oslo(lambda tx: tx.people.add(a_person("Kari")))
    await keep(oslo, TEXT)

    def publish(tx: Transaction) -> bool:
        return shelving.publish(tx, TEXT, tx.people.get("kari"), "digest", NOW, danger=False)

    outcomes = await asyncio.gather(*(oslo(publish) for _ in range(6)))
    assert sorted(outcomes) == [False] * 5 + [True]
    assert len(await oslo(lambda tx: tx.shelf.versions("no-own-1", "so"))) == 1


async def test_of_two_who_undo_at_once_one_does(database: Database, oslo: Within) -> None:
    await oslo(lambda tx: tx.people.add(a_person("Kari")))
    await keep(oslo, version(1), version(2))

    def undo(tx: Transaction) -> bool:
        return shelving.undo(tx, version(2), tx.people.get("kari"), NOW) is not None

    outcomes = await asyncio.gather(*(oslo(undo) for _ in range(6)))
    assert sorted(outcomes) == [False] * 5 + [True]
    assert [each.version for each in await oslo(lambda tx: tx.shelf.versions("no-own-1", "so"))] == [1, 2, 3]


async def test_one_publishes_while_another_takes_back_and_the_later_of_the_two_counts(
    database: Database, oslo: Within
) -> None:
    await oslo(lambda tx: tx.people.add(a_person("Kari")))
    await keep(oslo, version(1), version(2, TextState.DRAFT))
    draft = version(2, TextState.DRAFT)

    def publish(tx: Transaction) -> str:
        assert shelving.publish(tx, draft, tx.people.get("kari"), "digest", NOW, danger=False)
        return "published"

    def withdraw(tx: Transaction) -> str:
        return "withdrawn" if shelving.withdraw(tx, version(1), tx.people.get("kari"), NOW) else "too late"

    _, second = await asyncio.gather(oslo(publish), oslo(withdraw))
    assert second in {"withdrawn", "too late"}
    assert [each.id for each in await oslo(lambda tx: tx.shelf.published())] == ["t2"]


async def test_what_is_published_last_counts_whatever_its_number_was(oslo: Within) -> None:
    await oslo(lambda tx: tx.people.add(a_person("Kari")))
    await keep(oslo, version(1), version(2, TextState.DRAFT), version(3, TextState.WITHDRAWN))
    draft = version(2, TextState.DRAFT)
    assert await oslo(
        lambda tx: shelving.publish(tx, draft, tx.people.get("kari"), "digest", NOW, danger=False)
    )
    (found,) = await oslo(lambda tx: tx.shelf.published())
    assert (found.id, found.version) == ("t2", 4)


async def test_the_newest_published_version_counts_until_it_is_withdrawn(oslo: Within) -> None:
    other = replace(TEXT, id="x", slug="no-own-2")
    await keep(oslo, version(1), version(2), version(3, TextState.DRAFT), other)
    assert await oslo(lambda tx: tx.shelf.published()) == [version(2)]
    assert await oslo(lambda tx: tx.shelf.in_hand()) == [version(3, TextState.DRAFT), other]
    await keep(oslo, version(4, TextState.WITHDRAWN))
    assert await oslo(lambda tx: tx.shelf.published()) == []
    await keep(oslo, version(5))
    assert await oslo(lambda tx: tx.shelf.published()) == [version(5)]
    assert len(await oslo(lambda tx: tx.shelf.versions("no-own-1", "so"))) == 5


async def test_a_text_can_be_removed(oslo: Within) -> None:
    await keep(oslo, TEXT)
    await oslo(lambda tx: tx.shelf.remove("t1"))
    assert await oslo(lambda tx: tx.shelf.in_hand()) == []


async def test_a_shelf_is_its_groups_alone(database: Database, oslo: Within) -> None:
    await keep(oslo, version(1))
    await oslo(lambda tx: tx.shelf.sign(SIGNED))
    await database.run(lambda service: service.put_group(AARHUS))
    aarhus = Within(database, AARHUS)

    def seen(tx: Transaction) -> list[object]:
        moved = tx.shelf.move(version(1), TextState.DRAFT, NOW, approved_by=None)
        tx.shelf.remove("t1")
        tx.shelf.unsign("no-own-1", "so", "abc")
        found = (tx.shelf.find("t1"), *tx.shelf.in_hand(), *tx.shelf.published(), *tx.shelf.signatures())
        return [moved, *found]

    assert await aarhus(seen) == [False, None]
    assert await oslo(lambda tx: tx.shelf.published()) == [version(1)]
    assert await oslo(lambda tx: tx.shelf.signatures()) == [SIGNED]


async def test_the_first_signature_of_a_text_counts_until_it_is_taken_back(oslo: Within) -> None:
    await oslo(lambda tx: tx.shelf.sign(SIGNED))
    await oslo(lambda tx: tx.shelf.sign(replace(SIGNED, person_id="leyla", at=NOW + MINUTE)))
    newer = replace(SIGNED, digest="def", at=NOW + MINUTE)
    await oslo(lambda tx: tx.shelf.sign(newer))
    assert await oslo(lambda tx: tx.shelf.signatures()) == [SIGNED, newer]
    await oslo(lambda tx: tx.shelf.unsign("no-own-1", "so", "abc"))
    assert await oslo(lambda tx: tx.shelf.signatures()) == [newer]


async def test_what_changes_the_library_raises_the_revision_and_a_draft_does_not(
    database: Database, oslo: Within
) -> None:
    async def revision() -> int:
        return await database.read(lambda service: service.within("oslo").shelf.revision())

    drafting = (
        lambda tx: tx.shelf.add(TEXT),
        lambda tx: tx.shelf.add(version(2, TextState.DRAFT)),
        lambda tx: tx.shelf.remove("t2"),
        lambda tx: tx.shelf.move(TEXT, TextState.APPROVED, NOW, approved_by=None),
    )
    for change in drafting:
        await oslo(change)
    assert await revision() == 0
    approved = replace(TEXT, state=TextState.APPROVED)
    changes = (
        lambda tx: tx.shelf.move(approved, TextState.PUBLISHED, NOW, approved_by=None),
        lambda tx: tx.shelf.add(version(3, TextState.WITHDRAWN)),
        lambda tx: tx.shelf.sign(SIGNED),
        lambda tx: tx.shelf.unsign("no-own-1", "so", "abc"),
        lambda tx: tx.shelf.changed(),
    )
    seen = [0]
    for change in changes:
        await oslo(change)
        seen.append(await revision())
    assert seen == sorted(set(seen))


async def test_a_change_of_the_library_is_told_to_who_listens(database: Database, oslo: Within) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    database.listen(heard.put_nowait)
    await oslo(lambda tx: tx.shelf.sign(SIGNED))
    async with asyncio.timeout(15):
        while await heard.get() != "shelf":
            pass


async def test_forgetting_somebody_keeps_her_texts_and_drops_her_id(oslo: Within) -> None:
    await oslo(lambda tx: (tx.people.add(a_person("Hodan")), tx.people.add(a_person("Kari"))))
    await keep(oslo, TEXT)
    await oslo(lambda tx: tx.shelf.sign(SIGNED))
    await oslo(lambda tx: tx.people.erase("hodan", NOW))
    assert await oslo(lambda tx: tx.shelf.find("t1")) == replace(TEXT, author_id=None)
    assert await oslo(lambda tx: tx.shelf.signatures()) == [replace(SIGNED, person_id=None)]
    await oslo(lambda tx: tx.people.erase("kari", NOW))
    assert await oslo(lambda tx: tx.shelf.find("t1")) == replace(TEXT, author_id=None, approved_by=None)
