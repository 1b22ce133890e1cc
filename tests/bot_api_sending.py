"""How messages are sent through the fake Bot API, and what it refuses, in the platform's own words."""

import re
from typing import Any

from tests.bot_api_call import Call, Method, Methods, bad
from tests.bot_api_chats import Chat, Json

SENDING = Methods()
FILE_KINDS = ("photo", "voice", "video", "video_note", "animation", "audio", "document", "sticker")
ALBUMS = ({"photo", "video"}, {"document"}, {"audio"})


def utf16(text: str) -> int:
    """As the platform counts."""
    return len(text.encode("utf-16-le")) // 2


def checked_text(text: str, entities: list[Any], limit: int, what: str) -> Json:
    """A text with its entities, within the limit."""
    if utf16(text) > limit:
        raise bad(f"{what} is too long")
    for entity in entities:
        if (
            not isinstance(entity, dict)
            or entity["offset"] < 0
            or entity["offset"] + entity["length"] > utf16(text)
        ):
            raise bad("entity is out of the bounds of the text")
    key = "text" if what == "message" else "caption"
    marks = {"entities" if key == "text" else "caption_entities": entities} if entities else {}
    return {key: text} | marks if text else {}


def keyboard(call: Call) -> Json:
    """The buttons, checked."""
    markup = call.mapping("reply_markup")
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or sum(map(len, rows)) > 100:
        raise bad("reply markup is too long")
    for button in (button for row in rows for button in row):
        if not button.get("text"):
            raise bad("inline keyboard button text must be non-empty")
        if len({"url", "callback_data", "web_app"} & button.keys()) != 1:
            raise bad("text buttons are unallowed in the inline keyboard")
        if not 1 <= len(button.get("callback_data", "x").encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
        if button.get("style", "primary") not in ("primary", "success", "danger"):
            raise bad("invalid button style specified")
        if not re.match(r"(https?://[^/]+\.|tg://)", button.get("url", "https://a.b")):
            raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def reply(call: Call, chat: Chat) -> Json:
    """The message that is replied to, if it is there."""
    wanted = call.mapping("reply_parameters")
    if not wanted:
        return {}
    original = chat.messages.get(wanted["message_id"])
    if original is None:
        if wanted.get("allow_sending_without_reply"):
            return {}
        raise bad("message to be replied not found")
    return {"reply_to_message": {key: original[key] for key in original if key != "reply_to_message"}}


def sent(call: Call, chat: Chat, **content: Any) -> Json:
    """The message that is made."""
    options: Json = {"has_protected_content": True} if call.flag("protect_content") else {}
    if call.flag("disable_notification"):
        options["is_silent"] = True  # for tests to see; the platform does not tell
    return call.platform.add(call.bot, chat, call.bot.json(), **content, **options)


@SENDING.method
def send_message(call: Call) -> Json:
    chat = call.writable_chat()
    text = call.text("text")
    if not text.strip():
        raise bad("message text is empty")
    if call.text("parse_mode"):
        raise bad("can't parse entities: the service never asks for it")
    content = checked_text(text, call.sequence("entities"), 4096, "message")
    return sent(call, chat, **content, **keyboard(call), **reply(call, chat))


def file_of(call: Call, kind: str, given: Any) -> Json:
    """The file that is meant: an upload of this call, or one that the platform has."""
    name = kind if given is None else str(given).removeprefix("attach://")
    if upload := call.uploads.get(name):
        if kind == "photo" and len(upload.content) > 10 * 2**20:
            raise bad("PHOTO_INVALID_DIMENSIONS")
        if kind == "photo" and not upload.content:
            raise bad("IMAGE_PROCESS_FAILED")
        return call.platform.store(kind, upload.content, upload.name, upload.mime).json()
    file = call.platform.files.get(str(given))
    if file is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad(f"can't use file of type {file.kind} as {kind}")
    return file.json()


def send_file(kind: str) -> Method:
    """sendPhoto and its kin."""

    def send(call: Call) -> Json:
        chat = call.writable_chat()
        file = file_of(call, kind, call.parameters.get(kind))
        limits = checked_text(
            call.text("caption"), call.sequence("caption_entities"), 1024, "message caption"
        )
        if limits and kind in ("sticker", "video_note"):
            raise bad("there is no caption in this kind of message")
        covered = {"has_media_spoiler": True} if call.flag("has_spoiler") else {}
        content = {kind: [file] if kind == "photo" else file} | limits | covered
        return sent(call, chat, **content, **keyboard(call), **reply(call, chat))

    return send


for each in FILE_KINDS:
    SENDING["send" + each.replace("_", "")] = send_file(each)


@SENDING.method
def send_media_group(call: Call) -> list[Json]:
    chat = call.writable_chat()
    media = call.sequence("media")
    if not 2 <= len(media) <= 10:
        raise bad("wrong number of messages in the album: from 2 to 10 are allowed")
    kinds = {item["type"] for item in media}
    if not any(kinds <= album for album in ALBUMS):
        raise bad("these kinds of media can't be mixed in an album")
    album = str(call.platform.new_number())
    contents = []
    for item in media:
        file = file_of(call, item["type"], item["media"])
        entities = item.get("caption_entities", [])
        caption = checked_text(item.get("caption", ""), entities, 1024, "message caption")
        covered = {"has_media_spoiler": True} if item.get("has_spoiler") else {}
        contents.append({item["type"]: [file] if item["type"] == "photo" else file} | caption | covered)
    answered = reply(call, chat)
    return [sent(call, chat, media_group_id=album, **content, **answered) for content in contents]


@SENDING.method
def send_location(call: Call) -> Json:
    chat = call.writable_chat()
    place = {"latitude": call.real("latitude"), "longitude": call.real("longitude")}
    if not (-90 <= place["latitude"] <= 90 and -180 <= place["longitude"] <= 180):
        raise bad("wrong latitude or longitude")
    return sent(call, chat, location=place, **keyboard(call), **reply(call, chat))


@SENDING.method
def send_contact(call: Call) -> Json:
    chat = call.writable_chat()
    contact = {"phone_number": call.text("phone_number"), "first_name": call.text("first_name")}
    if not all(contact.values()):
        raise bad("contact must have a phone number and a first name")
    return sent(call, chat, contact=contact, **keyboard(call), **reply(call, chat))


@SENDING.method
def send_chat_action(call: Call) -> bool:
    call.writable_chat()
    return True
