"""What we owe, as one group's actions see it, and what platforms have of ours."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, select, update

from dispatch.model.messages import Address, Delivery, OutboundMessage, Send, Sent
from dispatch.store import wire
from dispatch.store.schema.cases import case_messages
from dispatch.store.schema.owed import outbox, sent
from dispatch.store.work import OUTBOX, Owed, Work, new_id


class OutboxState(StrEnum):
    """A row that arrived is gone; one that was given up stays for a while without its body."""

    QUEUED = "queued"
    SENDING = "sending"
    GIVEN_UP = "given up"
    UNREADABLE = "unreadable"  # by this release: kept whole, and holds nobody up


WAITING_CARD = (
    select(outbox)
    .where(
        outbox.c.group_id == bindparam("mine"),
        outbox.c.chat_hash == bindparam("chat"),
        outbox.c.card == bindparam("wanted"),
        outbox.c.state == OutboxState.QUEUED,
    )
    .with_for_update()
)
ROW = update(outbox).where(outbox.c.id == bindparam("row_id"))
COPIES = (
    select(sent)
    .where(sent.c.group_id == bindparam("mine"), sent.c.chat_hash == bindparam("chat"))
    .order_by(sent.c.sent_at, sent.c.position)
)
SINCE = COPIES.where(sent.c.sent_at >= bindparam("since"))
OF_CASE = COPIES.join(case_messages, case_messages.c.id == sent.c.about).where(
    case_messages.c.case_id == bindparam("wanted")
)


class SqlOutbox:
    """Rows are numbered when the unit of work ends: the locks that order needs are held for a moment only."""

    def __init__(self, work: Work, group_id: str) -> None:
        self._work = work
        self._group_id = group_id

    def add(self, message: OutboundMessage) -> None:
        """Owe it; a card that still waits is replaced where it stands."""
        for owed in self._work.owed:
            if _is_same_card(owed.message, message):
                owed.message = replaced(owed.message, message)
                break
        else:
            self._work.owed.append(Owed(self._group_id, message))
        self._work.touched.add(OUTBOX)

    def cancel_for(self, person_id: str) -> None:
        """Nothing that waits for this person is sent any more; what is on its way is not repeated."""
        flush(self._work)
        hers = (outbox.c.group_id == self._group_id, outbox.c.person_id == person_id)
        self._work.connection.execute(delete(outbox).where(*hers, outbox.c.state == OutboxState.QUEUED))
        self._work.connection.execute(
            update(outbox)
            .where(*hers, outbox.c.state == OutboxState.SENDING)
            .values(
                state=OutboxState.GIVEN_UP,
                body_sealed=None,
                reason="cancelled",
                ended_at=outbox.c.leased_until,
            )
        )
        self._work.touched.add(OUTBOX)


def flush(work: Work) -> None:
    """Write what this unit of work owes. All lock chats in one order: nobody waits in a circle."""
    for chat_hash in sorted({work.blind(owed.message.to) for owed in work.owed}):
        work.lock(chat_hash)
    rows = [_row(work, owed) for owed in work.owed if not _replace_waiting(work, owed)]
    if rows:
        work.connection.execute(outbox.insert(), rows)
        work.written.update(row["id"] for row in rows)
    work.owed.clear()


def columns(work: Work, message: OutboundMessage, row_id: str) -> dict[str, Any]:
    """The columns that follow from a message."""
    return {
        "channel": message.to.channel,
        "account": message.to.account,
        "chat_hash": work.blind(message.to),
        "person_id": message.person,
        "card": card_of(message),
        "body_sealed": work.service.sealer.seal(wire.dumps(message), "outbox", "body", row_id),
        "lane": message.lane,
        "delivery": message.delivery,
    }


def message_of(work: Work, row: Row[Any]) -> OutboundMessage:
    """The message of an outbox row. Raises Unreadable."""
    body = work.service.sealer.open(row.body_sealed, "outbox", "body", row.id)
    return wire.loads(body, OutboundMessage)


def card_of(message: OutboundMessage) -> str | None:
    """The card that it shows."""
    return message.action.card if isinstance(message.action, Send) else None


def replaced(old: OutboundMessage, new: OutboundMessage) -> OutboundMessage:
    """The newer state of a card that has not gone out yet, as urgent and as audible as either asked for."""
    if not isinstance(old.action, Send) or not isinstance(new.action, Send):
        raise TypeError("only a card can be replaced")
    action = replace(
        new.action, fresh=old.action.fresh or new.action.fresh, quiet=old.action.quiet and new.action.quiet
    )
    delivery = Delivery.MUST if Delivery.MUST in (old.delivery, new.delivery) else new.delivery
    return replace(new, action=action, lane=min(old.lane, new.lane), delivery=delivery)


def _is_same_card(old: OutboundMessage, new: OutboundMessage) -> bool:
    return card_of(new) is not None and old.to == new.to and card_of(old) == card_of(new)


def _replace_waiting(work: Work, owed: Owed) -> bool:
    """Put the newer state of a card in the row that waits; False when none does."""
    card = card_of(owed.message)
    if card is None:
        return False
    wanted = {"mine": owed.group_id, "chat": work.blind(owed.message.to), "wanted": card}
    row = work.connection.execute(WAITING_CARD, wanted).first()
    if row is None:
        return False
    try:
        message = replaced(message_of(work, row), owed.message)
    except wire.Unreadable:
        return False
    values = columns(work, message, row.id)
    if row.scheduled:  # a row that waits because of a failure goes on waiting
        values |= _schedule(message)
    work.connection.execute(ROW, {"row_id": row.id, **values})
    work.written.add(row.id)
    return True


def _row(work: Work, owed: Owed) -> dict[str, Any]:
    row_id = new_id()
    return {
        "id": row_id,
        "group_id": owed.group_id,
        **columns(work, owed.message, row_id),
        "state": OutboxState.QUEUED,
        **_schedule(owed.message),
        "attempts": 0,
    }


def _schedule(message: OutboundMessage) -> dict[str, Any]:
    return {"not_before": message.not_before, "scheduled": message.not_before is not None}


class SqlSentMessages:
    """Messages of ours that a platform has."""

    def __init__(self, work: Work, group_id: str) -> None:
        self._work = work
        self._group_id = group_id

    def in_chat(self, chat: Address, since: datetime) -> Sequence[Sent]:
        """What we sent there since then, oldest first."""
        return self._select(SINCE, chat, since=since)

    def at(self, chat: Address, external_id: str) -> Sent | None:
        """The message of ours that stands there."""
        query = select(sent).where(
            sent.c.group_id == self._group_id,
            sent.c.chat_hash == self._work.blind(chat),
            sent.c.external_id == external_id,
        )
        row = self._work.connection.execute(query).first()
        return _sent(row, chat) if row else None

    def of_case(self, case_id: str, chat: Address) -> Sequence[Sent]:
        """The copies of a case's messages in this chat, oldest first."""
        return self._select(OF_CASE, chat, wanted=case_id)

    def _select(self, query: Select[Any], chat: Address, **wanted: object) -> Sequence[Sent]:
        of_chat = {"mine": self._group_id, "chat": self._work.blind(chat)}
        rows = self._work.connection.execute(query, {**of_chat, **wanted}).all()
        return [_sent(row, chat) for row in rows]


def _sent(row: Row[Any], chat: Address) -> Sent:
    return Sent(chat=chat, external_id=row.external_id, card=row.card, about=row.about, sent_at=row.sent_at)
