"""A unit of work over all groups, and one group's part of it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from dispatch.model.people import Group, Person, Tombstone
from dispatch.ports import Transaction
from dispatch.ports.cases import CaseMessages, Cases, Offers
from dispatch.ports.library import Answers, Gaps, Phrasings, Recordings, Shelf, UnmetLanguages
from dispatch.ports.owed import Buttons, Outbox, SentMessages, Timers
from dispatch.ports.people import Dialogs, Invitations, People
from dispatch.ports.process import Accounts, Deliveries, Due, Inbox, Transcripts
from dispatch.store import outbox, purging, tombstones
from dispatch.store.answers import SqlAnswers
from dispatch.store.cases import SqlCases
from dispatch.store.conversations import SqlCaseMessages
from dispatch.store.deliveries import SqlDeliveries
from dispatch.store.dialogs import SqlButtons, SqlDialogs, SqlInvitations
from dispatch.store.gaps import SqlGaps
from dispatch.store.groups import SqlAccounts, SqlGroups
from dispatch.store.inbox import SqlInbox
from dispatch.store.offers import SqlOffers
from dispatch.store.outbox import SqlOutbox, SqlSentMessages
from dispatch.store.people import SqlPeople
from dispatch.store.phrasings import SqlPhrasings
from dispatch.store.recordings import SqlRecordings
from dispatch.store.shelf import SqlShelf
from dispatch.store.timers import SqlDue, SqlTimers
from dispatch.store.transcripts import SqlTranscripts
from dispatch.store.unmet import SqlUnmetLanguages
from dispatch.store.work import Work, new_id, new_secret


class SqlTransaction:
    """What the actions need of a store, for one group."""

    def __init__(self, work: Work, groups: SqlGroups, group_id: str) -> None:
        self._groups = groups
        self.group: Group = groups.get(group_id)
        self.people: People = SqlPeople(work, group_id)
        self.cases: Cases = SqlCases(work, group_id)
        self.messages: CaseMessages = SqlCaseMessages(work, group_id)
        self.offers: Offers = SqlOffers(work, group_id)
        self.buttons: Buttons = SqlButtons(work, group_id)
        self.dialogs: Dialogs = SqlDialogs(work, group_id)
        self.timers: Timers = SqlTimers(work, group_id)
        self.invitations: Invitations = SqlInvitations(work, group_id)
        self.recordings: Recordings = SqlRecordings(work, group_id)
        self.unmet: UnmetLanguages = SqlUnmetLanguages(work, group_id)
        self.outbox: Outbox = SqlOutbox(work, group_id)
        self.sent: SentMessages = SqlSentMessages(work, group_id)
        self.answers: Answers = SqlAnswers(work, group_id)
        self.gaps: Gaps = SqlGaps(work, group_id)
        self.phrasings: Phrasings = SqlPhrasings(work, group_id)
        self.shelf: Shelf = SqlShelf(work, group_id)

    def new_id(self) -> str:
        """A new identifier (UUIDv7: it grows with time)."""
        return new_id()

    def new_secret(self) -> str:
        """128 random bits, for links."""
        return new_secret()

    def save_group(self, group: Group) -> None:
        """Keep what the group's coordinators set."""
        if group.id != self.group.id:
            raise ValueError("this transaction belongs to another group")
        self._groups.put(group)
        self.group = group


class SqlService:
    """What the running process needs of a store."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._groups = SqlGroups(work)
        self._within: dict[str, SqlTransaction] = {}
        self.inbox: Inbox = SqlInbox(work)
        self.deliveries: Deliveries = SqlDeliveries(work)
        self.due: Due = SqlDue(work)
        self.accounts: Accounts = SqlAccounts(work)
        self.transcripts: Transcripts = SqlTranscripts(work)

    def within(self, group_id: str) -> Transaction:
        """One group's part of this unit of work. Raises NotFound."""
        if group_id not in self._within:
            self._within[group_id] = SqlTransaction(self.work, self._groups, group_id)
        return self._within[group_id]

    def groups(self) -> Sequence[Group]:
        """All groups."""
        return self._groups.all()

    def put_group(self, group: Group) -> None:
        """Keep a group, new or changed."""
        self._groups.put(group)
        if group.id in self._within:
            self._within[group.id].group = group

    def purge(self, now: datetime, keep_keys: timedelta, keep_sent: timedelta) -> None:
        """Remove what nobody needs any more."""
        purging.purge(self.work, now, keep_keys, keep_sent)

    def tombstones(self) -> Sequence[Tombstone]:
        """What remains of all who were erased."""
        return tombstones.all_of(self.work)

    def bury(self, others: Collection[Tombstone]) -> Sequence[Person]:
        """Keep tombstones of another copy of this database; those whose they are and who are still here."""
        return [self.within(group).people.get(person) for group, person in tombstones.add(self.work, others)]

    def new_id(self) -> str:
        """A new identifier (UUIDv7)."""
        return new_id()

    def finish(self) -> None:
        """The last statements before the commit."""
        outbox.flush(self.work)
        self.work.announce()
