"""She writes a language's name instead of pressing its button, in whatever language she calls it (H18)."""

import pytest

from tests.stories.test_language import led_back
from tests.world import World

BENEFIT = "How do I apply for child benefit (barnetrygd)?"


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("English", "en"), ("عربي", "ar"), ("arabisk", "ar"), ("بالعربي لو سمحتي", "ar"), ("somali", "so"),
        ("Soomaali!", "so"), ("arabic please", "ar"), ("do you speak english?", "en"), ("українською", "uk"),
        ("на украинском, пожалуйста", None), ("jeg snakker tyrkisk", "tr"), ("kurdish", None), ("I learn English", None),
        ("norsk", "nb"), ("الانجليزية", "en"), ("hello, somali please", "so"),
    ],
)  # fmt: skip
async def test_a_languages_name_chooses_it(world: World, said: str, tag: str | None) -> None:
    amina = world.person("amina", app_language="de")
    await amina.says("👍")
    await amina.says(said)
    row = await amina.row()
    assert row
    assert (row.language if row.language_chosen else None) == tag
    if tag:
        amina.language = tag
        amina.sees("language-chosen", "welcome")
        amina.does_not_see("no-answer", "consent", "did-you-mean")
        assert not await world.within(lambda tx: tx.gaps.questions())


async def test_the_question_that_waited_is_answered_in_the_language_that_she_names(world: World) -> None:
    amina = await world.member("amina", speaks="so")
    await amina.says("Zxqv wplk?")
    amina.sees("consent")
    await amina.says("English please")
    amina.language = "en"
    assert amina.last() == amina.sees("consent")
    await amina.says(BENEFIT)
    amina.sees("nav.no")
    await amina.says("norsk takk")
    assert led_back(amina.last()) == "Norsk (bokmål)"
    assert "barnetrygd" in " ".join((amina.last().text, *amina.last().labels())).casefold()


async def test_a_name_of_two_languages_is_asked_about(world: World) -> None:
    await world.serves("en", "so", "tr", "ar", "ckb", "ku")
    rojin = world.person("rojin")
    await rojin.says("hi")
    await rojin.says("Kurdish")
    assert set(rojin.last().labels()[:2]) == {"Kurdî (Kurmancî)", "کوردی (سۆرانی)"}
    await rojin.says("Kurmancî")
    rojin.language = "ku"
    rojin.sees("welcome")


async def test_while_her_question_waits_it_goes_to_who_speaks_the_language_that_she_names(
    world: World,
) -> None:
    olena = await world.volunteer("olena", speaks=("uk",))
    amina = await world.member("amina", speaks="so")
    await amina.asks_people()
    olena.does_not_see("offer")
    await amina.says("українська")
    olena.sees("offer")


async def test_what_she_writes_to_a_volunteer_is_passed_on(world: World) -> None:
    hodan = await world.volunteer("hodan", speaks=("so", "en"))
    amina = await world.member("amina", speaks="so")
    await amina.asks_people()
    await hodan.presses("button-take")
    await amina.says("English please")
    hodan.sees("English please")
    await hodan.says("Somali?")
    amina.sees("Somali?")
    row = await amina.row()
    assert row and row.language == "so"


async def test_a_no_in_her_language_is_no_name(world: World) -> None:
    await world.serves("en", "tl", "hi")
    joy = await world.member("joy", speaks="tl")
    await joy.says("hindi")
    row = await joy.row()
    assert row and row.language == "tl"
