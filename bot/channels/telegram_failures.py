"""What a failed call to Telegram means for us."""

from dataclasses import replace

from telegram.error import TelegramError

from bot.channels.errors import Moved, Rejected, Revoked, SendError, Throttled, Unavailable, Unreachable
from bot.channels.telegram_request import Refused, Unanswered
from dispatch.model.messages import Address

# Telegram says most of these with 403; with 400 when it no longer knows the chat or has restricted us in it.
NOBODY_THERE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "group chat was deactivated",
    "bot is not a member",
    "bot was kicked",
    "user is deactivated",
    "chat_write_forbidden",
    "chat_restricted",
    "not enough rights to send",
    "have no rights to send",
    "need administrator rights in the channel chat",
)
# What we wait when we are throttled and not told for how long.
USUAL_PAUSE = 5.0


def failure(error: TelegramError, to: Address) -> SendError:
    """Which of our errors this is; the permanent ones are tested for first."""
    match error:
        case Refused(moved_to=int() as chat):
            return Moved(replace(to, chat=str(chat)))
        case Refused(status=401 | 404):
            return Revoked(error.description)
        case Refused(status=403):
            return Unreachable(error.description)
        case Refused(status=429):
            return Throttled(error.retry_after or USUAL_PAUSE)
        case Refused(status=408):
            return Unavailable(error.description, reached=True)
        case Refused() if any(words in error.description.lower() for words in NOBODY_THERE):
            return Unreachable(error.description)
        case Refused():
            return Rejected(error.description)
        case Unanswered():
            return Unavailable(error.reason, reached=error.reached)
    return Unavailable(type(error).__name__, reached=True)


def says(error: TelegramError, *words: str) -> bool:
    """Did Telegram refuse this with one of these in its reason?"""
    return isinstance(error, Refused) and any(word in error.description.lower() for word in words)
