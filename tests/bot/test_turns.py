"""Turns: each message once, in order, and none is dropped, whatever goes wrong."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.turns import TRIES
from dispatch.model.messages import Kind
from handlers import question, router
from tests.world import World


async def test_h1_the_same_update_twice_changes_nothing(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await hodan.presses("button-take")
    message = amina._message(Kind.SAID, text="only once")
    envelope = world.envelope(message, "update-7")
    await world.intake.accept([envelope])
    await asyncio.gather(world.intake.accept([envelope]), world.intake.accept([envelope]))
    await world.settles()
    await world.intake.accept([envelope])
    await world.settles()
    assert len([shown for shown in hodan.seen() if shown.text == "only once"]) == 1


async def test_h2_what_was_accepted_is_handled_after_a_restart(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await hodan.presses("button-take")
    await amina.writes("before the crash")
    world.start_service()
    await world.settles()
    hodan.sees("before the crash")


async def test_h4_a_message_of_the_night_is_answered_with_an_excuse(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("Zxqv wplk?", sent_at=world.clock.now() - timedelta(hours=3))
    amina.sees("late")


async def test_a_senders_messages_are_handled_in_order(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await hodan.presses("button-take")
    for number in range(20):
        await amina.writes(f"number {number}")
    async with asyncio.TaskGroup() as group:
        for _ in range(40):
            for waiting in await world.turns._next():
                world.turns._in_hand.add(waiting.id)
                group.create_task(world.turns._guarded(waiting))
            await asyncio.sleep(0.005)
    await world.settles()
    numbers = [shown.text for shown in hodan.seen() if shown.text.startswith("number")]
    assert numbers == [f"number {number}" for number in range(20)]


async def test_h3_a_turn_that_always_fails_is_parked_and_becomes_a_case_and_the_next_message_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    kari = await world.coordinator("kari")
    amina = await world.member("amina", speaks="en")
    routes = router.ROUTES
    failing = replace(routes[-1], handle=_fails)
    monkeypatch.setattr(router, "ROUTES", (*routes[:-1], failing))
    await amina.says("this one breaks something")
    assert await amina.case() is None
    await world.passes(minutes=2)
    kari.sees("alert-parked")
    case = await amina.case()
    assert case and case.is_open
    monkeypatch.setattr(router, "ROUTES", routes)
    await amina.says("/help")
    amina.sees("help-member")
    texts = [message.text for message in await world.within(lambda tx: tx.messages.of(case.id))]
    assert texts == []  # she had not agreed that anybody sees it


def _fails(_: object) -> None:
    raise RuntimeError("broken on purpose")


async def test_a_turn_that_fails_for_a_moment_is_tried_again_and_nothing_is_doubled(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina = await world.member("amina", speaks="en")
    left = [TRIES - 1]
    real = question.ask

    def sometimes(turn: object) -> None:
        real(turn)  # type: ignore[arg-type]
        if left[0]:
            left[0] -= 1
            raise RuntimeError("broken on purpose, after it has done everything")

    failing = replace(router.ROUTES[-1], handle=sometimes)
    monkeypatch.setattr(router, "ROUTES", (*router.ROUTES[:-1], failing))
    await amina.says("Zxqv wplk?")
    await world.passes(minutes=2)
    assert len([shown for shown in amina.seen() if world.says("no-answer", shown.text, "en")]) == 1


async def test_an_envelope_that_cannot_be_read_is_parked_alone(world: World) -> None:
    kari = await world.coordinator("kari")
    amina = await world.member("amina", speaks="en")
    broken = replace(world.envelope(amina._message(Kind.SAID, text="x")), raw=b"\x00 not ours")
    await world.intake.accept([broken])
    await amina.says("/help")
    amina.sees("help-member")
    kari.sees("alert-parked-other")


async def test_h26_an_old_button_after_a_restart_still_says_something(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("/forget")
    shown = amina.sees("forget-ask")
    world.start_service()
    await amina.presses("button-no")
    amina.sees("nothing-changed")
    press = amina.press_token("AAAAAAAAAAAAAAAAAAAAAA", shown)
    await world.arrive(press)
    await world.settles()
    amina.sees("button-gone")


async def test_a_forged_button_of_somebody_else_does_nothing(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    token = hodan.press("button-take").pressed
    assert token
    await world.arrive(amina.press_token(token, amina.last()))
    await world.settles()
    case = await amina.case()
    assert case and case.assignee_id is None


async def test_h35_every_message_gets_a_sign_at_once(world: World) -> None:
    amina = world.person("amina")
    await amina.says("ok")
    assert world.channel.reactions_on("amina") == ["👀"]


async def test_h45_two_first_messages_make_one_person_and_one_case(world: World) -> None:
    await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.says("/person")
    await amina.presses("button-yes")
    await amina.writes("one")
    await amina.writes("two")
    async with asyncio.TaskGroup() as group:
        for _ in range(10):
            for waiting in await world.turns._next():
                world.turns._in_hand.add(waiting.id)
                group.create_task(world.turns._guarded(waiting))
            await asyncio.sleep(0.01)
    await world.settles()
    waiting = await world.within(lambda tx: tx.cases.waiting())
    assert len(waiting) == 1


async def test_h48_where_somebody_is_in_a_dialog_survives_a_restart(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = world.person("amina")
    await amina.says("ok")
    world.start_service()
    await amina.presses("English")
    await amina.says("Zxqv wplk?")
    world.start_service()
    await amina.presses("button-yes")
    world.start_service()
    await hodan.presses("button-take")
    hodan.sees("wplk")
