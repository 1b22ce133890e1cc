"""The main story, with the process killed at every transaction and at every call of the platform, before and after.

Each time the story is played, the process dies once in every act, at the n-th step of the act, is started again, and
everything goes on; until n is more than any act has steps.
"""

from collections import Counter
from collections.abc import Awaitable, Callable
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from content.catalog import Catalog
from content.detection.detector import Detector
from content.library import Library
from dispatch.model.cases import CaseState, Outcome
from tests.conftest import IN_MEMORY
from tests.simulation.faults import DiesAt, Fate, Place
from tests.simulation.fragile_world import FragileWorld
from tests.simulation.invariants import violations
from tests.world import CHAT, Human

SHARES = 5
"""Parts of the sweep, for as many workers."""

PEOPLE = {"amina": "en", "hodan": "en", "leyla": "en"}

Act = Callable[[FragileWorld], Awaitable[object]]


def human(world: FragileWorld, name: str) -> Human:
    """Somebody of the story."""
    person = world.person(name)
    person.language = PEOPLE[name]
    return person


ACTS: tuple[Act, ...] = (
    lambda world: human(world, "amina").says("Zxqv wplk trumpet zq1x?"),
    lambda world: human(world, "amina").presses("button-yes"),
    lambda world: human(world, "hodan").presses("button-take"),
    lambda world: human(world, "hodan").says("Have you talked to her? zq2x"),
    lambda world: human(world, "amina").says("Not yet zq3x"),
    lambda world: human(world, "hodan").presses("button-finish"),
    lambda world: human(world, "hodan").presses("button-finish"),
    lambda world: human(world, "amina").presses("😀"),
    lambda world: human(world, "amina").says("Thank you sister zq4x"),
    lambda world: world.passes(minutes=61),
)


class Theatre:
    """Plays the story as often as the sweep needs, each time in a world of its own."""

    def __init__(self, library: Library, detector: Detector, catalog: Catalog) -> None:
        self._parts = (library, detector, catalog)

    async def rehearse(self) -> None:
        """Bring the people together, and play the story once with nothing in its way."""
        with TemporaryDirectory(dir=IN_MEMORY) as folder:
            world = await FragileWorld.open(Path(folder), *self._parts)
            await world.volunteer("hodan")
            await world.volunteer("leyla")
            await world.member("amina", speaks="en")
            self._begin = world.snapshot()
            for act in ACTS:
                await act(world)
            assert await violations(world) == []
            self._screens = screens(world)
            await world.close()

    async def play(self, step: int) -> set[Place]:
        """The story with a kill at this step of every act that has so many steps; where it struck."""
        with TemporaryDirectory(dir=IN_MEMORY) as folder:
            world = FragileWorld.resume(self._begin, Path(folder), *self._parts)
            try:
                fates = [await self._act(world, act, step) for act in range(len(ACTS))]
                world.meets(Fate())
                await check(world, self._screens)
            finally:
                await world.close()
            return {fate.struck for fate in fates if fate.struck}

    async def _act(self, world: FragileWorld, act: int, step: int) -> DiesAt:
        fate, kills = DiesAt(step), world.kills
        world.meets(fate)
        try:
            await ACTS[act](world)
            assert world.kills == kills + bool(fate.struck)
            assert await violations(world) == []
        except AssertionError as error:
            raise AssertionError(f"killed at step {step} of act {act}, {fate.struck}: {error}") from error
        return fate


def screens(world: FragileWorld) -> dict[str, list[str]]:
    """What stands in every chat, and on which buttons."""
    return {
        chat: [f"{shown.text} {shown.labels()}" for shown in world.channel.visible(chat)]
        for chat in (*PEOPLE, CHAT)
    }


async def check(world: FragileWorld, screens_then: dict[str, list[str]]) -> None:
    """Everything is as if nobody had died, but for messages that stand there twice, or were given up."""
    case = await human(world, "amina").case()
    assert case and case.state is CaseState.CLOSED and case.outcome is Outcome.GOOD
    more, fewer = 0, 0
    for chat, seen in screens(world).items():
        blocks = SequenceMatcher(None, seen, screens_then[chat], autojunk=False).get_matching_blocks()
        common = sum(block.size for block in blocks)
        more += len(seen) - common
        fewer += len(screens_then[chat]) - common
    done = Counter((call.row, call.place) for call in world.witness.calls)
    assert more <= sum(times - 1 for times in done.values()) <= world.kills
    assert fewer <= sum(row.reason == "uncertain" for row in world.witness.rows.values())


@pytest.mark.parametrize("share", range(SHARES))
async def test_the_story_ends_well_wherever_the_process_is_killed(
    library: Library, detector: Detector, catalog: Catalog, share: int
) -> None:
    theatre = Theatre(library, detector, catalog)
    await theatre.rehearse()
    places: set[Place] = set()
    step = share
    while struck := await theatre.play(step):
        places |= struck
        step += SHARES
    assert places == set(Place)
