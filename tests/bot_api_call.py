"""A request to the fake Bot API, and how it is refused."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.bot_api_chats import BotAccount, Chat, Json, Platform


class Refusal(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


def bad(reason: str) -> Refusal:
    """The usual refusal."""
    return Refusal(400, f"Bad Request: {reason}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart body."""

    name: str
    content: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Call:
    """One request: its parameters may be JSON values, or texts that hold JSON."""

    platform: Platform
    bot: BotAccount
    method: str
    parameters: Mapping[str, Any]
    uploads: Mapping[str, Upload]
    at: float  # seconds on the loop's clock

    def text(self, name: str, default: str = "") -> str:
        """A text."""
        value = self.parameters.get(name, default)
        if not isinstance(value, str):
            raise bad(f'field "{name}" must be of type String')
        return value

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number."""
        value = self.parameters.get(name, default)
        if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,19}", str(value)):
            raise bad(f"parameter {name} is required and must be a number")
        return int(value)

    def real(self, name: str) -> float:
        """A number."""
        value = self.parameters.get(name)
        try:
            return float(str(value))
        except ValueError:
            raise bad(f"parameter {name} must be a number") from None

    def flag(self, name: str) -> bool:
        """A truth value."""
        value = self.parameters.get(name, False)
        if value not in (True, False, "true", "false", "True", "False", "0", "1"):
            raise bad(f"parameter {name} must be a boolean")
        return value in (True, "true", "True", "1")

    def mapping(self, name: str) -> Json:
        """A JSON object; empty when it is not given."""
        value = self._json(name, {})
        if not isinstance(value, dict):
            raise bad(f"can't parse {name}: object expected")
        return value

    def sequence(self, name: str) -> list[Any]:
        """A JSON array; empty when it is not given."""
        value = self._json(name, [])
        if not isinstance(value, list):
            raise bad(f"can't parse {name}: array expected")
        return value

    def _json(self, name: str, default: Any) -> Any:
        value = self.parameters.get(name, default)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {name} JSON object") from None

    def chat(self) -> Chat:
        """The chat it is about."""
        chat = self.platform.chat(self.bot, self.number("chat_id"))
        if chat is None:
            raise bad("chat not found")
        if chat.moved_to:
            raise Refusal(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.moved_to,
            )
        if chat.type != "private" and self.bot.id not in chat.members:
            raise Refusal(403, f"Forbidden: bot was kicked from the {chat.type} chat")
        return chat

    def writable_chat(self) -> Chat:
        """The chat it is about, if the bot may write there."""
        chat = self.chat()
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if chat.type == "private" and not chat.started:
            raise Refusal(403, "Forbidden: bot can't initiate conversation with a user")
        if chat.restricted:
            raise bad("not enough rights to send text messages to the chat")
        return chat


Method = Callable[[Call], Any]


class Methods(dict[str, Method]):
    """Methods by their name in the Bot API, without capitals."""

    def method(self, function: Method) -> Method:
        """Add one, named as in Python."""
        self[function.__name__.replace("_", "")] = function
        return function
