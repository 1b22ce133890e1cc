"""What one group owes: messages, presses that mean something, moments to come."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from dispatch.model.messages import Address, OutboundMessage, Sent
from dispatch.model.queues import Button


class Outbox(Protocol):
    """What we owe."""

    def add(self, message: OutboundMessage) -> None:
        """Owe it. Within a chat, what was owed first is sent first.

        A card that is still waiting to be sent to the same chat is replaced where it stands, so that a card which
        changes often costs one message.
        """

    def cancel_for(self, person_id: str) -> None:
        """Nothing that waits for this person is sent any more."""


class SentMessages(Protocol):
    """Messages of ours that a platform has."""

    def in_chat(self, chat: Address, since: datetime) -> Sequence[Sent]:
        """What we sent there since then, oldest first."""

    def at(self, chat: Address, external_id: str) -> Sent | None:
        """The message of ours that stands there."""

    def of_case(self, case_id: str, chat: Address) -> Sequence[Sent]:
        """The copies of a case's messages in this chat."""


class Buttons(Protocol):
    """What presses mean: opaque tokens to rows, so that a forged or old one does nothing."""

    def put(self, action: str, *arguments: str, person: str | None = None) -> str:
        """A new token for this action; only `person` may use it, or anybody."""

    def find(self, token: str) -> Button | None:
        """What this token means in this group."""


class Timers(Protocol):
    """Moments to come, of one group. One of a kind per subject."""

    def set(self, kind: str, subject: str, due_at: datetime) -> None:
        """Wake this rule then, instead of whenever it was set before."""

    def clear(self, kind: str, subject: str) -> None:
        """Do not wake it."""
