"""The rest of the Bot API's methods: what happens to messages, menus, files and the bot itself."""

import re
from typing import Any

from telegram.constants import ReactionEmoji

from tests.bot_api_call import Call, Methods, bad
from tests.bot_api_chats import Chat, Json
from tests.bot_api_sending import checked_text, keyboard

CHANGING = Methods()
REACTIONS = frozenset(ReactionEmoji)
DELETABLE_FOR = 48 * 3600
LARGEST_DOWNLOAD = 20 * 2**20
TEXT_KEYS = ("text", "entities", "caption", "caption_entities", "reply_markup")


@CHANGING.method
def get_me(call: Call) -> Json:
    return call.bot.json() | {"can_join_groups": True, "can_read_all_group_messages": False}


def changed(call: Call, chat: Chat, message: Json, content: Json) -> Json:
    """The message with another content, which must be another."""
    kept = {key: value for key, value in message.items() if key not in TEXT_KEYS or key in content}
    edited = {key: value for key, value in (kept | content).items() if value is not None}
    if {key: edited.get(key) for key in TEXT_KEYS} == {key: message.get(key) for key in TEXT_KEYS}:
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly the same as a "
            "current content and reply markup of the message"
        )
    edited["edit_date"] = call.platform.now()
    chat.messages[message["message_id"]] = edited
    call.platform.changed.set()
    return edited


def editable(call: Call) -> tuple[Chat, Json]:
    """The message to edit: the bot's own."""
    chat = call.writable_chat()
    message = chat.messages.get(call.number("message_id"))
    if message is None:
        raise bad("message to edit not found")
    if message["from"]["id"] != call.bot.id:
        raise bad("message can't be edited")
    return chat, message


@CHANGING.method
def edit_message_text(call: Call) -> Json:
    chat, message = editable(call)
    if "text" not in message:
        raise bad("there is no text in the message to edit")
    if not call.text("text").strip():
        raise bad("message text is empty")
    text = checked_text(call.text("text"), call.sequence("entities"), 4096, "message")
    return changed(call, chat, message, text | keyboard(call))


@CHANGING.method
def edit_message_caption(call: Call) -> Json:
    chat, message = editable(call)
    if "text" in message:
        raise bad("there is no caption in the message to edit")
    text = checked_text(call.text("caption"), call.sequence("caption_entities"), 1024, "message caption")
    return changed(call, chat, message, text | keyboard(call))


@CHANGING.method
def edit_message_reply_markup(call: Call) -> Json:
    chat, message = editable(call)
    kept = {key: message[key] for key in TEXT_KEYS if key in message and key != "reply_markup"}
    return changed(call, chat, message, kept | keyboard(call))


def removed(call: Call, chat: Chat, number: int) -> None:
    """Delete one message."""
    message = chat.messages.get(number)
    if message is None:
        raise bad("message to delete not found")
    own = message["from"]["id"] == call.bot.id
    if call.platform.now() - message["date"] > DELETABLE_FOR or not (own or chat.type == "private"):
        raise bad("message can't be deleted")
    del chat.messages[number]
    call.platform.changed.set()


@CHANGING.method
def delete_message(call: Call) -> bool:
    removed(call, call.chat(), call.number("message_id"))
    return True


@CHANGING.method
def delete_messages(call: Call) -> bool:
    chat, numbers = call.chat(), call.sequence("message_ids")
    if not 1 <= len(numbers) <= 100:
        raise bad("from 1 to 100 message identifiers are needed")
    for number in numbers:
        if number in chat.messages:
            removed(call, chat, number)
    return True


@CHANGING.method
def set_message_reaction(call: Call) -> bool:
    chat, number = call.writable_chat(), call.number("message_id")
    if number not in chat.messages:
        raise bad("message to react not found")
    reaction = call.sequence("reaction")
    if len(reaction) > 1 or any(each.get("emoji") not in REACTIONS for each in reaction):
        raise bad("REACTION_INVALID")
    chat.reactions[number] = reaction
    call.platform.changed.set()
    return True


@CHANGING.method
def answer_callback_query(call: Call) -> bool:
    press = call.text("callback_query_id")
    if call.bot.presses.get(press, "gone") is not None:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if len(call.text("text")) > 200:
        raise bad("MESSAGE_TOO_LONG")
    call.bot.presses[press] = call.text("text")
    call.platform.changed.set()
    return True


@CHANGING.method
def pin_chat_message(call: Call) -> bool:
    chat, number = call.writable_chat(), call.number("message_id")
    if number not in chat.messages:
        raise bad("message to pin not found")
    chat.pinned.append(number)
    told = call.platform.add(call.bot, chat, call.bot.json(), pinned_message=chat.messages[number])
    call.bot.receives(message=told)
    return True


@CHANGING.method
def leave_chat(call: Call) -> bool:
    chat = call.chat()
    if chat.type == "private":
        raise bad("chat member status can't be changed in private chats")
    chat.members.discard(call.bot.id)
    call.platform.membership(call.bot, chat, call.bot.json(), "member", "left")
    return True


@CHANGING.method
def get_chat_member(call: Call) -> Json:
    chat, user = call.chat(), call.number("user_id")
    known = call.bot.json() if user == call.bot.id else call.platform.people.get(user)
    if known is None:
        raise bad("user not found")
    return {"user": known, "status": "member" if user in chat.members else "left"}


def _scope(call: Call) -> str:
    scope = call.mapping("scope") or {"type": "default"}
    if scope.get("type") == "chat" and call.platform.chat(call.bot, int(scope["chat_id"])) is None:
        raise bad("chat not found")
    return ":".join(str(part) for part in (scope["type"], scope.get("chat_id", ""), _code(call)))


def _code(call: Call) -> str:
    """The language of a menu or a profile: two letters, or none for all others."""
    code = call.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad("invalid language code specified")
    return code


@CHANGING.method
def set_my_commands(call: Call) -> bool:
    commands = call.sequence("commands")
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    call.bot.commands[_scope(call)] = commands
    call.platform.changed.set()
    return True


@CHANGING.method
def delete_my_commands(call: Call) -> bool:
    call.bot.commands.pop(_scope(call), None)
    return True


def set_text(name: str, limit: int) -> None:
    """setMyName and its kin."""

    def set_it(call: Call) -> bool:
        text = call.text(name)
        if len(text) > limit:
            raise bad(f"{name} is too long")
        if text:
            call.bot.texts[name, _code(call)] = text
        else:
            call.bot.texts.pop((name, _code(call)), None)
        call.platform.changed.set()
        return True

    CHANGING["setmy" + name.replace("_", "")] = set_it


for each, longest in (("name", 64), ("description", 512), ("short_description", 120)):
    set_text(each, longest)


@CHANGING.method
def get_file(call: Call) -> Json:
    file = call.platform.files.get(call.text("file_id"))
    if file is None:
        raise bad("invalid file_id")
    described: dict[str, Any] = file.json()
    if described["file_size"] > LARGEST_DOWNLOAD:
        raise bad("file is too big")
    keys = ("file_id", "file_unique_id", "file_size")
    return {key: described[key] for key in keys} | {"file_path": f"{file.kind}s/{file.file_id}"}


@CHANGING.method
def set_webhook(call: Call) -> bool:
    url = call.text("url")
    if not re.fullmatch(r"[\w-]{1,256}", call.text("secret_token", "-")):
        raise bad("secret token contains unallowed characters")
    call.bot.webhook = {"url": url, "secret": call.text("secret_token")} if url else {}
    call.bot.allowed = call.sequence("allowed_updates") or call.bot.allowed
    call.bot.arrived.set()
    if call.flag("drop_pending_updates"):
        call.bot.updates.clear()
    return True


@CHANGING.method
def delete_webhook(call: Call) -> bool:
    call.bot.webhook = {}
    if call.flag("drop_pending_updates"):
        call.bot.updates.clear()
    return True


@CHANGING.method
def get_webhook_info(call: Call) -> Json:
    return {
        "url": call.bot.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(call.bot.updates),
    }
