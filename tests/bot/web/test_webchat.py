"""The web chat as a channel."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from bot.channels.channel import Answer, Button, Change, Deed, Depart, Mark, Menu, Post, Remove, Upload
from bot.channels.errors import Rejected
from bot.making import Maker
from bot.timers import Timers
from dispatch.model.messages import Address, ArticleFile, Attachment, AttachmentKind, Kind
from tests.chat_site import ACCOUNT, ChatSite

RAW: dict[str, object] = {
    "kind": "said",
    "id": "u1",
    "message": "u1",
    "chat": "amira",
    "user": "amira",
    "name": "Amira",
    "language": "ar",
    "at": "2026-11-23T12:00:00+00:00",
    "text": "/start abc",
    "files": [],
    "reply_to": None,
}


async def content(site: ChatSite, line_id: str, chat: str = "amira") -> dict[str, Any]:
    address = Address(channel="webchat", account=ACCOUNT, chat=chat)
    line = await site.database.read(lambda service: service.transcripts.line(address, line_id))
    assert line
    return dict(line.content)


def test_an_envelope_is_read_as_it_was_stored(site: ChatSite) -> None:
    message = site.channel.read(orjson.dumps(RAW))
    assert message and message.kind is Kind.SAID and message.private
    assert (message.command, message.argument, message.name) == ("start", "abc", "Amira")
    assert message.chat == site.address("amira") and message.press_id is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"null",
        b"{}",
        b'{"kind": "said"}',
        *(
            orjson.dumps({**RAW, **bad})
            for bad in (
                {"kind": "sung"},
                {"at": "yesterday"},
                {"at": 7},
                {"files": [7]},
                {"files": [{"kind": "photo"}]},
            )
        ),
    ],
)
def test_what_is_no_envelope_raises_value_error(site: ChatSite, raw: bytes) -> None:
    with pytest.raises(ValueError):
        site.channel.read(raw)


async def test_sent_means_stored(site: ChatSite) -> None:
    line = await site.post("amira", "سلام", covered=True, guarded=True, relayed=True)
    stored = await content(site, line)
    assert (stored["text"], stored["covered"], stored["guarded"], stored["relayed"]) == (
        "سلام",
        True,
        True,
        True,
    )
    assert "quiet" not in stored


async def test_an_upload_is_kept_and_can_be_fetched_under_its_new_id(site: ChatSite) -> None:
    upload = Upload(
        kind=AttachmentKind.VOICE, content=b"opus", name="amira.ogg", content_type="audio/ogg", seconds=12
    )
    line = await site.post("amira", "", files=(upload,))
    (file,) = (await content(site, line))["files"]
    assert (file["kind"], file["seconds"], file["type"], file["size"]) == ("voice", 12, "audio/ogg", 4)
    assert "amira.ogg" not in str(file)
    voice = Attachment(kind=AttachmentKind.VOICE, channel="webchat", account=ACCOUNT, ref=file["ref"])
    assert await site.channel.fetch(voice) == b"opus"


async def test_a_file_that_is_gone_is_rejected(site: ChatSite) -> None:
    with pytest.raises(Rejected):
        gone = Attachment(kind=AttachmentKind.PHOTO, channel="webchat", account=ACCOUNT, ref="gone")
        await site.channel.fetch(gone)


async def test_what_is_changed_to_the_same_stays_as_it_is(site: ChatSite) -> None:
    line = await site.post("amira", "words")
    address = site.address("amira")
    before = await site.database.read(lambda service: service.transcripts.since(address, 0))
    await site.channel.perform(address, Change(external_id=line, text="words"))
    await site.channel.perform(address, Mark(external_id=line, emoji=None))
    assert await site.database.read(lambda service: service.transcripts.since(address, 0)) == before


async def test_a_mark_of_the_service_is_set_and_taken_back(site: ChatSite) -> None:
    line = await site.post("amira", "words")
    await site.channel.perform(site.address("amira"), Mark(external_id=line, emoji="👀"))
    assert (await content(site, line))["marks"] == {"service": "👀"}
    await site.channel.perform(site.address("amira"), Mark(external_id=line, emoji=None))
    assert "marks" not in await content(site, line)


async def test_removing_twice_or_what_never_was_counts_as_removed(site: ChatSite) -> None:
    line = await site.post("amira", "my secret")
    for _ in range(2):
        assert await site.channel.perform(site.address("amira"), Remove(external_ids=(line, "never"))) == ()
    assert await content(site, line) == {}


@pytest.mark.parametrize(
    "deed",
    [
        Change(external_id="gone", text="x"),
        Mark(external_id="gone", emoji="x"),
        Post(text="😀" * 2049),
        Depart(),
    ],
)
async def test_what_can_never_be_done_is_rejected(site: ChatSite, deed: Deed) -> None:
    with pytest.raises(Rejected):
        await site.channel.perform(site.address("amira"), deed)


async def test_the_longest_text_is_counted_as_platforms_count(site: ChatSite) -> None:
    assert site.channel.limits.longest_text == 4096
    await site.post("amira", "😀" * 2048)


async def test_an_old_chat_is_emptied_and_its_commands_stay(site: ChatSite) -> None:
    await site.channel.perform(site.address("amira"), Menu(commands=(("help", "What it does"),)))
    old = await site.post("amira", "an answer")
    site.clock.advance(timedelta(days=20))
    new = await site.post("amira", "another")
    site.clock.advance(timedelta(days=11))
    await Timers(site.database, site.clock).clean()
    left = await site.database.read(lambda service: service.transcripts.since(site.address("amira"), 0))
    assert [line.external_id for line in left] == ["menu", new]
    with pytest.raises(Rejected):  # a card that changes is posted anew
        await site.channel.perform(site.address("amira"), Change(external_id=old, text="an answer after all"))


async def test_answers_to_presses_stand_in_one_line(site: ChatSite) -> None:
    for press in ("p1", "p2"):
        await site.channel.perform(site.address("amira"), Answer(press_id=press, text="Gone"))
    assert [one["press"] for one in (await content(site, "answers"))["answers"]] == ["p1", "p2"]


async def test_the_menu_of_a_chat_is_replaced(site: ChatSite) -> None:
    for name in ("help", "stop"):
        await site.channel.perform(site.address("amira"), Menu(commands=((name, "What it does"),)))
    assert (await content(site, "menu"))["commands"] == [{"name": "stop", "does": "What it does"}]


async def test_nothing_is_received_but_through_the_page(site: ChatSite) -> None:
    async def accept(_: object) -> None:
        raise AssertionError

    await site.channel.receive(accept)


def test_a_link_opens_the_page_and_starts(site: ChatSite) -> None:
    assert site.channel.link("a b&c") == f"{site.url}?start=a%20b%26c"


@pytest.mark.parametrize(("name", "kind"), [("red.png", "photo"), ("so.ogg", "voice"), ("film.mp4", "video")])
async def test_what_belongs_to_an_article_stands_on_its_card(
    site: ChatSite, tmp_path: Path, name: str, kind: str
) -> None:
    (tmp_path / "no-benefit").mkdir()
    (tmp_path / "no-benefit" / name).write_bytes(b"the very bytes")
    file = Maker(tmp_path).make(ArticleFile(slug="no-benefit", name=name), str)
    yes = ((Button(label="Yes", token="y"),),)
    line = await content(site, await site.post("amira", "Step 1", files=(file,), buttons=yes))
    (shown,) = line["files"]
    assert (shown["kind"], line["text"], line["card"]) == (kind, "Step 1", True)
    kept = await site.database.read(lambda service: service.transcripts.file(shown["ref"]))
    assert kept and kept.content == b"the very bytes"
