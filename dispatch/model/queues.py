"""Rows that wait: messages to handle, messages to send, moments to come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dispatch.model.messages import Address, OutboundMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A message in the inbox that nothing earlier of its sender blocks."""

    id: str
    channel: str
    account: str
    external_id: str
    raw: bytes
    received_at: datetime
    album: str | None = None
    attempts: int = 0
    first_attempt_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leased:
    """An outbox row that a sender has for itself until its lease ends.

    `target` is the platform's id of the message to edit or to react to (None: it never reached this chat);
    `reply_target` of the one replied to.
    """

    id: str
    group_id: str
    message: OutboundMessage
    language: str
    attempts: int
    target: str | None = None
    reply_target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """Something to do at a time: `kind` names the rule, `subject` whom or what it is about."""

    group_id: str
    kind: str
    subject: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """What a press of an opaque token means. `person` is the only one who may press it; None: anybody."""

    token: str
    action: str
    arguments: tuple[str, ...] = ()
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog:
    """Where somebody is in something that takes more than one message. `state` is plain JSON."""

    person_id: str
    kind: str
    state: Mapping[str, object] = field(default_factory=dict)
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One of our bots on a platform, and the group it belongs to."""

    channel: str
    account: str
    group_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatLine:
    """One line of a web chat's transcript, which is that platform's own store.

    `content` is JSON as the page shows it; `revision` counts every change of the account's transcripts upward.
    """

    address: Address
    external_id: str
    author: str  # "service", or the user's id
    content: Mapping[str, object]
    at: datetime
    removed: bool = False
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that we keep, sealed: its id is unguessable.

    `name` is what it is saved under; empty for a file that somebody uploaded, whose own name may tell who she is.
    """

    id: str
    content_type: str
    content: bytes
    stored_at: datetime
    name: str = ""
