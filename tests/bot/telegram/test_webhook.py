"""The webhook: 200 once stored or set aside for good, 503 when it cannot be stored, nothing for strangers."""

import asyncio
import gzip
import io
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.channels.telegram import TelegramChannel
from tests.bot.telegram.bad_updates import BAD_BODIES
from tests.bot.telegram.conftest import SECRET, Inbox, Offsets, Pauses, hooked
from tests.bot_api_server import BotApiServer

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
async def channel(
    server: BotApiServer, inbox: Inbox, offsets: Offsets, pauses: Pauses
) -> AsyncIterator[TelegramChannel]:
    async with hooked(server, inbox, offsets, pauses) as channel:
        yield channel


async def post(server: BotApiServer, body: bytes, secret: str = SECRET, **headers: str) -> int:
    """Call our webhook as the platform, or somebody else, would; the status of the answer."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            server.bot.webhook["url"], data=io.BytesIO(body), headers={SECRET_HEADER: secret} | headers
        ) as response,
    ):
        return response.status


async def test_what_people_write_is_pushed_to_us(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox
) -> None:
    await channel.receive(inbox.accept)  # has nothing to do
    amira = server.person("Amira")
    for number in range(5):
        amira.says(str(number))
    amira.reacts(amira.chat.messages[1], "👍")
    await server.until(lambda: not server.bot.updates)
    assert inbox.texts(channel) == ["0", "1", "2", "3", "4", ""]


async def test_h2_while_the_database_is_away_the_platform_keeps_it(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox
) -> None:
    inbox.failures = 2
    server.person("Amira").says("hello")
    await server.until(lambda: inbox.envelopes)
    assert inbox.failures == 0
    inbox.failures = 1
    assert await post(server, b'{"update_id": 1}') == 503


async def test_h1_the_same_update_at_the_same_time_is_one(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox
) -> None:
    message = server.person("Amira").says("hello")
    await server.until(lambda: inbox.envelopes)
    body = json.dumps({"update_id": 100_000, "message": message}).encode()
    assert await asyncio.gather(*(post(server, body) for _ in range(5))) == [200] * 5
    assert len(inbox.envelopes) == 1
    assert inbox.repeats == 5


@pytest.mark.parametrize(
    "secret", ["", "wrong", SECRET + " ", SECRET[:-1], "\N{LATIN SMALL LETTER A WITH RING ABOVE}"]
)
async def test_whoever_does_not_know_the_secret_is_refused(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox, secret: str
) -> None:
    assert await post(server, b'{"update_id": 1}', secret.strip() + "x") == 403
    assert not inbox.envelopes
    assert not inbox.rejected


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES.keys())
async def test_h3_what_can_never_be_read_is_taken_and_delays_nothing(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox, body: bytes
) -> None:
    assert await post(server, body) == 200
    assert inbox.rejected == [body] or len(inbox.envelopes) == 1
    server.person("Amira").says("still here?")
    await server.until(lambda: not server.bot.updates)
    assert next(reversed(inbox.envelopes)).startswith("m:")


async def test_more_than_an_update_can_be_is_refused(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox
) -> None:
    assert await post(server, b" " * (2**20 + 1)) == 413
    assert not inbox.rejected


async def test_what_is_compressed_is_refused_unopened(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox
) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    assert await post(server, bomb, **{"Content-Encoding": "gzip"}) == 415
    assert not inbox.rejected


async def test_the_platform_is_told_the_secret_and_what_we_want(
    channel: TelegramChannel, server: BotApiServer
) -> None:
    (call,) = server.called("setWebhook")
    assert call.text("secret_token") == SECRET
    assert "message_reaction" in call.sequence("allowed_updates")
    assert not call.flag("drop_pending_updates")
