"""The chat page and its socket."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import WSCloseCode, WSMsgType, hdrs, web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.channels import webchat
from bot.wake import Wake
from bot.web import frames
from bot.web.entry import Entry
from bot.web.files import Files
from bot.web.listeners import Listeners
from bot.web.news import Known, newer
from bot.web.seats import Seated, Seats
from bot.web.words import Words, english
from dispatch.model.messages import LONGEST_TEXT
from dispatch.store.database import Database, DatabaseFailed

HERE = Path(__file__).parent
STATIC = HERE / "static"
POLL = 20.0  # seconds between two looks when no hint comes
BEAT = 25.0  # seconds between two signs of life, by which a page knows that its line is not dead
QUIET = 0.1  # seconds before the next look after one for nothing: most hints concern other chats
HEARTBEAT = 25.0  # seconds: most proxies cut a silent socket after 60
GREETING = 10.0  # seconds in which a browser has to say who it is
MOST_SOCKETS = 2000  # of one process
LANGUAGE_COOKIE = "language"  # main.js keeps there what she chose in the chat


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """What the chat page needs. Without panes there is no demonstration, only the page for members."""

    database: Database
    account: str
    seats: Seats
    secret: bytes
    now: Callable[[], datetime]
    name: str = "Morsmål"
    words: Callable[[str], Words] = english  # takes the browser's Accept-Language


class ChatPages:
    """The routes of the chat."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._files = Files(database=chat.database, seats=chat.seats, secret=chat.secret, now=chat.now)
        self._listeners = Listeners()
        self._open: set[web.WebSocketResponse] = set()
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
        )

    def routes(self) -> list[web.AbstractRouteDef]:
        """`/` is the demonstration where there is one, `/chat` a member's own page."""
        return [
            web.get("/", self._front),
            web.get("/chat", self._page),
            web.get("/chat/socket", self._socket),
            web.post("/chat/files", self._files.upload),
            web.get("/chat/files/{id:[A-Za-z0-9_-]{22}}", self._files.download),
            web.static("/static", STATIC),
        ]

    async def listen(self, _: web.Application) -> AsyncIterator[None]:
        """Hear what is committed, as long as the application runs."""
        stop = self._chat.database.listen(self._listeners.heard)
        yield
        stop()

    async def close(self, _: web.Application) -> None:
        """The process ends: browsers connect again by themselves."""
        for socket in tuple(self._open):
            await socket.close(code=WSCloseCode.GOING_AWAY)

    async def _front(self, request: web.Request) -> web.Response:
        if not self._chat.seats.panes:
            raise web.HTTPFound(
                request.rel_url.with_path("/chat", keep_query=True)
            )  # a link may start something
        return self._render(request, self._chat.seats.as_json(), demonstration=True)

    async def _page(self, request: web.Request) -> web.Response:
        pane = {"title": self._chat.name, "role": "member", "chat": "", "private": True, "users": []}
        return self._render(request, [pane], demonstration=False)

    def _render(
        self, request: web.Request, panes: list[dict[str, object]], *, demonstration: bool
    ) -> web.Response:
        accepted = request.headers.get(hdrs.ACCEPT_LANGUAGE, "")
        if not demonstration:  # there the member's choice is not that of the others
            accepted = f"{request.cookies.get(LANGUAGE_COOKIE, '')},{accepted}"
        words = self._chat.words(accepted)
        page = self._templates.get_template("chat.html").render(
            name=self._chat.name,
            words=words,
            demonstration=demonstration,
            modules=sorted(path.name for path in STATIC.glob("*.js")),
            page={
                "panes": panes,
                "strings": dict(words.texts),
                "demonstration": demonstration,
                "longest_text": LONGEST_TEXT,
                "largest_file": webchat.LARGEST_FILE,
                "most_files": frames.MOST_FILES,
            },
        )
        response = web.Response(text=page, content_type="text/html")
        response.headers[hdrs.CACHE_CONTROL] = "no-store"
        response.enable_compression()
        return response

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        if not same_origin(request):
            raise web.HTTPForbidden
        if len(self._open) >= MOST_SOCKETS:
            raise web.HTTPServiceUnavailable(headers={hdrs.RETRY_AFTER: "10"})
        # No compression: it would tell the length of secrets next to text that others chose.
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=frames.LONGEST_FRAME, compress=False)
        await socket.prepare(request)
        self._open.add(socket)
        try:
            await self._converse(socket)
        except* DatabaseFailed:
            # Nothing was acknowledged: the browser keeps it and comes back.
            await socket.close(code=WSCloseCode.TRY_AGAIN_LATER)
        finally:
            self._open.discard(socket)
        return socket

    async def _converse(self, socket: web.WebSocketResponse) -> None:
        hello = await greeting(socket)
        seated = hello and self._chat.seats.sit(chat=hello.chat, user=hello.user, secret=hello.secret)
        if not (isinstance(hello, frames.Hello) and isinstance(seated, Seated)):
            await socket.send_json({"type": "closed"})
            await socket.close(code=WSCloseCode.POLICY_VIOLATION)
            return
        entry = Entry(account=self._chat.account, seated=seated, language=hello.language)
        await socket.send_json({"type": "welcome", "name": seated.name, "private": seated.private})
        with self._listeners.listening() as wake:
            async with asyncio.TaskGroup() as group:
                pushing = self._push(socket, entry, Known(revision=hello.since, last=hello.last), wake)
                tasks = [group.create_task(one) for one in (pushing, self._beat(socket))]
                await self._hear(socket, entry)
                for task in tasks:
                    task.cancel()

    async def _hear(self, socket: web.WebSocketResponse, entry: Entry) -> None:
        """Store what comes, one after the other, and acknowledge only what is stored."""
        async for message in socket:
            if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                return
            answer = await self._store(message.data, entry)
            try:
                await socket.send_json(answer)
            except ConnectionError:
                return

    async def _store(self, data: str | bytes, entry: Entry) -> dict[str, str]:
        try:
            frame = frames.parse(data)
            if isinstance(frame, frames.Hello):
                return {"type": "refused", "id": "", "reason": "unreadable"}
            if isinstance(frame, frames.Say):
                self._files.verify(entry.seated.user, frame)
            now = self._chat.now()
            await self._chat.database.run(lambda service: entry.record(service, frame, now))
        except frames.Refused as refused:
            return {"type": "refused", "id": refused.frame_id, "reason": refused.reason}
        except frames.Unreadable:
            return {"type": "refused", "id": "", "reason": "unreadable"}
        return {"type": "ack", "id": frame.id}

    async def _push(self, socket: web.WebSocketResponse, entry: Entry, known: Known, wake: Wake) -> None:
        """Send what changed since what the page has, and then whatever changes."""
        told = False
        while not socket.closed:
            found = await self._chat.database.read(partial(newer, address=entry.address, known=known))
            known = found.known
            try:
                if found.cleared:
                    await socket.send_json({"type": "cleared"})
                if found.lines or found.cleared or not told:
                    await socket.send_str(found.shown(entry.seated.user, self._chat.seats.name))
            except ConnectionError:
                return
            told = told or found.complete
            if not found.complete:
                continue
            if not found.lines:
                await asyncio.sleep(QUIET)
            await wake.wait(POLL)

    async def _beat(self, socket: web.WebSocketResponse) -> None:
        """A browser cannot see the pings of the protocol."""
        while not socket.closed:
            await asyncio.sleep(BEAT)
            try:
                await socket.send_json({"type": "beat"})
            except ConnectionError:
                return


async def greeting(socket: web.WebSocketResponse) -> frames.Hello | None:
    """The first frame, if it comes in time and is what it should be."""
    try:
        frame = frames.parse(await socket.receive_str(timeout=GREETING))
    except (ValueError, TypeError, TimeoutError):
        return None
    return frame if isinstance(frame, frames.Hello) else None


def same_origin(request: web.Request) -> bool:
    """Did our own page open this socket? Browsers always say which page did."""
    origin = urlsplit(request.headers.get(hdrs.ORIGIN, ""))
    return origin.scheme in ("http", "https") and origin.netloc.lower() == request.host.lower()
