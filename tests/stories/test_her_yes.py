"""What she says while she is asked whether a woman may see it: yes, no, or another question."""

import pytest

from dispatch.model.messages import AttachmentKind
from tests.world import World

BENEFIT = "How do I apply for child benefit (barnetrygd)?"


@pytest.mark.parametrize(
    ("language", "yes"), [("en", "Yes please"), ("so", "Haa!"), ("ar", "نعم"), ("uk", "так"), ("so", "yes")]
)
async def test_a_typed_yes_is_a_yes(world: World, language: str, yes: str) -> None:
    amina = await world.member("amina", speaks=language)
    await amina.says("/person")
    await amina.says("Zxqv wplk?")
    amina.sees("consent")
    await amina.says(yes)
    case = await amina.case()
    assert case
    said = await world.within(lambda tx: [message.text for message in tx.messages.of(case.id)])
    assert said == ["Zxqv wplk?"]


@pytest.mark.parametrize(("language", "no"), [("en", "no"), ("so", "Maya."), ("ar", "لا"), ("uk", "ні")])
async def test_a_typed_no_is_a_no_and_ends_what_she_wanted(world: World, language: str, no: str) -> None:
    hodan = await world.volunteer("hodan", speaks=(language,))
    amina = await world.member("amina", speaks=language)
    await amina.says("/person")
    amina.sees("consent")
    for _ in range(2):
        await amina.says(no)
        amina.sees("consent-refused")
        amina.does_not_see("consent")
    await amina.says(BENEFIT)
    amina.does_not_see("consent")
    assert await amina.case() is None
    hodan.does_not_see("offer")


async def test_a_word_that_means_yes_in_one_language_and_no_in_another_is_neither(world: World) -> None:
    await world.serves("en", "ko", "uk", "so")
    amina = await world.member("amina", speaks="so")
    await amina.says("Zxqv wplk?")
    await amina.says("ne")
    amina.does_not_see("consent-refused")
    assert await amina.case() is None


async def test_ok_after_something_else_is_no_yes(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("Zxqv wplk?")
    await amina.presses("button-library")
    await amina.says("ok")
    assert await amina.case() is None
    assert amina.last() == amina.sees("consent")


async def test_a_no_is_a_no_wherever_it_stands(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("Zxqv wplk?")
    await amina.presses("button-library")
    await amina.says("no")
    amina.sees("consent-refused")
    amina.does_not_see("consent")


async def test_a_typed_yes_sends_a_picture_too(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.says("/person")
    await amina.says("yes")
    await hodan.presses("button-take")
    await amina.presses("button-finish")
    await amina.shows(AttachmentKind.PHOTO)
    amina.sees("picture-warning")
    await amina.says("yes")
    await hodan.presses("button-take")
    assert [shown for shown in hodan.seen() if shown.files]


async def test_who_wants_a_person_and_asks_what_the_library_knows_gets_both(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("/person")
    await amina.says(BENEFIT)
    amina.sees("nav.no")
    assert amina.has_button("button-ask-person")
    await amina.says("How do I get a tax card?")
    assert amina.last() != amina.find("consent")


async def test_who_wanted_a_person_an_hour_ago_asks_the_library_again(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    question = "How do I apply for child benefit for my two children?"
    await amina.says("/person")
    await amina.says(question)
    amina.does_not_see("did-you-mean")
    await world.passes(hours=1, minutes=1)
    await amina.says(question)
    amina.sees("did-you-mean")


async def test_an_answer_to_something_else_leaves_what_waits_for_her_yes(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.says("Zxqv wplk?")
    await amina.says(BENEFIT)
    amina.sees("nav.no")
    assert amina.last() == amina.sees("consent")
    await amina.says("yes")
    await hodan.presses("button-take")
    hodan.sees("wplk")


async def test_h8_a_second_question_is_said_to_be_unknown_too_but_not_each_of_many_at_once(
    world: World,
) -> None:
    amina = await world.member("amina", speaks="en")
    unknown = world.channel.chats["amina"]

    def told() -> int:
        return len([shown for shown in unknown if world.says("no-answer", shown.text, "en")])

    for _ in range(10):
        await amina.writes("Zxqv wplk?")
    await world.settles()
    assert told() == 1
    await world.passes(minutes=1)
    await amina.says("And grmbl fnord?")
    assert told() == 2
    assert amina.last() == amina.sees("consent")


async def test_what_a_button_said_for_her_is_not_taken_for_her_words(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("Zxqv wplk mnrt?")
    await amina.says("how to get bankid")
    if not amina.find("1/"):
        await amina.presses("BankID")
    title = amina.sees("1/").text.split(" · ")[0]
    await amina.presses("button-stuck")
    await amina.presses("button-yes")
    (kept,) = await world.within(lambda tx: tx.gaps.questions())
    assert kept.text == "Zxqv wplk mnrt? how to get bankid"
    case = await amina.case()
    assert case
    said = await world.within(lambda tx: [message.text for message in tx.messages.of(case.id)])
    assert any(title in text for text in said)  # who helps her still reads where she is stuck


async def test_what_is_near_to_nothing_is_about_something_else(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("Zxqv wplk?")
    await amina.presses("button-yes")
    case = await amina.case()
    assert case and case.theme == "other"


async def test_the_volunteer_gets_what_her_question_is_near_to_not_her_last_words(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.says("How do I apply for child benefit for my two children?")
    title = amina.sees("did-you-mean").labels()[0]
    await amina.says("thank you so much, call me on 98 76 54 32")
    amina.sees("consent")
    await amina.presses("button-yes")
    await amina.presses("button-yes")
    await hodan.presses("button-take")
    assert title in hodan.sees("taken-library").labels()[0]
    case = await amina.case()
    assert case and case.theme == "money"


async def test_a_weak_guess_is_no_theme(world: World) -> None:
    await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.says("driving licence school")
    amina.sees("did-you-mean")
    await amina.presses("button-none")
    await amina.presses("button-yes")
    case = await amina.case()
    assert case and case.theme == "other"
