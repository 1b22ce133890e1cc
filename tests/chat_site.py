"""The chat page on a real socket, over a real database, with nobody who answers but the test."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.channel import Post
from bot.channels.webchat import NAME, WebChat
from bot.web.chat import Chat
from bot.web.seats import Occupant, Pane, Seats
from bot.web.server import build_app
from bot.web.words import ENGLISH, Words
from dispatch.model.messages import Address, InboundMessage
from dispatch.model.people import Group, Person
from dispatch.store.database import Database
from tests.clock import FakeClock
from tests.contracts.databases import fresh_database

ACCOUNT = "web"
SECRET = b"a secret of the service, 32 bytes"
AMIRA, LEO, HANNE = (Occupant(user=name.lower(), name=name) for name in ("Amira", "Leo", "Hanne"))
PANES = (
    Pane(title="Member", role="member"),
    Pane(title="Volunteers", role="group", chat="volunteers", occupants=(AMIRA, LEO)),
    Pane(title="Amira", role="volunteer", chat="amira", occupants=(AMIRA,)),
    Pane(title="Leo", role="volunteer", chat="leo", occupants=(LEO,)),
    Pane(title="Hanne", role="coordinator", chat="hanne", occupants=(HANNE,)),
)
MEMBER_SECRET = "m" * 22


class ChatSite:
    """One process that serves the page. `restart` is another one over the same database."""

    def __init__(self, database: Database, words: Words = ENGLISH, panes: tuple[Pane, ...] = PANES) -> None:
        self.database = database
        self.clock = FakeClock()
        self.seats = Seats(SECRET, panes)
        self.healthy = True
        self.words = words
        self.port: int | None = None
        self.server: TestServer | None = None

    async def start(self) -> None:
        """Listen, on the same port as before if there was one."""
        chat = Chat(
            database=self.database,
            account=ACCOUNT,
            seats=self.seats,
            secret=SECRET,
            now=self.clock.now,
            words=lambda _: self.words,
        )
        app = build_app(health=self._health, hosts=frozenset({"127.0.0.1"}), chat=chat)
        self.server = TestServer(app, host="127.0.0.1", port=self.port)
        await self.server.start_server()
        self.port = self.server.port
        self.channel = WebChat(
            account=ACCOUNT, database=self.database, now=self.clock.now, page=self.url.rstrip("/") + "/"
        )

    async def stop(self) -> None:
        """The process ends."""
        if self.server is not None:
            await self.server.close()
            self.server = None

    @property
    def url(self) -> str:
        """Where the demonstration is."""
        assert self.server is not None
        return str(self.server.make_url("/"))

    def client(self) -> TestClient[Any, Any]:
        """A browser without a page."""
        assert self.server is not None
        return TestClient(self.server)

    def address(self, chat: str) -> Address:
        """A chat of this account."""
        return Address(channel=NAME, account=ACCOUNT, chat=chat)

    @property
    def member(self) -> str:
        """The id of the member whose secret the tests know."""
        return self.seats.member(MEMBER_SECRET)

    async def post(self, chat: str, text: str, **how: Any) -> str:
        """The service says something; the id of its line."""
        return (await self.channel.perform(self.address(chat), Post(text=text, **how)))[0]

    async def take(self) -> InboundMessage | None:
        """The next message that waits, handled by nobody else."""

        def claim(service: Any) -> bytes | None:
            for waiting in service.inbox.peek(self.clock.now()):
                service.inbox.claim(waiting.id)
                service.inbox.done([waiting.id], self.clock.now())
                return bytes(waiting.raw)
            return None

        raw = await self.database.run(claim)
        return self.channel.read(raw) if raw else None

    async def next(self) -> InboundMessage:
        """The next message, awaited."""
        async with asyncio.timeout(20):
            while True:
                if message := await self.take():
                    return message
                await asyncio.sleep(0.02)

    async def forget(self, user: str) -> None:
        """All of a person is erased, as `/forget` does it."""

        def erase(service: Any) -> None:
            zone, languages = "Europe/Oslo", ("nb",)
            group = Group(
                id=service.new_id(), name="", country="NO", zone=zone, language="nb", languages=languages
            )
            service.put_group(group)
            tx = service.within(group.id)
            now, chat = self.clock.now(), self.address(user)
            person = Person(id=tx.new_id(), group_id=group.id, address=chat, user=user, created_at=now)
            tx.people.add(person)
            tx.people.erase(person.id, now)

        await self.database.run(erase)

    async def _health(self) -> Mapping[str, object]:
        return {"ok": self.healthy}


class Browser:
    """One socket of a page, and what it was told."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.lines: dict[str, dict[str, Any]] = {}

    async def frame(self) -> dict[str, Any]:
        """The next frame; lines are remembered on the way."""
        frame: dict[str, Any] = await self.socket.receive_json(timeout=20)
        for line in frame.get("lines", ()):
            self.lines[line["id"]] = line
        return frame

    async def until(self, **wanted: Any) -> dict[str, Any]:
        """The next frame that has these values."""
        while True:
            frame = await self.frame()
            if wanted.items() <= frame.items():
                return frame

    async def line(self, line_id: str, **wanted: Any) -> dict[str, Any]:
        """That line, once it has these values."""
        while line_id not in self.lines or not wanted.items() <= self.lines[line_id].items():
            await self.frame()
        return self.lines[line_id]

    async def ask(self, frame: dict[str, Any]) -> dict[str, Any]:
        """Send it; the acknowledgement or refusal."""
        await self.socket.send_json(frame)
        while True:
            answer = await self.frame()
            if answer["type"] in ("ack", "refused"):
                return answer


@asynccontextmanager
async def chat_site(folder: Path, words: Words = ENGLISH) -> AsyncIterator[ChatSite]:
    """A page that is up, over an empty database."""
    async with fresh_database("sqlite", folder) as database:
        site = ChatSite(database, words)
        await site.start()
        try:
            yield site
        finally:
            await site.stop()


@asynccontextmanager
async def sitting(site: ChatSite, chat: str = "", user: str = "", **hello: Any) -> AsyncIterator[Browser]:
    """A browser whose page has sat down; without a user it is the member's."""
    secret = site.seats.secret_of(user) if user else MEMBER_SECRET
    async with ClientSession() as session, connecting(site, session) as socket:
        frame = {"type": "hello", "chat": chat, "user": user, "secret": secret, "language": "ar", "since": 0}
        await socket.send_json({**frame, **hello})
        yield Browser(socket)


@asynccontextmanager
async def connecting(site: ChatSite, session: ClientSession) -> AsyncIterator[ClientWebSocketResponse]:
    """A socket that our own page opened."""
    origin = site.url.rstrip("/")
    async with session.ws_connect(f"{site.url}chat/socket", headers={"Origin": origin}) as socket:
        yield socket
