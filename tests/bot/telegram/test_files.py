"""Files to and from Telegram."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.channels.channel import Button, Post, Remove, Upload
from bot.channels.errors import Rejected, Throttled, Unavailable
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_planning import steps
from bot.making import Maker
from dispatch.model.messages import ArticleFile, Attachment, AttachmentKind
from tests.bot.telegram.conftest import Inbox, chat_of, polling
from tests.bot_api_people import Person
from tests.bot_api_server import BotApiServer


def upload(kind: AttachmentKind, content: bytes = b"some bytes", name: str = "file", **more: Any) -> Upload:
    types = {
        AttachmentKind.PHOTO: "image/jpeg",
        AttachmentKind.VOICE: "audio/ogg",
        AttachmentKind.VIDEO: "video/mp4",
    }
    content_type = more.pop("content_type", types.get(kind, "application/pdf"))
    return Upload(kind=kind, content=content, name=name, content_type=content_type, **more)


PHOTO = upload(AttachmentKind.PHOTO)
VOICE = upload(AttachmentKind.VOICE, seconds=4)
VIDEO = upload(AttachmentKind.VIDEO)
DOCUMENT = upload(AttachmentKind.DOCUMENT)
YES = ((Button(label="Yes", token="y"),),)


@pytest.fixture
def amira(server: BotApiServer) -> Person:
    """Somebody who has written to the bot."""
    person = server.person("Amira")
    person.says("/start")
    return person


@pytest.fixture
def leo(server: BotApiServer) -> Person:
    """Somebody else who has."""
    person = server.person("Leo")
    person.says("/start")
    return person


@pytest.mark.parametrize(
    "kind", ["photo", "voice", "video", "video_note", "animation", "audio", "document", "sticker"]
)
async def test_what_one_sends_another_receives(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox, amira: Person, leo: Person, kind: str
) -> None:
    caption = {} if kind in ("sticker", "video_note") else {"caption": "what is this?"}
    amira.sends_file(kind, b"the very bytes", name="Amira Test.bin", **caption)
    async with polling(channel, inbox):
        await server.until(lambda: len(inbox.envelopes) == 3)
    inbound = inbox.read(channel)[-1]
    assert await channel.fetch(inbound.attachments[0]) == b"the very bytes"
    await channel.perform(chat_of(leo), Post(text=inbound.text, files=inbound.attachments))
    (message,) = leo.sees
    assert kind in message
    assert message.get("caption", "") == inbound.text


async def test_a_place_and_a_number_are_passed_on_without_names(
    channel: TelegramChannel, leo: Person
) -> None:
    place = Attachment(
        kind=AttachmentKind.LOCATION, channel="telegram", account="1", latitude=59.9, longitude=10.7
    )
    number = Attachment(kind=AttachmentKind.CONTACT, channel="telegram", account="1", phone="+4799999999")
    assert len(await channel.perform(chat_of(leo), Post(text="here", files=(place, number)))) == 3
    first, second, third = leo.sees
    assert first["location"] == {"latitude": 59.9, "longitude": 10.7}
    assert second["contact"] == {"phone_number": "+4799999999", "first_name": "+4799999999"}
    assert third["text"] == "here"


async def test_a_file_of_ours_goes_up_under_a_neutral_name(
    channel: TelegramChannel, server: BotApiServer, amira: Person
) -> None:
    large = upload(AttachmentKind.DOCUMENT, b"x" * 3_000_000, "document")
    await channel.perform(chat_of(amira), Post(text="your letter", files=(large,), buttons=YES))
    (message,) = amira.sees
    assert message["document"]["file_name"] == "document.pdf"
    assert message["document"]["mime_type"] == "application/pdf"
    assert server.platform.files[message["document"]["file_id"]].content == large.content
    assert message["caption"] == "your letter"
    assert message["reply_markup"]


async def test_pictures_are_covered_when_asked(channel: TelegramChannel, amira: Person) -> None:
    await channel.perform(chat_of(amira), Post(text="", files=(PHOTO, VIDEO), covered=True))
    await channel.perform(chat_of(amira), Post(text="", files=(PHOTO,), covered=True))
    await channel.perform(chat_of(amira), Post(text="", files=(VOICE,), covered=True))
    assert [message.get("has_media_spoiler", False) for message in amira.sees] == [True, True, True, False]


async def test_h7_several_files_are_an_album_with_the_text_on_its_first(
    channel: TelegramChannel, amira: Person
) -> None:
    ids = await channel.perform(chat_of(amira), Post(text="Letter", bold=6, files=(PHOTO, VIDEO, PHOTO)))
    assert [str(message["message_id"]) for message in amira.sees] == list(ids)
    assert len({message["media_group_id"] for message in amira.sees}) == 1
    assert [message.get("caption") for message in amira.sees] == ["Letter", None, None]
    assert amira.sees[0]["caption_entities"] == [{"type": "bold", "offset": 0, "length": 6}]


async def test_h10_a_text_too_long_for_a_caption_follows_the_file(
    channel: TelegramChannel, amira: Person
) -> None:
    await channel.perform(chat_of(amira), Post(text="😀" * 513, files=(PHOTO,), buttons=YES))
    photo, text = amira.sees
    assert "caption" not in photo
    assert "reply_markup" not in photo
    assert text["text"] == "😀" * 513
    assert text["reply_markup"]


async def test_only_the_first_of_several_messages_is_the_reply(
    channel: TelegramChannel, amira: Person
) -> None:
    question = str(amira.says("what is this?")["message_id"])
    await channel.perform(chat_of(amira), Post(text="a letter", files=(PHOTO, VOICE), reply_to=question))
    assert ["reply_to_message" in message for message in amira.sees] == [True, False, False]


async def test_a_voice_of_ours_says_how_long_it_is(
    channel: TelegramChannel, server: BotApiServer, amira: Person
) -> None:
    await channel.perform(chat_of(amira), Post(text="", files=(VOICE,)))
    assert server.called("sendVoice")[0].number("duration") == 4


@pytest.mark.parametrize(
    ("files", "text", "buttons", "plan"),
    [
        ((), "t", (), ["t"]),
        ((PHOTO,), "t", (), ["1t"]),
        ((PHOTO,), "t", YES, ["1t!"]),
        ((PHOTO,), "", YES, ["1!"]),
        ((PHOTO, PHOTO), "t", YES, ["2", "t!"]),
        ((PHOTO, PHOTO, PHOTO), "", YES, ["2", "1!"]),
        ((PHOTO, DOCUMENT), "t", (), ["1", "1", "t"]),
        ((PHOTO, VIDEO, VOICE, VOICE, DOCUMENT, DOCUMENT), "t", (), ["2", "1", "1", "2", "t"]),
        ((PHOTO,) * 21, "t", (), ["10", "10", "1", "t"]),
        ((upload(AttachmentKind.PHOTO, b"x" * (10 * 2**20 + 1)), PHOTO), "", (), ["1", "1"]),
        ((upload(AttachmentKind.STICKER),), "t", (), ["1", "t"]),
    ],
)
def test_what_goes_together(files: Any, text: str, buttons: Any, plan: list[str]) -> None:
    planned = steps(Post(text=text, files=files, buttons=buttons))
    assert [
        (str(len(step.files)) if step.files else "") + step.text + ("!" if step.buttons else "")
        for step in planned
    ] == plan


async def test_a_photo_that_telegram_cannot_show_goes_as_a_document(
    channel: TelegramChannel, amira: Person
) -> None:
    await channel.perform(chat_of(amira), Post(text="", files=(upload(AttachmentKind.PHOTO, b""),)))
    assert "document" in amira.sees[0]


async def test_what_fails_halfway_is_taken_back(
    channel: TelegramChannel, server: BotApiServer, amira: Person
) -> None:
    server.fails("sendMessage", status=429, parameters={"retry_after": 3})
    with pytest.raises(Throttled):
        await channel.perform(chat_of(amira), Post(text="t", files=(PHOTO, PHOTO, VOICE)))
    assert not amira.sees
    assert len(await channel.perform(chat_of(amira), Post(text="t", files=(PHOTO, PHOTO, VOICE)))) == 4


async def test_what_fails_halfway_and_cannot_be_taken_back_is_uncertain(
    channel: TelegramChannel, server: BotApiServer, amira: Person
) -> None:
    server.fails("sendMessage", status=429, parameters={"retry_after": 3})
    server.fails("deleteMessages", "drop_before")
    with pytest.raises(Unavailable) as error:
        await channel.perform(chat_of(amira), Post(text="t", files=(PHOTO, VOICE)))
    assert error.value.reached


async def test_h3_what_is_too_large_to_fetch_is_refused_at_once(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox, amira: Person
) -> None:
    amira.sends_file("document", name="../../x", size=2**31)
    async with polling(channel, inbox):
        await server.until(lambda: len(inbox.envelopes) == 2)
    (attachment,) = inbox.read(channel)[-1].attachments
    with pytest.raises(Rejected):
        await channel.fetch(attachment)
    assert not server.called("getFile")
    with pytest.raises(Rejected, match="too big"):
        await channel.fetch(replace(attachment, size=0))


@pytest.mark.parametrize(
    "ref", ["", "/etc/passwd", "../key", "file:///etc/passwd", "pyproject.toml", "voice:a b"]
)
async def test_a_reference_is_never_the_name_of_a_file_here(
    channel: TelegramChannel, server: BotApiServer, amira: Person, ref: str
) -> None:
    before = len(server.calls)
    attachment = Attachment(kind=AttachmentKind.DOCUMENT, channel="telegram", account="1", ref=ref)
    with pytest.raises(Rejected):
        await channel.perform(chat_of(amira), Post(text="x", files=(attachment,)))
    with pytest.raises(Rejected):
        await channel.fetch(attachment)
    assert len(server.calls) == before


async def test_a_file_that_is_gone_says_nothing_about_our_token(
    channel: TelegramChannel, server: BotApiServer, amira: Person
) -> None:
    file = server.platform.store("photo", b"x")
    attachment = Attachment(kind=AttachmentKind.PHOTO, channel="telegram", account="1", ref=file.file_id)
    assert await channel.fetch(attachment) == b"x"
    server.lost_files.add(file.file_id)
    with pytest.raises(Rejected, match="gone"):
        await channel.fetch(attachment)


@pytest.mark.parametrize(
    "attachment",
    [
        Attachment(kind=AttachmentKind.UNSUPPORTED, channel="telegram", account="1", ref="abc"),
        Attachment(kind=AttachmentKind.LOCATION, channel="telegram", account="1"),
    ],
)
async def test_what_there_is_no_way_to_send_is_refused(
    channel: TelegramChannel, amira: Person, attachment: Attachment
) -> None:
    with pytest.raises(Rejected):
        await channel.perform(chat_of(amira), Post(text="x", files=(VOICE, attachment)))
    with pytest.raises(Rejected):
        await channel.perform(chat_of(amira), Post(text=""))
    assert not amira.sees


@pytest.mark.parametrize(
    ("name", "kind"),
    [("red.png", "photo"), ("so.ogg", "voice"), ("so.mp3", "audio"), ("film.mp4", "video")],
)
async def test_what_belongs_to_an_article_arrives_as_what_it_is_with_words_and_buttons(
    channel: TelegramChannel, server: BotApiServer, amira: Person, tmp_path: Path, name: str, kind: str
) -> None:
    (tmp_path / "no-benefit").mkdir()
    (tmp_path / "no-benefit" / name).write_bytes(b"the very bytes")
    file = Maker(tmp_path).make(ArticleFile(slug="no-benefit", name=name), str)
    await channel.perform(chat_of(amira), Post(text="Step 1", bold=4, files=(file,), buttons=YES))
    (message,) = amira.sees
    sent = message[kind][-1] if kind == "photo" else message[kind]
    assert server.platform.files[sent["file_id"]].content == b"the very bytes"
    assert message["caption"] == "Step 1" and message["reply_markup"]


async def test_a_card_with_a_picture_can_make_place_for_one_without(
    channel: TelegramChannel, amira: Person
) -> None:
    (old,) = await channel.perform(chat_of(amira), Post(text="Step 1", files=(PHOTO,), buttons=YES))
    await channel.perform(chat_of(amira), Post(text="Step 2", buttons=YES))
    await channel.perform(chat_of(amira), Remove(external_ids=(old,)))
    assert [message.get("text") for message in amira.sees] == ["Step 2"]
