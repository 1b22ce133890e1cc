import asyncio
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from dispatch.model.messages import Address, Attachment, AttachmentKind, Delivery, Lane, OutboundMessage, Send
from dispatch.model.queues import ChatLine, StoredFile
from dispatch.ports import Service
from dispatch.store.database import Database
from tests.contracts.conftest import Within
from tests.contracts.samples import MINUTE, NOW, a_case, a_message, a_person
from tests.contracts.test_recordings import GREETING

HERS = Address(channel="webchat", account="page", chat="visitor-1")
OTHER = replace(HERS, chat="visitor-2")


def a_line(external_id: str = "1", address: Address = HERS, **content: object) -> ChatLine:
    return ChatLine(address=address, external_id=external_id, author="service", content=content, at=NOW)


async def put(database: Database, line: ChatLine) -> ChatLine:
    return await database.run(lambda service: service.transcripts.put(line))


async def since(
    database: Database, revision: int, address: Address = HERS, limit: int = 500
) -> list[ChatLine]:
    return list(await database.read(lambda service: service.transcripts.since(address, revision, limit)))


async def test_a_line_comes_back_exactly_as_it_was_kept(database: Database) -> None:
    line = replace(
        a_line(text="نور \ud800 \0", buttons=[{"label": "ok", "token": None}], count=2, ratio=0.5),
        author="visitor-1",
        removed=True,
    )
    kept = await put(database, line)
    assert kept == replace(line, revision=kept.revision)
    assert await database.read(lambda service: service.transcripts.line(HERS, "1")) == kept
    assert await database.read(lambda service: service.transcripts.line(HERS, "2")) is None
    assert await database.read(lambda service: service.transcripts.line(OTHER, "1")) is None


async def test_changes_are_seen_once_in_the_order_in_which_they_happened(database: Database) -> None:
    one, two = await put(database, a_line("1")), await put(database, a_line("2"))
    assert await since(database, 0) == [one, two]
    assert await since(database, one.revision) == [two]
    assert await since(database, 0, limit=1) == [one]

    changed = await put(database, replace(one, content={"text": "edited"}))
    assert changed.revision > two.revision > one.revision
    assert await since(database, two.revision) == [changed]
    assert await since(database, 0) == [two, changed]


async def test_nobody_sees_anothers_lines(database: Database) -> None:
    line = await put(database, a_line("1", OTHER))
    assert await since(database, 0) == []
    assert await since(database, 0, OTHER) == [line]


async def test_revisions_count_up_without_gaps_that_could_fill_later(database: Database) -> None:
    """A page that has seen a revision has seen all before it."""
    lines = await asyncio.gather(*(put(database, a_line(str(number))) for number in range(20)))
    assert sorted(line.revision for line in lines) == list(range(1, 21))
    assert [line.revision for line in await since(database, 0)] == list(range(1, 21))


async def test_a_file_comes_back_exactly_as_it_was_kept(database: Database) -> None:
    file = StoredFile(
        id="f1", content_type="audio/ogg", content=bytes(range(256)) * 4000, stored_at=NOW + MINUTE
    )
    await database.run(lambda service: service.transcripts.put_file(file))
    assert await database.read(lambda service: service.transcripts.file("f1")) == file
    assert await database.read(lambda service: service.transcripts.file("f2")) is None

    named = replace(file, id="f2", name="poster årsmøte 😀.html")
    await database.run(lambda service: service.transcripts.put_file(named))
    assert await database.read(lambda service: service.transcripts.file("f2")) == named


DAY = timedelta(days=1)


def a_file(name: str) -> StoredFile:
    return StoredFile(id=name, content_type="audio/ogg", content=b"sound", stored_at=NOW)


async def clean(database: Database, at: datetime, keep: timedelta = 30 * DAY) -> None:
    """Remove what is older than that, as the process does every hour."""

    def remove(service: Service) -> None:
        service.purge(at, keep, keep)
        service.transcripts.purge(at - keep, spare={"menu"})

    await database.run(remove)


async def left(database: Database, address: Address, files: Collection[str] = ()) -> list[str]:
    """What is still there: the lines of a chat, and those of the files."""

    def look(service: Service) -> list[str]:
        lines = [line.external_id for line in service.transcripts.since(address, 0)]
        return [*lines, *(name for name in files if service.transcripts.file(name))]

    return await database.read(look)


async def test_a_line_and_its_file_go_when_they_are_old(database: Database) -> None:
    for name in ("old", "orphan"):
        await database.run(lambda service, name=name: service.transcripts.put_file(a_file(name)))
    await put(database, a_line("1", files=[{"ref": "old"}]))
    await put(database, replace(a_line("2"), at=NOW + DAY))
    await put(database, a_line("menu", commands=[]))
    files = ("old", "orphan")
    await clean(database, NOW + 30 * DAY)
    assert await left(database, HERS, files) == ["1", "2", "menu", "old", "orphan"]
    await clean(database, NOW + 30 * DAY + MINUTE)
    assert await left(database, HERS, files) == ["2", "menu"]


async def test_a_file_that_a_newer_line_shows_or_a_coordinator_has_spoken_stays(oslo: Within) -> None:
    for name in ("shown", "spoken"):
        await oslo.database.run(lambda service, name=name: service.transcripts.put_file(a_file(name)))
    await put(oslo.database, replace(a_line("1", files=[{"url": "/chat/files/shown"}]), at=NOW + DAY))
    await oslo(lambda tx: tx.people.add(a_person("Kari")))
    spoken = replace(GREETING, sound=replace(GREETING.sound, ref="spoken"))
    await oslo(lambda tx: tx.recordings.put(spoken))
    await clean(oslo.database, NOW + 30 * DAY + MINUTE)
    assert await left(oslo.database, HERS, ("shown", "spoken")) == ["1", "shown", "spoken"]
    await clean(oslo.database, NOW + 40 * DAY)
    assert await left(oslo.database, HERS, ("shown", "spoken")) == ["spoken"]


async def test_what_was_said_in_a_case_goes_from_both_chats_when_the_case_is_wiped(oslo: Within) -> None:
    """However long the case took: to her the page is what a telephone's chat is to others."""
    voice = Attachment(kind=AttachmentKind.VOICE, channel="webchat", account="page", ref="hers")

    def talk(service: Service) -> None:
        tx = service.within("oslo")
        tx.people.add(a_person("Amira", address=HERS, user=HERS.chat))
        tx.people.add(a_person("Noor", address=OTHER, user=OTHER.chat))
        tx.cases.add(a_case())
        tx.messages.add(a_message("m1", attachments=(voice,), chat_external_id="said"))
        send = Send(body="", about="m1")
        tx.outbox.add(OutboundMessage(to=OTHER, action=send, lane=Lane.RELAY, delivery=Delivery.MUST))
        for address, line, file in ((HERS, "said", "hers"), (OTHER, "copy", "copied")):
            service.transcripts.put_file(a_file(file))
            service.transcripts.put(a_line(line, address, files=[{"ref": file}]))
            service.transcripts.put(a_line("card", address, text="waiting"))

    await oslo.database.run(talk)

    def arrive(service: Service) -> None:
        leased = service.deliveries.lease("webchat", "page", NOW, NOW + MINUTE, (), False)
        assert leased
        service.deliveries.sent(leased, ["copy"], NOW)

    await oslo.database.run(arrive)
    await clean(oslo.database, NOW + 90 * DAY)
    assert await left(oslo.database, HERS, ("hers", "copied")) == ["said", "hers", "copied"]
    assert await left(oslo.database, OTHER) == ["copy"]

    await oslo(lambda tx: tx.messages.purge("case-1"))
    await clean(oslo.database, NOW + 90 * DAY)
    assert await left(oslo.database, HERS, ("hers", "copied")) == []
    assert await left(oslo.database, OTHER) == []
    assert await oslo(lambda tx: tx.sent.in_chat(OTHER, NOW - DAY)) == []
