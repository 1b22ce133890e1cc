"""Taking messages away on Telegram, as far as it allows."""

from collections.abc import Sequence

from telegram import Bot

from bot.channels.telegram_failures import says
from bot.channels.telegram_request import Refused

MOST_AT_ONCE = 100
NOTHING_TO_DO = ("message to delete not found", "message can't be deleted", "message_id_invalid")


async def remove(telegram: Bot, chat: int, messages: Sequence[int]) -> None:
    """Delete what can be deleted; ones that are gone, or too old (48 h), hold up no others."""
    for start in range(0, len(messages), MOST_AT_ONCE):
        batch = messages[start : start + MOST_AT_ONCE]
        try:
            await telegram.delete_messages(chat, batch)
        except Refused as error:
            if not says(error, *NOTHING_TO_DO):
                raise
            await _remove_singly(telegram, chat, batch)


async def _remove_singly(telegram: Bot, chat: int, messages: Sequence[int]) -> None:
    for message in messages:
        try:
            await telegram.delete_message(chat, message)
        except Refused as error:
            if not says(error, *NOTHING_TO_DO):
                raise
