"""Send what we owe: lease a row, send it, record what became of it. One sender for each account."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta

from bot import logs
from bot.channels.channel import Change, Channel, Deed, Post, Remove
from bot.channels.errors import Moved, Rejected, Revoked, SendError, Throttled, Unavailable, Unreachable
from bot.clock import Clock
from bot.files import Files
from bot.making import Maker
from bot.pace import Pace
from bot.rendering import NothingToChange, first_part, render
from bot.wake import Wake
from content.catalog import Catalog
from dispatch.actions import departing, rescue
from dispatch.model.messages import Action, Address, Delivery, Edit, Send
from dispatch.model.queues import Leased
from dispatch.ports import Service
from dispatch.store.database import Database, DatabaseFailed

IN_FLIGHT = 4
"""Sends at the same time: it bounds what a kill can repeat. The last slot is kept for relays and emergencies."""

LEASE = timedelta(seconds=60)
LONGEST_SEND = 50.0  # seconds, files included: less than the lease, else another would send it too
LOOKS_EVERY = 5.0  # seconds, if no hint comes

LONGEST_PAUSE = timedelta(minutes=5)
NOBODY = ""
"""A chat that was never written to: whether it may be says whether anybody may."""


class Outgoing:
    """Sends the outbox of one account, in the order of each chat and at the platform's pace."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        channel: Channel,
        channels: Mapping[tuple[str, str], Channel],
        catalog: Catalog,
        maker: Maker,
        wake: Wake,
    ) -> None:
        self._database = database
        self._clock = clock
        self._channel = channel
        self._catalog = catalog
        self._files = Files(channel, channels, catalog, maker)
        self._wake = wake
        self._pace = Pace(channel.limits, clock.now())
        self._in_flight = 0
        self._log = logs.get("delivery").bind(channel=channel.name)
        self.revoked = False

    async def run(self) -> None:
        """Send for ever. There is no other sender now: what an earlier one had in hand goes out again at once."""
        name, account = self._channel.name, self._channel.account
        await self._database.run(lambda service: service.deliveries.reclaim(name, account, self._clock.now()))
        async with asyncio.TaskGroup() as group:
            while True:
                leased = await self._lease()
                if leased is None:
                    await self._wake.wait(timeout=await self._pause())
                    continue
                self._in_flight += 1
                group.create_task(self._guarded(leased), name=f"send {leased.id}")

    async def drain(self) -> None:
        """Send all that may be sent now, one after the other."""
        while leased := await self._lease():
            self._in_flight += 1
            await self._guarded(leased)

    async def _lease(self) -> Leased | None:
        now = self._clock.now()
        free = IN_FLIGHT - self._in_flight
        if free <= 0 or self._pace.ready_in(NOBODY, is_group=False, now=now) > 0:
            return None
        try:
            return await self._database.run(
                lambda service: service.deliveries.lease(
                    self._channel.name,
                    self._channel.account,
                    now,
                    now + LEASE,
                    self._pace.blocked(now),
                    only_urgent=free == 1,
                )
            )
        except DatabaseFailed as error:
            self._log.error("the database is away", error=error)
            await asyncio.sleep(1)
            return None

    async def _pause(self) -> float:
        """Seconds until something that must wait may go out."""
        now = self._clock.now()
        ready = self._pace.wait_until(now)
        waits = [LOOKS_EVERY, *([(ready - now).total_seconds()] if ready else [])]
        try:
            at = await self._database.read(
                lambda service: service.deliveries.next_at(
                    self._channel.name, self._channel.account, after=now
                )
            )
        except DatabaseFailed:
            return 1.0
        if at:
            waits.append((at - now).total_seconds())
        return max(0.01, min(waits))

    async def _guarded(self, leased: Leased) -> None:
        """One row; whatever goes wrong is recorded, and stops no other."""
        try:
            await self._deliver(leased)
        except DatabaseFailed as error:
            self._log.error(
                "a delivery could not be recorded; its lease will end", outbox=leased.id, error=error
            )
        except Exception as error:
            self._log.error("a message cannot be sent", outbox=leased.id, error=error)
            with suppress(DatabaseFailed):  # its lease will end
                await self._give_up(leased, type(error).__name__)
        finally:
            self._in_flight -= 1
            self._wake.ring()

    async def _deliver(self, leased: Leased) -> None:
        now = self._clock.now()
        if isinstance(leased.message.action, Send | Edit):
            is_group = leased.message.person is None
            wait = self._pace.ready_in(leased.message.to.chat, is_group=is_group, now=now)
            if wait > 0:  # a group after a restart: its bucket starts empty
                await self._retry(leased, timedelta(seconds=wait))
                return
            count = _files_of(leased.message.action)
            self._pace.take(leased.message.to.chat, is_group=is_group, now=now, count=max(1, count))
        try:
            async with asyncio.timeout(LONGEST_SEND):
                part, rest = first_part(leased, self._catalog, self._channel.limits)
                files = await self._files.of(part)
                deeds = render(part, self._catalog, self._channel.limits, files)
                sent = await self._perform(part, deeds)
        except TimeoutError:
            await self._failed(leased, Unavailable("it took too long", reached=True))
        except NothingToChange:
            await self._give_up(leased, "the message never reached this chat")
        except SendError as error:
            await self._failed(leased, error)
        else:
            now = self._clock.now()
            await self._database.run(lambda service: service.deliveries.sent(leased, sent, now, rest))

    async def _perform(self, leased: Leased, deeds: Sequence[Deed]) -> tuple[str, ...]:
        sent: list[str] = []
        for deed in deeds:
            try:
                sent += await self._channel.perform(leased.message.to, deed)
            except SendError as error:
                if isinstance(deed, Remove) and sent:
                    continue  # an old card stays; to send the new one again would be worse
                if not self._is_card_that_is_gone(leased, deed, error):
                    raise
                assert isinstance(deed, Change)
                post = Post(text=deed.text, bold=deed.bold, buttons=deed.buttons)
                sent += await self._channel.perform(leased.message.to, post)
        return tuple(sent)

    @staticmethod
    def _is_card_that_is_gone(leased: Leased, deed: Deed, error: SendError) -> bool:
        """She has deleted it from her chat: it is posted anew."""
        return (
            isinstance(error, Rejected)
            and isinstance(deed, Change)
            and isinstance(leased.message.action, Send)
        )

    # What became of it

    async def _failed(self, leased: Leased, error: SendError) -> None:
        self._log.warning("not sent", outbox=leased.id, kind=type(error).__name__)
        match error:
            case Unreachable():
                await self._lose(leased)
            case Rejected():
                await self._give_up(leased, "rejected")
            case Moved(address=address):
                await self._move(leased, address)
            case Throttled(retry_after=seconds):
                await self._throttle(leased, seconds)
            case Revoked():
                self.revoked = True
                self._log.error(
                    "the platform does not know our token: get a new one from @BotFather and restart"
                )
                await self._retry(leased, LONGEST_PAUSE)
            case Unavailable(reached=True) if leased.message.delivery is Delivery.ONCE:
                await self._give_up(leased, "uncertain")
            case _:
                await self._retry(leased, min(timedelta(seconds=2 ** min(leased.attempts, 9)), LONGEST_PAUSE))

    async def _retry(self, leased: Leased, pause: timedelta) -> None:
        at = self._clock.now() + pause
        await self._database.run(lambda service: service.deliveries.retry(leased, at))

    async def _throttle(self, leased: Leased, seconds: float) -> None:
        """Nothing to this chat for a while; nothing at all, when others were throttled just now."""
        now = self._clock.now()
        chat = leased.message.to.chat
        self._pace.throttled(chat, seconds, now)
        everybody = self._pace.paused_until is not None and self._pace.paused_until > now
        until = now + timedelta(seconds=seconds)

        def record(service: Service) -> None:
            service.deliveries.pause(
                self._channel.name, self._channel.account, None if everybody else chat, until
            )
            service.deliveries.retry(leased, until)

        await self._database.run(record)

    async def _move(self, leased: Leased, address: Address) -> None:
        """The group has a new id: everything that names it is rewritten, and the message goes there (H44)."""
        now = self._clock.now()

        def record(service: Service) -> None:
            service.deliveries.retry(leased, now)
            service.deliveries.move_chat(leased.message.to, address)

        await self._database.run(record)

    async def _give_up(self, leased: Leased, reason: str) -> None:
        """It will not arrive. Who wrote what was to be passed on is told, so that she can say it in another way."""
        now = self._clock.now()

        def record(service: Service) -> None:
            service.deliveries.give_up(leased, reason, now)
            about = leased.message.action.about if isinstance(leased.message.action, Send) else None
            if about:
                rescue.undelivered(service.within(leased.group_id), about)

        await self._database.run(record)

    async def _lose(self, leased: Leased) -> None:
        """She, or the group, cannot be written to any more (H14)."""
        now = self._clock.now()

        def record(service: Service) -> None:
            service.deliveries.give_up(leased, "unreachable", now)
            tx = service.within(leased.group_id)
            person = tx.people.find(leased.message.person) if leased.message.person else None
            if person:
                departing.lose(tx, person, now)
            else:
                departing.lose_chat(tx, leased.message.to)

        await self._database.run(record)


def _files_of(action: Action) -> int:
    return len(action.attachments) + len(action.made) if isinstance(action, Send) else 0
