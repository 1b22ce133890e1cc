import asyncio
from dataclasses import replace

from dispatch.model.messages import Address
from dispatch.model.queues import ChatLine, StoredFile
from dispatch.store.database import Database
from tests.contracts.samples import MINUTE, NOW

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
