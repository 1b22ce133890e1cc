"""How requests reach the Bot API: python-telegram-bot's seam to the network, over aiohttp.

Measured against the library's own transport this costs a third of the processor time, and it keeps what that one
hides: the HTTP status, and whether a request that failed had left this machine.
"""

import io
from types import SimpleNamespace
from typing import Any

import aiohttp
import orjson
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

# Longer than the platform takes for anything but a long poll, which says its own.
ANSWER_WITHIN = 30.0
CONNECT_WITHIN = 10.0
UPLOAD_WITHIN = 300.0
# The platform serves bots files of up to 20 MB.
LARGEST_ANSWER = 21 * 2**20
# Short, because a request on a connection that the other side has just closed may be lost without an answer.
KEEP_ALIVE = 10.0


class Refused(TelegramError):
    """The platform answered, and said no."""

    def __init__(
        self, status: int, description: str, *, retry_after: float | None = None, moved_to: int | None = None
    ) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after
        self.moved_to = moved_to


class Unanswered(TelegramError):
    """No answer that makes sense. `reached`: the platform may have done it all the same."""

    def __init__(self, reason: str, *, reached: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.reached = reached


class AiohttpRequest(BaseRequest):
    """One pool of connections to the Bot API."""

    __slots__ = ("_session",)

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer, unless a call says otherwise."""
        return ANSWER_WITHIN

    async def initialize(self) -> None:
        """Open the pool; harmless when it is open."""
        if self._session is None:
            trace = aiohttp.TraceConfig()
            trace.on_request_headers_sent.append(_note_departure)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=32, keepalive_timeout=KEEP_ALIVE),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": "morsmal"},
                trace_configs=[trace],
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        *_: object,
        **__: object,
    ) -> tuple[int, bytes]:
        """The status and body of a successful answer. Raises Refused or Unanswered, whose texts never hold the address:
        it contains the token."""
        waits = read_timeout if isinstance(read_timeout, int | float) else ANSWER_WITHIN
        uploads = request_data is not None and request_data.contains_files
        return 200, await self._exchange(method, url, _body(request_data), _patience(waits, uploads=uploads))

    async def raw(self, url: str, parameters: dict[str, Any], waits: float) -> bytes:
        """The body of a successful answer to these parameters, within `waits` seconds. Raises as do_request does."""
        return await self._exchange("POST", url, {"json": parameters}, _patience(waits, uploads=False))

    async def _exchange(
        self, method: str, url: str, body: dict[str, Any], patience: aiohttp.ClientTimeout
    ) -> bytes:
        if self._session is None:
            raise Unanswered("not started", reached=False)
        departure = SimpleNamespace(left=False)
        try:
            async with self._session.request(
                method,
                url,
                allow_redirects=False,
                timeout=patience,
                trace_request_ctx=departure,
                **body,
            ) as response:
                status, payload = response.status, await _read_whole(response)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unanswered(type(error).__name__, reached=departure.left) from None
        if not 200 <= status < 300:
            raise _refusal(status, payload)
        return payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer, a message in it cut down to its id: nothing new that the platform puts in a message may make
        a successful send look like a failed one."""
        try:
            answer = orjson.loads(payload)
            return {"result": _cut(answer["result"])}
        except (orjson.JSONDecodeError, KeyError, TypeError):
            raise Unanswered("an answer that cannot be read", reached=True) from None


async def _note_departure(_: aiohttp.ClientSession, context: SimpleNamespace, __: object) -> None:
    context.trace_request_ctx.left = True


def _patience(waits: float, *, uploads: bool) -> aiohttp.ClientTimeout:
    total = UPLOAD_WITHIN if uploads else waits + CONNECT_WITHIN
    return aiohttp.ClientTimeout(total=total, connect=CONNECT_WITHIN, sock_read=waits)


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        try:
            content = orjson.dumps(data.parameters)
        except TypeError as error:
            raise Refused(400, f"not sendable: {error}") from None
        return {"data": content, "headers": {"Content-Type": "application/json"}}
    form = aiohttp.FormData(data.json_parameters)
    for field, (name, given, content_type) in data.multipart_data.items():
        file = io.BytesIO(given) if isinstance(given, bytes) else given  # sent in pieces
        form.add_field(field, file, filename=name, content_type=content_type)
    return {"data": form}


async def _read_whole(response: aiohttp.ClientResponse) -> bytes:
    payload = bytearray()
    async for chunk in response.content.iter_chunked(2**16):
        payload += chunk
        if len(payload) > LARGEST_ANSWER:
            raise Refused(413, "larger than anything the platform sends to bots")
    return bytes(payload)


def _refusal(status: int, payload: bytes) -> TelegramError:
    """What an answer that is no success means. One that the Bot API did not write (a proxy's, say) blames nobody."""
    try:
        answer = orjson.loads(payload)
        description, parameters = str(answer["description"]), answer.get("parameters") or {}
        retry_after, moved_to = parameters.get("retry_after"), parameters.get("migrate_to_chat_id")
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        if status == 413:  # said by the web server before the Bot API
            return Refused(status, "too large")
        return Unanswered(f"HTTP status {status}", reached=True)
    if not 400 <= status < 500:
        return Unanswered(f"HTTP status {status}", reached=True)
    return Refused(
        status,
        description,
        retry_after=float(retry_after) if isinstance(retry_after, int | float) else None,
        moved_to=moved_to if isinstance(moved_to, int) else None,
    )


def _cut(result: object) -> object:
    match result:
        case {"message_id": int() as message_id, "chat": {"id": int() as chat}}:
            return {"message_id": message_id, "date": 0, "chat": {"id": chat, "type": "private"}}
        case list() as results:
            return [_cut(each) for each in results]
    return result
