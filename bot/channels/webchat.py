"""The web chat as a platform: its own store is the transcript, and sent means stored there."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

import orjson

from bot.channels.channel import (
    Accept,
    Answer,
    Change,
    Deed,
    Depart,
    Limits,
    Mark,
    Menu,
    Post,
    Remove,
    Upload,
)
from bot.channels.errors import Rejected
from bot.web import lines
from dispatch.model.messages import LONGEST_TEXT, Address, Attachment, AttachmentKind, InboundMessage, Kind
from dispatch.model.queues import ChatLine, StoredFile
from dispatch.ports import Service
from dispatch.store.database import Database

NAME = "webchat"
LARGEST_FILE = 20 * 1024 * 1024  # bytes, as much as Telegram lets a bot fetch (platform-facts)


class WebChat:
    """One account of the web chat. Nothing leaves this machine: a page fetches what the transcript holds."""

    name = NAME
    limits = Limits(
        longest_text=LONGEST_TEXT,
        longest_caption=LONGEST_TEXT,
        longest_label=64,
        largest_download=LARGEST_FILE,
        largest_upload=LARGEST_FILE,
        per_second=500,
        per_second_chat=50,
        burst_chat=50,
        per_minute_group=3000,
    )

    def __init__(self, *, account: str, database: Database, now: Callable[[], datetime], page: str) -> None:
        """`page` is the address of the page, which links lead to."""
        self.account = account
        self._database = database
        self._now = now
        self._page = page

    async def receive(self, accept: Accept) -> None:
        """Nothing to fetch: the page's socket stores what it receives by itself."""

    def read(self, raw: bytes) -> InboundMessage | None:
        """What a stored envelope says."""
        try:
            return inbound(orjson.loads(raw), self.account)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not an envelope of the web chat") from error

    async def perform(self, to: Address, deed: Deed) -> tuple[str, ...]:
        """Write it into the transcript."""
        return await self._database.run(lambda service: Writing(service, to, self._now()).do(deed))

    async def fetch(self, attachment: Attachment) -> bytes:
        """The bytes of a file that was sent from the page."""
        file = await self._database.read(lambda service: service.transcripts.file(attachment.ref))
        if file is None:
            raise Rejected("the file is gone")
        return file.content

    def link(self, start: str) -> str:
        """The page's address, which says `/start <start>` in a private chat."""
        return f"{self._page}?start={quote(start)}"


class Writing:
    """One deed, inside one transaction."""

    def __init__(self, service: Service, to: Address, now: datetime) -> None:
        self._service = service
        self._transcripts = service.transcripts
        self._to = to
        self._now = now

    def do(self, deed: Deed) -> tuple[str, ...]:
        """Do it; the id of a new message. Raises Rejected."""
        match deed:
            case Post():
                return (self._post(deed),)
            case Change():
                self._put(deed.external_id, lambda content: lines.changed(content, deed))
            case Mark():
                self._put(deed.external_id, lambda content: lines.marked(content, lines.SERVICE, deed.emoji))
            case Remove():
                self._remove(deed.external_ids)
            case Answer():
                self._keep(lines.ANSWERS, lambda content: lines.answered(content, deed.press_id, deed.text))
            case Menu():
                self._keep(lines.MENU, lambda _: lines.menu(deed.commands))
            case Depart():
                raise Rejected("groups of the web chat are not left: they are made by its seats")
        return ()

    def _post(self, post: Post) -> str:
        if len(post.text.encode("utf-16-le")) > 2 * LONGEST_TEXT:
            raise Rejected("the text is too long")
        content = lines.posted(post, [self._file(file) for file in post.files])
        line_id = self._service.new_id()
        self._transcripts.put(self._new(line_id, content))
        return line_id

    def _file(self, file: Attachment | Upload) -> lines.Content:
        if isinstance(file, Attachment):
            return lines.file_of(file)
        if len(file.content) > LARGEST_FILE:
            raise Rejected("the file is too big")
        stored = kept(file.content, file.content_type, self._now, file.file_name)
        self._transcripts.put_file(stored)
        attachment = Attachment(
            kind=file.kind,
            channel=NAME,
            account=self._to.account,
            ref=stored.id,
            content_type=stored.content_type,
            size=len(file.content),
            seconds=file.seconds,
        )
        return lines.file_of(attachment)

    def _put(self, external_id: str, change: Callable[[Mapping[str, Any]], lines.Content]) -> None:
        line = self._transcripts.line(self._to, external_id)
        if line is None or line.removed:
            raise Rejected("the message is gone")
        content = change(line.content)
        if content != line.content:
            self._transcripts.put(replace(line, content=content))

    def _keep(self, line_id: str, change: Callable[[Mapping[str, Any]], lines.Content]) -> None:
        line = self._transcripts.line(self._to, line_id) or self._new(line_id, {})
        self._transcripts.put(replace(line, content=change(line.content), at=self._now))

    def _remove(self, external_ids: tuple[str, ...]) -> None:
        for external_id in external_ids:
            line = self._transcripts.line(self._to, external_id)
            if line is not None and not line.removed:
                self._transcripts.put(replace(line, content={}, removed=True))

    def _new(self, line_id: str, content: lines.Content) -> ChatLine:
        return ChatLine(
            address=self._to, external_id=line_id, author=lines.SERVICE, content=content, at=self._now
        )


def kept(content: bytes, content_type: str, now: datetime, name: str = "") -> StoredFile:
    """A file to be stored, under an id that nobody guesses: whoever has it may open the file."""
    file_id = secrets.token_urlsafe(16)
    return StoredFile(id=file_id, content_type=content_type, content=content, stored_at=now, name=name)


def inbound(raw: Mapping[str, Any], account: str) -> InboundMessage:
    """What somebody did, from the JSON that the page's socket stored."""
    kind = Kind(raw["kind"])
    return InboundMessage(
        kind=kind,
        chat=Address(channel=NAME, account=account, chat=str(raw["chat"])),
        user=str(raw["user"]),
        private=raw["chat"] == raw["user"],
        external_id=str(raw["message"]),
        sent_at=datetime.fromisoformat(raw["at"]),
        text=str(raw.get("text", "")),
        attachments=tuple(attachment(file, account) for file in raw.get("files", ())),
        reply_to=raw.get("reply_to"),
        pressed=raw.get("token"),
        press_id=raw["id"] if kind is Kind.PRESSED else None,
        reaction=raw.get("emoji"),
        name=str(raw.get("name", "")),
        app_language=raw.get("language"),
    )


def attachment(raw: Mapping[str, Any], account: str) -> Attachment:
    """A file or place as the transcript holds it."""
    return Attachment(
        kind=AttachmentKind(raw["kind"]),
        channel=NAME,
        account=account,
        ref=raw["ref"],
        content_type=raw["type"],
        size=raw["size"],
        seconds=raw["seconds"],
        latitude=raw["latitude"],
        longitude=raw["longitude"],
    )
