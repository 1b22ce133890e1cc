"""Messages received and not handled. Their senders stand in lines, one after the other."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, func, or_, select, update

from dispatch.model.messages import Envelope
from dispatch.model.queues import Waiting
from dispatch.store.schema import inbox
from dispatch.store.work import INBOX, Work, new_id


class InboxState(StrEnum):
    """A row that was handled keeps its key, to recognise a repeat; one that was parked keeps its body too."""

    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"


class SqlInbox:
    """All groups' inbox, under the service's key."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._seal = work.service.sealer

    def add(self, envelope: Envelope, now: datetime) -> bool:
        """Keep it; False when it was known (H1)."""
        row_id = new_id()
        blind = self._work.service.blind
        sender_hash = blind(envelope.channel, envelope.account, envelope.sender)
        values = {
            "id": row_id,
            "channel": envelope.channel,
            "account": envelope.account,
            "external_hash": blind("external", envelope.channel, envelope.account, envelope.external_id),
            "external_sealed": self._seal.seal_text(envelope.external_id, "inbox", "external", row_id),
            "sender_hash": sender_hash,
            "raw_sealed": self._seal.seal(envelope.raw, "inbox", "raw", row_id),
            "album": envelope.album,
            "state": InboxState.WAITING,
            "received_at": now,
            "not_before": envelope.not_before,
            "attempts": 0,
        }
        self._work.lock(sender_hash)
        is_new = self._work.insert_new(inbox, values)
        if is_new:
            self._work.touched.add(INBOX)
        return is_new

    def peek(self, now: datetime, skip: Collection[str] = (), limit: int = 1) -> Sequence[Waiting]:
        """The heads of the lines, oldest first."""
        query = (
            select(inbox)
            .where(
                inbox.c.state == InboxState.WAITING,
                or_(inbox.c.not_before.is_(None), inbox.c.not_before <= now),
                ~_blocked(),
                inbox.c.id.not_in(list(skip)),
            )
            .order_by(inbox.c.position)
            .limit(limit)
        )
        return [self._value(row) for row in self._work.connection.execute(query).all()]

    def claim(self, waiting_id: str) -> bool:
        """Take this message; the lock is the claim and dies with its holder."""
        query = (
            select(inbox.c.id)
            .where(inbox.c.id == waiting_id, inbox.c.state == InboxState.WAITING)
            .with_for_update(skip_locked=True)
        )
        return self._work.connection.execute(query).first() is not None

    def album_of(self, waiting: Waiting) -> Sequence[Waiting]:
        """The other items of its album, in order."""
        if waiting.album is None:
            return []
        sender = select(inbox.c.sender_hash).where(inbox.c.id == waiting.id).scalar_subquery()
        query = (
            select(inbox)
            .where(
                inbox.c.sender_hash == sender,
                inbox.c.album == waiting.album,
                inbox.c.state == InboxState.WAITING,
                inbox.c.id != waiting.id,
            )
            .order_by(inbox.c.position)
        )
        return [self._value(row) for row in self._work.connection.execute(query).all()]

    def done(self, waiting_ids: Collection[str], now: datetime) -> None:
        """Handled: the body goes, the key stays."""
        self._end(
            inbox.c.id.in_(list(waiting_ids)),
            {"state": InboxState.DONE, "raw_sealed": None, "external_sealed": None, "ended_at": now},
        )

    def retry(self, waiting_id: str, now: datetime, not_before: datetime) -> None:
        """Count a failed turn; its line waits until then."""
        query = update(inbox).where(inbox.c.id == waiting_id, inbox.c.state == InboxState.WAITING)
        first = func.coalesce(inbox.c.first_attempt_at, now)
        self._work.connection.execute(
            query.values(attempts=inbox.c.attempts + 1, first_attempt_at=first, not_before=not_before)
        )
        self._work.touched.add(INBOX)

    def park(self, waiting_id: str, reason: str, now: datetime) -> None:
        """Give up on it for now; its line goes on."""
        self._end(inbox.c.id == waiting_id, {"state": InboxState.PARKED, "reason": reason, "ended_at": now})

    def next_at(self) -> datetime | None:
        """When the next message that must wait may be handled: the earliest moment among the heads of lines."""
        query = select(func.min(inbox.c.not_before)).where(inbox.c.state == InboxState.WAITING, ~_blocked())
        moment: datetime | None = self._work.connection.scalar(query)
        return moment

    def _end(self, rows: ColumnElement[bool], values: dict[str, Any]) -> None:
        query = update(inbox).where(rows, inbox.c.state == InboxState.WAITING)
        if self._work.connection.execute(query.values(**values)).rowcount:
            self._work.touched.add(INBOX)  # the next of the line may be handled

    def _value(self, row: Row[Any]) -> Waiting:
        return Waiting(
            id=row.id,
            channel=row.channel,
            account=row.account,
            external_id=self._seal.open_text(row.external_sealed, "inbox", "external", row.id),
            raw=self._seal.open(row.raw_sealed, "inbox", "raw", row.id),
            received_at=row.received_at,
            album=row.album,
            attempts=row.attempts,
            first_attempt_at=row.first_attempt_at,
        )


def _blocked() -> ColumnElement[bool]:
    """Does something earlier of the same sender wait?"""
    earlier = inbox.alias("earlier")
    return exists().where(
        earlier.c.sender_hash == inbox.c.sender_hash,
        earlier.c.state == InboxState.WAITING,
        earlier.c.position < inbox.c.position,
    )
