"""What arrives and what we owe, whatever the channel."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Self

from content.phrases import Body, Phrase

HIDDEN_NAME = "…"

LONGEST_TEXT = 4096
"""Characters of one message that we relay whole (the limit of Telegram, platform-facts)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A chat on a platform: a person's private chat with the bot, or a group's chat."""

    channel: str
    account: str  # which of our bots
    chat: str  # the platform's own id


class Kind(StrEnum):
    """What happened on the platform."""

    SAID = "said"
    EDITED = "edited"
    PRESSED = "pressed"
    REACTED = "reacted"
    ADDED = "added"  # the bot came into a group
    REMOVED = "removed"  # the bot was blocked, or left a group
    RETURNED = "returned"  # the bot was unblocked
    MIGRATED = "migrated"  # a group has a new id


class AttachmentKind(StrEnum):
    """What can come with a message."""

    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file on a platform, by the platform's own reference, or a place or a contact.

    `size` is in bytes, `seconds` the length of sound and video. `name` is what the sender called it and is
    never passed on: a file that has one is sent anew, under a neutral name.
    """

    kind: AttachmentKind
    channel: str
    account: str
    ref: str = ""
    content_type: str = ""
    name: str = ""
    size: int = 0
    seconds: int = 0
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""  # of a contact

    def unnamed(self) -> Self:
        """The same file; that it has a name of its own is remembered, the name is not."""
        return replace(self, name=HIDDEN_NAME if self.name else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What intake stores: enough to drop repeats and keep order; the rest unread."""

    channel: str
    account: str
    external_id: str  # unique for this account: the same thing arriving twice has the same one
    sender: str  # whose line it waits in
    raw: bytes
    album: str | None = None
    not_before: datetime | None = None  # an album's items wait for each other


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMessage:
    """One thing that a person did, whatever the channel."""

    kind: Kind
    chat: Address
    user: str  # the platform's id of who did it
    private: bool
    external_id: str  # of the message, in its chat
    sent_at: datetime
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    reply_to: str | None = None
    pressed: str | None = None  # the button's opaque token
    press_id: str | None = None  # what the platform wants answered
    reaction: str | None = None  # an emoji; None when taken back
    album: str | None = None
    name: str = ""  # what the platform calls the sender; kept for volunteers and coordinators only
    app_language: str | None = None
    anonymous: bool = False  # an anonymous administrator or a channel: nobody in particular
    moved_to: str | None = None

    @property
    def command(self) -> str | None:
        """`start` for "/start abc" or "/start@bot abc"; None when it is not a command."""
        word = self.text.split(maxsplit=1)[0] if self.text.strip() else ""
        return word[1:].split("@")[0].lower() or None if word.startswith("/") else None

    @property
    def argument(self) -> str:
        """What follows the command."""
        return self.text.split(maxsplit=1)[1].strip() if len(self.text.split(maxsplit=1)) > 1 else ""


class Lane(IntEnum):
    """Who goes first when many wait to be sent; a lower number is sooner."""

    EMERGENCY = 0
    RELAY = 1
    ANSWER = 2
    OFFER = 3
    REMINDER = 4
    BROADCAST = 5


class Delivery(StrEnum):
    """What an uncertain send means."""

    MUST = "must"  # sent again: at least once
    ONCE = "once"  # given up: at most once
    EDIT = "edit"  # may be repeated freely


class Style(StrEnum):
    """How a choice looks where the platform can show it."""

    PLAIN = "plain"
    MAIN = "main"
    DANGER = "danger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A button: its label, and the token of the row that says what a press does, or an address to open."""

    label: Body
    token: str = ""
    url: str = ""
    style: Style = Style.PLAIN


Choices = tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """What a coordinator has spoken for the members of her group: one of a kind in each language."""

    kind: str
    language: str
    sound: Attachment
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFile:
    """A picture, sound or film of an article, by the names of its folder and file."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QrCode:
    """A picture that a telephone's camera opens as an address."""

    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """A page to print, in a language of its own, with a code that a telephone's camera opens as an address."""

    address: str
    language: str
    group: str  # its name


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a chart, and what stands beside it."""

    label: Body
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars beside each other, numbered from 1 in the order in which they are given."""

    title: Body
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """A document of nothing but text."""

    name: str
    body: Body


Made = ArticleFile | Chart | Poster | QrCode | TextFile
"""A file of our own: what it is to show is kept, and it is made when it is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Say something in a chat.

    With a `card`, the chat's earlier message of that card is edited instead, unless `fresh` asks for a new one in
    its place. With `about`, it is the copy of that message of a case, and later edits, replies and reactions find
    it. `reply_to` is a message of a case too, looked up in the chat when it is sent. A text too long for the platform
    goes out in parts: `begun_at` says that this is the rest of one, and when its first part arrived.
    """

    body: Body
    title: Body | None = None
    choices: Choices = ()
    attachments: tuple[Attachment, ...] = ()
    made: tuple[Made, ...] = ()
    card: str | None = None
    fresh: bool = False
    about: str | None = None
    reply_to: str | None = None
    covered: bool = False  # pictures hidden until tapped
    guarded: bool = False  # not to be saved or passed on, where the platform can prevent it
    quiet: bool = False  # without a sound
    pinned: bool = False
    begun_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """The copy of a message of a case has a new text."""

    about: str
    body: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class React:
    """Put an emoji on a message: a message of a case, or one that the person sent."""

    emoji: str | None
    about: str | None = None
    external_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """Remove messages of ours from a chat."""

    external_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPress:
    """Tell the platform that a press arrived; `body` is shown for a moment."""

    press_id: str
    body: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCommands:
    """What the platform's command menu offers in this chat."""

    commands: tuple[tuple[str, Phrase], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Leave a group."""


Action = Send | Edit | React | Delete | AnswerPress | SetCommands | Leave


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundMessage:
    """What we owe to a chat. `person` is whose chat it is, None for a group's."""

    to: Address
    action: Action
    lane: Lane
    delivery: Delivery
    person: str | None = None
    not_before: datetime | None = None
    # When it cannot be looked up: a person who is being forgotten, or unknown yet.
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message of ours that the platform has: what it was a card or a copy of."""

    chat: Address
    external_id: str
    card: str | None = None
    about: str | None = None
    sent_at: datetime
