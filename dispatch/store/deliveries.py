"""The outbox as the sender of one account sees it: lease a row, send it elsewhere, record its fate."""

import logging
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, exists, func, literal, or_, select, update

from dispatch.model.messages import Address, Delete, Delivery, Edit, Lane, OutboundMessage, React, Send
from dispatch.model.queues import Leased
from dispatch.store.columns import Instant
from dispatch.store.moving import move_chat
from dispatch.store.outbox import OutboxState, card_of, flush, message_of
from dispatch.store.schema import case_messages, groups, outbox, pauses, people, sent
from dispatch.store.wire import Unreadable
from dispatch.store.work import OUTBOX, Work

log = logging.getLogger(__name__)

EVERY_CHAT = b""
"""The digest that stands for all chats of an account in `pauses`."""

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class SqlDeliveries:
    """What may go out now, and what became of it.

    A lease is known by its attempt: whoever comes back after the lease ended and the row was leased again can no
    longer postpone the row or give it up, but a message that did arrive is recorded in any case.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._run = work.connection.execute

    def lease(  # noqa: PLR0917
        self,
        channel: str,
        account: str,
        now: datetime,
        until: datetime,
        skip: Collection[str],
        only_urgent: bool,
    ) -> Leased | None:
        """The next row that may go out, marked as being sent until then; `attempts` counts the tries before."""
        flush(self._work)
        self._end_leases(channel, account, now)
        skipped = [self._work.service.blind(channel, account, chat) for chat in skip]
        lanes = [outbox.c.lane <= Lane.RELAY] if only_urgent else []
        query = (
            select(outbox)
            .where(
                outbox.c.channel == channel,
                outbox.c.account == account,
                outbox.c.state == OutboxState.QUEUED,
                or_(outbox.c.not_before.is_(None), outbox.c.not_before <= now),
                outbox.c.chat_hash.not_in(skipped),
                *lanes,
                ~_blocked(now),
                ~exists().where(*_pauses(outbox.c.chat_hash, channel, account), pauses.c.until > now),
            )
            .order_by(outbox.c.lane, outbox.c.position)
            .limit(1)
            .with_for_update(skip_locked=True, of=outbox)
        )
        while (row := self._run(query).first()) is not None:
            try:
                message = message_of(self._work, row)
            except Unreadable as error:
                log.error("outbox row %s cannot be read and is set aside: %s", row.id, error)
                self._set(row.id, state=OutboxState.UNREADABLE, reason=str(error), ended_at=now)
                continue
            self._set(row.id, state=OutboxState.SENDING, leased_until=until, attempts=row.attempts + 1)
            return self._leased(row, message)
        return None

    def reclaim(self, channel: str, account: str, now: datetime) -> None:
        """Every lease of this account ends now."""
        query = (
            update(outbox)
            .where(
                outbox.c.channel == channel,
                outbox.c.account == account,
                outbox.c.state == OutboxState.SENDING,
            )
            .values(leased_until=now)
        )
        self._run(query)

    def sent(self, leased: Leased, external_ids: Sequence[str], now: datetime) -> None:
        """It arrived as these messages. Of somebody who was erased meanwhile nothing is recorded."""
        self._run(delete(outbox).where(outbox.c.id == leased.id))
        self._work.touched.add(OUTBOX)
        message, action = leased.message, leased.message.action
        chat_hash = self._work.blind(message.to)
        if isinstance(action, Delete):
            gone = (sent.c.chat_hash == chat_hash, sent.c.external_id.in_(action.external_ids))
            self._run(delete(sent).where(*gone))
        if message.person is not None and not self._exists(people.c.id == message.person):
            return
        for external_id in external_ids:
            self._work.upsert(
                sent,
                {
                    "group_id": leased.group_id,
                    "channel": message.to.channel,
                    "account": message.to.account,
                    "chat_hash": chat_hash,
                    "external_id": external_id,
                    "card": card_of(message),
                    "about": action.about if isinstance(action, Send | Edit) else None,
                    "person_id": message.person,
                    "sent_at": now,
                },
                keys=("chat_hash", "external_id"),
                keep=("sent_at",),  # an edited message is as old as it was: platforms count from there
            )

    def retry(self, leased: Leased, not_before: datetime) -> None:
        """It did not arrive: again then, keeping its place."""
        again = {
            "state": OutboxState.QUEUED,
            "not_before": not_before,
            "scheduled": False,
            "leased_until": None,
        }
        self._run(update(outbox).where(*_held(leased)).values(**again))
        self._work.touched.add(OUTBOX)

    def give_up(self, leased: Leased, reason: str, now: datetime) -> None:
        """It will not arrive; its body is removed."""
        ended = {"state": OutboxState.GIVEN_UP, "body_sealed": None, "reason": reason, "ended_at": now}
        self._run(update(outbox).where(*_held(leased)).values(**ended))
        self._work.touched.add(OUTBOX)

    def pause(self, channel: str, account: str, chat: str | None, until: datetime) -> None:
        """Nothing goes to this chat, or to any of the account's, before then; a longer pause stands."""
        chat_hash = EVERY_CHAT if chat is None else self._work.service.blind(channel, account, chat)
        values = {"channel": channel, "account": account, "chat_hash": chat_hash}
        self._work.insert_new(pauses, {**values, "until": until})
        mine = [pauses.c[name] == value for name, value in values.items()]
        self._run(update(pauses).where(*mine, pauses.c.until < until).values(until=until))

    def next_at(self, channel: str, account: str) -> datetime | None:
        """When the next row that must wait may go out: the earliest moment among the heads of chats.

        A moment in the past means a row that only the sender's own `skip` held back.
        """
        flush(self._work)
        paused = select(func.max(pauses.c.until)).where(*_pauses(outbox.c.chat_hash, channel, account))
        waits_for = self._work.latest(
            _or_long_ago(outbox.c.not_before),
            _or_long_ago(outbox.c.leased_until),
            _or_long_ago(paused.scalar_subquery()),
        )
        query = select(func.min(waits_for, type_=Instant)).where(
            outbox.c.channel == channel,
            outbox.c.account == account,
            outbox.c.state.in_((OutboxState.QUEUED, OutboxState.SENDING)),
            waits_for > literal(LONG_AGO, Instant),
            ~_blocked(None),
        )
        return self._work.connection.scalar(query)

    def move_chat(self, old: Address, new: Address) -> None:
        """A group has a new id: every row that names it is rewritten (H44)."""
        flush(self._work)
        move_chat(self._work, old, new)

    def _end_leases(self, channel: str, account: str, now: datetime) -> None:
        """What became of it is not known: `once` is given up, the rest waits again at its place."""
        ended = update(outbox).where(
            outbox.c.channel == channel,
            outbox.c.account == account,
            outbox.c.state == OutboxState.SENDING,
            outbox.c.leased_until <= now,
        )
        uncertain = {
            "state": OutboxState.GIVEN_UP,
            "body_sealed": None,
            "reason": "uncertain",
            "ended_at": now,
        }
        self._run(ended.where(outbox.c.delivery == Delivery.ONCE).values(**uncertain))
        again = {"state": OutboxState.QUEUED, "not_before": None, "scheduled": False, "leased_until": None}
        self._run(ended.values(**again))

    def _leased(self, row: Row[Any], message: OutboundMessage) -> Leased:
        action, target, reply_target = message.action, None, None
        if isinstance(action, Send):
            target = action.card and self._card(row.chat_hash, action.card)
            reply_target = action.reply_to and self._copy(row.chat_hash, action.reply_to)
        elif isinstance(action, React) and action.external_id is not None:
            target = action.external_id
        elif isinstance(action, Edit | React):
            target = action.about and self._copy(row.chat_hash, action.about)
        return Leased(
            id=row.id,
            group_id=row.group_id,
            message=message,
            language=self._language(row, message),
            attempts=row.attempts,
            target=target,
            reply_target=reply_target,
        )

    def _language(self, row: Row[Any], message: OutboundMessage) -> str:
        hers = select(people.c.language).where(
            people.c.id == row.person_id, people.c.group_id == row.group_id
        )
        language = self._work.connection.scalar(hers) or message.language
        return (
            language or self._run(select(groups.c.language).where(groups.c.id == row.group_id)).scalar_one()
        )

    def _card(self, chat_hash: bytes, card: str) -> str | None:
        """The latest message of this card."""
        query = select(sent.c.external_id).where(sent.c.chat_hash == chat_hash, sent.c.card == card)
        return self._work.connection.scalar(
            query.order_by(sent.c.sent_at.desc(), sent.c.position.desc()).limit(1)
        )

    def _copy(self, chat_hash: bytes, message_id: str) -> str | None:
        """Where a case's message stands in this chat: the first part of our latest copy, or the original."""
        copies = select(sent.c.external_id).where(sent.c.chat_hash == chat_hash, sent.c.about == message_id)
        originals = (
            select(case_messages.c.external_id)
            .join(people, people.c.id == case_messages.c.author_id)
            .where(
                people.c.chat_hash == chat_hash,
                case_messages.c.id == message_id,
                case_messages.c.external_id != "",
            )
        )
        scalar = self._work.connection.scalar
        copy = scalar(copies.order_by(sent.c.sent_at.desc(), sent.c.position).limit(1))
        return copy or scalar(originals)

    def _exists(self, condition: ColumnElement[bool]) -> bool:
        return bool(self._work.connection.scalar(select(exists().where(condition))))

    def _set(self, row_id: str, **values: object) -> None:
        self._run(update(outbox).where(outbox.c.id == row_id).values(**values))


def _held(leased: Leased) -> tuple[ColumnElement[bool], ...]:
    return (
        outbox.c.id == leased.id,
        outbox.c.state == OutboxState.SENDING,
        outbox.c.attempts == leased.attempts + 1,
    )


def _blocked(now: datetime | None) -> ColumnElement[bool]:
    """Is its chat busy, or does something owed earlier go first? What is scheduled for later does not."""
    other = outbox.alias("other")
    due = ~other.c.scheduled if now is None else or_(~other.c.scheduled, other.c.not_before <= now)
    is_first = and_(other.c.state == OutboxState.QUEUED, other.c.position < outbox.c.position, due)
    return exists().where(
        other.c.chat_hash == outbox.c.chat_hash,
        other.c.position != outbox.c.position,
        or_(other.c.state == OutboxState.SENDING, is_first),
    )


def _pauses(chat_hash: ColumnElement[bytes], channel: str, account: str) -> tuple[ColumnElement[bool], ...]:
    return (
        pauses.c.channel == channel,
        pauses.c.account == account,
        or_(pauses.c.chat_hash == chat_hash, pauses.c.chat_hash == EVERY_CHAT),
    )


def _or_long_ago(moment: ColumnElement[datetime]) -> ColumnElement[datetime]:
    return func.coalesce(moment, literal(LONG_AGO, Instant), type_=Instant)
