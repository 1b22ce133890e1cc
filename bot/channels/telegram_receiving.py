"""Taking updates from Telegram: by long polling, or as it calls our webhook. Stored first, acknowledged after."""

import asyncio
import hmac
import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol, TypeVar

from aiohttp import web

from bot import logs
from bot.channels.channel import Accept
from bot.channels.errors import Rejected, Revoked
from bot.channels.telegram_reading import NAME
from bot.channels.telegram_request import Refused, Unanswered
from bot.channels.telegram_updates import WANTED, packed, parsed
from dispatch.model.messages import Envelope

log = logs.get("telegram")

T = TypeVar("T")
Reject = Callable[[bytes], Awaitable[None]]
"""Keeps what cannot be parsed for somebody to look at."""
Sleep = Callable[[float], Awaitable[None]]

# An album arrives as separate messages without an end mark; its items come within 1.5 to 2.5 s (H7).
ALBUM_WAIT = timedelta(seconds=2)
LONGEST_BATCH = 100
LONGEST_PAUSE = 30.0
# While a restart overlaps, two processes poll for a moment; longer than this, somebody else has our token.
CONFLICT_PAUSE, CONFLICTS = 5.0, 12
# An update is at most a message of 4,096 characters with its quotations; measured ones stay under 50 kB.
LARGEST_UPDATE = 2**20
BODY_WITHIN = 10.0
# Inside a string the quotation marks would be escaped.
UPDATE_ID = re.compile(rb'"update_id"\s*:\s*(\d{1,18})')


class Offsets(Protocol):
    """Where polling goes on: a row."""

    async def read(self) -> int:
        """The next update to ask for; 0 when any will do."""

    async def write(self, offset: int) -> None:
        """Returns once it is stored."""


def envelope(update: object, account: str, now: datetime, raw: bytes | None = None) -> Envelope:
    """What intake stores of an update, looking no further than ids. Raises ValueError when it has none itself."""
    if not isinstance(update, dict) or (update_id := _number(update, "update_id")) is None:
        raise ValueError("not an update")
    kind = next((name for name in update if name in WANTED), "unknown")
    body = update.get(kind)
    chat, user = _number(body, "chat", "id"), _number(body, "from", "id") or _number(body, "user", "id")
    message, edited = _number(body, "message_id"), _number(body, "edit_date")
    external_id = f"u:{update_id}:{kind}"
    if kind == "message" and chat and message:
        external_id = f"m:{chat}:{message}"
    elif kind == "edited_message" and chat and message and edited:
        external_id = f"e:{chat}:{message}:{edited}"
    album = body.get("media_group_id") if isinstance(body, dict) and kind == "message" else None
    return Envelope(
        channel=NAME,
        account=account,
        external_id=external_id,
        sender=str(user or chat or ""),
        raw=packed(update) if raw is None else raw,
        album=album if isinstance(album, str) else None,
        not_before=now + ALBUM_WAIT if isinstance(album, str) else None,
    )


def _number(value: object, *path: str) -> int | None:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


class Polling:
    """Long polling that advances only past what has been stored.

    `get_updates(offset, limit)` returns the raw body of an answer; `unhook()` removes a webhook, which keeps the
    platform from answering.
    """

    def __init__(
        self,
        *,
        get_updates: Callable[[int, int], Awaitable[bytes]],
        unhook: Callable[[], Awaitable[object]],
        offsets: Offsets,
        reject: Reject,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._get_updates = get_updates
        self._unhook = unhook
        self._offsets = offsets
        self._reject = reject
        self._sleep = sleep

    async def run(self, accept: Accept, seal: Callable[[object], Envelope]) -> None:
        """For ever. Raises Revoked, or Rejected when somebody else keeps polling with our token."""
        await self._patiently(self._unhook)
        offset, limit = await self._offsets.read(), LONGEST_BATCH
        while True:
            body = await self._patiently(partial(self._ask, offset, limit))
            try:
                updates = _batch(body)
            except ValueError:
                following = await self._isolate(body, limit)
                limit = 1
            else:
                following = await self._take(updates, accept, seal)
                limit = min(2 * limit, LONGEST_BATCH)
            if following is not None and following != offset:
                await self._offsets.write(following)
                offset = following

    async def _ask(self, offset: int, limit: int) -> bytes:
        try:
            return await self._get_updates(offset, limit)
        except Refused as error:
            if error.status == 409 and "webhook" in error.description:  # somebody set one meanwhile
                await self._unhook()
            raise

    async def _take(
        self, updates: list[Any], accept: Accept, seal: Callable[[object], Envelope]
    ) -> int | None:
        """Store them; where to go on. An empty answer means that all earlier ones are confirmed: then any offset may
        be forgotten, and must, since after a quiet week the ids start anywhere, also lower."""
        envelopes = []
        for update in updates:
            try:
                envelopes.append(seal(update))
            except ValueError:
                await self._reject(_scrap(update))
        if envelopes:
            await accept(envelopes)
        ids = [number for update in updates if (number := _number(update, "update_id")) is not None]
        if updates and not ids:
            log.error("updates without ids", count=len(updates))
            await self._sleep(LONGEST_PAUSE)
            return None
        return max(ids) + 1 if ids else 0

    async def _isolate(self, body: bytes, limit: int) -> int | None:
        """Where to go on after an answer that is not JSON: past its update, once it is known to hold only one."""
        found = UPDATE_ID.search(body) if limit == 1 else None
        if limit == 1 and not found:
            log.warning("an answer that cannot be read", size=len(body))
            await self._sleep(LONGEST_PAUSE)
        if not found:
            return None
        await self._reject(body)
        return int(found[1]) + 1

    async def _patiently(self, call: Callable[[], Awaitable[T]]) -> T:
        """Until it is answered: with growing pauses, as long as anything but the token may be at fault."""
        pauses, conflicts = _growing(), 0
        while True:
            try:
                return await call()
            except Refused as error:
                if error.status in (401, 404):
                    raise Revoked(error.description) from None
                if error.status == 409 and conflicts == CONFLICTS:
                    raise Rejected(error.description) from None
                pause = error.retry_after or next(pauses)
                if error.status == 409:
                    conflicts, pause = conflicts + 1, CONFLICT_PAUSE
                reason = error.description
            except Unanswered as error:
                pause, reason = next(pauses), error.reason
            log.warning("not receiving", reason=reason, pause=pause)
            await self._sleep(pause)


def _growing() -> Iterator[float]:
    pause = 1.0
    while True:
        yield pause
        pause = min(2 * pause, LONGEST_PAUSE)


def _batch(body: bytes) -> list[Any]:
    match parsed(body):
        case {"result": [*updates]}:
            return updates
    raise ValueError("an answer without updates")


def _scrap(update: object) -> bytes:
    try:
        return packed(update)
    except ValueError:
        return b"an update that cannot be written down"


def webhook(
    accept: Accept, seal: Callable[[object, bytes], Envelope], reject: Reject, secret: str
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler that Telegram calls. It answers 200 once the update is stored, or set aside because it will never
    be readable (anything else would be sent again and again, and hold up the rest, H3); 503 when it cannot be stored."""
    expected = secret.encode()

    async def handle(request: web.Request) -> web.Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(errors="replace"), expected):
            raise web.HTTPForbidden
        body = await _body(request)
        try:
            received = seal(parsed(body), body)
        except ValueError:
            store = reject(body)
        else:
            store = accept([received])
        try:
            await store
        except Exception as error:
            log.error("an update could not be stored", error=error)
            raise web.HTTPServiceUnavailable from error
        return web.Response()

    return handle


async def _body(request: web.Request) -> bytes:
    """As much as one update may be. The platform never compresses: what does is somebody else's bomb."""
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise web.HTTPUnsupportedMediaType
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_WITHIN):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > LARGEST_UPDATE:
                    raise web.HTTPRequestEntityTooLarge(LARGEST_UPDATE, len(body))
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    return bytes(body)
