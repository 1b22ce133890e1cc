from dataclasses import replace
from datetime import timedelta

import pytest

from content.phrases import Phrase
from dispatch.model.cases import CaseState, OfferState
from dispatch.model.messages import Address, Attachment, AttachmentKind, Delete, OutboundMessage, Send
from dispatch.model.people import Invitation, Role, Standing, Tombstone
from dispatch.model.queues import ChatLine, Dialog, StoredFile
from dispatch.ports import Service, Transaction
from dispatch.store.database import Database
from dispatch.store.unit import SqlService
from tests.contracts.conftest import Within
from tests.contracts.samples import (
    ACCOUNT,
    CHANNEL,
    MINUTE,
    NOW,
    a_case,
    a_message,
    a_person,
    an_address,
    an_envelope,
    an_offer,
    words,
)

HODAN = a_person("Hodan")
NOOR = a_person("Noor", volunteer=Standing.ACTIVE, case_marked="case-1", case_marked_at=NOW)


@pytest.fixture
async def living(oslo: Within) -> Within:
    """Amira has an old case and an open one that Noor holds; Hodan waits."""

    def arrive(tx: Transaction) -> None:
        for person in (a_person("Amira"), HODAN, NOOR):
            tx.people.add(person)
        tx.cases.add(a_case("amira", 1, state=CaseState.ASSIGNED, assignee_id="noor"))
        tx.cases.add(a_case("amira", 2, state=CaseState.CLOSED))
        tx.cases.add(a_case("hodan", 3))
        for case in ("case-1", "case-2"):
            photo = Attachment(
                kind=AttachmentKind.PHOTO, channel="webchat", account="page", ref=f"file-of-{case}"
            )
            tx.messages.add(a_message(f"hers-{case}", case, attachments=(photo,), chat_external_id="11"))
            tx.messages.add(a_message(f"his-{case}", case, author="noor"))
            tx.offers.add(an_offer("noor", case, state=OfferState.TAKEN))
        tx.messages.add(a_message("hodans", "case-3", author="hodan"))
        tx.offers.add(an_offer("noor", "case-3"))
        tx.dialogs.put(Dialog(person_id="amira", kind="ask", state={}, updated_at=NOW))
        tx.dialogs.put(Dialog(person_id="hodan", kind="ask", state={}, updated_at=NOW))
        for subject in ("amira", "case-1", "offer-noor-case-2", "case-3"):
            tx.timers.set("wave", subject, NOW)
        tx.invitations.add(Invitation(digest="by", role=Role.VOLUNTEER, invited_by="amira", expires_at=NOW))
        tx.invitations.add(
            Invitation(digest="used", role=Role.VOLUNTEER, invited_by="noor", expires_at=NOW, used_by="amira")
        )

    await oslo(arrive)
    return oslo


async def forget(oslo: Within, who: str = "amira") -> None:
    await oslo(lambda tx: tx.people.erase(who, NOW))


async def everything_owed(database: Database) -> list[OutboundMessage]:
    def lease(service: Service) -> list[OutboundMessage]:
        found = []
        while leased := service.deliveries.lease(CHANNEL, ACCOUNT, NOW, NOW + MINUTE, (), False):
            found.append(leased.message)
            service.deliveries.sent(leased, (), NOW)
        return found

    return await database.run(lease)


async def test_her_person_her_cases_and_what_was_said_in_them_are_gone(living: Within) -> None:
    await forget(living)

    def look(tx: Transaction) -> list[object]:
        cases = ("case-1", "case-2")
        return [
            tx.people.find("amira"),
            tx.people.at(CHANNEL, ACCOUNT, "amira"),
            tx.dialogs.find("amira", "ask"),
            tx.cases.last_of("amira"),
            *(tx.cases.find(case) for case in cases),
            *(tx.offers.find(f"offer-noor-{case}") for case in cases),
            *(message for case in cases for message in tx.messages.of(case)),
            *tx.cases.held_by("noor"),
            tx.invitations.find("used"),
        ]

    assert set(await living(look)) == {None}
    invitation = await living(lambda tx: tx.invitations.find("by"))
    assert invitation is not None
    assert invitation.invited_by is None


async def test_what_is_others_stays(living: Within) -> None:
    await forget(living)
    assert await living(lambda tx: tx.people.get("hodan")) == HODAN
    assert await living(lambda tx: tx.people.get("noor")) == replace(
        NOOR, case_marked=None, case_marked_at=None
    )
    assert await living(lambda tx: tx.cases.get("case-3")) == a_case("hodan", 3)
    assert [each.id for each in await living(lambda tx: tx.messages.of("case-3"))] == ["hodans"]
    assert await living(lambda tx: tx.dialogs.find("hodan", "ask")) is not None
    timers = await living.database.read(lambda service: service.due.due(NOW))
    assert [timer.subject for timer in timers] == ["case-3"]
    assert [each.case_id for each in await living(lambda tx: tx.offers.of("case-3"))] == ["case-3"]


async def test_she_may_come_back_as_somebody_new(living: Within) -> None:
    await forget(living)
    again = a_person("Amira", id="somebody-new")
    await living(lambda tx: tx.people.add(again))
    assert await living(lambda tx: tx.people.at(CHANNEL, ACCOUNT, "amira")) == again


async def test_buttons_of_hers_and_about_her_do_nothing(living: Within) -> None:
    def make(tx: Transaction) -> list[str]:
        return [
            tx.buttons.put("finish", person="amira"),
            tx.buttons.put("take", "offer-noor-case-1"),
            tx.buttons.put("open", "case-2", person="noor"),
            tx.buttons.put("open", "case-3", person="noor"),
        ]

    tokens = await living(make)
    await forget(living)
    found = [await living(lambda tx, token=token: tx.buttons.find(token)) for token in tokens]
    assert [button is not None for button in found] == [False, False, False, True]


async def test_nothing_that_was_owed_to_her_or_quotes_her_is_sent(living: Within) -> None:
    def owe(tx: Transaction) -> None:
        tx.outbox.add(words("to her", person="amira"))
        tx.outbox.add(words("to her chat"))
        tx.outbox.add(words("her words", chat="noor", person="noor", about="hers-case-1"))
        tx.outbox.add(words("her offer", chat="hodan", person="hodan", card="offer-noor-case-2"))
        tx.outbox.add(words("of another case", chat="noor", person="noor", about="hodans"))

    await living(owe)
    await forget(living)
    assert await everything_owed(living.database) == [
        words("of another case", chat="noor", person="noor", about="hodans")
    ]


async def test_what_the_erasing_transaction_itself_owes_is_sent(living: Within) -> None:
    """Cards that say that it is over, and her farewell, which names nobody and brings its language."""
    card = words("case-over", chat="noor", person="noor", card="case-1")
    copies = words(chat="noor", person="noor")
    copies = replace(copies, action=Delete(external_ids=("31",)))
    farewell = words("forgotten", language="ar")

    def leave(tx: Transaction) -> None:
        tx.outbox.add(card)
        tx.outbox.add(copies)
        tx.outbox.add(words("card of her own", person="amira"))
        tx.outbox.cancel_for("nobody")  # writes what is owed so far
        tx.outbox.add(words("another card of her own", person="amira"))
        tx.people.erase("amira", NOW)
        tx.outbox.add(farewell)

    await living(leave)
    assert await everything_owed(living.database) == [card, copies, farewell]


async def test_what_platforms_have_of_her_is_no_longer_listed(living: Within) -> None:
    def owe(tx: Transaction) -> None:
        tx.outbox.add(words("1", person="amira"))
        tx.outbox.add(words("2", chat="noor", person="noor", about="hers-case-1"))
        tx.outbox.add(words("3", chat="noor", person="noor", about="hodans"))

    def send(service: Service) -> None:
        while leased := service.deliveries.lease(CHANNEL, ACCOUNT, NOW, NOW + MINUTE, (), False):
            assert isinstance(leased.message.action, Send)
            assert isinstance(leased.message.action.body, Phrase)
            service.deliveries.sent(leased, (leased.message.action.body.key,), NOW)

    await living(owe)
    await living.database.run(send)
    await forget(living)
    assert await living(lambda tx: tx.sent.in_chat(an_address("amira"), NOW)) == []
    assert [
        each.external_id for each in await living(lambda tx: tx.sent.in_chat(an_address("noor"), NOW))
    ] == ["3"]


async def test_a_message_that_arrives_after_she_was_forgotten_leaves_no_trace(living: Within) -> None:
    await living(lambda tx: tx.outbox.add(words("1", person="amira")))
    leased = await living.database.run(
        lambda service: service.deliveries.lease(CHANNEL, ACCOUNT, NOW, NOW + MINUTE, (), False)
    )
    assert leased is not None
    await forget(living)
    await living.database.run(lambda service: service.deliveries.sent(leased, ("11",), NOW))
    assert await living(lambda tx: tx.sent.in_chat(an_address("amira"), NOW)) == []


async def test_what_she_wrote_and_nobody_has_read_is_gone_but_a_repeat_is_known(living: Within) -> None:
    database = living.database
    for envelope in (an_envelope("1"), an_envelope("2"), an_envelope("3", "hodan")):
        await database.run(lambda service, envelope=envelope: service.inbox.add(envelope, NOW))
    await forget(living)
    waiting = await database.read(lambda service: service.inbox.peek(NOW, limit=9))
    assert [each.external_id for each in waiting] == ["3"]
    assert not await database.run(lambda service: service.inbox.add(an_envelope("1"), NOW))

    later = timedelta(days=9)
    await database.run(lambda service: service.purge(NOW + later, timedelta(days=8), timedelta(days=8)))
    assert await database.run(lambda service: service.inbox.add(an_envelope("1"), NOW))


async def test_the_turn_that_forgets_her_can_still_end(living: Within) -> None:
    database = living.database
    await database.run(lambda service: service.inbox.add(an_envelope("forget"), NOW))
    (waiting,) = await database.read(lambda service: service.inbox.peek(NOW))

    def turn(service: Service) -> None:
        assert service.inbox.claim(waiting.id)
        service.inbox.done([waiting.id], NOW)
        service.within("oslo").people.erase("amira", NOW)

    await database.run(turn)
    assert await database.read(lambda service: service.inbox.peek(NOW)) == []


async def test_her_web_chat_and_its_files_are_gone(oslo: Within) -> None:
    hers = Address(channel="webchat", account="page", chat="visitor-1")
    other = replace(hers, chat="visitor-2")

    def arrive(service: Service) -> None:
        tx = service.within("oslo")
        tx.people.add(a_person("Amira", address=hers, user="visitor-1"))
        tx.cases.add(a_case())
        sent = Attachment(kind=AttachmentKind.VOICE, channel="webchat", account="page", ref="sent-file")
        tx.messages.add(a_message(attachments=(sent,)))
        content = {"text": "x", "files": [{"url": "/chat/files/shown-file"}]}
        for address in (hers, other):
            service.transcripts.put(
                ChatLine(address=address, external_id="1", author="service", content=content, at=NOW)
            )
        for name in ("sent-file", "shown-file", "other-file"):
            file = StoredFile(id=name, content_type="audio/ogg", content=b"sound", stored_at=NOW)
            service.transcripts.put_file(file)

    await oslo.database.run(arrive)
    await forget(oslo)

    def look(service: Service) -> list[object]:
        files = [service.transcripts.file(f"{name}-file") for name in ("sent", "shown", "other")]
        return [*(file is not None for file in files), *service.transcripts.since(hers, 0)]

    assert await oslo.database.read(look) == [False, False, True]
    assert len(await oslo.database.read(lambda service: service.transcripts.since(other, 0))) == 1


async def test_a_volunteer_who_is_forgotten_leaves_her_cases_to_others(living: Within) -> None:
    await living(lambda tx: tx.cases.save(replace(tx.cases.get("case-2"), last_assignee_id="noor")))
    await forget(living, "noor")
    left = await living(lambda tx: tx.cases.get("case-1"))
    assert (left.state, left.assignee_id, left.assigned_at) == (CaseState.WAITING, None, None)
    assert (await living(lambda tx: tx.cases.get("case-2"))).last_assignee_id is None
    assert [each.id for each in await living(lambda tx: tx.messages.of("case-1"))] == [
        "hers-case-1",
        "his-case-1",
    ]
    assert await living(lambda tx: tx.offers.of("case-3")) == []


async def test_a_salted_tombstone_stays(living: Within) -> None:
    """It tells somebody who knows the id that she was here, and nothing to anybody else."""

    def tombstones(service: Service) -> list[tuple[bytes, bytes, bytes]]:
        assert isinstance(service, SqlService)
        rows = service.work.connection.exec_driver_sql("SELECT digest, salt FROM tombstones").all()
        known = service.work.service
        return [
            (digest, known.tombstone("amira", salt), known.tombstone("hodan", salt)) for digest, salt in rows
        ]

    await forget(living)
    ((digest, of_amira, of_hodan),) = await living.database.read(tombstones)
    assert digest == of_amira != of_hodan


async def test_tombstones_of_another_copy_name_who_is_still_here_and_are_kept(living: Within) -> None:
    await forget(living)
    stones = await living.database.read(lambda service: service.tombstones())
    assert await living.database.run(lambda service: service.bury(stones)) == []  # they are known
    known = living.database

    def of_a_copy(service: Service) -> list[Tombstone]:
        assert isinstance(service, SqlService)
        key = service.work.service
        people = (("hodan", "oslo"), ("nobody", "oslo"), ("noor", "elsewhere"))
        return [
            Tombstone(digest=key.tombstone(who, b"salt"), salt=b"salt", group_id=group, erased_at=NOW)
            for who, group in people
        ]

    others = await known.read(of_a_copy)
    assert [person.id for person in await known.run(lambda service: service.bury(others))] == ["hodan"]
    kept = {stone.digest for stone in await known.read(lambda service: service.tombstones())}
    assert kept == {stone.digest for stone in (*stones, *others[:2])}
