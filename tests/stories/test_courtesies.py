"""Thanks, nods and greetings are no questions, whatever stands open; and a no is not asked about again."""

import pytest

from dispatch.model.messages import AttachmentKind
from tests.world import World

BENEFIT = "How do I apply for child benefit (barnetrygd)?"
DOUBTFUL = "How do I apply for child benefit for my two children?"


@pytest.mark.parametrize(
    ("language", "said"),
    [("ku", "spas xwişkê"), ("en", "thanks ❤️"), ("en", "ok then"), ("ur", "theek hai baji")],
)
async def test_a_courtesy_brings_no_consent_and_no_gap(world: World, language: str, said: str) -> None:
    await world.serves("en", "ku", "ur", "nb")
    amina = await world.member("amina", speaks=language)
    await amina.says(said)
    amina.does_not_see("consent", "no-answer", "did-you-mean")
    assert not await world.within(lambda tx: tx.gaps.questions())


async def test_ok_after_titles_is_only_nodded_at(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says(DOUBTFUL)
    titles = amina.sees("did-you-mean")
    said = await amina.says("ok")
    assert world.channel.reactions[-1] == (amina.user, said, "👍")
    assert amina.last() == titles


async def test_thanks_while_her_yes_is_asked_for_ask_nothing_anew(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("Zxqv wplk?")
    asked = amina.sees("consent")
    await amina.says("thanks ❤️")
    assert amina.sees("consent") == asked
    await amina.presses("button-yes")
    case = await amina.case()
    assert case
    said = await world.within(lambda tx: [message.text for message in tx.messages.of(case.id)])
    assert said == ["Zxqv wplk?"]


async def test_a_thumb_while_her_yes_is_asked_for_brings_the_question_down(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("Zxqv wplk?")
    above = amina.sees("consent")
    await amina.says("👍🏽")
    assert amina.last() == amina.sees("consent") != above
    assert await amina.case() is None


async def test_a_greeting_before_her_language_is_known_is_no_question_afterwards(world: World) -> None:
    amina = world.person("amina")
    await amina.says("hi")
    await amina.says("👍")
    await amina.presses("Soomaali")
    amina.language = "so"
    amina.sees("welcome")
    amina.does_not_see("no-answer", "consent")
    assert not await world.within(lambda tx: tx.gaps.questions())


async def test_after_a_no_she_is_not_asked_again_until_she_asks_herself(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.says("Zxqv wplk?")
    await amina.presses("button-no")
    await amina.says("ok then")
    assert amina.last() == amina.sees("consent-refused")
    await amina.says("Grmbl fnord?")
    assert amina.last() == amina.sees("no-answer")
    await amina.says(BENEFIT)
    amina.sees("nav.no")
    await amina.shows(AttachmentKind.PHOTO)
    assert amina.last() == amina.sees("no-answer")
    amina.does_not_see("consent", "picture-warning")
    hodan.does_not_see("offer")

    await amina.says("And snorf blibb?")
    await amina.presses("button-changed-mind")
    amina.sees("consent")
    await amina.presses("button-yes")
    await hodan.presses("button-take")
    hodan.sees("snorf blibb")


async def test_an_unknown_question_is_said_to_be_unknown_a_moment_after_hi(world: World) -> None:
    amina = world.person("amina", app_language="en-US")
    await amina.says("hi")
    await amina.says("Can you tell me the zxqv wplk for the grmbl fnord?")
    amina.sees("welcome", "no-answer", "consent")
