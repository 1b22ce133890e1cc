"""A world in which the service dies and begins again, while people and platforms go on."""

from collections.abc import Awaitable, Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from content.catalog import Catalog
from content.detection.detector import Detector
from content.library import Library
from dispatch.model.messages import Envelope, InboundMessage
from dispatch.store.database import Database
from dispatch.store.sealing import Keys
from tests.clock import FakeClock
from tests.simulation.faults import Fate, Killed, MortalChannel, MortalDatabase
from tests.simulation.witness import PRIVATE, Witness
from tests.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A world at rest, to begin from as often as one likes."""

    files: dict[str, bytes]  # of the database
    keys: Keys
    channel: MortalChannel
    witness: Witness
    updates: frozenset[str]
    group_id: str
    at: datetime


class FragileWorld(World):
    """A platform repeats what was not acknowledged, a dead process is started again: both until it works."""

    channel: MortalChannel

    def __init__(
        self, database: Database, clock: FakeClock, library: Library, detector: Detector, catalog: Catalog
    ) -> None:
        super().__init__(database, clock, library, detector, catalog)
        self.witness = Witness()
        self.kills = 0
        self.updates: set[str] = set()  # by the platform's ids, all that were brought
        self._database = database
        self._lives_with(MortalChannel(self.witness))

    def _lives_with(self, channel: MortalChannel) -> None:
        self.channel = channel
        self._mortal = MortalDatabase(self._database, self.witness)
        self.database = self._mortal  # type: ignore[assignment]
        self.start_service()

    def meets(self, fate: Fate) -> None:
        """From now on this is what happens."""
        self._mortal.fate = self.channel.fate = fate

    def snapshot(self) -> Snapshot:
        """This world as it is now; nothing may be going on in it."""
        path = self._database._backend.path  # type: ignore[attr-defined]
        channel, witness = deepcopy((self.channel, self.witness))
        return Snapshot(
            files={file.name: file.read_bytes() for file in path.parent.glob("world.db*")},
            keys=self._database._keys,
            channel=channel,
            witness=witness,
            updates=frozenset(self.updates),
            group_id=self.group_id,
            at=self.clock.now(),
        )

    @classmethod
    def resume(
        cls, snapshot: Snapshot, folder: Path, library: Library, detector: Detector, catalog: Catalog
    ) -> Self:
        """A world of its own that goes on from there; its database is in this folder."""
        for name, content in snapshot.files.items():
            (folder / name).write_bytes(content)
        database = Database.open(f"sqlite:///{folder / 'world.db'}", keys=snapshot.keys)
        world = cls(database, FakeClock(snapshot.at), library, detector, catalog)
        channel, world.witness = deepcopy((snapshot.channel, snapshot.witness))
        world.group_id, world.updates = snapshot.group_id, set(snapshot.updates)
        world._lives_with(channel)
        return world

    def envelope(self, message: InboundMessage, external_id: str = "") -> Envelope:
        """As the channel stores it; updates are numbered by the platform."""
        self.witness.wrote |= dict.fromkeys(PRIVATE.findall(message.text), message.chat)
        return super().envelope(message, external_id or f"{message.kind}:{self.channel.next_id()}")

    async def arrive(self, *messages: InboundMessage) -> None:
        """The platform hands these over, again and again until it has our acknowledgement."""
        await self.deliver([self.envelope(message) for message in messages])

    async def deliver(self, envelopes: Iterable[Envelope]) -> None:
        """Updates as the platform keeps them."""
        for envelope in envelopes:
            self.updates.add(envelope.external_id)
            await self._outlives(lambda envelope=envelope: self.intake.accept([envelope]))  # type: ignore[misc]

    async def settles(self) -> None:
        """Everything that can be handled and sent now is, whoever dies over it."""
        await self._outlives(super().settles)

    async def passes(self, **span: float) -> None:
        """Time goes by."""
        end = self.clock.now() + timedelta(**span)

        async def the_rest() -> None:
            left = (end - self.clock.now()).total_seconds()
            await super(FragileWorld, self).passes(seconds=max(left, 0.01))

        await self._outlives(the_rest)

    async def _outlives(self, act: Callable[[], Awaitable[None]]) -> None:
        """Do it; when the process dies meanwhile, start another and do it again."""
        while True:
            try:
                return await act()
            except Killed:
                await self._begins_again()

    async def _begins_again(self) -> None:
        """As a process begins: with nothing in memory, and what an earlier one had in hand is free."""
        name, account = self.channel.name, self.channel.account
        while True:
            self.kills += 1
            self.witness.dies()
            self.start_service()
            try:
                await self.database.run(
                    lambda service: service.deliveries.reclaim(name, account, self.clock.now())
                )
                return
            except Killed:
                continue
