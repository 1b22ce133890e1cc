"""What a channel is: an adapter to one platform that translates and does no more."""

import mimetypes
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from dispatch.model.messages import Address, Attachment, AttachmentKind, Envelope, InboundMessage, Style

Accept = Callable[[Sequence[Envelope]], Awaitable[None]]
"""Returns once the envelopes are stored; only then may the platform forget them."""


ENDINGS = {"audio/webm": ".webm"}
"""What Python does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the platform can do. Sizes in bytes, lengths in UTF-16 units."""

    longest_text: int
    longest_caption: int
    longest_label: int
    largest_download: int
    largest_upload: int
    per_second: float  # messages of one account, to all chats
    per_second_chat: float
    burst_chat: int
    per_minute_group: float  # messages and edits to one group chat
    ogg_voices: bool = False  # a voice in anything but OGG would be shown as a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button as it is shown: `token` comes back when it is pressed; `url` opens instead."""

    label: str
    token: str = ""
    url: str = ""
    style: Style = Style.PLAIN


Buttons = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file to be sent as bytes, under the name that we gave it: never the one that a member's own file had."""

    kind: AttachmentKind
    content: bytes
    name: str
    content_type: str
    seconds: int = 0

    @property
    def file_name(self) -> str:
        """Its name, with an ending: telephones go by it."""
        return self.name if "." in self.name else self.name + ending_of(self.content_type)


def ending_of(content_type: str) -> str:
    """How the name of such a file ends: `.pdf`; empty when nobody knows."""
    plain = content_type.partition(";")[0].strip()
    return ENDINGS.get(plain) or mimetypes.guess_extension(plain) or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A new message. The first `bold` characters of the text are its title.

    `files` are this account's own (Attachment) or uploads; the text is their caption. A place or a contact is an
    Attachment without a ref. Text is plain: the platform parses nothing in it. `relayed` is the copy of what a person
    said, as against the service's own words, where the platform can show the difference.
    """

    text: str
    bold: int = 0
    buttons: Buttons = ()
    files: tuple[Attachment | Upload, ...] = ()
    reply_to: str | None = None
    covered: bool = False
    guarded: bool = False
    quiet: bool = False
    pinned: bool = False
    relayed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An earlier message of ours gets another text and other buttons. "Not modified" is success."""

    external_id: str
    text: str
    bold: int = 0
    buttons: Buttons = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An emoji on a message; None takes it back."""

    external_id: str
    emoji: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """Messages to be deleted as far as the platform allows; ones that are gone count as deleted."""

    external_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The platform is told that a press arrived; too late is no failure."""

    press_id: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """The command menu of one chat: names without a slash, and what they do."""

    commands: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Depart:
    """Leave this group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a bot says of itself in one language: `about` on its page, `description` in the empty chat, and the
    commands of everybody."""

    about: str
    description: str
    commands: tuple[tuple[str, str], ...]


Deed = Post | Change | Mark | Remove | Answer | Menu | Depart


class Channel(Protocol):
    """One account on one platform."""

    name: str
    account: str
    limits: Limits

    async def receive(self, accept: Accept) -> None:
        """Fetch or await what people send and hand it to `accept`, for ever. Returns at once where the
        platform calls us (a webhook, a web socket)."""

    def read(self, raw: bytes) -> InboundMessage | None:
        """What a stored envelope says; None for kinds that we have no use for. Raises ValueError when unreadable."""

    async def perform(self, to: Address, deed: Deed) -> tuple[str, ...]:
        """Do it; the ids of the messages that a Post made (several for an album). Raises a SendError."""

    async def fetch(self, attachment: Attachment) -> bytes:
        """The bytes of a file of this account. Raises a SendError."""

    def link(self, start: str) -> str:
        """An address that opens a private chat with the bot and sends `/start <start>`."""
