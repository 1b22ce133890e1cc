"""Run what is due. The rows are the truth; APScheduler only says when to look."""

import asyncio
from datetime import datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import logs
from bot.clock import Clock
from bot.wake import Wake
from bot.web import lines
from dispatch.actions.deadlines import RULES
from dispatch.actions.escalation import KEPT_AFTER_END
from dispatch.model.errors import ChangedMeanwhile
from dispatch.model.queues import Timer
from dispatch.ports import Service
from dispatch.store.database import Database, DatabaseFailed

LOOKS_EVERY = timedelta(seconds=1)
CLEANS_EVERY = timedelta(hours=1)
TRIES_AGAIN_AFTER = timedelta(minutes=1)

KEEP_KEYS = timedelta(days=8)
"""A platform repeats a message for up to a day; its keys are kept long enough to know it again."""

KEEP_SENT = timedelta(days=31)
"""Which message of ours was which: as long as what was said in a case."""


class Timers:
    """Takes each timer in a transaction of its own, together with what its rule does."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._wake = Wake()
        self._log = logs.get("timers")

    async def run(self) -> None:
        """Look every second, for ever."""
        scheduler = AsyncIOScheduler(
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        scheduler.add_job(self._wake.ring, "interval", seconds=LOOKS_EVERY.total_seconds())
        scheduler.start()
        cleaned_at = self._clock.now()
        try:
            while True:
                await self._wake.wait(timeout=60)
                try:
                    await self.tick()
                    if self._clock.now() - cleaned_at >= CLEANS_EVERY:
                        cleaned_at = self._clock.now()
                        await self.clean()
                except DatabaseFailed:
                    self._log.error("the database is away; what is due runs when it is back")
        finally:
            scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Run everything whose time has come. A rule that fails is tried again in a minute."""
        now = self._clock.now()
        due = await self._database.read(lambda service: service.due.due(now))
        for timer in due:
            try:
                await self._database.run(partial(_fire, timer=timer, now=now))
            except ChangedMeanwhile:
                continue  # it is still due, and runs again in a second
            except Exception as error:
                self._log.error("a timer failed", timer=timer.kind, subject=timer.subject, error=error)
                await self._postpone(timer, now)

    async def _postpone(self, timer: Timer, now: datetime) -> None:
        try:
            await self._database.run(lambda service: service.due.postpone(timer, now + TRIES_AGAIN_AFTER))
        except Exception as error:
            self._log.error("the database is away", error=error)
            await asyncio.sleep(1)

    async def clean(self) -> None:
        """Remove what nobody needs any more."""
        now = self._clock.now()

        def remove(service: Service) -> None:
            service.purge(now, KEEP_KEYS, KEEP_SENT)
            service.transcripts.purge(now - KEPT_AFTER_END, spare={lines.MENU})

        await self._database.run(remove)


def _fire(service: Service, *, timer: Timer, now: datetime) -> None:
    if service.due.take(timer):
        RULES[timer.kind](service.within(timer.group_id), timer.subject, now)
