"""Deeds as calls of the Bot API."""

import re
from collections.abc import Sequence
from typing import Any

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.constants import ReactionEmoji

from bot.channels.channel import Answer, Change, Deed, Depart, Mark, Menu, Post, Remove
from bot.channels.errors import Rejected
from bot.channels.telegram_deleting import remove
from bot.channels.telegram_failures import says
from bot.channels.telegram_planning import Step, plainer
from bot.channels.telegram_posting import NO_PREVIEW, keyboard, message_id, post, source, title
from bot.channels.telegram_request import Refused
from dispatch.model.messages import Attachment

LONGEST_NOTICE = 200
LONGEST_DESCRIPTION = 256
# An emoji may come with a skin colour or without its picture form; Telegram's reactions are of one form each.
VARIATIONS = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
REACTIONS = {VARIATIONS.sub("", emoji): emoji.value for emoji in ReactionEmoji}
# Telegram knows some seventy; these stand for their nearest kin, and others are left out.
HEARTS = frozenset("💙💚💛💜🧡🖤🤍🤎🩷🩵🩶♥💗💖💕💞💓")


async def perform(telegram: Bot, chat: int, deed: Deed) -> tuple[str, ...]:
    """Do it; the ids of the messages that a post made. Raises TelegramError, or Rejected for what cannot be said."""
    match deed:
        case Post():
            return await post(telegram, chat, deed)
        case Change():
            await change(telegram, chat, deed)
        case Mark(external_id=target, emoji=emoji):
            await mark(telegram, chat, message_id(target), emoji)
        case Remove(external_ids=targets):
            await remove(telegram, chat, [message_id(target) for target in targets])
        case Answer(press_id=press, text=text):
            await answer(telegram, press, text)
        case Menu(commands=commands):
            await set_menu(telegram, chat, commands)
        case Depart():
            await telegram.leave_chat(chat)
    return ()


async def change(telegram: Bot, chat: int, deed: Change) -> None:
    """Another text or other buttons. What looks like that already is done."""
    options: dict[str, Any] = {
        "chat_id": chat,
        "message_id": message_id(deed.external_id),
        "reply_markup": keyboard(deed.buttons),
    }
    entities = title(Step(text=deed.text, bold=deed.bold))
    try:
        if not deed.text:
            await telegram.edit_message_reply_markup(**options)
            return
        try:
            await telegram.edit_message_text(
                deed.text, entities=entities, link_preview_options=NO_PREVIEW, **options
            )
        except Refused as error:
            if not says(error, "no text in the message"):
                raise
            await telegram.edit_message_caption(caption=deed.text, caption_entities=entities, **options)
    except Refused as error:
        if simpler := plainer(deed, error):
            await change(telegram, chat, simpler)
        elif not says(error, "message is not modified"):
            raise


async def mark(telegram: Bot, chat: int, message: int, emoji: str | None) -> None:
    """React to a message, if Telegram has such a reaction."""
    reaction = known_reaction(emoji) if emoji else None
    if emoji and not reaction:
        return
    try:
        await telegram.set_message_reaction(chat, message, reaction=reaction)
    except Refused as error:
        if not says(error, "reaction_invalid"):  # a group may allow only some
            raise


def known_reaction(emoji: str) -> str | None:
    """The reaction itself or its nearest kin; None when there is none that means the same."""
    plain = VARIATIONS.sub("", emoji)
    return REACTIONS.get("❤" if plain in HEARTS else plain)


async def answer(telegram: Bot, press: str, text: str) -> None:
    """Stop the button's waiting. Telegram takes an answer for some minutes only; then nobody waits any more (H26)."""
    notice = text if len(text) <= LONGEST_NOTICE else text[: LONGEST_NOTICE - 1] + "…"
    try:
        await telegram.answer_callback_query(press, text=notice or None)
    except Refused as error:
        if not says(error, "query is too old", "query_id_invalid"):
            raise


async def set_menu(telegram: Bot, chat: int, commands: Sequence[tuple[str, str]]) -> None:
    """The commands of one chat, whatever the language of its app; none gives it back the general ones (H47)."""
    scope = BotCommandScopeChat(chat)
    if not commands:
        await telegram.delete_my_commands(scope=scope)
        return
    await telegram.set_my_commands(menu(commands), scope=scope)


def menu(commands: Sequence[tuple[str, str]]) -> list[BotCommand]:
    """Commands as Telegram takes them."""
    return [BotCommand(name, description[:LONGEST_DESCRIPTION]) for name, description in commands]


async def fetch(telegram: Bot, attachment: Attachment) -> bytes:
    """The bytes of a file."""
    file_id = source(attachment)
    file = await telegram.get_file(str(file_id))
    try:
        return bytes(await file.download_as_bytearray())
    except Refused as error:
        if error.status == 404:  # of the file, not of the token
            raise Rejected("the file is gone") from None
        raise
