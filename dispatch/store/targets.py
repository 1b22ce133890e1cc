"""Where something stands in a chat, looked up when it is sent: what to edit, to react to, to reply to."""

from sqlalchemy import bindparam, select

from dispatch.model.messages import Action, Edit, React, Send
from dispatch.store.schema.cases import case_messages
from dispatch.store.schema.owed import sent
from dispatch.store.schema.people import people
from dispatch.store.work import Work

CHAT = sent.c.chat_hash == bindparam("chat")

CARD = (
    select(sent.c.external_id)
    .where(CHAT, sent.c.card == bindparam("wanted"))
    .order_by(sent.c.sent_at.desc(), sent.c.position.desc())
    .limit(1)
)
"""The latest message of a card."""

COPY = (
    select(sent.c.external_id)
    .where(CHAT, sent.c.about == bindparam("wanted"))
    .order_by(sent.c.sent_at.desc(), sent.c.position)
    .limit(1)
)
"""The first part of our latest copy of a case's message."""

ORIGINAL = (
    select(case_messages.c.external_id)
    .join(people, people.c.id == case_messages.c.author_id)
    .where(
        people.c.chat_hash == bindparam("chat"),
        case_messages.c.id == bindparam("wanted"),
        case_messages.c.external_id != "",
    )
)
"""The message itself, if its author wrote it in this chat."""


def target_of(work: Work, chat_hash: bytes, action: Action) -> str | None:
    """What this action changes or reacts to; None when that never reached the chat."""
    match action:
        case Send(card=str(card), begun_at=None):
            return work.connection.scalar(CARD, {"chat": chat_hash, "wanted": card})
        case React(external_id=str(external_id)):
            return external_id
        case Edit(about=str(about)) | React(about=str(about)):
            return _copy(work, chat_hash, about)
    return None


def reply_target_of(work: Work, chat_hash: bytes, action: Action) -> str | None:
    """What this action replies to."""
    match action:
        case Send(reply_to=str(message_id)):
            return _copy(work, chat_hash, message_id)
    return None


def _copy(work: Work, chat_hash: bytes, message_id: str) -> str | None:
    wanted = {"chat": chat_hash, "wanted": message_id}
    return work.connection.scalar(COPY, wanted) or work.connection.scalar(ORIGINAL, wanted)
