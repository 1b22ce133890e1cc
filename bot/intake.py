"""Accept messages from any channel: once this returns, they are kept."""

from collections.abc import Sequence

from bot.clock import Clock
from dispatch.model.messages import Envelope
from dispatch.ports import Service
from dispatch.store.database import Database


class Intake:
    """Where every channel brings what it receives."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def accept(self, envelopes: Sequence[Envelope]) -> None:
        """Keep them, in one transaction; those that are known already change nothing (H1)."""
        now = self._clock.now()

        def keep(service: Service) -> None:
            for envelope in envelopes:
                service.inbox.add(envelope, now)

        if envelopes:
            await self._database.run(keep)
