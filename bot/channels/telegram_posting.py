"""New messages on Telegram. Text is never parsed as markup: a title is an entity with a length."""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import TelegramError

from bot import logs
from bot.channels.channel import Button, Buttons, Post, Upload
from bot.channels.errors import Rejected
from bot.channels.telegram_deleting import remove
from bot.channels.telegram_planning import COVERABLE, File, Step, plainer, steps, utf16, what
from bot.channels.telegram_request import Refused, Unanswered
from dispatch.model.messages import Attachment, AttachmentKind, Style

log = logs.get("telegram")

STYLES = {Style.MAIN: "primary", Style.DANGER: "danger"}
ALBUM_ITEMS = {
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,
    "document": InputMediaDocument,
    "audio": InputMediaAudio,
}
# The library would read a file of ours if a reference were the name of one.
FILE_ID = re.compile(r"[\w-]+", re.ASCII)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def message_id(external_id: str) -> int:
    """Telegram's number of a message. Raises Rejected."""
    if not re.fullmatch(r"\d{1,18}", external_id):
        raise Rejected("not a message id of Telegram's")
    return int(external_id)


async def post(telegram: Bot, chat: int, deed: Post) -> tuple[str, ...]:
    """All of it or nothing: what takes several calls is taken back when one fails."""
    sent: list[int] = []
    options: dict[str, Any] = {"disable_notification": deed.quiet, "protect_content": deed.guarded}
    if deed.reply_to:
        original = message_id(deed.reply_to)
        options["reply_parameters"] = ReplyParameters(original, allow_sending_without_reply=True)
    try:
        for step in steps(deed):
            sent += [message.message_id for message in await _send(telegram, chat, step, options)]
            options.pop("reply_parameters", None)
    except (TelegramError, Rejected) as error:
        await _take_back(telegram, chat, sent)
        if isinstance(error, Refused) and (simpler := plainer(deed, error)):
            return await post(telegram, chat, simpler)
        raise
    if deed.pinned:
        await _pin(telegram, chat, sent[0])
    return tuple(map(str, sent))


async def _take_back(telegram: Bot, chat: int, sent: Sequence[int]) -> None:
    if not sent:
        return
    try:
        await remove(telegram, chat, sent)
    except TelegramError:
        raise Unanswered("a part was sent", reached=True) from None


async def _pin(telegram: Bot, chat: int, message: int) -> None:
    try:
        await telegram.pin_chat_message(chat, message, disable_notification=True)
    except TelegramError as error:  # the message is there, which is what matters
        log.warning("not pinned", reason=error.message)


async def _send(telegram: Bot, chat: int, step: Step, options: dict[str, Any]) -> Sequence[Message]:
    if len(step.files) > 1:
        first, *others = step.files
        items = [_item(first, step), *(_item(file, Step(covered=step.covered)) for file in others)]
        return await telegram.send_media_group(chat, items, **options)
    options = {**options, "reply_markup": keyboard(step.buttons)}
    if step.files:
        return (await _send_file(telegram, chat, step, step.files[0], options),)
    return (await _send_text(telegram, chat, step, options),)


async def _send_text(telegram: Bot, chat: int, step: Step, options: dict[str, Any]) -> Message:
    if not step.text:
        raise Rejected("nothing to send")
    return await telegram.send_message(
        chat, step.text, entities=title(step), link_preview_options=NO_PREVIEW, **options
    )


async def _send_file(telegram: Bot, chat: int, step: Step, file: File, options: dict[str, Any]) -> Message:
    match file:
        case Attachment(
            kind=AttachmentKind.LOCATION,
            latitude=float() | int() as latitude,
            longitude=float() | int() as longitude,
        ):
            return await telegram.send_location(chat, latitude, longitude, **options)
        case Attachment(kind=AttachmentKind.CONTACT, phone=phone):
            return await telegram.send_contact(chat, phone_number=phone, first_name=phone, **options)
        case Upload(seconds=seconds, kind=AttachmentKind.VOICE | AttachmentKind.AUDIO | AttachmentKind.VIDEO):
            options["duration"] = seconds or None
    ways: dict[str, Callable[..., Awaitable[Message]]] = {
        "photo": telegram.send_photo,
        "voice": telegram.send_voice,
        "video": telegram.send_video,
        "video_note": telegram.send_video_note,
        "animation": telegram.send_animation,
        "audio": telegram.send_audio,
        "document": telegram.send_document,
        "sticker": telegram.send_sticker,
    }
    kind = what(file)
    if kind not in ways:
        raise Rejected(f"Telegram has no way to send {kind}")
    return await ways[kind](chat, source(file), **_look(step, kind), **options)


def _item(file: File, step: Step) -> Any:
    kind = what(file)
    return ALBUM_ITEMS[kind](source(file, attach=True), **_look(step, kind))


def _look(step: Step, kind: str) -> dict[str, Any]:
    """The caption of a file, and whether it is covered."""
    look: dict[str, Any] = {"caption": step.text, "caption_entities": title(step)} if step.text else {}
    return look | {"has_spoiler": True} if step.covered and kind in COVERABLE else look


def source(file: File, *, attach: bool = False) -> str | InputFile:
    """A file's id, or its bytes. Raises Rejected for a reference that is no id."""
    if isinstance(file, Upload):
        upload = InputFile(file.content, filename=file.file_name, attach=attach)
        upload.mimetype = file.content_type
        return upload
    file_id = file.ref.rpartition(":")[2]
    if not FILE_ID.fullmatch(file_id):
        raise Rejected("not a file of Telegram's")
    return file_id


def title(step: Step) -> list[MessageEntity]:
    """The bold part at the beginning, counted as Telegram counts."""
    length = utf16(step.text[: step.bold])
    return [MessageEntity(MessageEntity.BOLD, offset=0, length=length)] if length else []


def keyboard(buttons: Buttons) -> InlineKeyboardMarkup | None:
    """The buttons under a message; None for none."""
    rows = [[_button(each) for each in row] for row in buttons if row]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(button: Button) -> InlineKeyboardButton:
    style = STYLES.get(button.style)
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url, style=style)
    return InlineKeyboardButton(button.label, callback_data=button.token, style=style)
