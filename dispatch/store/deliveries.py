"""The outbox as the sender of one account sees it: lease a row, send it elsewhere, record its fate."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from dispatch.model.messages import Address, Delete, Delivery, Edit, Lane, OutboundMessage, Send
from dispatch.model.queues import Leased
from dispatch.store.columns import LONG_AGO, Instant
from dispatch.store.moving import move_chat
from dispatch.store.outbox import ROW, OutboxState, card_of, columns, flush, message_of
from dispatch.store.schema.owed import outbox, pauses, sent
from dispatch.store.schema.people import groups, people
from dispatch.store.targets import reply_target_of, target_of
from dispatch.store.wire import Unreadable
from dispatch.store.work import OUTBOX, Work, latest

log = logging.getLogger(__name__)

EVERY_CHAT = b""
"""The digest that stands for all chats of an account in `pauses`."""


OTHER = outbox.alias("other")
BUSY = exists().where(
    OTHER.c.chat_hash == outbox.c.chat_hash,
    OTHER.c.state == OutboxState.SENDING,
    OTHER.c.position != outbox.c.position,
)
EARLIER = (
    OTHER.c.chat_hash == outbox.c.chat_hash,
    OTHER.c.state == OutboxState.QUEUED,
    OTHER.c.position < outbox.c.position,
)
NOT_SCHEDULED = ~OTHER.c.scheduled
"""What is scheduled for later lets others pass until it is due."""

ITS_ACCOUNT = (outbox.c.channel == bindparam("of_channel"), outbox.c.account == bindparam("of_account"))
ITS_PAUSES = (pauses.c.channel == bindparam("of_channel"), pauses.c.account == bindparam("of_account"))
ITS_CHAT_PAUSED = (*ITS_PAUSES, pauses.c.chat_hash == outbox.c.chat_hash)
ACCOUNT_PAUSED = select(pauses.c.until).where(*ITS_PAUSES, pauses.c.chat_hash == EVERY_CHAT)

NEXT = (
    select(outbox, people.c.language.label("hers"), groups.c.language.label("groups"))
    .join(groups, groups.c.id == outbox.c.group_id)
    .outerjoin(people, people.c.id == outbox.c.person_id)
    .where(
        *ITS_ACCOUNT,
        outbox.c.state == OutboxState.QUEUED,
        or_(outbox.c.not_before.is_(None), outbox.c.not_before <= bindparam("now")),
        outbox.c.lane <= bindparam("slowest"),
        outbox.c.chat_hash.not_in(bindparam("skipped", expanding=True)),
        ~BUSY,
        ~exists().where(*EARLIER, or_(NOT_SCHEDULED, OTHER.c.not_before <= bindparam("now"))),
        ~exists().where(*ITS_CHAT_PAUSED, pauses.c.until > bindparam("now")),
    )
    .order_by(outbox.c.lane, outbox.c.position)
    .limit(1)
    .with_for_update(skip_locked=True, of=outbox)
)

AFTER = bindparam("after", type_=Instant)
UNSENT = (*ITS_ACCOUNT, outbox.c.state.in_((OutboxState.QUEUED, OutboxState.SENDING)))
ANY = select(outbox.c.id).where(*UNSENT).limit(1)
IS_HEAD = (~BUSY, ~exists().where(*EARLIER, NOT_SCHEDULED))
PAUSED = select(func.min(pauses.c.until)).where(
    *ITS_PAUSES,
    pauses.c.until > AFTER,
    exists().where(
        outbox.c.chat_hash == pauses.c.chat_hash,
        outbox.c.state == OutboxState.QUEUED,
        outbox.c.not_before.is_(None),
        *IS_HEAD,
    ),
)
"""Of heads that wait for nothing but their chat's pause."""

IS_ONCE = outbox.c.delivery == Delivery.ONCE
END_LEASES = (
    update(outbox)
    .where(*ITS_ACCOUNT, outbox.c.state == OutboxState.SENDING, outbox.c.leased_until <= bindparam("now"))
    .values(
        state=case((IS_ONCE, OutboxState.GIVEN_UP), else_=OutboxState.QUEUED),
        body_sealed=case((IS_ONCE, None), else_=outbox.c.body_sealed),
        reason=case((IS_ONCE, "uncertain")),
        ended_at=case((IS_ONCE, bindparam("now"))),
        not_before=None,
        scheduled=False,
        leased_until=None,
    )
)
"""What became of it is not known: `once` is given up, the rest waits again at its place."""

RECLAIM = update(outbox).where(*ITS_ACCOUNT, outbox.c.state == OutboxState.SENDING)
HELD = ROW.where(outbox.c.state == OutboxState.SENDING, outbox.c.attempts == bindparam("attempt"))
ARRIVED = delete(outbox).where(outbox.c.id == bindparam("row_id"))
DELETED = delete(sent).where(
    sent.c.chat_hash == bindparam("chat"), sent.c.external_id.in_(bindparam("gone", expanding=True))
)
KNOWN = select(people.c.id).where(people.c.id == bindparam("person"))


class SqlDeliveries:
    """What may go out now, and what became of it.

    A lease is known by its attempt: whoever comes back after the lease ended and the row was leased again can
    no longer postpone the row or give it up, but a message that did arrive is recorded in any case.
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
        """The next row that may go out, marked as being sent; `attempts` counts the tries before."""
        flush(self._work)
        of_account = {"of_channel": channel, "of_account": account, "now": now}
        self._run(END_LEASES, of_account)
        paused_until = self._run(ACCOUNT_PAUSED, of_account).scalar()
        if paused_until is not None and paused_until > now:
            return None
        wanted = {
            "slowest": Lane.RELAY if only_urgent else max(Lane),
            "skipped": [self._work.service.blind(channel, account, chat) for chat in skip],
        }
        while (row := self._run(NEXT, {**of_account, **wanted}).first()) is not None:
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
        self._run(RECLAIM, {"of_channel": channel, "of_account": account, "leased_until": now})

    def sent(
        self, leased: Leased, external_ids: Sequence[str], now: datetime, rest: Send | None = None
    ) -> None:
        """It arrived as these messages, or its first part did. Of somebody who was erased meanwhile nothing is
        recorded."""
        if rest:
            self._go_on(leased, replace(rest, begun_at=rest.begun_at or now))
        else:
            self._run(ARRIVED, {"row_id": leased.id})
        self._work.touched.add(OUTBOX)
        message, action = leased.message, leased.message.action
        chat_hash = self._work.blind(message.to)
        if isinstance(action, Delete):
            self._run(DELETED, {"chat": chat_hash, "gone": action.external_ids})
        if message.person is not None and self._run(KNOWN, {"person": message.person}).first() is None:
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
                    "sent_at": (action.begun_at if isinstance(action, Send) else None) or now,
                },
                keys=("chat_hash", "external_id"),
                keep=("sent_at",),  # an edited message is as old as it was: platforms count from there
            )

    def _go_on(self, leased: Leased, rest: Send) -> None:
        """The rest waits where the whole did: nothing else of its chat comes between."""
        again = {"state": OutboxState.QUEUED, "not_before": None, "scheduled": False, "leased_until": None}
        values = columns(self._work, replace(leased.message, action=rest), leased.id)
        self._run(HELD, {**_held(leased), **values, **again})

    def retry(self, leased: Leased, not_before: datetime) -> None:
        """It did not arrive: again then, keeping its place."""
        again = {"state": OutboxState.QUEUED, "scheduled": False, "leased_until": None}
        self._run(HELD, {**_held(leased), **again, "not_before": not_before})
        self._work.touched.add(OUTBOX)

    def give_up(self, leased: Leased, reason: str, now: datetime) -> None:
        """It will not arrive; its body is removed."""
        ended = {"state": OutboxState.GIVEN_UP, "body_sealed": None, "ended_at": now}
        self._run(HELD, {**_held(leased), **ended, "reason": reason})
        self._work.touched.add(OUTBOX)

    def pause(self, channel: str, account: str, chat: str | None, until: datetime) -> None:
        """Nothing goes to this chat, or to any of the account's, before then; a longer pause stands."""
        chat_hash = EVERY_CHAT if chat is None else self._work.service.blind(channel, account, chat)
        values = {"channel": channel, "account": account, "chat_hash": chat_hash}
        self._work.insert_new(pauses, {**values, "until": until})
        mine = [pauses.c[name] == value for name, value in values.items()]
        self._run(update(pauses).where(*mine, pauses.c.until < until).values(until=until))

    def next_at(self, channel: str, account: str, after: datetime = LONG_AGO) -> datetime | None:
        """When, after this moment, the next head of a chat that must wait may go out."""
        flush(self._work)
        wanted = {"of_channel": channel, "of_account": account, "after": after}
        paused_until = self._run(ACCOUNT_PAUSED, wanted).scalar()
        if paused_until is not None and paused_until > after:
            return paused_until if self._run(ANY, wanted).first() else None
        moments = [self._run(query, wanted).scalar() for query in (_timed(self._work.several), PAUSED)]
        return min((moment for moment in moments if moment is not None), default=None)

    def move_chat(self, old: Address, new: Address) -> None:
        """A group has a new id: every row that names it is rewritten (H44)."""
        flush(self._work)
        move_chat(self._work, old, new)

    def _leased(self, row: Row[Any], message: OutboundMessage) -> Leased:
        return Leased(
            id=row.id,
            group_id=row.group_id,
            message=message,
            language=row.hers or message.language or row.groups,
            attempts=row.attempts,
            target=target_of(self._work, row.chat_hash, message.action),
            reply_target=reply_target_of(self._work, row.chat_hash, message.action),
        )

    def _set(self, row_id: str, **values: object) -> None:
        self._run(ROW, {"row_id": row_id, **values})


def _held(leased: Leased) -> dict[str, object]:
    return {"row_id": leased.id, "attempt": leased.attempts + 1}


@cache
def _timed(several: bool) -> Select[Any]:
    """Of heads that have a time of their own."""
    paused = select(pauses.c.until).where(*ITS_CHAT_PAUSED).scalar_subquery()
    moments = (_or_long_ago(each) for each in (outbox.c.not_before, outbox.c.leased_until, paused))
    moment = latest(several, *moments)
    has_a_time = or_(outbox.c.not_before.is_not(None), outbox.c.leased_until.is_not(None))
    return select(func.min(moment, type_=Instant)).where(*UNSENT, has_a_time, *IS_HEAD, moment > AFTER)


def _or_long_ago(moment: ColumnElement[datetime]) -> ColumnElement[datetime]:
    return func.coalesce(moment, literal(LONG_AGO, Instant), type_=Instant)
