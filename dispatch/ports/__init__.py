"""What the actions need of a store. One suite of tests holds for every implementation."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from dispatch.model.people import Group, Person, Tombstone
from dispatch.ports.cases import CaseMessages, Cases, Offers
from dispatch.ports.library import Answers, Gaps, Phrasings, Recordings, Shelf, UnmetLanguages
from dispatch.ports.owed import Buttons, Outbox, SentMessages, Timers
from dispatch.ports.people import Dialogs, Invitations, People
from dispatch.ports.process import Accounts, Deliveries, Due, Inbox, Transcripts


class Transaction(Protocol):
    """One group's unit of work: all of it is kept, or none."""

    group: Group
    people: People
    cases: Cases
    messages: CaseMessages
    offers: Offers
    buttons: Buttons
    dialogs: Dialogs
    timers: Timers
    invitations: Invitations
    recordings: Recordings
    unmet: UnmetLanguages
    outbox: Outbox
    sent: SentMessages
    answers: Answers
    gaps: Gaps
    phrasings: Phrasings
    shelf: Shelf

    def new_id(self) -> str:
        """A new identifier (UUIDv7: it grows with time)."""

    def new_secret(self) -> str:
        """128 random bits, for links; letters that a link may hold."""

    def save_group(self, group: Group) -> None:
        """Keep what the group's coordinators set."""


class Service(Protocol):
    """A unit of work of the running process, over all groups."""

    inbox: Inbox
    deliveries: Deliveries
    due: Due
    accounts: Accounts
    transcripts: Transcripts

    def within(self, group_id: str) -> Transaction:
        """One group's part of this very unit of work. Raises NotFound."""

    def groups(self) -> Sequence[Group]:
        """All groups."""

    def put_group(self, group: Group) -> None:
        """Keep a group, new or changed."""

    def purge(self, now: datetime, keep_keys: timedelta, keep_sent: timedelta) -> None:
        """Remove what nobody needs any more: handled inbox keys, sent rows, dialogs and buttons of long ago."""

    def tombstones(self) -> Sequence[Tombstone]:
        """What remains of all who were erased."""

    def bury(self, others: Collection[Tombstone]) -> Sequence[Person]:
        """Keep tombstones of another copy of this database; those whose they are and who are still here."""

    def new_id(self) -> str:
        """A new identifier (UUIDv7)."""
