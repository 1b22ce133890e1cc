"""A night: members, volunteers and a coordinator act at random while processes die and the platform stumbles.

One seed is one night; the same seed is the same night.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from structlog.testing import capture_logs

from content.catalog import Catalog
from content.detection.detector import Detector
from content.library import Library
from dispatch.model.messages import Envelope
from tests.simulation.chance import Chance
from tests.simulation.faults import Fate, Storm
from tests.simulation.fragile_world import FragileWorld
from tests.simulation.invariants import violations
from tests.world import Human

EVENINGS = (
    datetime(2026, 11, 23, 17, 0, tzinfo=UTC),
    datetime(2027, 3, 27, 17, 0, tzinfo=UTC),  # clocks go forward in Oslo, at two in the morning
    datetime(2027, 10, 30, 16, 0, tzinfo=UTC),  # and back, at three
)

ROUNDS = 30
PAUSES = ((0, 5), (0, 5), (5, 60), (5, 60), (60, 300), (300, 1200), (1200, 5400))
"""Seconds between two rounds."""


class NightFailed(AssertionError):
    """A promise was broken. Says how to see it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nights:
    """What every night needs."""

    library: Library
    detector: Detector
    catalog: Catalog
    folder: str | None = None  # where databases live

    async def pass_one(self, seed: int) -> "Night":
        """Live through one night. Raises NightFailed."""
        with TemporaryDirectory(dir=self.folder) as folder:
            world = await FragileWorld.open(Path(folder), self.library, self.detector, self.catalog)
            night = Night(world, seed)
            try:
                with capture_logs() as logs:
                    await night.passes(logs)
            except Exception as error:
                raise NightFailed(night.report(error)) from error
            finally:
                await world.close()
            return night


class Night:
    """One night; `diary` says what people did in it."""

    def __init__(self, world: FragileWorld, seed: int) -> None:
        self.world = world
        self.seed = seed
        self._random = Random(seed)
        self._chance = Chance(world, self._random)
        self.diary = self._chance.diary
        self._people: list[Human] = []
        self._delivered: list[Envelope] = []

    def report(self, error: Exception) -> str:
        """What went wrong, and how to see it again."""
        diary = "\n".join(self.diary[-40:])
        again = f"Again: python -m benchmarks.nights --first {self.seed} 1"
        return f"night {self.seed}: {error}\nWhat people did:\n{diary}\n{again}"

    async def passes(self, logs: list[Any]) -> None:
        """The whole night. Raises AssertionError when a promise is broken."""
        await self._begin()
        self.world.meets(self._storm())
        for _ in range(ROUNDS):
            await self._round()
            _no_errors(logs)
            assert not self.world.witness.broken, self.world.witness.broken
        self.world.meets(Fate())
        await self.world.passes(minutes=10)
        await self._is_at_rest(logs)
        await self.world.passes(hours=14)
        await self._is_at_rest(logs)

    async def _is_at_rest(self, logs: list[Any]) -> None:
        _no_errors(logs)
        broken = await violations(self.world)
        assert not broken, broken

    async def _begin(self) -> None:
        self.world.clock.set(EVENINGS[self.seed % len(EVENINGS)])
        self._chance.helpers = [await self.world.coordinator("kari")]
        for name, speaks in (("hodan", ("so", "en")), ("leyla", ("en", "ar")), ("olena", ("uk", "en"))):
            self._chance.helpers.append(await self.world.volunteer(name, speaks=speaks, free="stop"))
        members = [
            await self.world.member(name, speaks=tag) for name, tag in (("amina", "so"), ("berit", "en"))
        ]
        for member in members:
            await member.asks_people(self._chance.words())
        self._people = [*self._chance.helpers, *members, *members, self.world.person("chen")]

    def _storm(self) -> Storm:
        kills, throttles, failures = (self._random.choice((0.0, 0.005, 0.02)) for _ in range(3))
        return Storm(self._random, kills=kills, throttles=throttles, failures=failures)

    # What happens

    async def _round(self) -> None:
        """Some people do something, the platform brings it in whatever order, and time goes by."""
        messages = [
            self._chance.act(self._random.choice(self._people)) for _ in range(self._random.randint(1, 4))
        ]
        envelopes = [self.world.envelope(message) for message in messages if message]
        envelopes = self._shuffled(envelopes)
        self._delivered += envelopes
        if self._delivered and self._random.random() < 0.2:
            envelopes.append(self._random.choice(self._delivered))
        await self.world.deliver(envelopes)
        if self._random.random() < 0.7:
            await self.world.settles()
        else:
            self.diary.append("  nobody handles it yet")
        if self._random.random() < 0.5:
            seconds = self._random.uniform(*self._random.choice(PAUSES))
            self.diary.append(f"  {seconds:.0f} seconds go by")
            await self.world.passes(seconds=seconds)

    def _shuffled(self, envelopes: list[Envelope]) -> list[Envelope]:
        """Those of one sender stay in order; others may overtake them."""
        order = [envelope.sender for envelope in envelopes]
        self._random.shuffle(order)
        lines = {sender: [each for each in envelopes if each.sender == sender] for sender in order}
        return [lines[sender].pop(0) for sender in order]


def _no_errors(logs: list[Any]) -> None:
    errors = [entry for entry in logs if entry["log_level"] == "error"]
    if errors:
        error = errors[0].get("error")
        raise AssertionError(f"{errors[0]}") from (error if isinstance(error, BaseException) else None)
