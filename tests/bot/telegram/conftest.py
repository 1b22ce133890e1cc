"""A Telegram channel that talks with the fake Bot API over real sockets."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from bot.channels.telegram import Hook, TelegramChannel
from dispatch.model.messages import Address, Envelope, InboundMessage
from tests.bot_api_people import Person
from tests.bot_api_server import TOKEN, BotApiServer

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SECRET = "a-secret-of-the-tests"


@dataclass
class Inbox:
    """Keeps what is accepted, each thing once; away when told so."""

    envelopes: dict[str, Envelope] = field(default_factory=dict)
    repeats: int = 0
    rejected: list[bytes] = field(default_factory=list)
    failures: int = 0

    async def accept(self, envelopes: Sequence[Envelope]) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the database is away")
        for envelope in envelopes:
            self.repeats += envelope.external_id in self.envelopes
            self.envelopes.setdefault(envelope.external_id, envelope)

    async def reject(self, raw: bytes) -> None:
        self.rejected.append(raw)

    def read(self, channel: TelegramChannel) -> list[InboundMessage]:
        messages = (channel.read(envelope.raw) for envelope in self.envelopes.values())
        return [message for message in messages if message]

    def texts(self, channel: TelegramChannel) -> list[str]:
        return [message.text for message in self.read(channel)]


@dataclass
class Offsets:
    """The row that says where polling goes on."""

    offset: int = 0
    written: list[int] = field(default_factory=list)

    async def read(self) -> int:
        return self.offset

    async def write(self, offset: int) -> None:
        self.offset = offset
        self.written.append(offset)


@dataclass
class Pauses:
    """Remembers how long it should have slept."""

    seconds: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0.001)


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as server:
        yield server


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def offsets() -> Offsets:
    return Offsets()


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


def make_channel(
    server: BotApiServer, inbox: Inbox, offsets: Offsets, pauses: Pauses, **more: Any
) -> TelegramChannel:
    settings: dict[str, Any] = {"token": TOKEN, "api": server.url} | more
    return TelegramChannel(
        settings.pop("token"),
        offsets=offsets,
        reject=inbox.reject,
        now=lambda: NOW,
        sleep=pauses.sleep,
        **settings,
    )


@pytest.fixture
async def channel(
    server: BotApiServer, inbox: Inbox, offsets: Offsets, pauses: Pauses
) -> AsyncIterator[TelegramChannel]:
    channel = make_channel(server, inbox, offsets, pauses)
    await channel.start()
    yield channel
    await channel.close()


@asynccontextmanager
async def polling(channel: TelegramChannel, inbox: Inbox) -> AsyncIterator[None]:
    """Receives while the block runs, and stops as a killed process would."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(channel.receive(inbox.accept))
        yield
        task.cancel()


@asynccontextmanager
async def hooked(
    server: BotApiServer, inbox: Inbox, offsets: Offsets, pauses: Pauses
) -> AsyncIterator[TelegramChannel]:
    """A channel that the platform calls, at an address of its own."""
    handlers: list[Callable[[web.Request], Awaitable[web.Response]]] = []

    async def handle(request: web.Request) -> web.Response:
        return await handlers[0](request)

    application = web.Application(client_max_size=100)  # less than an update: the handler has its own limit
    application.router.add_post("/hook", handle)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    hook = Hook(url=f"http://{host}:{port}/hook", secret=SECRET)
    channel = make_channel(server, inbox, offsets, pauses, hook=hook)
    handlers.append(channel.webhook(inbox.accept))
    await channel.start()
    try:
        yield channel
    finally:
        await channel.close()
        await runner.cleanup()


def chat_of(person: Person) -> Address:
    """Her private chat with the bot."""
    return Address(channel="telegram", account=str(person.bot.id), chat=str(person.id))
