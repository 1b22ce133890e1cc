"""Receive and send for one account on a platform, while no other process does."""

import asyncio

from bot import logs
from bot.channels.channel import Accept, Channel
from bot.channels.errors import Rejected, Revoked
from bot.delivery import Outgoing
from bot.wake import Wake
from dispatch.store.database import Database, DatabaseFailed
from dispatch.store.leading import Lead

LEAD_CHECKED_EVERY = 5.0  # seconds
LEAD_TRIED_EVERY = 1.0  # seconds
CONFLICT_PAUSE = 60.0  # seconds
REVOKED = "Telegram does not know this token: get a new one from @BotFather, and restart"


class LeadLost(Exception):
    """Another process may send for this account now."""


class Operation:
    """One account, with what sends for it."""

    def __init__(
        self,
        database: Database,
        channel: Channel,
        group_id: str,
        outgoing: Outgoing,
        wake: Wake,
        accept: Accept,
    ) -> None:
        self.channel = channel
        self.group_id = group_id
        self.wake = wake
        self._database = database
        self._outgoing = outgoing
        self._accept = accept
        self._conflict = False  # another program fetches its messages
        self._log = logs.get("operation").bind(channel=channel.name)

    @property
    def state(self) -> str:
        """In one word, for health."""
        return "revoked" if self._outgoing.revoked else "conflict" if self._conflict else "ok"

    async def run(self) -> None:
        """Take the lead when it is free, and work until it is lost, for ever."""
        name = f"{self.channel.name}:{self.channel.account}"
        while True:
            lead = await self._try_to_lead(name)
            if lead is None:
                await asyncio.sleep(LEAD_TRIED_EVERY)
                continue
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._outgoing.run(), name=f"send {name}")
                    group.create_task(self._receive(), name=f"receive {name}")
                    while await asyncio.to_thread(lead.is_held):
                        await asyncio.sleep(LEAD_CHECKED_EVERY)
                    raise LeadLost(name)
            except* LeadLost:
                self._log.warning("the lead was lost; another process may have it")
            except* DatabaseFailed:
                self._log.error("the database is away; sending and receiving wait for it")
            finally:
                await asyncio.to_thread(lead.release)

    async def _try_to_lead(self, name: str) -> Lead | None:
        try:
            return await self._database.lead(name)
        except DatabaseFailed:
            self._log.error("the database is away; sending and receiving wait for it")
            return None

    async def _receive(self) -> None:
        """Receive for ever. Two faults only an operator can end: they are logged, and shown in health."""
        while True:
            try:
                await self.channel.receive(self._accept)
            except Revoked:
                self._outgoing.revoked = True
                self._log.error(REVOKED)
                return
            except Rejected:
                self._conflict = True
                self._log.error(
                    "another program fetches this bot's messages: stop it, or get a token of your own"
                )
                await asyncio.sleep(CONFLICT_PAUSE)
            else:
                return
