"""The shapes of Telegram's updates, as far as they are used: the gate through which everything it sends comes in.

Strict: a number is a number. Errors do not repeat what they were given, since it may end up in a log. What is not named here is not looked at, so that nothing new or odd elsewhere in an
update makes it unreadable.
"""

import json
from typing import Annotated, Any

import orjson
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

LATEST_DATE = 253402300799
"""The last second of the year 9999, beyond which there are no dates here."""


def parsed(raw: bytes) -> Any:
    """The JSON in it. Raises ValueError."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        # Only half of a surrogate pair is forgiven: somebody may have typed it, and the rest of what she says counts.
        if b"\\u" not in raw:
            raise
    try:
        return json.loads(raw.decode(), parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def packed(update: object) -> bytes:
    """One update of a batch as JSON of its own. Raises ValueError."""
    try:
        return orjson.dumps(update)
    except TypeError:
        pass
    try:
        return json.dumps(update, allow_nan=False).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _clean(text: object) -> object:
    """Without NUL and halves of surrogate pairs, which databases treat differently."""
    if not isinstance(text, str):
        return text
    return text.replace("\0", "").encode(errors="ignore").decode()


Id = Annotated[int, Field(ge=-(2**63), lt=2**63)]
Text = Annotated[str, BeforeValidator(_clean)]
Date = Annotated[int, Field(ge=0, le=LATEST_DATE)]


class Shape(BaseModel):
    """What all of them have in common."""

    model_config = ConfigDict(strict=True, frozen=True, hide_input_in_errors=True)


class User(Shape):
    """Somebody with an account, or a bot."""

    id: Id
    is_bot: bool = False
    first_name: Text = ""
    last_name: Text = ""
    language_code: Text | None = None


class Chat(Shape):
    """Where something happened."""

    id: Id
    type: Text


class File(Shape):
    """A photo size, voice message, video, document, sticker: they differ in little that concerns us."""

    file_id: Text
    file_size: int = 0
    width: int = 0
    height: int = 0
    duration: int = 0
    mime_type: Text = ""
    file_name: Text = ""


class Location(Shape):
    """A place on the map."""

    latitude: float
    longitude: float


class Venue(Shape):
    """A place with a name."""

    location: Location
    title: Text = ""
    address: Text = ""


class Contact(Shape):
    """Somebody's number; the name beside it is not ours to read."""

    phone_number: Text


class Original(Shape):
    """The message that is replied to."""

    message_id: Id


class Message(Shape):
    """What else it holds is kept by name, to tell service messages from contents that we cannot pass on."""

    model_config = ConfigDict(extra="allow")

    message_id: Id
    date: Date
    chat: Chat
    sender: User | None = Field(default=None, alias="from")
    sender_chat: Chat | None = None
    message_thread_id: Id | None = None
    is_topic_message: bool = False
    reply_to_message: Original | None = None
    business_connection_id: Text | None = None
    edit_date: Date | None = None
    media_group_id: Text | None = None
    text: Text | None = None
    caption: Text | None = None
    photo: list[File] = []
    voice: File | None = None
    video: File | None = None
    video_note: File | None = None
    audio: File | None = None
    animation: File | None = None
    document: File | None = None
    sticker: File | None = None
    venue: Venue | None = None
    location: Location | None = None
    contact: Contact | None = None
    migrate_to_chat_id: Id | None = None
    migrate_from_chat_id: Id | None = None


class Press(Shape):
    """A callback query."""

    id: Text
    sender: User = Field(alias="from")
    message: Message | None = None
    data: Text | None = None


class ReactionType(Shape):
    """An emoji, or what only the app can show."""

    type: Text
    emoji: Text | None = None


class Reaction(Shape):
    """What somebody's reactions to a message are now."""

    chat: Chat
    message_id: Id
    date: Date
    user: User | None = None
    actor_chat: Chat | None = None
    new_reaction: list[ReactionType]


class Membership(Shape):
    """How the bot stands in a chat."""

    status: Text
    is_member: bool = True  # of the restricted


class MembershipChange(Shape):
    """The bot came, went, was blocked or unblocked."""

    chat: Chat
    sender: User = Field(alias="from")
    date: Date
    old_chat_member: Membership
    new_chat_member: Membership


class Update(Shape):
    """One thing that happened."""

    update_id: Id
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: Press | None = None
    message_reaction: Reaction | None = None
    my_chat_member: MembershipChange | None = None


WANTED = [name for name in Update.model_fields if name != "update_id"]
"""The kinds of updates to ask for; reactions and membership are not among those that come unasked."""
