"""Whose words go where, when one person is several things at once, and what a no means."""

from dispatch.actions import rescue
from dispatch.model.messages import AttachmentKind, Kind
from tests.world import CHAT, World


async def test_h58_a_volunteers_own_question_never_goes_to_the_member_she_helps(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people("my question")
    await hodan.presses("button-take")
    leyla = await world.volunteer("leyla", free=None)
    await hodan.says("/person")
    await hodan.presses("button-yes")
    await leyla.presses("board-button", chat=CHAT)
    await hodan.says("my own worries")
    amina.does_not_see("my own worries")
    hodan.sees("which-case")
    await hodan.presses("case-name", containing="👤")
    leyla.sees("my own worries")
    amina.does_not_see("my own worries")


async def test_h58_a_reply_to_a_card_goes_to_the_case_of_that_card(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina, fatma = await world.member("amina", speaks="en"), await world.member("fatma", speaks="so")
    await amina.asks_people()
    await hodan.presses("button-take")
    await fatma.asks_people()
    await hodan.presses("button-take")
    await world.passes(minutes=11)
    nudge = next(
        shown for shown in hodan.seen() if world.says("nudge", shown.text, "en") and "1" in shown.text
    )
    await hodan.replies(nudge, "for amina only")
    amina.sees("for amina only")
    fatma.does_not_see("for amina only")


async def test_no_after_yes_takes_it_back_from_everybody(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.says("Zxqv wplk?")
    yes, no = amina.press("button-yes"), amina.press("button-no")
    await world.arrive(yes, no)
    await world.settles()
    amina.sees("consent-refused")
    hodan.sees("offer-over")
    hodan.does_not_see("Zxqv")
    row = await amina.row()
    assert row and not row.has_consented


async def test_a_case_that_was_opened_for_her_shows_nothing_before_her_yes(world: World) -> None:
    hodan = await world.volunteer("hodan", speaks=("en",))
    amina = await world.member("amina", speaks="en")
    message = amina._message(Kind.SAID, text="could not be handled")
    await world.within(lambda tx: rescue.from_inbox(tx, message, world.clock.now()))
    await world.settles()
    await amina.says("secret words")
    await hodan.presses("button-take")
    hodan.does_not_see("secret words", "could not be handled")
    await amina.presses("button-yes")
    hodan.sees("secret words")


async def test_no_that_comes_too_late_does_not_say_that_nothing_was_sent(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await hodan.presses("button-take")
    await amina.says("ring me on 912 34 567")
    yes, no = amina.press("button-yes"), amina.press("button-no")
    await world.arrive(yes, no)
    await world.settles()
    hodan.sees("912 34 567")
    amina.does_not_see("identity-kept-back")


async def test_after_a_picture_was_kept_back_the_next_one_is_asked_about(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.shows(AttachmentKind.PHOTO)
    await amina.presses("button-yes")
    await amina.presses("button-take-another")
    await amina.shows(AttachmentKind.PHOTO)
    await amina.presses("button-send")
    await hodan.presses("button-take")
    assert [shown for shown in hodan.seen() if shown.files]


async def test_a_picture_that_waits_for_her_yes_is_not_lost_when_she_opens_a_case_meanwhile(
    world: World,
) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people("first")
    await hodan.presses("button-take")
    await hodan.presses("button-finish")
    await hodan.presses("button-finish")
    await amina.shows(AttachmentKind.PHOTO)
    await amina.presses("button-ask-again")
    await amina.presses("button-send")
    await hodan.presses("button-take")
    assert [shown for shown in hodan.seen() if shown.files]


async def test_words_of_danger_are_answered_wherever_she_is(world: World) -> None:
    hodan = await world.volunteer("hodan", free=None)
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await amina.says("danger")
    amina.sees("emergency-no")
    await hodan.presses("board-button", chat=CHAT)
    hodan.sees("danger")
    await hodan.says("danger!")
    hodan.sees("emergency-no")


async def test_the_next_volunteer_sees_who_said_what(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people("Should I sign it?")
    await hodan.presses("button-take")
    await hodan.says("No, do not sign")
    leyla = await world.volunteer("leyla", free=None)
    await hodan.presses("button-hand-over")
    await leyla.presses("board-button", chat=CHAT)
    assert leyla.sees("Should I sign it?").text == "Should I sign it?"
    assert leyla.sees("No, do not sign").text.startswith("👩")


async def test_who_gave_a_case_back_cannot_change_what_was_said_in_it(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await hodan.presses("button-take")
    said = await hodan.says("Sign it")
    await hodan.presses("button-hand-over")
    await hodan.edits(said, "I never said anything")
    leyla = await world.volunteer("leyla", free=None)
    await leyla.presses("board-button", chat=CHAT)
    leyla.sees("Sign it")
    hodan.sees("undelivered")


async def test_h28_room_that_becomes_free_is_used_for_who_waits(world: World) -> None:
    hodan = await world.volunteer("hodan", free="stop")
    for number in range(3):
        member = await world.member(f"member{number}", speaks="so")
        await member.asks_people()
        await hodan.presses("button-take")
    last = await world.member("last", speaks="so")
    await last.asks_people()
    assert not hodan.has_button("button-take")
    await hodan.presses("button-hand-over")
    assert hodan.has_button("button-take")


async def test_an_answer_is_given_again_in_the_language_that_she_chooses(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("How do I apply for child benefit (barnetrygd)?")
    await amina.presses("🌐 English")
    await amina.presses(world.autonym("nb"))
    amina.sees("Barnetrygd")


async def test_addresses_of_all_kinds_are_asked_about(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await hodan.presses("button-take")
    for text in (
        "fatima.hassan@example.com",
        "+47 (912) 34 567",
        "912/34/567",
        "912\u200b34\u200b567",
        "see facebook.com/fatima",
        "I am @fa.h",
    ):
        before = len(hodan.seen())
        await amina.says(text)
        assert len(hodan.seen()) == before, text
        await amina.presses("button-no")
