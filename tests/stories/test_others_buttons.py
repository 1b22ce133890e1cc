"""A button of another's role, or one from before somebody left, changes nothing (H26)."""

import inspect
from collections.abc import Iterator
from dataclasses import replace

import pytest

from dispatch.model.people import Standing
from dispatch.ports import Transaction
from handlers import router
from handlers.matches import Test, coordinator, helper, volunteer
from tests.world import Human, World

GIVEN = ("no-rent", "en", "0", "x")
"""Arguments that some of the buttons could have; nobody may get far enough to look at them."""


def actions(*by: Test) -> Iterator[str]:
    """What the buttons do that only these may press."""
    for route in router.ROUTES:
        if route.by in by:
            yield from inspect.getclosurevars(route.when).nonlocals.get("actions", ())


def kept(tx: Transaction) -> object:
    """All that coordinators and helpers could have changed."""
    return (
        tx.group,
        *tx.shelf.in_hand(),
        *tx.shelf.published(),
        *tx.shelf.signatures(),
        *tx.gaps.all(),
        *tx.phrasings.approved(),
        *tx.phrasings.proposed(),
        tx.recordings.languages("greeting"),
        tx.shelf.revision(),
    )


async def presses_all(world: World, human: Human, names: Iterator[str]) -> int:
    """She presses a button of each kind that was meant for nobody in particular; each is refused."""
    before, count = await world.within(kept), 0
    for action in names:
        token = await world.within(lambda tx, action=action: tx.buttons.put(action, *GIVEN))
        await world.arrive(human.press_token(token, human.last()))
        await world.settles()
        assert world.says("not-for-you", world.channel.toasts[-1][1], "en"), action
        world.channel.toasts.clear()
        count += 1
    assert await world.within(kept) == before
    return count


async def test_h26_no_button_of_a_coordinator_works_for_a_member_or_a_volunteer(world: World) -> None:
    amina, hodan = await world.member("amina", speaks="en"), await world.volunteer("hodan")
    for human in (amina, hodan):
        assert await presses_all(world, human, actions(coordinator)) > 50


@pytest.mark.parametrize("standing", [Standing.REMOVED, Standing.PAUSED, Standing.PENDING])
async def test_h26_no_button_of_a_helper_works_for_who_is_one_no_more(
    world: World, standing: Standing
) -> None:
    hodan = await world.volunteer("hodan", free=None)
    row = await hodan.row()
    assert row
    await world.within(lambda tx: tx.people.save(replace(tx.people.get(row.id), volunteer=standing)))
    assert await presses_all(world, hodan, actions(coordinator, helper, volunteer)) > 80


async def test_h26_a_button_that_was_copied_from_another_is_nobody_elses(world: World) -> None:
    kari, anne = await world.coordinator("kari"), await world.coordinator("anne")
    await kari.says("/shelf")
    before = await world.within(kept)
    for row in kari.last().buttons:
        for button in row:
            await world.arrive(anne.press_token(button.token, kari.last()))
            await world.settles()
            anne.sees("button-gone")
    assert await world.within(kept) == before
