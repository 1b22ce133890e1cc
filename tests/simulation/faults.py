"""What goes wrong: a process dies, a platform refuses or is silent. Fate decides; a database and a channel obey it."""

from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from random import Random
from typing import TypeVar

from bot.channels.channel import Deed
from bot.channels.errors import SendError, Throttled, Unavailable
from dispatch.model.messages import Address
from dispatch.ports import Service
from dispatch.store.database import Database
from tests.fake_channel import FakeChannel
from tests.simulation.witness import Witness

T = TypeVar("T")


class Killed(BaseException):
    """The process is gone. No `except Exception` may hold this up, as none holds up a kill."""


class Place(StrEnum):
    """Where fate may strike: around what changes the world outside the process."""

    BEFORE_COMMIT = "before a transaction"
    AFTER_COMMIT = "after a transaction"
    BEFORE_CALL = "before a call of the platform"
    AFTER_CALL = "after a call of the platform"


class Fate:
    """A quiet one: nothing happens."""

    def strike(self, place: Place) -> None:
        """Return, or raise what happens here: Killed anywhere, a SendError around a call."""


class DiesAt(Fate):
    """The process dies once, at the n-th place that it comes to, counted from 0."""

    def __init__(self, step: int) -> None:
        self._left = step
        self.struck: Place | None = None

    def strike(self, place: Place) -> None:
        """Die here, if it is here."""
        if self._left == 0:
            self.struck = place
        self._left -= 1
        if self._left == -1:
            raise Killed(place)


class Storm(Fate):
    """Each place is struck now and then, as the dice fall."""

    def __init__(self, random: Random, *, kills: float, throttles: float, failures: float) -> None:
        self._random = random
        self._kills = kills
        self._throttles = throttles
        self._failures = failures
        self.strikes: Counter[str] = Counter()

    def strike(self, place: Place) -> None:
        """Throw the dice."""
        if self._random.random() < self._kills:
            self._count("kill")
            raise Killed(place)
        if place is Place.BEFORE_CALL and self._random.random() < self._throttles:
            self._count("throttled")
            raise Throttled(self._random.choice((1, 5, 30)))
        if place in {Place.BEFORE_CALL, Place.AFTER_CALL} and self._random.random() < self._failures:
            reached = place is Place.AFTER_CALL
            self._count("answer lost" if reached else "not reached")
            raise Unavailable("fate", reached=reached)

    def _count(self, what: str) -> None:
        self.strikes[what] += 1


class MortalDatabase:
    """A database whose process may die before a transaction, or after it was committed and before that is known."""

    def __init__(self, database: Database, witness: Witness) -> None:
        self._database = database
        self._witness = witness
        self.fate = Fate()

    async def run(self, function: Callable[[Service], T]) -> T:
        """As Database.run; the witness looks at what came of it."""
        self.fate.strike(Place.BEFORE_COMMIT)
        result, sight = await self._database.run(
            lambda service: (function(service), self._witness.look(service))
        )
        self._witness.believe(result, sight)
        self.fate.strike(Place.AFTER_COMMIT)
        return result

    async def read(self, function: Callable[[Service], T]) -> T:
        """As Database.read: what changes nothing is not worth dying at."""
        return await self._database.read(function)

    async def close(self) -> None:
        """As Database.close."""
        await self._database.close()


class MortalChannel(FakeChannel):
    """A platform that fails us before or after it did what we asked, or does not see us again."""

    def __init__(self, witness: Witness) -> None:
        super().__init__()
        del self._ids  # an iterator cannot be copied
        self._last = 0
        self._witness = witness
        self.fate = Fate()

    def next_id(self) -> str:
        """A number that this platform has not used, for messages and updates alike."""
        self._last += 1
        return str(self._last)

    async def perform(self, to: Address, deed: Deed) -> tuple[str, ...]:
        """As FakeChannel.perform, with what fate adds."""
        self._witness.tries(deed)
        try:
            self.fate.strike(Place.BEFORE_CALL)
            ids = await super().perform(to, deed)
            self.fate.strike(Place.AFTER_CALL)
        except SendError as error:
            self._witness.fails(error)
            raise
        return ids

    def _do(self, chat: str, deed: Deed) -> tuple[str, ...]:
        ids = super()._do(chat, deed)
        self._witness.hears(chat, deed)
        return ids
