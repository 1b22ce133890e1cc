"""A platform in memory: it keeps chats as a platform does, and fails when told to."""

import itertools
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from bot.channels.channel import (
    Accept,
    Answer,
    Button,
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
from bot.channels.errors import Moved, Rejected, SendError, Unreachable
from dispatch.model.messages import Address, Attachment, InboundMessage

MESSAGE = TypeAdapter(InboundMessage)

LIMITS = Limits(
    longest_text=4096,
    longest_caption=1024,
    longest_label=64,
    largest_download=20 * 2**20,
    largest_upload=50 * 2**20,
    per_second=10_000,
    per_second_chat=10_000,
    burst_chat=10_000,
    per_minute_group=600_000,
)


@dataclass(slots=True)
class Shown:
    """A message as it stands in a chat now."""

    external_id: str
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    files: tuple[Attachment | Upload, ...] = ()
    reply_to: str | None = None
    bold: int = 0
    covered: bool = False
    guarded: bool = False
    edits: int = 0
    gone: bool = False

    def labels(self) -> list[str]:
        """What stands on its buttons."""
        return [button.label for row in self.buttons for button in row]


class FakeChannel:
    """One account of a platform that exists in this test only."""

    name = "fake"

    def __init__(self, account: str = "bot", limits: Limits = LIMITS) -> None:
        self.account = account
        self.limits = limits
        self.chats: dict[str, list[Shown]] = {}
        self.menus: dict[str, tuple[tuple[str, str], ...]] = {}
        self.toasts: list[tuple[str, str]] = []
        self.left: list[str] = []
        self.reactions: list[tuple[str, str, str | None]] = []
        self.blocked: set[str] = set()
        self.moved: dict[str, Address] = {}  # groups that have a new id
        self.failures: deque[SendError | None] = deque()  # of the next calls, None for one that succeeds
        self.failures_after: deque[SendError | None] = deque()  # it is done, and we do not hear of it
        self.files: dict[str, bytes] = {}
        self.asked = 0
        self._ids = itertools.count(1)

    def next_id(self) -> str:
        """A message id that this platform has not used."""
        return str(next(self._ids))

    def address(self, chat: str) -> Address:
        """A chat of this account."""
        return Address(channel=self.name, account=self.account, chat=chat)

    async def receive(self, accept: Accept) -> None:
        """Tests bring envelopes themselves."""

    def read(self, raw: bytes) -> InboundMessage | None:
        """What an envelope of `write` says."""
        return MESSAGE.validate_json(raw)

    @staticmethod
    def write(message: InboundMessage) -> bytes:
        """The raw form of a message; a lone surrogate is no text on any platform."""
        text = message.text.encode("utf-8", "ignore").decode()
        return MESSAGE.dump_json(replace(message, text=text))

    async def perform(self, to: Address, deed: Deed) -> tuple[str, ...]:
        """Do it, or fail as told."""
        self.asked += 1
        if self.failures and (failure := self.failures.popleft()):
            raise failure
        if to.chat in self.moved:
            raise Moved(self.moved[to.chat])
        if to.chat in self.blocked:
            raise Unreachable("blocked")
        ids = self._do(to.chat, deed)
        if self.failures_after and (failure := self.failures_after.popleft()):
            raise failure
        return ids

    def _do(self, chat: str, deed: Deed) -> tuple[str, ...]:
        shown = self.chats.setdefault(chat, [])
        match deed:
            case Post():
                posted = Shown(
                    external_id=self.next_id(),
                    text=deed.text,
                    buttons=deed.buttons,
                    files=deed.files,
                    reply_to=deed.reply_to,
                    bold=deed.bold,
                    covered=deed.covered,
                    guarded=deed.guarded,
                )
                shown.append(posted)
                return (posted.external_id,)
            case Change():
                target = self._find(chat, deed.external_id)
                target.text, target.buttons, target.bold = deed.text, deed.buttons, deed.bold
                target.edits += 1
                return (target.external_id,)
            case Mark():
                self.reactions.append((chat, deed.external_id, deed.emoji))
            case Remove():
                for external_id in deed.external_ids:
                    for message in shown:
                        message.gone = message.gone or message.external_id == external_id
            case Answer():
                self.toasts.append((deed.press_id, deed.text))
            case Menu():
                self.menus[chat] = deed.commands
            case Depart():
                self.left.append(chat)
        return ()

    def reactions_on(self, chat: str) -> list[str | None]:
        """The bot's reactions in a chat, in the order in which they came."""
        return [emoji for where, _, emoji in self.reactions if where == chat]

    def _find(self, chat: str, external_id: str) -> Shown:
        for message in self.chats.get(chat, []):
            if message.external_id == external_id and not message.gone:
                return message
        raise Rejected("message to edit not found")

    async def fetch(self, attachment: Attachment) -> bytes:
        """The bytes that a test has put there."""
        try:
            return self.files[attachment.ref]
        except KeyError:
            raise Rejected("no such file") from None

    def link(self, start: str) -> str:
        """An address of this platform."""
        return f"https://chat.example/{self.account}?start={start}"

    def visible(self, chat: str) -> Iterator[Shown]:
        """What somebody sees in a chat, oldest first."""
        return (replace(message) for message in self.chats.get(chat, []) if not message.gone)
