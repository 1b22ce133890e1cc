"""The people of a group, and what is known of where each of them is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from dispatch.model.people import Invitation, Person
from dispatch.model.queues import Dialog


class People(Protocol):
    """The members, volunteers and coordinators of one group. Addresses and names are sealed."""

    def add(self, person: Person) -> None:
        """Keep a new person, with a key of her own."""

    def get(self, person_id: str) -> Person:
        """The person. Raises NotFound."""

    def find(self, person_id: str) -> Person | None:
        """The person, or None when there is none (any more)."""

    def at(self, channel: str, account: str, user: str) -> Person | None:
        """Who writes from there?"""

    def lock(self, person_id: str) -> Person:
        """The person, whom no other transaction changes before this one ends. Raises NotFound."""

    def save(self, person: Person) -> None:
        """Keep the person as she is now."""

    def volunteers(self) -> Sequence[Person]:
        """All with any standing as a volunteer, removed ones left out; by name."""

    def coordinators(self) -> Sequence[Person]:
        """The active coordinators."""

    def erase(self, person_id: str, now: datetime) -> None:
        """Destroy her key and her rows, with everything sealed under it; leave a salted tombstone."""


class Invitations(Protocol):
    """Links that are used once."""

    def add(self, invitation: Invitation) -> None:
        """Keep an invitation."""

    def find(self, digest: str) -> Invitation | None:
        """The invitation with this digest."""

    def use(self, digest: str, person_id: str) -> bool:
        """Mark it used; False when somebody was quicker."""


class Dialogs(Protocol):
    """Steps of what takes several messages, one of a kind per person. The state is sealed."""

    def find(self, person_id: str, kind: str) -> Dialog | None:
        """Where she is."""

    def of(self, person_id: str) -> Sequence[Dialog]:
        """All of hers, by kind."""

    def put(self, dialog: Dialog) -> None:
        """Keep where she is."""

    def drop(self, person_id: str, kind: str) -> None:
        """She is done; nothing happens when she was not in it."""
