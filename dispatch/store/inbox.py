"""Messages received and not handled. Their senders stand in lines, one after the other."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Integer, Row, bindparam, exists, func, or_, select, update

from dispatch.model.messages import Envelope
from dispatch.model.queues import Waiting
from dispatch.store.columns import LONG_AGO
from dispatch.store.schema.process import inbox
from dispatch.store.work import INBOX, Work, new_id


class InboxState(StrEnum):
    """A row that was handled keeps its key, to recognise a repeat; one that was parked keeps its body too."""

    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"


EARLIER = inbox.alias("earlier")
IS_WAITING = inbox.c.state == InboxState.WAITING
IS_HEAD = ~exists().where(
    EARLIER.c.sender_hash == inbox.c.sender_hash,
    EARLIER.c.state == InboxState.WAITING,
    EARLIER.c.position < inbox.c.position,
)
"""Nothing earlier of the same sender waits."""

HEADS = (
    select(inbox)
    .where(
        IS_WAITING,
        or_(inbox.c.not_before.is_(None), inbox.c.not_before <= bindparam("now")),
        IS_HEAD,
        inbox.c.id.not_in(bindparam("skip", expanding=True)),
    )
    .order_by(inbox.c.position)
    .limit(bindparam("most", type_=Integer))
)
FREE = (
    select(inbox.c.id)
    .where(inbox.c.id == bindparam("waiting_id"), IS_WAITING)
    .with_for_update(skip_locked=True)
)
ALBUM = (
    select(inbox)
    .where(
        inbox.c.sender_hash
        == select(EARLIER.c.sender_hash).where(EARLIER.c.id == bindparam("waiting_id")).scalar_subquery(),
        inbox.c.album == bindparam("wanted"),
        inbox.c.id != bindparam("waiting_id"),
        IS_WAITING,
    )
    .order_by(inbox.c.position)
)
END = update(inbox).where(inbox.c.id.in_(bindparam("waiting_ids", expanding=True)), IS_WAITING)
NEXT_AT = select(func.min(inbox.c.not_before)).where(
    IS_WAITING, IS_HEAD, inbox.c.not_before > bindparam("after")
)


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
        rows = self._work.connection.execute(HEADS, {"now": now, "skip": list(skip), "most": limit}).all()
        return [self._value(row) for row in rows]

    def claim(self, waiting_id: str) -> bool:
        """Take this message; the lock is the claim and dies with its holder."""
        return self._work.connection.execute(FREE, {"waiting_id": waiting_id}).first() is not None

    def album_of(self, waiting: Waiting) -> Sequence[Waiting]:
        """The other items of its album, in order."""
        if waiting.album is None:
            return []
        rows = self._work.connection.execute(ALBUM, {"waiting_id": waiting.id, "wanted": waiting.album}).all()
        return [self._value(row) for row in rows]

    def done(self, waiting_ids: Collection[str], now: datetime) -> None:
        """Handled: the body goes, the key stays."""
        self._end(
            waiting_ids,
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
        self._end([waiting_id], {"state": InboxState.PARKED, "reason": reason, "ended_at": now})

    def next_at(self, after: datetime = LONG_AGO) -> datetime | None:
        """When, after this moment, the next head of a line that must wait may be handled."""
        moment: datetime | None = self._work.connection.scalar(NEXT_AT, {"after": after})
        return moment

    def _end(self, waiting_ids: Collection[str], values: dict[str, Any]) -> None:
        if self._work.connection.execute(END, {"waiting_ids": list(waiting_ids), **values}).rowcount:
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
