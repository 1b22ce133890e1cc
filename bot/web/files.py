"""Files of the web chat: taken in whole, sealed, and given to whoever knows the unguessable id."""

import asyncio
import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import quote

from aiohttp import hdrs, web

from bot.channels.channel import ending_of
from bot.channels.webchat import LARGEST_FILE, kept
from bot.web.frames import FileClaim, Refused, Say
from bot.web.seats import Seats
from dispatch.model.queues import StoredFile
from dispatch.store.database import Database, DatabaseFailed

UPLOADS_AT_ONCE = 8  # each is held in memory whole: 160 MiB at most
LONGEST_UPLOAD = timedelta(minutes=5)  # 20 MiB at 70 kB/s
CONTENT_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,80}(; ?codecs=[a-z0-9.,\"]{1,40})?")
OTHER = "application/octet-stream"
SHOWN = re.compile(r"(image/(jpeg|png|gif|webp|avif)|(audio|video)/[a-z0-9.+-]+)(;.*)?")
"""Types that a browser may open in place. SVG and HTML can hold programs: they are only ever saved."""


class Files:
    """Takes files from those who have a seat, and proves afterwards that it did."""

    def __init__(
        self, *, database: Database, seats: Seats, secret: bytes, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._seats = seats
        self._secret = secret
        self._now = now
        self._uploads = asyncio.Semaphore(UPLOADS_AT_ONCE)

    async def upload(self, request: web.Request) -> web.Response:
        """`POST /chat/files` with `Authorization: Seat <chat>:<user>:<secret>`: the body is the file."""
        user = self._who(request)
        if user is None:
            raise web.HTTPUnauthorized
        if (request.content_length or 0) > LARGEST_FILE:
            raise web.HTTPRequestEntityTooLarge(LARGEST_FILE, request.content_length or 0)
        if self._uploads.locked():
            raise web.HTTPServiceUnavailable(headers={hdrs.RETRY_AFTER: "5"})
        async with self._uploads:
            file = kept(await body_of(request), type_of(request), self._now())
            try:
                await self._database.run(lambda service: service.transcripts.put_file(file))
            except DatabaseFailed as error:
                raise web.HTTPServiceUnavailable(headers={hdrs.RETRY_AFTER: "5"}) from error
        size = len(file.content)
        proof = self._proof(user, file.id, file.content_type, size)
        return web.json_response({"ref": file.id, "type": file.content_type, "size": size, "proof": proof})

    async def download(self, request: web.Request) -> web.Response:
        """`GET /chat/files/{id}`, whole or a range of it (without which Safari plays no sound)."""
        ref = request.match_info["id"]
        file = await self._database.read(lambda service: service.transcripts.file(ref))
        if file is None:
            raise web.HTTPNotFound
        headers = {
            hdrs.CONTENT_TYPE: file.content_type,
            hdrs.ACCEPT_RANGES: "bytes",
            hdrs.CONTENT_DISPOSITION: disposition_of(file),
        }
        part, headers[hdrs.CONTENT_RANGE] = range_of(request, len(file.content))
        if not headers[hdrs.CONTENT_RANGE]:
            del headers[hdrs.CONTENT_RANGE]
            return web.Response(body=file.content, headers=headers)
        return web.Response(status=206, body=file.content[part], headers=headers)

    def verify(self, user: str, say: Say) -> None:
        """Raises Refused when a message names a file that this user did not upload as it is described."""
        for file in say.files:
            if file.kind != "location" and not hmac.compare_digest(
                file.proof.encode(), self._proof_of(user, file).encode()
            ):
                raise Refused(say.id, "unknown-file")

    def _who(self, request: web.Request) -> str | None:
        scheme, _, credentials = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        chat, user, secret = [*credentials.split(":"), "", "", ""][:3]
        seated = self._seats.sit(chat=chat, user=user, secret=secret) if scheme == "Seat" else None
        return seated.user if seated else None

    def _proof_of(self, user: str, file: FileClaim) -> str:
        return self._proof(user, file.ref, file.content_type, file.size)

    def _proof(self, user: str, ref: str, content_type: str, size: int) -> str:
        facts = "\n".join(("file", user, ref, content_type, str(size)))
        return hmac.new(self._secret, facts.encode(), hashlib.sha256).hexdigest()


async def body_of(request: web.Request) -> bytes:
    """The whole body, within the limits of size and time."""
    content = bytearray()
    try:
        async with asyncio.timeout(LONGEST_UPLOAD.total_seconds()):
            async for chunk in request.content.iter_chunked(64 * 1024):
                content += chunk
                if len(content) > LARGEST_FILE:
                    raise web.HTTPRequestEntityTooLarge(LARGEST_FILE, len(content))
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error
    if not content:
        raise web.HTTPBadRequest
    return bytes(content)


def type_of(request: web.Request) -> str:
    """What the browser says the file is, if that could be a type at all."""
    declared = request.headers.get(hdrs.CONTENT_TYPE, "").lower()
    return declared if CONTENT_TYPE.fullmatch(declared) else OTHER


def disposition_of(file: StoredFile) -> str:
    """Shown or saved, and under which name: the one that it has, else one that tells nothing (RFC 6266)."""
    disposition = "inline" if SHOWN.fullmatch(file.content_type) else "attachment"
    named = f'{disposition}; filename="file{ending_of(file.content_type)}"'
    return f"{named}; filename*=UTF-8''{quote(file.name, safe='')}" if file.name else named


def range_of(request: web.Request, size: int) -> tuple[slice, str]:
    """Which part is asked for, and how the answer names it; empty for the whole. Raises HTTP 416."""
    try:
        part = request.http_range
    except ValueError:
        return slice(None), ""
    if part.start is None and part.stop is None:
        return slice(None), ""
    start, stop, _ = part.indices(size)
    if start >= stop:
        raise web.HTTPRequestRangeNotSatisfiable(headers={hdrs.CONTENT_RANGE: f"bytes */{size}"})
    return slice(start, stop), f"bytes {start}-{stop - 1}/{size}"
