"""What people see on Telegram when we do something."""

import pytest

from bot.channels.channel import Answer, Button, Change, Depart, Mark, Menu, Post, Remove, Upload
from bot.channels.errors import Rejected
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_sending import known_reaction
from dispatch.model.messages import Address, AttachmentKind, Style
from tests.bot.telegram.conftest import chat_of
from tests.bot_api_people import Person
from tests.bot_api_server import BotApiServer


@pytest.fixture
def amira(server: BotApiServer) -> Person:
    """Somebody who has written to the bot."""
    person = server.person("Amira")
    person.says("/start")
    return person


async def test_a_text_is_shown_as_it_is(channel: TelegramChannel, amira: Person) -> None:
    markup = "<b>_*`[x](tg://user?id=1) https://example.org"
    (external_id,) = await channel.perform(chat_of(amira), Post(text=markup))
    (message,) = amira.sees
    assert message["text"] == markup
    assert str(message["message_id"]) == external_id
    assert "entities" not in message


async def test_the_title_is_bold_counted_in_utf16(channel: TelegramChannel, amira: Person) -> None:
    await channel.perform(chat_of(amira), Post(text="👩‍👧 Case 7\nShe asks", bold=len("👩‍👧 Case 7")))
    assert amira.sees[0]["entities"] == [{"type": "bold", "offset": 0, "length": 12}]


async def test_links_have_no_preview(channel: TelegramChannel, server: BotApiServer, amira: Person) -> None:
    await channel.perform(chat_of(amira), Post(text="https://example.org"))
    await channel.perform(chat_of(amira), Change(external_id="2", text="https://example.org/2"))
    for name in ("sendMessage", "editMessageText"):
        (call,) = server.called(name)
        assert call.mapping("link_preview_options") == {"is_disabled": True}
        assert "parse_mode" not in call.parameters


async def test_a_post_may_be_quiet_and_guarded(channel: TelegramChannel, amira: Person) -> None:
    await channel.perform(chat_of(amira), Post(text="hello", quiet=True, guarded=True))
    await channel.perform(chat_of(amira), Post(text="hello"))
    first, second = amira.sees
    assert first["is_silent"]
    assert first["has_protected_content"]
    assert not {"is_silent", "has_protected_content"} & second.keys()


async def test_a_reply_shows_what_it_answers(channel: TelegramChannel, amira: Person) -> None:
    question = amira.says("when?")
    await channel.perform(chat_of(amira), Post(text="now", reply_to=str(question["message_id"])))
    assert amira.sees[0]["reply_to_message"]["text"] == "when?"


async def test_a_reply_to_what_is_gone_is_sent_all_the_same(channel: TelegramChannel, amira: Person) -> None:
    await channel.perform(chat_of(amira), Post(text="now", reply_to="4711"))
    assert amira.chat.texts[-1] == "now"


async def test_h26_buttons_carry_tokens_addresses_and_colours(
    channel: TelegramChannel, amira: Person
) -> None:
    rows = (
        (Button(label="Take", token="t" * 64, style=Style.MAIN), Button(label="Not now", token="n")),
        (),
        (
            Button(label="Guide", url="https://example.org/guide"),
            Button(label="Stop", token="s", style=Style.DANGER),
        ),
    )
    await channel.perform(chat_of(amira), Post(text="A case", buttons=rows))
    assert amira.sees[0]["reply_markup"]["inline_keyboard"] == [
        [
            {"text": "Take", "callback_data": "t" * 64, "style": "primary"},
            {"text": "Not now", "callback_data": "n"},
        ],
        [
            {"text": "Guide", "url": "https://example.org/guide"},
            {"text": "Stop", "callback_data": "s", "style": "danger"},
        ],
    ]


async def test_h15_an_address_that_telegram_refuses_is_said_in_the_text(
    channel: TelegramChannel, amira: Person
) -> None:
    rows = ((Button(label="Open", url="http://localhost:8080/x"), Button(label="Done", token="d")),)
    (external_id,) = await channel.perform(chat_of(amira), Post(text="A page", buttons=rows))
    (message,) = amira.sees
    assert message["text"] == "A page\nOpen: http://localhost:8080/x"
    assert [[button["text"] for button in row] for row in message["reply_markup"]["inline_keyboard"]] == [
        ["Done"]
    ]
    await channel.perform(chat_of(amira), Change(external_id=external_id, text="Another", buttons=rows))
    assert amira.sees[0]["text"] == "Another\nOpen: http://localhost:8080/x"


async def test_h15_what_telegram_cannot_make_bold_is_sent_plain(
    channel: TelegramChannel, server: BotApiServer, amira: Person
) -> None:
    server.fails("sendMessage", status=400, description="Bad Request: can't parse entities")
    await channel.perform(chat_of(amira), Post(text="Title\nbody", bold=5))
    assert amira.chat.texts[-1] == "Title\nbody"
    assert "entities" not in amira.sees[0]


async def test_a_pinned_post_is_pinned_without_a_sound(channel: TelegramChannel, amira: Person) -> None:
    (external_id,) = await channel.perform(chat_of(amira), Post(text="the board", pinned=True))
    assert amira.chat.pinned == [int(external_id)]


async def test_a_post_that_cannot_be_pinned_is_a_post(
    channel: TelegramChannel, server: BotApiServer, amira: Person
) -> None:
    server.fails(
        "pinChatMessage", status=400, description="Bad Request: not enough rights to manage pinned messages"
    )
    assert await channel.perform(chat_of(amira), Post(text="the board", pinned=True))


async def test_a_change_replaces_text_and_buttons(channel: TelegramChannel, amira: Person) -> None:
    buttons = ((Button(label="Take", token="t"),),)
    (external_id,) = await channel.perform(chat_of(amira), Post(text="Title\nopen", bold=5, buttons=buttons))
    assert await channel.perform(chat_of(amira), Change(external_id=external_id, text="taken")) == ()
    (message,) = amira.sees
    assert message["text"] == "taken"
    assert not {"entities", "reply_markup"} & message.keys()


async def test_a_change_of_a_picture_is_one_of_its_caption(channel: TelegramChannel, amira: Person) -> None:
    picture = Upload(kind=AttachmentKind.PHOTO, content=b"x", name="picture", content_type="image/jpeg")
    (external_id,) = await channel.perform(chat_of(amira), Post(text="one", files=(picture,)))
    for _ in range(2):
        await channel.perform(chat_of(amira), Change(external_id=external_id, text="Two\nthree", bold=3))
    (message,) = amira.sees
    assert message["caption"] == "Two\nthree"
    assert message["caption_entities"] == [{"type": "bold", "offset": 0, "length": 3}]


async def test_a_change_that_changes_nothing_is_done(channel: TelegramChannel, amira: Person) -> None:
    buttons = ((Button(label="Take", token="t"),),)
    (external_id,) = await channel.perform(chat_of(amira), Post(text="open", bold=2, buttons=buttons))
    await channel.perform(
        chat_of(amira), Change(external_id=external_id, text="open", bold=2, buttons=buttons)
    )
    await channel.perform(chat_of(amira), Change(external_id=external_id, text="", buttons=()))
    await channel.perform(chat_of(amira), Change(external_id=external_id, text="", buttons=()))
    assert [message["text"] for message in amira.sees] == ["open"]


async def test_a_change_of_what_is_gone_is_refused(channel: TelegramChannel, amira: Person) -> None:
    with pytest.raises(Rejected, match="not found"):
        await channel.perform(chat_of(amira), Change(external_id="4711", text="x"))
    with pytest.raises(Rejected):
        await channel.perform(chat_of(amira), Change(external_id="not-a-number", text="x"))


async def test_a_reaction_is_shown_and_taken_back(channel: TelegramChannel, amira: Person) -> None:
    message = amira.says("help")
    mark = str(message["message_id"])
    await channel.perform(chat_of(amira), Mark(external_id=mark, emoji="👀"))
    assert amira.chat.reactions[message["message_id"]] == [{"type": "emoji", "emoji": "👀"}]
    await channel.perform(chat_of(amira), Mark(external_id=mark, emoji=None))
    assert amira.chat.reactions[message["message_id"]] == []


@pytest.mark.parametrize(
    ("emoji", "shown"),
    [
        ("❤️", "❤"),
        ("💚", "❤"),
        ("👍🏽", "👍"),
        ("👍", "👍"),
        ("🤷🏻‍♀️", "🤷‍♀️"),
        ("🏳️‍🌈", None),
        ("😠", None),
        ("x", None),
    ],
)
def test_a_reaction_is_shown_as_itself_or_its_nearest_kin(emoji: str, shown: str | None) -> None:
    assert known_reaction(emoji) == shown


async def test_a_reaction_that_a_group_does_not_allow_is_left_out(
    channel: TelegramChannel, server: BotApiServer, amira: Person
) -> None:
    server.fails("setMessageReaction", status=400, description="Bad Request: REACTION_INVALID")
    await channel.perform(chat_of(amira), Mark(external_id="1", emoji="❤"))
    await channel.perform(chat_of(amira), Mark(external_id="1", emoji="🏳️‍🌈"))
    assert not amira.chat.reactions


async def test_messages_are_deleted_as_far_as_possible(
    channel: TelegramChannel, server: BotApiServer, amira: Person
) -> None:
    sent = [(await channel.perform(chat_of(amira), Post(text=str(number))))[0] for number in range(3)]
    amira.chat.messages[int(sent[1])]["date"] -= 49 * 3600
    await channel.perform(chat_of(amira), Remove(external_ids=(*sent, "4711")))
    assert [message["text"] for message in amira.sees] == ["1"]


async def test_more_than_a_hundred_are_deleted_in_portions(
    channel: TelegramChannel, server: BotApiServer, amira: Person
) -> None:
    sent = [(await channel.perform(chat_of(amira), Post(text=str(number))))[0] for number in range(101)]
    await channel.perform(chat_of(amira), Remove(external_ids=tuple(sent)))
    assert not amira.sees
    assert len(server.called("deleteMessages")) == 2


async def test_a_press_is_answered_once_and_late_answers_are_no_failure(
    channel: TelegramChannel, server: BotApiServer, amira: Person
) -> None:
    await channel.perform(chat_of(amira), Post(text="?", buttons=((Button(label="Yes", token="y"),),)))
    press = amira.presses("Yes")
    for _ in range(2):
        await channel.perform(chat_of(amira), Answer(press_id=press, text="a" * 300))
    assert server.bot.presses[press] == "a" * 199 + "…"


async def test_h47_a_menu_is_of_one_chat_only(
    channel: TelegramChannel, server: BotApiServer, amira: Person
) -> None:
    await channel.perform(chat_of(amira), Menu(commands=(("queue", "Who waits"), ("long", "x" * 300))))
    (scope,) = server.bot.commands
    assert scope == f"chat:{amira.id}:"
    assert [command["command"] for command in server.bot.commands[scope]] == ["queue", "long"]
    await channel.perform(chat_of(amira), Menu(commands=()))
    assert not server.bot.commands


async def test_the_bot_leaves_a_group(channel: TelegramChannel, server: BotApiServer, amira: Person) -> None:
    group = server.group("Strangers", amira)
    group.adds_bot(amira)
    await channel.perform(
        Address(channel="telegram", account=channel.account, chat=str(group.chat.id)), Depart()
    )
    assert server.bot.id not in group.chat.members


async def test_a_link_opens_the_bot_and_says_start(channel: TelegramChannel) -> None:
    assert channel.link("so") == "https://t.me/MorsmalTestBot?start=so"
    assert channel.account == "7000000001"
