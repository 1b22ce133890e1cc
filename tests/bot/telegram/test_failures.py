"""How sending can fail, and what is known of a request that failed."""

import traceback
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.channels.channel import Button, Change, Mark, Menu, Post
from bot.channels.errors import Moved, Rejected, Revoked, SendError, Throttled, Unavailable, Unreachable
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_request import AiohttpRequest, Unanswered
from dispatch.model.messages import Address
from tests.bot.telegram.conftest import Inbox, Offsets, Pauses, chat_of, make_channel
from tests.bot_api_people import Person
from tests.bot_api_server import TOKEN, BotApiServer

HELLO = Post(text="hello")


@pytest.fixture
def amira(server: BotApiServer) -> Person:
    """Somebody who has written to the bot."""
    person = server.person("Amira")
    person.says("/start")
    return person


def in_chat(channel: TelegramChannel, chat: object) -> Address:
    return Address(channel="telegram", account=channel.account, chat=str(chat))


async def test_h14_who_blocked_the_bot_cannot_be_reached_until_she_unblocks_it(
    channel: TelegramChannel, amira: Person
) -> None:
    amira.blocks()
    for deed in (HELLO, Change(external_id="1", text="x"), Mark(external_id="1", emoji="❤")):
        with pytest.raises(Unreachable, match="blocked"):
            await channel.perform(chat_of(amira), deed)
    amira.unblocks()
    assert await channel.perform(chat_of(amira), HELLO)


async def test_who_never_wrote_and_who_does_not_exist_cannot_be_reached(
    channel: TelegramChannel, server: BotApiServer
) -> None:
    stranger = server.person("Stranger")
    with pytest.raises(Unreachable, match="initiate"):
        await channel.perform(chat_of(stranger), HELLO)
    with pytest.raises(Unreachable, match="chat not found"):
        await channel.perform(in_chat(channel, 4711), HELLO)
    with pytest.raises(Unreachable):
        await channel.perform(in_chat(channel, 4711), Menu(commands=()))


async def test_h14_a_group_that_threw_the_bot_out_or_silenced_it_cannot_be_reached(
    channel: TelegramChannel, server: BotApiServer, amira: Person
) -> None:
    group = server.group("Volunteers", amira)
    group.adds_bot(amira)
    assert await channel.perform(in_chat(channel, group.chat.id), HELLO)
    group.chat.restricted = True
    with pytest.raises(Unreachable, match="not enough rights"):
        await channel.perform(in_chat(channel, group.chat.id), HELLO)
    group.removes_bot(amira)
    with pytest.raises(Unreachable, match="kicked"):
        await channel.perform(in_chat(channel, group.chat.id), HELLO)


async def test_h44_a_group_that_moved_says_where_to(
    channel: TelegramChannel, server: BotApiServer, amira: Person
) -> None:
    group = server.group("Volunteers", amira)
    group.adds_bot(amira)
    old = in_chat(channel, group.chat.id)
    new = group.migrates(silently=True)
    with pytest.raises(Moved) as error:
        await channel.perform(old, HELLO)
    assert error.value.address == replace(old, chat=str(new))
    assert await channel.perform(error.value.address, HELLO)
    assert group.chat.texts == ["hello"]


@pytest.mark.parametrize(("parameters", "seconds"), [({"retry_after": 17}, 17), ({}, 5)])
async def test_h12_who_is_too_fast_is_told_how_long_to_wait(
    channel: TelegramChannel, server: BotApiServer, amira: Person, parameters: dict[str, int], seconds: float
) -> None:
    server.fails("sendMessage", status=429, parameters=parameters)
    with pytest.raises(Throttled) as error:
        await channel.perform(chat_of(amira), HELLO)
    assert error.value.retry_after == seconds
    assert await channel.perform(chat_of(amira), HELLO)


@pytest.mark.parametrize(
    "post",
    [
        Post(text="x" * 4097),
        Post(text="😀" * 2049),
        Post(text="  "),
        Post(text="x", buttons=((Button(label="x", token="é" * 33),),)),
        Post(text="x", buttons=((Button(label="", token="x"),),)),
        Post(text="half an emoji \ud83d"),
        Post(text="x", reply_to="first"),
    ],
)
async def test_what_telegram_can_never_send_is_rejected(
    channel: TelegramChannel, amira: Person, post: Post
) -> None:
    with pytest.raises(Rejected):
        await channel.perform(chat_of(amira), post)
    assert not amira.sees


async def test_an_address_that_is_none_of_telegrams_is_rejected(channel: TelegramChannel) -> None:
    with pytest.raises(Rejected):
        await channel.perform(in_chat(channel, "amira@example.org"), HELLO)


@pytest.mark.parametrize(("status", "how"), [(401, "refuse"), (404, "refuse")])
async def test_a_token_that_is_not_known_any_more_is_revoked(
    channel: TelegramChannel, server: BotApiServer, amira: Person, status: int, how: str
) -> None:
    server.fails("sendMessage", how, status=status, description="Unauthorized")
    with pytest.raises(Revoked):
        await channel.perform(chat_of(amira), HELLO)


@pytest.mark.parametrize(
    ("how", "status", "arrived"),
    [
        ("refuse", 500, 0),
        ("refuse", 502, 0),
        ("drop_before", 0, 0),
        ("drop_after", 0, 1),
        ("half", 0, 1),
        ("garbage", 0, 0),
        ("page", 401, 0),
        ("page", 403, 0),
        ("page", 404, 0),
        ("page", 503, 0),
        ("page", 302, 0),
    ],
)
async def test_h11_a_request_that_left_may_have_arrived(
    channel: TelegramChannel, server: BotApiServer, amira: Person, how: str, status: int, arrived: int
) -> None:
    server.fails("sendMessage", how, status=status)
    with pytest.raises(Unavailable) as error:
        await channel.perform(chat_of(amira), HELLO)
    assert error.value.reached
    assert len(amira.sees) == arrived


async def test_h11_an_answer_that_does_not_come_in_time_leaves_it_open(
    server: BotApiServer,
) -> None:
    server.fails("getMe", "stall")
    request = AiohttpRequest()
    await request.initialize()
    with pytest.raises(Unanswered) as error:
        await request.raw(f"{server.url}/bot{TOKEN}/getMe", {}, waits=0.05)
    await request.shutdown()
    assert error.value.reached


async def test_h11_a_request_that_never_left_has_not_arrived(
    server: BotApiServer, inbox: Inbox, offsets: Offsets, pauses: Pauses
) -> None:
    closed = server.url.rpartition(":")[0] + ":9"  # nothing listens on the discard port
    channel = make_channel(server, inbox, offsets, pauses, api=closed)
    for _ in range(2):
        with pytest.raises(Unavailable) as error:
            await channel.perform(in_chat(channel, 1), HELLO)  # before it was started, and after
        assert not error.value.reached
        with pytest.raises(Unavailable) as error:
            await channel.start()
        assert not error.value.reached
    await channel.close()


async def test_a_page_that_says_too_large_is_a_refusal(
    channel: TelegramChannel, server: BotApiServer, amira: Person
) -> None:
    server.fails("sendMessage", "page", status=413)
    with pytest.raises(Rejected):
        await channel.perform(chat_of(amira), HELLO)


async def test_an_answer_with_something_new_in_it_is_still_a_success(
    channel: TelegramChannel, server: BotApiServer, amira: Person
) -> None:
    server.adds_to_answers = {"poll": 7, "entities": "none", "hologram": {"deep": []}}
    assert await channel.perform(chat_of(amira), HELLO)


async def test_the_token_is_in_no_error_and_no_log(
    server: BotApiServer, inbox: Inbox, offsets: Offsets, pauses: Pauses
) -> None:
    told = []
    with capture_logs() as logs:
        for api in (server.url, "http://127.0.0.1:9", "http://[broken", "nonsense://x"):
            channel = make_channel(server, inbox, offsets, pauses, api=api)
            for how in ("refuse", "drop_after", "garbage", "half", "page"):
                server.fails("getMe", how, status=409)
                with pytest.raises(SendError) as error:
                    await channel.start()
                told += [*traceback.format_exception(error.value), repr(error.value)]
            server.faults.clear()
            server.fails("deleteWebhook", "garbage", times=2)
            server.fails("getUpdates", status=401)
            if api == server.url:
                with pytest.raises(Revoked) as revoked:
                    await channel.receive(inbox.accept)
                told += traceback.format_exception(revoked.value)
            await channel.close()
    assert logs
    assert told
    assert TOKEN.partition(":")[2] not in "".join([*told, repr(logs)])
