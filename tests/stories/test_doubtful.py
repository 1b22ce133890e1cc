"""Moments in which it would be easy to do the wrong thing."""

from datetime import timedelta

from bot.channels.errors import Unavailable
from dispatch.model.messages import AttachmentKind
from tests.world import CHAT, World


async def test_who_took_from_the_board_and_knows_her_is_not_asked_again(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina")
    await world.volunteer("leyla")
    await hodan.presses("button-off")
    await amina.asks_people()
    await hodan.presses("board-button", chat=CHAT)
    await hodan.presses("button-know-her")
    before = len(hodan.seen())
    await hodan.says("/free")
    await hodan.presses("button-free-hour")
    await world.passes(minutes=10)
    assert not [
        shown for shown in hodan.seen()[before:] if world.says("offer", shown.text, "en") and shown.buttons
    ]


async def test_a_volunteer_who_has_blocked_the_bot_cannot_take_from_the_board(world: World) -> None:
    hodan = await world.volunteer("hodan", free=None)
    await hodan.blocks()
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await hodan.presses("board-button", chat=CHAT)
    assert world.says("offer-start-first", world.channel.toasts[-1][1], "en")
    amina.does_not_see("here-now")


async def test_not_yet_leaves_everything_as_it_is(world: World) -> None:
    hodan = await world.volunteer("hodan", free="stop")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await hodan.presses("button-take")
    await hodan.says("I am here")
    await hodan.presses("button-finish")
    await hodan.presses("button-not-yet")
    await world.passes(minutes=25)
    hodan.does_not_see("nudge", "case-returned")


async def test_who_said_when_she_answers_is_not_nudged_before(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await hodan.presses("button-take")
    await hodan.says("one moment")
    await world.passes(minutes=61)
    await hodan.presses("button-answer-later")
    await hodan.presses("18:00")
    await amina.says("thank you, I wait")
    await world.passes(minutes=40)
    hodan.does_not_see("nudge", "case-returned")


async def test_h58_what_she_types_when_a_case_has_just_ended_goes_to_nobody_else(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina, fatma = await world.member("amina", speaks="so"), await world.member("fatma", speaks="en")
    await amina.asks_people()
    await hodan.presses("button-take")
    await fatma.asks_people()
    await hodan.presses("button-take")
    await hodan.says("to fatma")
    await fatma.presses("button-finish")
    await hodan.says("and one more thing, Fatma")
    amina.does_not_see("one more thing")
    hodan.sees("which-case")


async def test_danger_while_she_waits_makes_the_case_urgent(world: World) -> None:
    kari = await world.coordinator("kari")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await amina.says("/danger")
    await amina.presses("button-person", containing="person")
    case = await amina.case()
    assert case and case.urgent
    kari.sees("alert-wants-coordinator")


async def test_another_language_of_her_phone_changes_nothing(world: World) -> None:
    amina = world.person("amina", app_language="nb")
    await amina.says("Zxqv wplk?")
    amina.app_language = "en"
    await amina.says("Zxqv wplk again?")
    assert len(world.channel.reactions_on("amina")) == 2


async def test_an_outage_of_many_hours_loses_nothing_that_is_owed(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    world.channel.failures.extend([Unavailable("away", reached=False)] * 80)
    await amina.says("/help")
    await world.passes(hours=8)
    amina.sees("help-member")


async def test_an_edit_before_her_yes_is_what_is_shown_after_it(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    said = await amina.says("Zxqv I am Amina wplk?")
    await amina.edits(said, "Zxqv wplk?")
    await amina.presses("button-yes")
    await hodan.presses("button-take")
    hodan.sees("Zxqv wplk?")
    hodan.does_not_see("I am Amina")


async def test_a_picture_with_a_number_is_asked_about_twice(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await hodan.presses("button-take")
    await amina.shows(AttachmentKind.PHOTO, "call me on 912 34 567")
    await amina.presses("button-send")
    amina.sees("identity-warning")
    hodan.does_not_see("912 34 567")
    await amina.presses("button-yes")
    hodan.sees("912 34 567")


async def test_what_was_never_sent_is_forgotten_after_a_day(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("Zxqv wplk?")
    row = await amina.row()
    assert row
    assert await world.within(lambda tx: tx.dialogs.find(row.id, "pending"))
    await world.passes(days=1, minutes=1)
    assert await world.within(lambda tx: tx.dialogs.find(row.id, "pending")) is None


async def test_an_old_until_i_stop_button_at_night_means_an_hour(world: World) -> None:
    hodan = await world.volunteer("hodan", free=None)
    press = hodan.press("button-free-stop")
    world.clock.set(world.clock.now().replace(hour=22))
    await world.arrive(press)
    await world.settles()
    row = await hodan.row()
    assert row and row.available_until
    assert row.available_until - world.clock.now() <= timedelta(hours=1)


async def test_who_was_removed_may_still_ask_as_a_member(world: World) -> None:
    kari = await world.coordinator("kari")
    hodan = await world.volunteer("hodan")
    await kari.says("/people")
    await kari.presses("Hodan")
    await kari.presses("button-remove")
    await kari.presses("button-remove")
    await hodan.says("How do I apply for child benefit for my two children?")
    hodan.sees("welcome", "did-you-mean")


async def test_a_stranger_who_writes_a_coordinators_command_in_a_group_alarms_nobody(world: World) -> None:
    kari = await world.coordinator("kari")
    before = len(kari.seen())
    await world.person("stranger").says("/group", chat="-55")
    await world.passes(minutes=2)
    assert len(kari.seen()) == before


async def test_h7_the_caption_of_any_item_of_an_album_is_what_she_asks(world: World) -> None:
    amina = world.person("amina")
    for caption in ("", "How do I apply for child benefit for my two children?"):
        await amina.writes(caption, attachments=(world.attachment(AttachmentKind.PHOTO),), album="a1")
    await world.passes(seconds=3)
    amina.sees("welcome")
