"""What a member has said that no person has been shown yet. It is dropped after a day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from pydantic import TypeAdapter

from content.articles import Article
from dispatch.model.messages import InboundMessage
from dispatch.model.queues import Dialog
from dispatch.ports import Transaction

KIND = "pending"
KEPT_FOR = timedelta(days=1)
WANTED_FOR = timedelta(hours=1)
"""Whoever asks something later than that asks the library again."""

ONE_GO = timedelta(seconds=10)
"""Between messages that are forwarded together, or one sentence sent in pieces."""

MOST_MESSAGES = 30
"""Of one question before a person has it; who writes more is asking for somebody already."""


class Stage(StrEnum):
    """What we wait for."""

    LANGUAGE = "language"
    ANSWERED = "answered"  # nothing: the library has answered
    SUGGESTED = "suggested"
    CONSENT = "consent"
    PICTURE = "picture"
    IDENTITY = "identity"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """Her messages so far, what we asked her last, and what she has agreed to."""

    stage: Stage
    messages: tuple[InboundMessage, ...] = ()
    theme: str = "other"
    suggested: tuple[str, ...] = ()
    offered: bool = False  # the library dared to offer these; otherwise they are only the nearest
    answers: tuple[str, ...] = ()  # those of them that she was given
    urgent: bool = False
    wanted_at: datetime | None = None  # when she said that she wants a person, whatever the library knows
    pictures_agreed: bool = False
    identity_agreed: bool = False
    outside: str | None = None  # the language that she wrote in, if it is not one of ours and she was told so
    missed: bool = False  # the library has not helped, and that is counted

    @property
    def text(self) -> str:
        """All that she wrote; what a button said for her stands nowhere in her chat."""
        return "\n".join(message.text for message in self.messages if message.text and message.external_id)

    @property
    def is_open(self) -> bool:
        """Do we wait for her answer? What she says meanwhile belongs to the same question (H8)."""
        return self.stage not in {Stage.ANSWERED, Stage.REFUSED}

    @property
    def asks_yes(self) -> bool:
        """Do we wait for a yes or a no?"""
        return self.stage in {Stage.CONSENT, Stage.PICTURE, Stage.IDENTITY}

    def wants_person(self, now: datetime) -> bool:
        """Did she ask for a person a moment ago, and nothing came of it yet?"""
        return self.wanted_at is not None and now - self.wanted_at <= WANTED_FOR

    def goes_on(self, message: InboundMessage) -> bool:
        """Was it sent in one go with what she said before (H8)?"""
        return bool(self.messages) and message.sent_at - self.messages[-1].sent_at <= ONE_GO

    def adding(self, *messages: InboundMessage) -> Self:
        """With these messages too."""
        return replace(self, messages=(*self.messages, *messages)[:MOST_MESSAGES])


_PENDING = TypeAdapter(Pending)
_MESSAGE = TypeAdapter(InboundMessage)


def of(tx: Transaction, person_id: str) -> Pending | None:
    """What waits of hers."""
    dialog = tx.dialogs.find(person_id, KIND)
    return _PENDING.validate_python(dict(dialog.state)) if dialog else None


def about(tx: Transaction, person_id: str, article: Article) -> Pending:
    """What waits of hers, if it waits for her answer or this article answered it; else nothing but this article."""
    waiting = of(tx, person_id)
    if waiting and (waiting.is_open or article.slug in waiting.suggested):
        return waiting
    return Pending(stage=Stage.CONSENT, theme=article.theme, suggested=(article.slug,))


def put(tx: Transaction, person_id: str, pending: Pending, now: datetime) -> None:
    """Keep it for a day."""
    state = _PENDING.dump_python(pending, mode="json")
    tx.dialogs.put(Dialog(person_id=person_id, kind=KIND, state=state, updated_at=now))
    tx.timers.set(KIND, person_id, now + KEPT_FOR)


def drop(tx: Transaction, person_id: str) -> None:
    """It has become a case, or is not wanted any more."""
    tx.dialogs.drop(person_id, KIND)
    tx.timers.clear(KIND, person_id)


def hold(tx: Transaction, person_id: str, message: InboundMessage, now: datetime) -> str:
    """Keep one message of a conversation until its sender has said yes; the key finds it again."""
    key = f"held-{message.external_id}"
    state = _MESSAGE.dump_python(message, mode="json")
    tx.dialogs.put(Dialog(person_id=person_id, kind=key, state=state, updated_at=now))
    tx.timers.set("held", f"{person_id} {key}", now + KEPT_FOR)
    return key


def edit(tx: Transaction, person_id: str, changed: InboundMessage, now: datetime) -> bool:
    """Put the new words into what waits for her yes; False when it does not wait."""
    key = f"held-{changed.external_id}"
    held = release(tx, person_id, key)
    if held:
        hold(tx, person_id, replace(held, text=changed.text), now)
        return True
    waiting = of(tx, person_id)
    if waiting is None or all(message.external_id != changed.external_id for message in waiting.messages):
        return False
    messages = tuple(
        replace(message, text=changed.text) if message.external_id == changed.external_id else message
        for message in waiting.messages
    )
    put(tx, person_id, replace(waiting, messages=messages), now)
    return True


def release(tx: Transaction, person_id: str, key: str) -> InboundMessage | None:
    """The held message, which is held no more; None when it was released before."""
    dialog = tx.dialogs.find(person_id, key)
    if dialog is None:
        return None
    tx.dialogs.drop(person_id, key)
    return _MESSAGE.validate_python(dict(dialog.state))


def merged(album: Sequence[InboundMessage]) -> InboundMessage:
    """An album as one message: all its files, and the captions that may sit on any of them (H7)."""
    first = album[0]
    return replace(
        first,
        text="\n".join(item.text for item in album if item.text),
        attachments=tuple(attachment for item in album for attachment in item.attachments),
    )
