"""The main story, with the process killed once at every transaction and every call of the platform, before and after."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from content.catalog import Catalog
from content.detection.detector import Detector
from content.library import Library
from dispatch.model.cases import CaseState, Outcome
from tests.conftest import IN_MEMORY
from tests.simulation.faults import DiesAt, Place
from tests.simulation.fragile_world import FragileWorld, Snapshot
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """The story as it goes when nobody dies: the world before each act, and what everybody sees at the end."""

    before: tuple[Snapshot, ...]
    screens: dict[str, list[str]]


class Theatre:
    """Opens as many worlds as the sweep needs."""

    def __init__(self, library: Library, detector: Detector, catalog: Catalog) -> None:
        self._parts = (library, detector, catalog)

    async def rehearse(self) -> Rehearsal:
        """Play the story once, with nothing in its way."""
        with TemporaryDirectory(dir=IN_MEMORY) as folder:
            world = await FragileWorld.open(Path(folder), *self._parts)
            await world.volunteer("hodan")
            await world.volunteer("leyla")
            await world.member("amina", speaks="en")
            before = []
            for act in ACTS:
                before.append(world.snapshot())
                await act(world)
            await world.close()
            return Rehearsal(before=tuple(before), screens=screens(world))

    async def play(self, rehearsal: Rehearsal, first: int, step: int) -> Place | None:
        """The story from this act on, with a kill at that step of the act; where it struck, if it did."""
        with TemporaryDirectory(dir=IN_MEMORY) as folder:
            world = FragileWorld.resume(rehearsal.before[first], Path(folder), *self._parts)
            try:
                fate = DiesAt(step)
                world.meets(fate)
                await ACTS[first](world)
                if fate.struck:
                    for act in ACTS[first + 1 :]:
                        await act(world)
                    await check(world, rehearsal)
                return fate.struck
            finally:
                await world.close()


def screens(world: FragileWorld) -> dict[str, list[str]]:
    """What stands in every chat, and on which buttons."""
    return {
        chat: [f"{shown.text} {shown.labels()}" for shown in world.channel.visible(chat)]
        for chat in (*PEOPLE, CHAT)
    }


async def check(world: FragileWorld, rehearsal: Rehearsal) -> None:
    """Everything is as if nobody had died, but for one message that may stand there twice, or is given up."""
    assert world.kills == 1
    assert await violations(world) == []
    case = await human(world, "amina").case()
    assert case and case.state is CaseState.CLOSED and case.outcome is Outcome.GOOD
    more, fewer = 0, 0
    for chat, seen in screens(world).items():
        blocks = SequenceMatcher(None, seen, rehearsal.screens[chat], autojunk=False).get_matching_blocks()
        common = sum(block.size for block in blocks)
        more += len(seen) - common
        fewer += len(rehearsal.screens[chat]) - common
    assert more <= sum(world.witness.excused.values()), screens(world)
    assert fewer <= sum(row.reason == "uncertain" for row in world.witness.rows.values()), screens(world)


@pytest.mark.parametrize("share", range(SHARES))
async def test_the_story_ends_well_wherever_the_process_is_killed(
    library: Library, detector: Detector, catalog: Catalog, share: int
) -> None:
    theatre = Theatre(library, detector, catalog)
    rehearsal = await theatre.rehearse()
    struck = set()
    for act in range(len(ACTS)):
        step = share
        while True:
            try:
                place = await theatre.play(rehearsal, act, step)
            except AssertionError as error:
                raise AssertionError(f"killed at step {step} of act {act}: {error}") from error
            if place is None:
                break
            struck.add(place)
            step += SHARES
    assert len(struck) == len(Place)
