"""Take messages from the inbox and handle them: peek, think, act. One message, one transaction."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import logs
from bot.channels.channel import Channel
from bot.clock import Clock
from bot.wake import Wake
from content.catalog import Catalog
from content.detection.detector import Detector
from content.directory import Directory
from content.library import Library
from dispatch.actions import rescue
from dispatch.actions.recognition import recognise
from dispatch.model.errors import ChangedMeanwhile
from dispatch.model.messages import Address, InboundMessage, Kind
from dispatch.model.people import Person
from dispatch.model.queues import Button, Waiting
from dispatch.ports import Service, Transaction
from dispatch.store.database import Database, DatabaseFailed
from handlers import pending, router
from handlers.thinking import Sorting, Thought, Wonder, think, wonder
from handlers.turn import Links, Turn

AT_ONCE = 8
"""Messages of different senders in hand at the same time."""

TRIES = 5
TRIES_OVERTAKEN = 20
PAUSES = (1, 3, 8, 20)
"""Seconds between the tries of a failing turn: five within a minute, then it is parked."""

LOOKS_EVERY = 5.0  # seconds, if no hint comes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mind:
    """What thinking needs. `library` is that of a group, asked for each time, since it may be loaded anew."""

    detector: Detector
    library: Callable[[str], Library]
    directory: Directory
    catalog: Catalog


class Unreadable(Exception):
    """The channel cannot make sense of what it stored."""


class Turns:
    """Handles what is in the inbox, the messages of one sender in order."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        channels: Mapping[tuple[str, str], Channel],
        links: Mapping[tuple[str, str], Links],
        mind: Mind,
        wake: Wake,
    ) -> None:
        self._database = database
        self._clock = clock
        self._channels = channels
        self._links = links
        self._mind = mind
        self._wake = wake
        self._in_hand: set[str] = set()
        self._overtaken: Counter[str] = Counter()
        self._log = logs.get("turns")

    async def run(self) -> None:
        """Handle messages for ever."""
        async with asyncio.TaskGroup() as group:
            while True:
                for waiting in await self._next():
                    self._in_hand.add(waiting.id)
                    group.create_task(self._guarded(waiting), name=f"turn {waiting.id}")
                await self._wake.wait(timeout=await self._pause())

    async def drain(self) -> None:
        """Handle all that can be handled now, one after the other."""
        while waiting := await self._next():
            for each in waiting:
                await self._guarded(each)

    async def _next(self) -> list[Waiting]:
        room = AT_ONCE - len(self._in_hand)
        now = self._clock.now()
        if room <= 0:
            return []
        try:
            return list(
                await self._database.read(lambda service: service.inbox.peek(now, tuple(self._in_hand), room))
            )
        except DatabaseFailed:
            self._log.error("the database is away")
            await asyncio.sleep(1)
            return []

    async def _pause(self) -> float:
        """Seconds until something that must wait may be handled."""
        now = self._clock.now()
        try:
            at = await self._database.read(lambda service: service.inbox.next_at(after=now))
        except DatabaseFailed:
            return 1.0
        return min(LOOKS_EVERY, (at - now).total_seconds()) if at else LOOKS_EVERY

    async def _guarded(self, waiting: Waiting) -> None:
        """One turn; whatever goes wrong in it is recorded, and stops no other."""
        try:
            await self._handle(waiting)
        except DatabaseFailed:
            self._log.info("a turn runs again", inbox=waiting.id)  # no attempt is counted
            await asyncio.sleep(0.05)
        except ChangedMeanwhile as error:
            await self._again(waiting, error)
        except Exception as error:
            self._log.error("a turn failed", inbox=waiting.id, attempt=waiting.attempts + 1, error=error)
            await self._record_failure(waiting, error)
        finally:
            self._in_hand.discard(waiting.id)
            self._wake.ring()

    async def _again(self, waiting: Waiting, error: ChangedMeanwhile) -> None:
        """Somebody was quicker: it runs again at once, but not for ever."""
        self._overtaken[waiting.id] += 1
        if self._overtaken[waiting.id] > TRIES_OVERTAKEN:
            del self._overtaken[waiting.id]
            self._log.error("a turn is overtaken again and again", inbox=waiting.id)
            await self._record_failure(waiting, error)

    async def _handle(self, waiting: Waiting) -> None:
        channel = self._channels.get((waiting.channel, waiting.account))
        message = _read(channel, waiting)
        now = self._clock.now()
        if message is None:
            await self._database.run(lambda service: service.inbox.done([waiting.id], now))
            return
        peeked = await self._database.read(lambda service: self._peek(service, waiting, message, now))
        thought = Thought()
        if peeked:
            library = self._mind.library(peeked.group_id)
            thought = await asyncio.to_thread(think, peeked, self._mind.detector, library)
        await self._database.run(lambda service: self._act(service, waiting, message, peeked, thought, now))

    def _peek(
        self, service: Service, waiting: Waiting, message: InboundMessage, now: datetime
    ) -> Wonder | Sorting | None:
        tx = _group(service, waiting)
        if tx is None:
            return None
        whole, _ = self._whole(service, waiting, message)
        person: Person | None = tx.people.at(message.chat.channel, message.chat.account, message.user)
        return wonder(tx, person, whole, _button(tx, message), now, self._mind.catalog)

    def _whole(
        self, service: Service, waiting: Waiting, message: InboundMessage
    ) -> tuple[InboundMessage, Sequence[str]]:
        """The message with the rest of its album, and the inbox rows that it is made of."""
        if not waiting.album:
            return message, [waiting.id]
        others = service.inbox.album_of(waiting)
        channel = self._channels.get((waiting.channel, waiting.account))
        items = [message, *(item for item in (_read(channel, each) for each in others) if item)]
        return pending.merged(items), [waiting.id, *(other.id for other in others)]

    def _act(
        self,
        service: Service,
        waiting: Waiting,
        message: InboundMessage,
        peeked: Wonder | Sorting | None,
        thought: Thought,
        now: datetime,
    ) -> None:
        if not service.inbox.claim(waiting.id):
            return
        whole, rows = self._whole(service, waiting, message)
        service.inbox.done(rows, now)
        if message.kind is Kind.MIGRATED and message.moved_to:
            moved = Address(channel=waiting.channel, account=waiting.account, chat=message.moved_to)
            service.deliveries.move_chat(message.chat, moved)
            return
        tx = _group(service, waiting)
        if tx is None:
            return
        button = _button(tx, message)
        sender = recognise(tx, message, now)
        if peeked != wonder(tx, sender, whole, button, now, self._mind.catalog):
            raise ChangedMeanwhile("what was thought about is not what is asked now")
        turn = Turn(
            tx=tx,
            message=whole,
            now=now,
            sender=sender,
            library=self._mind.library(tx.group.id),
            directory=self._mind.directory,
            catalog=self._mind.catalog,
            links=self._links.get((waiting.channel, waiting.account), Links()),
            button=button,
            thought=thought,
        )
        router.route(turn)
        turn.close()

    async def _record_failure(self, waiting: Waiting, error: Exception) -> None:
        """Count it and try again, or give up: coordinators hear of it, and a member's message becomes a case."""
        now = self._clock.now()
        last = waiting.attempts + 1 >= TRIES or isinstance(error, Unreadable)

        def record(service: Service) -> None:
            if not last:
                pause = PAUSES[min(waiting.attempts, len(PAUSES) - 1)]
                service.inbox.retry(waiting.id, now, now + timedelta(seconds=pause))
                return
            service.inbox.park(waiting.id, type(error).__name__, now)
            tx = _group(service, waiting)
            if tx:
                rescue.from_inbox(tx, self._readable(waiting), now)

        try:
            await self._database.run(record)
        except DatabaseFailed:
            await asyncio.sleep(1)
        except Exception as again:
            self._log.error("a failure could not be told of", inbox=waiting.id, error=again)
            reason = type(error).__name__
            await self._database.run(lambda service: service.inbox.park(waiting.id, reason, now))

    def _readable(self, waiting: Waiting) -> InboundMessage | None:
        try:
            return _read(self._channels.get((waiting.channel, waiting.account)), waiting)
        except Unreadable:
            return None


def _read(channel: Channel | None, waiting: Waiting) -> InboundMessage | None:
    if channel is None:
        raise Unreadable("no such account runs here")
    try:
        return channel.read(waiting.raw)
    except ValueError as error:
        raise Unreadable(str(error)) from error


def _group(service: Service, waiting: Waiting) -> Transaction | None:
    group_id = service.accounts.group_of(waiting.channel, waiting.account)
    return service.within(group_id) if group_id else None


def _button(tx: Transaction, message: InboundMessage) -> Button | None:
    return tx.buttons.find(message.pressed) if message.pressed else None
