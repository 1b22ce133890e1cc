"""A case: it waits, is offered, is taken by exactly one, is talked about, and ends."""

import asyncio
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from dispatch.model.cases import CaseState
from tests.world import CHAT, World


async def test_the_board_shows_a_waiting_case_without_content_and_changes_when_it_is_taken(
    world: World,
) -> None:
    hodan = await world.volunteer("hodan", free=None)
    amina = await world.member("amina")
    await amina.asks_people("Secret words about my husband")
    hodan.sees("board-title", "board-line", chat=CHAT)
    assert "Secret" not in hodan.screen(CHAT)
    await hodan.presses("board-button", chat=CHAT)
    hodan.sees("board-empty", chat=CHAT)
    hodan.sees("taken")
    hodan.sees("Secret words")


async def test_h24_of_many_who_press_at_once_exactly_one_has_the_case(world: World) -> None:
    helpers = [await world.volunteer(f"helper{number}", free=None) for number in range(6)]
    amina = await world.member("amina")
    await amina.asks_people()
    presses = [helper.press("board-button", chat=CHAT) for helper in helpers]
    await asyncio.gather(*(world.arrive(press) for press in presses))
    async with asyncio.TaskGroup() as group:
        for waiting in await world.turns._next():
            group.create_task(world.turns._guarded(waiting))
    await world.settles()
    winners = [helper for helper in helpers if helper.find("taken")]
    assert len(winners) == 1
    assert len([text for _, text in world.channel.toasts if world.says("offer-gone", text, "en")]) == 5


async def test_h25_the_cards_of_the_others_say_that_it_is_taken_and_have_no_buttons(world: World) -> None:
    hodan = await world.volunteer("hodan")
    leyla = await world.volunteer("leyla")
    amina = await world.member("amina")
    await amina.asks_people()
    old = leyla.press("button-take")
    await hodan.presses("button-take")
    card = leyla.sees("offer-taken")
    assert card.labels() == []
    await world.arrive(old)
    await world.settles()
    assert world.says("offer-gone", world.channel.toasts[-1][1], "en")
    leyla.does_not_see("taken-hint")


async def test_h28_nobody_available_is_said_honestly_and_the_case_goes_out_when_somebody_comes(
    world: World,
) -> None:
    hodan = await world.volunteer("hodan", free=None)
    amina = await world.member("amina", speaks="so")
    amina.language = "so"
    await amina.asks_people()
    amina.sees("nobody-free-unknown")
    hodan.does_not_see("offer")
    await world.passes(hours=2)
    await hodan.presses("button-free-hour")
    hodan.sees("offer")
    amina.sees("waiting")
    await hodan.presses("button-take")
    amina.sees("here-now")


async def test_when_somebody_plans_to_come_she_is_told_when(world: World) -> None:
    hodan = await world.volunteer("hodan", free=None)
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    amina.sees("nobody-free-unknown")
    await hodan.presses("button-plan")
    await hodan.presses("18:00")
    hodan.sees("plan-set")
    assert "18:00" in amina.sees("nobody-free-plan").text
    await world.passes(hours=6)
    hodan.sees("plan-reminder")


async def test_a_volunteer_who_does_not_speak_the_language_is_not_asked(world: World) -> None:
    olena = await world.volunteer("olena", speaks=("uk",))
    amina = await world.member("amina", speaks="so")
    await amina.asks_people()
    olena.does_not_see("offer")
    await olena.presses("board-button", chat=CHAT)
    assert world.says("offer-wrong-language", world.channel.toasts[-1][1], "en")


async def test_a_language_that_nobody_speaks_is_said_and_coordinators_hear_of_it(world: World) -> None:
    kari = await world.coordinator("kari")
    await world.volunteer("olena", speaks=("uk",))
    amina = await world.member("amina", speaks="tr")
    amina.language = "tr"
    await amina.asks_people()
    amina.sees("nobody-speaks")
    kari.sees("alert-nobody-speaks")


async def test_two_are_asked_at_first_and_others_after_a_while(world: World) -> None:
    helpers = [await world.volunteer(f"helper{number}") for number in range(3)]
    amina = await world.member("amina")
    await amina.asks_people()
    assert len([helper for helper in helpers if helper.find("offer")]) == 2
    await world.passes(minutes=3)
    assert len([helper for helper in helpers if helper.find("offer")]) == 3


async def test_not_now_asks_the_next_at_once(world: World) -> None:
    helpers = [await world.volunteer(f"helper{number}") for number in range(3)]
    amina = await world.member("amina")
    await amina.asks_people()
    asked = next(helper for helper in helpers if helper.find("offer"))
    await asked.presses("button-not-now")
    asked.sees("offer-declined")
    assert all(helper.find("offer") or helper is asked for helper in helpers)


async def test_h8_what_she_adds_while_it_waits_belongs_to_the_same_case(world: World) -> None:
    hodan = await world.volunteer("hodan", free=None)
    amina = await world.member("amina")
    case = await amina.asks_people("first")
    for number in range(10):
        await amina.writes(f"forwarded {number}")
    await world.settles()
    again = await amina.case()
    assert again and again.id == case.id
    await hodan.presses("board-button", chat=CHAT)
    texts = [shown.text for shown in hodan.seen() if shown.text.startswith("forwarded")]
    assert texts == [f"forwarded {number}" for number in range(10)]


async def test_h30_silence_is_nudged_and_then_goes_back_to_the_queue_without_blame(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people("Where do I find a swimming course?")
    await hodan.presses("button-take")
    leyla = await world.volunteer("leyla")
    await world.passes(minutes=11)
    hodan.sees("nudge")
    leyla.does_not_see("offer")
    await world.passes(minutes=11)
    hodan.sees("case-returned")
    amina.sees("handed-back")
    leyla.sees("offer")
    await leyla.presses("button-take")
    leyla.sees("Where do I find a swimming course?")


async def test_i_am_here_keeps_the_case(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina")
    await amina.asks_people()
    await hodan.presses("button-take")
    await world.passes(minutes=11)
    await hodan.presses("button-here")
    await world.passes(minutes=5)
    hodan.does_not_see("case-returned")


async def test_a_case_can_be_handed_over_with_all_that_was_said(world: World) -> None:
    hodan = await world.volunteer("hodan")
    leyla = await world.volunteer("leyla", free=None)
    amina = await world.member("amina", speaks="en")
    await amina.asks_people("my question")
    await hodan.presses("button-take")
    await hodan.says("my answer")
    await hodan.presses("button-hand-over")
    hodan.sees("case-handed-over")
    amina.sees("handed-back")
    await leyla.presses("button-free-hour")
    await leyla.presses("button-take")
    leyla.sees("my question", "my answer")


async def test_h28_after_a_handover_she_who_was_not_quick_enough_is_asked_again(world: World) -> None:
    hodan = await world.volunteer("hodan")
    leyla = await world.volunteer("leyla")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people("my question")
    await hodan.presses("button-take")
    leyla.sees("offer-taken")
    await hodan.presses("button-hand-over")
    assert leyla.has_button("button-take")
    amina.sees("waiting")
    await leyla.presses("button-take")
    leyla.sees("my question")


async def test_h28_after_a_handover_whoever_comes_is_asked_though_she_saw_it_before(world: World) -> None:
    hodan = await world.volunteer("hodan")
    leyla = await world.volunteer("leyla")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await hodan.presses("button-take")
    await leyla.presses("button-off")
    await hodan.presses("button-hand-over")
    assert not leyla.has_button("button-take")
    await leyla.presses("button-free-hour")
    assert leyla.has_button("button-take")


async def test_h35_when_only_she_is_free_who_gave_it_back_nobody_is_told_otherwise(world: World) -> None:
    kari = await world.coordinator("kari")
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await kari.says("/queue")
    kari.does_not_see("queue-nobody-left")
    await hodan.presses("button-take")
    await hodan.presses("button-hand-over")
    amina.sees("nobody-free-unknown")
    amina.does_not_see("waiting")
    await kari.says("/queue")
    kari.sees("queue-nobody-left")
    # When she comes next is nothing to wait for.
    await hodan.presses("button-off")
    await hodan.presses("button-plan")
    await hodan.presses("18:00")
    amina.does_not_see("nobody-free-plan")


async def test_h35_when_all_have_said_not_now_she_is_told_that_nobody_is_asked(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    amina.sees("waiting")
    await hodan.presses("button-not-now")
    amina.sees("nobody-free-unknown")
    amina.does_not_see("waiting")


async def test_h35_a_case_for_coordinators_is_theirs_though_no_volunteer_is_left(world: World) -> None:
    kari = await world.coordinator("kari")
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people("help me")
    await hodan.presses("button-take")
    await hodan.presses("button-finish")
    await hodan.presses("button-finish")
    await amina.presses("🙁")
    await amina.presses("button-coordinator")
    amina.sees("waiting")
    await kari.presses("button-take")
    kari.sees("help me")


async def test_h35_when_she_who_was_asked_leaves_the_card_says_so(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    amina.sees("waiting")
    await hodan.says("/stop")
    amina.does_not_see("waiting")


async def test_whoever_knows_her_gives_it_back_and_is_not_asked_again(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina")
    await amina.asks_people()
    await hodan.presses("button-take")
    await hodan.presses("button-know-her")
    before = len(hodan.seen())
    await world.passes(minutes=30)
    assert not [shown for shown in hodan.seen()[before:] if world.says("offer", shown.text, "en")]


async def test_her_time_ends_and_an_open_case_is_asked_about(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await hodan.presses("button-take")
    await hodan.says("I am looking for it")
    await world.passes(minutes=61)
    hodan.sees("availability-ended-open")
    await hodan.presses("button-answer-later")
    await hodan.presses("18:00")
    assert "18:00" in amina.sees("answers-later").text


async def test_free_ends_by_itself(world: World) -> None:
    hodan = await world.volunteer("hodan")
    await world.passes(minutes=61)
    hodan.sees("availability-ended", "home-off")
    amina = await world.member("amina")
    await amina.asks_people()
    hodan.does_not_see("offer")


async def test_until_i_stop_ends_at_nine_in_the_evening(world: World) -> None:
    hodan = await world.volunteer("hodan", free="stop")
    row = await hodan.row()
    group = await world.within(lambda tx: tx.group)
    assert row and row.available_until
    assert group.local(row.available_until).hour == 21


async def test_the_member_takes_her_question_back(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await amina.presses("button-cancel")
    amina.sees("cancelled")
    hodan.sees("offer-over")
    case = await amina.case()
    assert case and case.state is CaseState.CLOSED


async def test_how_was_it_is_asked_once_and_another_woman_can_be_asked(world: World) -> None:
    hodan = await world.volunteer("hodan")
    leyla = await world.volunteer("leyla", free=None)
    amina = await world.member("amina", speaks="en")
    await amina.asks_people("help me")
    await hodan.presses("button-take")
    await hodan.presses("button-finish")
    await hodan.presses("button-finish")
    await amina.presses("🙁")
    amina.sees("rated-bad")
    before = len(hodan.seen())
    await amina.presses("button-another-woman")
    await leyla.presses("button-free-hour")
    await leyla.presses("button-take")
    leyla.sees("help me")
    assert not [
        shown for shown in hodan.seen()[before:] if world.says("offer", shown.text, "en") and shown.buttons
    ]


async def test_a_closed_case_can_be_opened_again_by_the_member(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    first = await amina.asks_people("help me")
    await hodan.presses("button-take")
    await hodan.presses("button-finish")
    await hodan.presses("button-finish")
    await amina.presses("button-ask-again")
    case = await amina.case()
    assert case and case.id == first.id and case.is_open
    hodan.sees("offer")


async def test_a_member_who_has_finished_by_mistake_is_a_tap_away_from_the_same_woman(world: World) -> None:
    hodan = await world.volunteer("hodan")
    leyla = await world.volunteer("leyla")
    amina = await world.member("amina", speaks="en")
    first = await amina.asks_people("help me")
    await hodan.presses("button-take")
    await amina.presses("button-finish")
    amina.sees("ended")
    await amina.presses("button-ask-again")
    case = await amina.case()
    assert case
    assert (case.id, case.is_open) == (first.id, True)
    assert leyla.has_button("button-take")
    await hodan.presses("button-take")
    await hodan.says("here I am again")
    amina.sees("here I am again")


@pytest.mark.parametrize("hours", [1, 9])
async def test_after_a_long_silence_the_volunteer_is_told(world: World, hours: int) -> None:
    hodan = await world.volunteer("hodan", free="stop")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people("help me")
    await hodan.presses("button-take")
    await hodan.says("yes")
    world.clock.advance(timedelta(hours=hours, minutes=1))
    await amina.says("I am back")
    hodan.sees("member-returns", "I am back")


async def test_a_volunteer_calls_a_coordinator_who_looks_at_the_case(world: World) -> None:
    kari = await world.coordinator("kari")
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina")
    await amina.asks_people("Secret words about my husband")
    await hodan.presses("button-take")
    await hodan.presses("button-coordinator")
    assert "Hodan" in kari.sees("alert-called").text
    await kari.presses("button-look")
    assert "Hodan" in kari.sees("case-with").text
    assert "Secret" not in kari.screen()
    await kari.presses("Hodan")
    kari.sees("person-card")
    await hodan.presses("button-hand-over")
    await kari.presses("button-look")
    await kari.presses("board-button")
    kari.sees("taken", "Secret words")
    await kari.presses("button-finish")
    await kari.presses("button-finish")
    await kari.presses("button-look")
    kari.sees("case-over")


async def test_a_case_that_nobody_takes_is_told_to_coordinators(world: World) -> None:
    kari = await world.coordinator("kari")
    await world.volunteer("hodan", free=None)
    amina = await world.member("amina", speaks="so")
    await amina.asks_people()
    await world.passes(minutes=61)
    kari.sees("alert-waiting")
    await kari.presses("button-take")
    kari.sees("taken")


async def test_three_cases_are_enough_for_one(world: World) -> None:
    hodan = await world.volunteer("hodan", free=None)
    for number in range(4):
        member = await world.member(f"member{number}")
        await member.asks_people()
    for _ in range(3):
        await hodan.presses("board-button", chat=CHAT)
    await hodan.presses("board-button", chat=CHAT)
    assert world.says("offer-full", world.channel.toasts[-1][1], "en")


async def test_after_some_cases_she_is_told_how_long_it_took_lately(world: World) -> None:
    hodan = await world.volunteer("hodan", free="stop")
    for number in range(5):
        member = await world.member(f"member{number}", speaks="en")
        await member.asks_people()
        member.does_not_see("waiting-lately")
        await world.passes(minutes=7)
        await hodan.presses("button-take")
        await hodan.presses("button-finish")
        await hodan.presses("button-finish")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    assert "7" in amina.sees("waiting-lately").text


async def test_what_a_card_says_about_waiting_stays_true(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    case = await amina.asks_people()
    since = f"{case.waiting_since.astimezone(ZoneInfo('Europe/Oslo')):%H:%M}"
    await world.passes(minutes=8)
    for shown in (hodan.sees("offer"), hodan.sees("board-line", chat=CHAT)):
        assert since in shown.text and " min" not in shown.text
