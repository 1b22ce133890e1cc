"""A bot's profile on Telegram: its descriptions and the general menu, in one language at a time."""

from telegram import Bot, BotCommandScopeDefault

from bot.channels.channel import Profile
from bot.channels.telegram_sending import menu

LONGEST_NAME = 64
LONGEST_ABOUT = 120
LONGEST_DESCRIPTION = 512


async def introduce(telegram: Bot, code: str, profile: Profile | None) -> None:
    """Set it for this language code; None removes it, so that the default shows again. Raises TelegramError."""
    language, scope = code or None, BotCommandScopeDefault()
    about, description = (profile.about, profile.description) if profile else ("", "")
    await telegram.set_my_short_description(about[:LONGEST_ABOUT], language_code=language)
    await telegram.set_my_description(description[:LONGEST_DESCRIPTION], language_code=language)
    if profile:
        await telegram.set_my_commands(menu(profile.commands), scope=scope, language_code=language)
    else:
        await telegram.delete_my_commands(scope=scope, language_code=language)


async def rename(telegram: Bot, name: str) -> None:
    """The name that the bot has in every language. Raises TelegramError."""
    await telegram.set_my_name(name[:LONGEST_NAME])
