"""The people, chats and bots behind the fake Bot API, as far as a bot can tell."""

import asyncio
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

ANONYMOUS_ADMIN = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
# What is only sent to bots that ask for it by name.
UNASKED_NEVER = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on the platform: what it was first sent as, it stays."""

    file_id: str
    kind: str
    content: bytes
    name: str = ""
    mime: str = ""
    size: int | None = None  # claimed, for files too large to make

    def json(self) -> Json:
        """As it stands in a message."""
        described: Json = {"file_id": self.file_id, "file_unique_id": self.file_id[-8:]}
        described["file_size"] = len(self.content) if self.size is None else self.size
        if self.kind in ("photo", "video", "video_note", "animation", "sticker"):
            described |= {"width": 800, "height": 600}
        if self.kind == "video_note":
            described |= {"length": 240}
        if self.kind == "sticker":
            described |= {"type": "regular", "is_animated": False, "is_video": False}
        if self.kind in ("voice", "video", "video_note", "audio", "animation"):
            described["duration"] = 3
        if self.name and self.kind in ("document", "audio", "video", "animation"):
            described["file_name"] = self.name
        if self.mime:
            described["mime_type"] = self.mime
        return described


@dataclass(slots=True)
class Chat:
    """A private chat with one bot, or a group."""

    id: int
    type: str
    title: str = ""
    members: set[int] = field(default_factory=set)
    blocked: bool = False
    started: bool = False  # a person has written first
    moved_to: int | None = None
    messages: dict[int, Json] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    reactions: dict[int, list[Json]] = field(default_factory=dict)
    restricted: bool = False  # the bot may read and not write

    def json(self) -> Json:
        """As it stands in a message."""
        return {"id": self.id, "type": self.type} | ({"title": self.title} if self.title else {})

    @property
    def texts(self) -> list[str]:
        """What stands there, oldest first."""
        return [
            str(message.get("text") or message.get("caption") or "") for message in self.messages.values()
        ]


@dataclass(slots=True)
class BotAccount:
    """A bot as the platform knows it."""

    token: str
    username: str
    updates: list[tuple[int, bytes]] = field(default_factory=list)
    next_update: int = 100_000
    next_message: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    allowed: list[str] | None = None
    webhook: Json = field(default_factory=dict)
    poll: int = 0
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)  # name and descriptions, by language
    presses: dict[str, str | None] = field(default_factory=dict)  # callback query id to the notice shown
    private: dict[int, Chat] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The number before the colon."""
        return int(self.token.partition(":")[0])

    def json(self) -> Json:
        """The bot as a user."""
        return {"id": self.id, "is_bot": True, "first_name": "Morsmål", "username": self.username}

    def receives(self, **update: Any) -> int:
        """Queue an update; its number."""
        kind = next(iter(update), "")
        if kind in UNASKED_NEVER if self.allowed is None else kind not in self.allowed:
            return 0
        return self.receives_raw(json.dumps({"update_id": self.next_update} | update).encode())

    def receives_raw(self, raw: bytes) -> int:
        """Queue what the platform would never send, perhaps; `%d` in it stands for its number."""
        number, self.next_update = self.next_update, self.next_update + 1
        self.updates.append((number, raw.replace(b"%d", str(number).encode())))
        self.arrived.set()
        return number


class Platform:
    """All there is: bots, people, groups and files."""

    def __init__(self, now: Callable[[], int]) -> None:
        self.now = now
        self.bots: dict[str, BotAccount] = {}
        self.people: dict[int, Json] = {}
        self.groups: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.changed = asyncio.Event()
        self._numbers = itertools.count(5001)

    def new_number(self) -> int:
        """A number that nothing else has."""
        return next(self._numbers)

    def store(
        self, kind: str, content: bytes, name: str = "", mime: str = "", size: int | None = None
    ) -> StoredFile:
        """Keep a file."""
        file = StoredFile(f"BQACAgQAAx-{kind[:4]}{self.new_number():08}", kind, content, name, mime, size)
        self.files[file.file_id] = file
        return file

    def chat(self, bot: BotAccount, chat_id: int) -> Chat | None:
        """The chat as this bot knows it."""
        return self.groups.get(chat_id) or bot.private.get(chat_id)

    def add(self, bot: BotAccount, chat: Chat, sender: Json, **content: Any) -> Json:
        """Put a message into a chat. Numbers are counted per bot, or per supergroup, as the platform does."""
        number = max(chat.messages, default=0) + 1 if chat.type == "supergroup" else next(bot.next_message)
        message = {"message_id": number, "from": sender, "chat": chat.json(), "date": self.now()} | content
        chat.messages[number] = message
        self.changed.set()
        return message

    def membership(self, bot: BotAccount, chat: Chat, by: Json, old: str, new: str) -> None:
        """Tell the bot that it is in a chat, or no longer."""
        bot.receives(
            my_chat_member={
                "chat": chat.json(),
                "from": by,
                "date": self.now(),
                "old_chat_member": {"user": bot.json(), "status": old},
                "new_chat_member": {"user": bot.json(), "status": new},
            }
        )
