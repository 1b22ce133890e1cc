"""The two talk through the bot: everything passes, and nothing that tells who one is."""

from datetime import timedelta

import pytest

from dispatch.model.messages import AttachmentKind
from tests.fake_channel import Shown
from tests.world import CHAT, Human, World, uploads


async def in_conversation(world: World, *, speaks: str = "en") -> tuple[Human, Human]:
    """A member and the volunteer who has her case."""
    hodan = await world.volunteer("hodan", speaks=("so", "en"), free="stop")
    amina = await world.member("amina", speaks=speaks)
    await amina.asks_people("my question")
    await hodan.presses("button-take")
    return amina, hodan


def files(human: Human) -> list[Shown]:
    return [shown for shown in human.seen() if shown.files]


@pytest.mark.parametrize("kind", [AttachmentKind.VOICE, AttachmentKind.STICKER, AttachmentKind.AUDIO])
async def test_sound_and_stickers_pass_both_ways(world: World, kind: AttachmentKind) -> None:
    amina, hodan = await in_conversation(world)
    await amina.shows(kind)
    assert len(files(hodan)) == 1
    await hodan.shows(kind)
    assert len(files(amina)) == 1


async def test_a_voice_tells_who_one_is_and_both_are_told_once(world: World) -> None:
    amina, hodan = await in_conversation(world)
    for human in (amina, hodan):
        await human.shows(AttachmentKind.VOICE)
        await human.shows(AttachmentKind.VOICE)
        assert len([shown for shown in human.seen() if world.says("voice-warning", shown.text, "en")]) == 1


async def test_her_first_picture_is_asked_about_and_comes_covered(world: World) -> None:
    amina, hodan = await in_conversation(world)
    await amina.shows(AttachmentKind.PHOTO, "my letter")
    amina.sees("picture-warning")
    assert not files(hodan)
    await amina.presses("button-send")
    (shown,) = files(hodan)
    assert shown.covered
    assert shown.guarded
    assert shown.text == "my letter"
    await amina.shows(AttachmentKind.PHOTO)
    assert len(files(hodan)) == 2


async def test_take_another_keeps_the_picture_back(world: World) -> None:
    amina, hodan = await in_conversation(world)
    await amina.shows(AttachmentKind.PHOTO)
    await amina.presses("button-take-another")
    amina.sees("picture-dropped")
    assert not files(hodan)


async def test_h50_a_document_goes_on_under_a_neutral_name(world: World) -> None:
    amina, hodan = await in_conversation(world)
    await amina.shows(AttachmentKind.DOCUMENT)
    await amina.presses("button-send")
    (upload,) = uploads(files(hodan)[0])
    assert upload.name == "document"
    assert b"bytes of" in upload.content


@pytest.mark.parametrize("kind", [AttachmentKind.CONTACT, AttachmentKind.LOCATION])
async def test_h50_a_contact_or_a_place_is_asked_about_every_time(world: World, kind: AttachmentKind) -> None:
    amina, hodan = await in_conversation(world)
    for _ in range(2):
        before = len(files(hodan))
        await amina.shows(kind)
        amina.sees("identity-warning")
        assert len(files(hodan)) == before
        await amina.presses("button-yes")
        assert len(files(hodan)) == before + 1


@pytest.mark.parametrize(
    "text", ["ring me: 912 34 567", "01017012345", "write @fatima_h", "t.me/fatima", "+47 91234567"]
)
async def test_h50_numbers_and_handles_are_asked_about_first(world: World, text: str) -> None:
    amina, hodan = await in_conversation(world)
    await amina.says(text)
    amina.sees("identity-warning")
    hodan.does_not_see(text)
    await amina.presses("button-no")
    amina.sees("identity-kept-back")
    hodan.does_not_see(text)
    await hodan.says(text)
    hodan.sees("identity-warning")
    amina.does_not_see(text)
    await hodan.presses("button-yes")
    amina.sees(text)


async def test_h49_no_name_or_id_of_one_reaches_the_other(world: World) -> None:
    amina, hodan = await in_conversation(world)
    await amina.says("I am at home")
    await hodan.says("So am I")
    assert "Hodan" not in amina.screen() and "hodan" not in amina.screen()
    assert "Amina" not in hodan.screen() and "amina" not in hodan.screen()


async def test_h15_what_people_write_is_shown_exactly_as_written(world: World) -> None:
    amina, hodan = await in_conversation(world)
    for text in [
        "<b>bold</b> *star* _under_ {0.__class__} %s {{7*7}}",
        "[link](tg://user?id=1)",
        "=HYPERLINK(1)",
    ]:
        await amina.says(text)
        hodan.sees(text)


async def test_h9_an_edit_changes_what_the_other_sees(world: World) -> None:
    amina, hodan = await in_conversation(world)
    said = await amina.says("tomorow")
    await amina.edits(said, "tomorrow")
    shown = hodan.sees("tomorrow")
    assert "✏️" in shown.text
    hodan.does_not_see("tomorow")
    answer = await hodan.says("see you then")
    await hodan.edits(answer, "until then")
    amina.sees("until then")


async def test_h9_an_edit_before_it_was_taken_shows_its_last_form(world: World) -> None:
    hodan = await world.volunteer("hodan", free=None)
    amina = await world.member("amina", speaks="en")
    await amina.says("/person")
    await amina.presses("button-yes")
    said = await amina.says("first words")
    await amina.edits(said, "second words")
    await hodan.presses("board-button", chat=CHAT)
    hodan.sees("second words")
    hodan.does_not_see("first words")


async def test_a_reply_points_at_the_same_message_on_the_other_side(world: World) -> None:
    amina, hodan = await in_conversation(world)
    said = await amina.says("Which office?")
    await hodan.says("one moment")
    await hodan.replies(hodan.sees("Which office?"), "The one in Storgata")
    assert amina.sees("The one in Storgata").reply_to == said


async def test_reactions_pass_both_ways(world: World) -> None:
    amina, hodan = await in_conversation(world)
    await amina.says("thank you")
    await hodan.reacts(hodan.sees("thank you"), "❤")
    assert world.channel.reactions_on(amina.user)[-1] == "❤"
    await hodan.says("you are welcome")
    await amina.reacts(amina.sees("you are welcome"), "👍")
    assert world.channel.reactions_on(hodan.user)[-1] == "👍"


async def test_h7_an_album_is_one_question_and_one_relay_whatever_item_has_the_caption(world: World) -> None:
    amina, hodan = await in_conversation(world)
    for caption in ("", "both pages", ""):
        await amina.writes(caption, attachments=(world.attachment(AttachmentKind.PHOTO),), album="a1")
    await world.settles()
    amina.does_not_see("picture-warning")
    await world.passes(seconds=3)
    assert len([shown for shown in amina.seen() if world.says("picture-warning", shown.text, "en")]) == 1
    await amina.presses("button-send")
    (shown,) = files(hodan)
    assert len(shown.files) == 3
    assert shown.text == "both pages"


async def two_conversations(world: World) -> tuple[Human, Human, Human]:
    """Two members, and the volunteer who has taken the case of the first and then of the second."""
    amina, hodan = await in_conversation(world)
    fatma = await world.member("fatma", speaks="so")
    await fatma.asks_people("another question")
    await hodan.presses("button-take")
    return amina, fatma, hodan


async def test_h58_who_has_taken_a_second_case_is_asked_to_whom_she_writes(world: World) -> None:
    amina, fatma, hodan = await two_conversations(world)
    await hodan.says("hello")
    hodan.sees("which-case")
    for member in (amina, fatma):
        member.does_not_see("hello")
    await hodan.presses("case-name", containing="🟧")
    fatma.sees("hello")
    amina.does_not_see("hello")
    assert "🟧" in hodan.sees("went-to").text


async def test_h58_she_is_asked_again_when_another_woman_has_spoken(world: World) -> None:
    amina, fatma, hodan = await two_conversations(world)
    await hodan.says("hello")
    await hodan.presses("case-name", containing="🟧")
    await hodan.says("what can I do for you?")
    fatma.sees("what can I do for you?")
    await amina.says("are you there?")
    await hodan.says("yes I am here")
    hodan.sees("which-case")
    for member in (amina, fatma):
        member.does_not_see("yes I am here")
    await hodan.presses("case-name", containing="🟦")
    amina.sees("yes I am here")
    fatma.does_not_see("yes I am here")


async def test_h58_what_another_woman_changes_is_said_anew(world: World) -> None:
    amina, fatma, hodan = await two_conversations(world)
    said = await amina.says("tomorow")
    await hodan.says("hello")
    await hodan.presses("case-name", containing="🟧")
    await amina.edits(said, "today")
    await hodan.says("good")
    hodan.sees("which-case")
    fatma.does_not_see("good")


async def test_h58_a_reply_goes_where_the_message_came_from_and_shows_it(world: World) -> None:
    amina, fatma, hodan = await two_conversations(world)
    await hodan.replies(hodan.sees("my question"), "to the first")
    amina.sees("to the first")
    fatma.does_not_see("to the first")
    assert "🟦" in hodan.sees("went-to").text
    # The other still waits for her first word: what comes next may be for her.
    await hodan.says("and this?")
    hodan.sees("which-case")
    amina.does_not_see("and this?")
    fatma.does_not_see("and this?")


async def test_h58_when_nobody_else_waits_the_next_words_go_where_the_last_went(world: World) -> None:
    amina, fatma, hodan = await two_conversations(world)
    await hodan.replies(hodan.sees("another question"), "one moment")
    await hodan.replies(hodan.sees("my question"), "to the first")
    for words in ("and one thing more", "and another"):
        await hodan.says(words)
        amina.sees(words)
        fatma.does_not_see(words)
        assert world.says("went-to", hodan.last().text, "en")
    # After a while it asks all the same.
    world.clock.advance(timedelta(minutes=11))
    await hodan.says("to whom?")
    hodan.sees("which-case")
    amina.does_not_see("to whom?")
    fatma.does_not_see("to whom?")


async def test_h58_whom_she_has_chosen_stays_chosen_until_another_speaks(world: World) -> None:
    amina, fatma, hodan = await two_conversations(world)
    await hodan.replies(hodan.sees("my question"), "to the first")
    await hodan.presses("case-name", containing="🟧")
    assert "🟧" in hodan.sees("writing-to").text
    for words in ("one", "two"):
        await hodan.says(words)
        fatma.sees(words)
        amina.does_not_see(words)


async def test_h58_her_own_question_is_never_mixed_up_with_those_of_others(world: World) -> None:
    leyla = await world.volunteer("leyla", free="stop")
    hodan = await world.volunteer("hodan", free=None)
    amina = await world.member("amina", speaks="en")
    await amina.asks_people("my question")
    await leyla.presses("button-not-now")
    await hodan.presses("board-button", chat=CHAT)
    await hodan.says("hello amina")
    amina.sees("hello amina")
    await hodan.says("/person")
    await hodan.presses("button-yes")
    await leyla.presses("button-take")
    await leyla.says("how can I help you?")
    await hodan.says("my rent")
    hodan.sees("which-case")
    amina.does_not_see("my rent")
    await hodan.presses("case-name", containing="👤")
    leyla.sees("my rent")
    amina.does_not_see("my rent")
    assert "👤" in hodan.sees("went-to").text


async def test_h58_with_two_cases_each_message_carries_its_colour(world: World) -> None:
    amina, hodan = await in_conversation(world)
    fatma = await world.member("fatma", speaks="so")
    await fatma.asks_people("another question")
    await hodan.presses("button-take")
    await amina.says("from the first")
    await fatma.says("from the second")
    first, second = hodan.sees("from the first").text, hodan.sees("from the second").text
    assert first.split()[0] == "🟦"
    assert second.split()[0] == "🟧"


async def test_a_volunteer_without_a_case_is_told_that_nobody_got_it(world: World) -> None:
    hodan = await world.volunteer("hodan")
    await hodan.says("hello?")
    hodan.sees("no-case")


async def test_after_the_end_nothing_reaches_the_other(world: World) -> None:
    amina, hodan = await in_conversation(world)
    await hodan.presses("button-finish")
    await hodan.presses("button-finish")
    await hodan.says("one more thing")
    amina.does_not_see("one more thing")
    hodan.sees("no-case")


async def test_h33_while_a_woman_talks_with_her_the_machine_keeps_silent(world: World) -> None:
    amina, hodan = await in_conversation(world)
    before = len(amina.seen())
    await amina.says("How do I apply for child benefit for my two children?")
    assert len(amina.seen()) == before
    hodan.sees("child benefit")


async def test_a_member_who_is_also_a_volunteer_cannot_take_her_own_question(world: World) -> None:
    hodan = await world.volunteer("hodan")
    await hodan.says("/person")
    await hodan.presses("button-yes")
    hodan.does_not_see("offer")
    await hodan.presses("board-button", chat=CHAT)
    assert world.says("offer-own", world.channel.toasts[-1][1], "en")


async def test_a_no_that_comes_late_ends_the_case_and_her_volunteer_hears_why(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.says("/person")
    no = amina.press("button-no")
    await amina.presses("button-yes")
    await amina.says("my question")
    await hodan.presses("button-take")
    await world.arrive(no)
    await world.settles()
    hodan.sees("case-refused")
    hodan.does_not_see("case-cancelled")


async def test_h14_a_member_who_blocks_the_bot_leaves_nobody_waiting(world: World) -> None:
    amina, hodan = await in_conversation(world)
    await amina.blocks()
    hodan.sees("case-lost")


async def test_h14_a_volunteer_who_blocks_the_bot_leaves_the_pool_and_her_case_goes_on(world: World) -> None:
    kari = await world.coordinator("kari")
    amina, hodan = await in_conversation(world)
    world.channel.blocked.add("hodan")
    await amina.says("are you there?")
    amina.sees("handed-back")
    assert "Hodan" in kari.sees("alert-unreachable").text
    world.channel.blocked.clear()
    await hodan.says("/start")
    row = await hodan.row()
    assert row and row.reachable
