"""People with Telegram on their phones: they write, press, react, block."""

from collections.abc import Sequence
from typing import Any

from tests.bot_api_chats import ANONYMOUS_ADMIN, BotAccount, Chat, Json, Platform


class Group:
    """A group that people and the bot may be in."""

    def __init__(self, platform: Platform, bot: BotAccount, chat: Chat) -> None:
        self._platform = platform
        self.bot = bot
        self.chat = chat

    def adds_bot(self, by: "Person") -> None:
        """Somebody brings the bot in."""
        self.chat.members.add(self.bot.id)
        self._platform.membership(self.bot, self.chat, by.user, "left", "member")

    def removes_bot(self, by: "Person") -> None:
        """Somebody throws it out."""
        self.chat.members.discard(self.bot.id)
        self._platform.membership(self.bot, self.chat, by.user, "member", "kicked")

    def migrates(self, *, silently: bool = False) -> int:
        """It becomes a supergroup with another id, which the bot is told twice, or must find out."""
        old, new = (
            self.chat,
            Chat(-1_000_000_000_000 - self._platform.new_number(), "supergroup", self.chat.title),
        )
        new.members, old.moved_to = set(old.members), new.id
        self._platform.groups[new.id] = new
        if not silently:
            told = self._platform.add(self.bot, old, ANONYMOUS_ADMIN, migrate_to_chat_id=new.id)
            self.bot.receives(message=told)
            told = self._platform.add(self.bot, new, ANONYMOUS_ADMIN, migrate_from_chat_id=old.id)
            self.bot.receives(message=told)
        self.chat = new
        return new.id

    def says_anonymously(self, text: str) -> Json:
        """One of its administrators writes as the group."""
        message = self._platform.add(
            self.bot, self.chat, ANONYMOUS_ADMIN, sender_chat=self.chat.json(), text=text
        )
        self.bot.receives(message=message)
        return message


class Person:
    """Somebody with an account; what she does is in her private chat with the bot unless a group is named."""

    def __init__(self, platform: Platform, bot: BotAccount, user: Json) -> None:
        self._platform = platform
        self.bot = bot
        self.user = user
        self.chat = Chat(user["id"], "private")
        bot.private[user["id"]] = self.chat

    @property
    def id(self) -> int:
        """Her number."""
        return int(self.user["id"])

    @property
    def sees(self) -> list[Json]:
        """The bot's messages in her chat, oldest first."""
        return [message for message in self.chat.messages.values() if message["from"]["is_bot"]]

    def says(
        self, text: str, *, to: Group | None = None, reply_to: Json | None = None, **content: Any
    ) -> Json:
        """She writes."""
        return self.sends(to=to, reply_to=reply_to, text=text, **content)

    def sends(self, *, to: Group | None = None, reply_to: Json | None = None, **content: Any) -> Json:
        """She sends a message with this content, as it stands in the platform's messages."""
        chat = to.chat if to else self.chat
        chat.started = True
        if reply_to:
            content["reply_to_message"] = {
                key: reply_to[key] for key in reply_to if key != "reply_to_message"
            }
        message = self._platform.add(self.bot, chat, self.user, **content)
        self.bot.receives(message=message)
        return message

    def sends_file(
        self, kind: str, content: bytes = b"...", *, name: str = "", mime: str = "", **more: Any
    ) -> Json:
        """She sends a photo, a voice message, a document …"""
        size = more.pop("size", None)
        file = self._platform.store(kind, content, name, mime, size).json()
        if kind == "animation":
            more["document"] = file
        small = self._platform.store(kind, b".", mime=mime).json() | {"width": 90, "height": 60}
        more[kind] = [small, file] if kind == "photo" else file
        return self.sends(**more)

    def sends_album(self, *contents: bytes, kind: str = "photo", caption: str = "") -> Sequence[Json]:
        """She sends several at once: as many messages, the caption on the first."""
        album = str(self._platform.new_number())
        captions = [{"caption": caption} if caption and not index else {} for index in range(len(contents))]
        return [
            self.sends_file(kind, content, media_group_id=album, **more)
            for content, more in zip(contents, captions, strict=True)
        ]

    def edits(self, message: Json, text: str) -> Json:
        """She corrects what she wrote."""
        chat = self._platform.chat(self.bot, message["chat"]["id"])
        assert chat is not None
        field = "text" if "text" in message else "caption"
        edited = message | {field: text, "edit_date": self._platform.now()}
        chat.messages[message["message_id"]] = edited
        self.bot.receives(edited_message=edited)
        return edited

    def presses(self, label: str, message: Json | None = None) -> str:
        """She presses a button, under the latest message that has such a one unless told; the query's id."""
        chosen = message or next(each for each in reversed(self.sees) if _button(each, label))
        button = _button(chosen, label)
        assert button is not None, f"no button {label!r}"
        press = str(self._platform.new_number())
        self.bot.presses[press] = None
        self.bot.receives(
            callback_query={
                "id": press,
                "from": self.user,
                "message": chosen,
                "chat_instance": "1",
                "data": button["callback_data"],
            }
        )
        return press

    def reacts(self, message: Json, emoji: str | None) -> None:
        """She puts an emoji on a message, or takes it back."""
        new = [{"type": "emoji", "emoji": emoji}] if emoji else []
        self.bot.receives(
            message_reaction={
                "chat": message["chat"],
                "message_id": message["message_id"],
                "user": self.user,
                "date": self._platform.now(),
                "old_reaction": [],
                "new_reaction": new,
            }
        )

    def blocks(self) -> None:
        """She wants no more of it."""
        self.chat.blocked = True
        self._platform.membership(self.bot, self.chat, self.user, "member", "kicked")

    def unblocks(self) -> None:
        """She does again."""
        self.chat.blocked = False
        self._platform.membership(self.bot, self.chat, self.user, "kicked", "member")


def _button(message: Json, label: str) -> Json | None:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return next((button for row in rows for button in row if button["text"] == label), None)
