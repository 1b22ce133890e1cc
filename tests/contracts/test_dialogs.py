import asyncio
import string
from dataclasses import replace
from datetime import timedelta

import pytest

from dispatch.model.errors import NotFound
from dispatch.model.people import Invitation, Role
from dispatch.model.queues import Button, Dialog
from dispatch.ports import Transaction
from dispatch.store.database import Database
from tests.contracts.conftest import Within
from tests.contracts.samples import AARHUS, MINUTE, NOW, a_person, says_everything

DIALOG = Dialog(
    person_id="amira",
    kind="ask",
    state={"step": 3, "words": ["a", {"b": None}], "deep": {"x": [1, 2.5, True]}, "text": "نور \ud800 \0"},
    updated_at=NOW,
)
INVITATION = Invitation(digest="d1", role=Role.VOLUNTEER, invited_by="kari", expires_at=NOW + MINUTE)


async def test_a_button_means_what_it_was_made_for(oslo: Within) -> None:
    token = await oslo(lambda tx: tx.buttons.put("take", "offer-1", "ñ ❤", person="noor"))
    open_to_all = await oslo(lambda tx: tx.buttons.put("free"))

    assert await oslo(lambda tx: tx.buttons.find(token)) == Button(
        token=token, action="take", arguments=("offer-1", "ñ ❤"), person="noor"
    )
    assert await oslo(lambda tx: tx.buttons.find(open_to_all)) == Button(token=open_to_all, action="free")
    assert await oslo(lambda tx: tx.buttons.find("forged")) is None
    assert await oslo(lambda tx: tx.buttons.find("for\0ged\ud800")) is None


async def test_a_token_is_new_and_fits_every_platform(oslo: Within) -> None:
    """H26: a platform leaves 64 bytes for it."""
    tokens = await oslo(lambda tx: [tx.buttons.put("take") for _ in range(50)])
    assert len(set(tokens)) == 50
    assert {character for token in tokens for character in token} <= set(
        string.ascii_letters + string.digits + "-_"
    )
    assert all(22 <= len(token) <= 60 for token in tokens)


async def test_buttons_of_long_ago_go(database: Database, oslo: Within) -> None:
    """A card that is three months old may still be pressed."""

    async def purge(after: timedelta) -> None:
        await database.run(lambda service: service.purge(NOW + after, timedelta(days=8), timedelta(days=8)))

    token = await oslo(lambda tx: tx.buttons.put("take"))
    for days in (0, 1, 92):
        await purge(timedelta(days=days))
        assert await oslo(lambda tx: tx.buttons.find(token)) is not None
    await purge(timedelta(days=200))
    assert await oslo(lambda tx: tx.buttons.find(token)) is None


async def test_a_dialog_comes_back_exactly_as_it_was_kept(oslo: Within) -> None:
    await oslo(lambda tx: tx.people.add(a_person("Amira")))
    await oslo(lambda tx: tx.dialogs.put(DIALOG))
    assert await oslo(lambda tx: tx.dialogs.find("amira", "ask")) == DIALOG
    assert await oslo(lambda tx: tx.dialogs.find("amira", "other")) is None


async def test_there_is_one_dialog_of_a_kind(oslo: Within) -> None:
    await oslo(lambda tx: tx.people.add(a_person("Amira")))
    later = replace(DIALOG, state={"step": 4}, updated_at=NOW + MINUTE)
    other = replace(DIALOG, kind="other")
    for dialog in (DIALOG, other, later):
        await oslo(lambda tx, dialog=dialog: tx.dialogs.put(dialog))
    assert await oslo(lambda tx: tx.dialogs.find("amira", "ask")) == later
    assert await oslo(lambda tx: tx.dialogs.find("amira", "other")) == other


async def test_all_dialogs_of_somebody_are_found_and_no_others(oslo: Within) -> None:
    for name in ("Amira", "Noor"):
        await oslo(lambda tx, name=name: tx.people.add(a_person(name)))
    hers = [DIALOG, replace(DIALOG, kind="other")]
    for dialog in (*reversed(hers), replace(DIALOG, person_id="noor")):
        await oslo(lambda tx, dialog=dialog: tx.dialogs.put(dialog))
    assert list(await oslo(lambda tx: tx.dialogs.of("amira"))) == hers


async def test_a_dialog_can_be_dropped_twice(oslo: Within) -> None:
    await oslo(lambda tx: tx.people.add(a_person("Amira")))
    await oslo(lambda tx: tx.dialogs.put(DIALOG))
    await oslo(lambda tx: tx.dialogs.drop("amira", "ask"))
    await oslo(lambda tx: tx.dialogs.drop("amira", "ask"))
    assert await oslo(lambda tx: tx.dialogs.find("amira", "ask")) is None


async def test_a_dialog_of_nobody_cannot_be_kept(oslo: Within) -> None:
    with pytest.raises(NotFound):
        await oslo(lambda tx: tx.dialogs.put(DIALOG))


async def test_dialogs_of_long_ago_go(database: Database, oslo: Within) -> None:
    await oslo(lambda tx: tx.people.add(a_person("Amira")))
    await oslo(lambda tx: tx.dialogs.put(DIALOG))
    for days, is_there in ((29, True), (31, False)):
        now = NOW + timedelta(days=days)
        await database.run(lambda service, now=now: service.purge(now, timedelta(days=8), timedelta(days=8)))
        assert (await oslo(lambda tx: tx.dialogs.find("amira", "ask")) is not None) is is_there


async def test_an_invitation_is_used_once(oslo: Within) -> None:
    await oslo(lambda tx: tx.invitations.add(INVITATION))
    assert await oslo(lambda tx: tx.invitations.find("d1")) == INVITATION
    assert await oslo(lambda tx: tx.invitations.find("d2")) is None
    assert not await oslo(lambda tx: tx.invitations.use("d2", "noor"))

    used = await asyncio.gather(*(oslo(lambda tx, n=n: tx.invitations.use("d1", f"p{n}")) for n in range(10)))
    assert sum(used) == 1
    found = await oslo(lambda tx: tx.invitations.find("d1"))
    assert found == replace(INVITATION, used_by=f"p{used.index(True)}")
    assert says_everything(found)


async def test_another_groups_buttons_dialogs_and_invitations_are_not_there(
    database: Database, oslo: Within
) -> None:
    await database.run(lambda service: service.put_group(AARHUS))
    aarhus = Within(database, AARHUS)

    def arrive(tx: Transaction) -> str:
        tx.people.add(a_person("Amira"))
        tx.dialogs.put(DIALOG)
        tx.invitations.add(INVITATION)
        return tx.buttons.put("take")

    token = await oslo(arrive)

    def look(tx: Transaction) -> list[object]:
        tx.dialogs.drop("amira", "ask")
        used = tx.invitations.use("d1", "noor")
        return [tx.buttons.find(token), tx.dialogs.find("amira", "ask"), tx.invitations.find("d1"), used]

    assert await aarhus(look) == [None, None, None, False]
    assert await oslo(lambda tx: tx.dialogs.find("amira", "ask")) == DIALOG
    assert await oslo(lambda tx: tx.invitations.find("d1")) == INVITATION
