"""A native speaker reads texts in her language on her phone, and signs what is right."""

from dataclasses import replace
from pathlib import Path

import pytest

from dispatch.model.people import Standing
from dispatch.ports import Transaction
from tests.content.library.folders import COMPLETE, simple, town, write
from tests.world import Human, World

RIGHT = "Booska qolka waa la bixiyaa bisha koowaad."


@pytest.fixture
async def translated(world: World, tmp_path: Path) -> World:
    """A library with two Somali translations that nobody has checked, of a Norwegian and of an English original."""
    folder = town(tmp_path / "articles")
    simple(
        folder, "no-doctor", "so", "Dhakhtar", ["waan xanuunsanahay"], translated_from="nb", theme="health"
    )
    simple(folder, "no-rent", "so", "Kirada", ["kirada guriga"], translated_from="en", theme="home")
    await world.follows(folder)
    return world


async def signed(world: World) -> set[tuple[str, str]]:
    found = await world.within(lambda tx: tx.shelf.signatures())
    return {(each.slug, each.language) for each in found}


async def asks(human: Human, question: str, title: str) -> None:
    """She asks in Somali, and presses the title where the library is not sure."""
    human.language = "so"
    await human.says(question)
    if title in human.last().labels():
        await human.presses(title)


async def test_a_speaker_signs_what_she_has_read_and_members_see_that_it_is_checked(
    translated: World,
) -> None:
    hodan = await translated.volunteer("hodan", speaks=("so",))
    amina = await translated.member("amina", speaks="so")
    await asks(amina, "waan xanuunsanahay", "Dhakhtar")
    amina.sees("About Dhakhtar.", "answer-unchecked")
    await hodan.says("/check")
    hodan.sees("About Dhakhtar.", "check-original", "Gå til legen")
    await hodan.presses("button-right")
    hodan.sees("check-signed", "About Kirada.", "Pay the rent")
    await hodan.presses("button-right")
    hodan.sees("check-none")
    assert await signed(translated) == {("no-doctor", "so"), ("no-rent", "so")}
    await asks(amina, "waan xanuunsanahay", "Dhakhtar")
    shown = amina.sees("About Dhakhtar.").text
    assert not translated.says("answer-unchecked", shown, "so")
    assert "Hodan" not in amina.screen()


async def test_a_signature_is_lost_when_the_text_changes(translated: World) -> None:
    hodan = await translated.volunteer("hodan", speaks=("so",))
    amina = await translated.member("amina", speaks="so")
    await hodan.says("/check")
    await hodan.presses("button-right")
    simple(translated.articles, "no-doctor", "so", "Dhakhtarka", ["waan xanuunsanahay"], translated_from="nb")
    await translated.settles()
    await asks(amina, "waan xanuunsanahay", "Dhakhtarka")
    amina.sees("About Dhakhtarka.", "answer-unchecked")


async def test_a_text_that_changes_while_she_reads_is_shown_again(translated: World) -> None:
    hodan = await translated.volunteer("hodan", speaks=("so",))
    await hodan.says("/check")
    simple(
        translated.articles,
        "no-doctor",
        "so",
        "Dhakhtarka",
        ["waan xanuunsanahay"],
        translated_from="nb",
        theme="health",
    )
    await translated.settles()
    await hodan.presses("button-right")
    hodan.sees("check-changed", "About Dhakhtarka.")
    assert await signed(translated) == set()


async def test_a_signature_can_be_taken_back(translated: World) -> None:
    hodan = await translated.volunteer("hodan", speaks=("so",))
    await hodan.says("/check")
    await hodan.presses("button-right")
    await hodan.presses("button-undo")
    hodan.sees("check-unsigned")
    assert await signed(translated) == set()


async def test_nobody_takes_back_what_another_has_signed(translated: World) -> None:
    hodan = await translated.volunteer("hodan", speaks=("so",))
    leyla = await translated.volunteer("leyla", speaks=("so",))
    await hodan.says("/check")
    await leyla.says("/check")
    late = hodan.press("button-right")
    await leyla.presses("button-right")
    await translated.arrive(late)
    await translated.settles()
    await hodan.presses("button-undo")
    hodan.sees("button-gone")
    assert await signed(translated) == {("no-doctor", "so")}
    await leyla.presses("button-undo")
    assert await signed(translated) == set()


async def test_she_can_skip_stop_and_go_on_later(translated: World) -> None:
    hodan = await translated.volunteer("hodan", speaks=("so",))
    await hodan.says("/check")
    await hodan.presses("button-skip")
    hodan.sees("About Kirada.")
    before = len(hodan.seen())
    await translated.passes(hours=20)
    await hodan.says("/check")
    assert any("About Kirada." in shown.text for shown in hodan.seen()[before - 1 :])
    await hodan.presses("button-right")
    assert "About Dhakhtar." in hodan.seen()[-2].text  # what she skipped comes round again


async def test_a_corrected_text_waits_for_a_coordinator_and_is_checked_when_it_is_published(
    translated: World,
) -> None:
    kari = await translated.coordinator("kari")
    hodan = await translated.volunteer("hodan", speaks=("so",))
    amina = await translated.member("amina", speaks="so")
    whole = COMPLETE.format(title="Kirada").replace("theme: money", "theme: home")
    write(
        translated.articles,
        "no-rent/en.md",
        COMPLETE.format(title="Pay the rent").replace("theme: money", "theme: home"),
    )
    write(translated.articles, "no-rent/so.md", whole.replace("area:", "area:\ntranslated_from: en"))
    await translated.settles()
    await hodan.says("/check")
    while "Kirada" not in hodan.seen()[-2].text:
        await hodan.presses("button-skip")
    await hodan.presses("button-wrong")
    await hodan.says(RIGHT + " 55 55 33 33 https://www.nav.no/barnetrygd")
    await hodan.presses("button-whole-text")
    hodan.sees("check-thanks")
    kari.sees("text-corrected")
    await kari.presses("button-look")
    kari.sees(RIGHT)
    kari.does_not_see("text-missing", "text-remarks")
    await kari.presses("button-publish")
    await kari.presses("button-publish")
    hodan.sees("draft-published")
    await amina.says("child money")
    amina.language = "so"
    shown = amina.sees(RIGHT).text
    assert not translated.says("answer-unchecked", shown, "so")


async def test_a_remark_reaches_coordinators_with_a_way_to_the_text(translated: World) -> None:
    kari = await translated.coordinator("kari")
    hodan = await translated.volunteer("hodan", speaks=("so",))
    await hodan.says("/check")
    await hodan.presses("button-wrong")
    await hodan.says("We do not say dhakhtar here")
    await hodan.presses("button-remark")
    hodan.sees("check-thanks", "About Kirada.")
    kari.sees("check-remark", "We do not say dhakhtar here")
    await kari.presses("button-look")
    kari.sees("About Dhakhtar.")
    assert kari.has_button("button-change")


async def asked_by(world: World, count: int, question: str, title: str = "") -> None:
    """So many members ask in Somali, and press the title where the library is not sure."""
    for number in range(count):
        amina = await world.member(f"amina-{question[:5].strip()}-{number}", speaks="so")
        await asks(amina, question, title)


async def test_what_members_asked_for_most_is_offered_first(translated: World) -> None:
    hodan = await translated.volunteer("hodan", speaks=("so",))
    await asked_by(translated, 4, "kirada guriga", "Kirada")
    await hodan.says("/check")
    assert "About Dhakhtar." in hodan.seen()[-2].text  # so few could be told apart: the order of the themes

    await asked_by(translated, 5, "kirada guriga", "Kirada")
    await hodan.says("/check")
    assert "About Kirada." in hodan.seen()[-2].text
    await hodan.presses("button-skip")
    assert "About Dhakhtar." in hodan.seen()[-2].text


async def test_what_helpers_read_themselves_changes_no_order(translated: World) -> None:
    hodan = await translated.volunteer("hodan", speaks=("so",))
    await hodan.says("/language")
    await hodan.presses("Soomaali")
    hodan.language = "so"
    for _ in range(6):
        await hodan.says("/library")
        await hodan.presses("theme-home")
        await hodan.presses("Kirada")
        hodan.sees("About Kirada.")
    assert await translated.within(lambda tx: tx.answers.counts()) == {}


async def test_danger_comes_before_what_nobody_asked_for(translated: World) -> None:
    simple(
        translated.articles,
        "no-shelter",
        "so",
        "Hoyga",
        ["hoyga dumarka"],
        translated_from="nb",
        theme="violence",
        sensitive="true",
    )
    await translated.settles()
    hodan = await translated.volunteer("hodan", speaks=("so",))
    await hodan.says("/check")
    assert "About Hoyga." in hodan.seen()[-2].text
    await asked_by(translated, 5, "kirada guriga", "Kirada")
    await hodan.says("/check")
    assert "About Kirada." in hodan.seen()[-2].text


async def test_what_is_asked_for_and_not_given_until_it_is_checked_is_offered_first(
    translated: World,
) -> None:
    simple(
        translated.articles,
        "no-shelter",
        "so",
        "Hoyga",
        ["hoyga dumarka"],
        translated_from="nb",
        theme="violence",
        sensitive="true",
    )
    await translated.settles()
    hodan = await translated.volunteer("hodan", speaks=("so",))
    await asked_by(translated, 5, "kirada guriga", "Kirada")
    await asked_by(translated, 6, "hoyga dumarka")
    counted = await translated.within(lambda tx: tx.answers.counts())
    assert counted == {("so", "no-rent"): 5, ("so", "no-shelter"): 6}
    await hodan.says("/check")
    assert "About Hoyga." in hodan.seen()[-2].text


async def test_a_theme_without_good_answers_comes_before_the_rest(translated: World) -> None:
    hodan = await translated.volunteer("hodan", speaks=("so",))
    day = translated.clock.now().date()

    def miss(tx: Transaction) -> None:
        for _ in range(5):
            tx.gaps.count("so", "home", day)
            tx.gaps.count("ti", "health", day)
            tx.gaps.count("ti", "health", day)

    await translated.within(miss)
    await hodan.says("/check")
    assert "About Kirada." in hodan.seen()[-2].text


async def test_a_speaker_of_several_languages_chooses_one(translated: World) -> None:
    leyla = await translated.volunteer("leyla", speaks=("so", "nb"))
    await leyla.says("/check")
    leyla.sees("check-language")
    await leyla.presses("Norsk")
    leyla.sees("About Gå til legen.")
    leyla.does_not_see("check-original")


async def test_nobody_signs_what_she_does_not_speak(translated: World) -> None:
    hodan = await translated.volunteer("hodan", speaks=("so",))
    await hodan.says("/check")
    old = hodan.press("button-right")
    row = await hodan.row()
    assert row
    await translated.within(lambda tx: tx.people.save(replace(tx.people.get(row.id), languages=("tr",))))
    await translated.arrive(old)
    await translated.settles()
    assert await signed(translated) == set()
    await hodan.says("/check")
    hodan.sees("check-none")


async def test_a_paused_volunteers_old_button_signs_nothing(translated: World) -> None:
    hodan = await translated.volunteer("hodan", speaks=("so",))
    await hodan.says("/check")
    old = hodan.press("button-right")
    row = await hodan.row()
    assert row
    paused = Standing.PAUSED
    await translated.within(lambda tx: tx.people.save(replace(tx.people.get(row.id), volunteer=paused)))
    await translated.arrive(old)
    await translated.settles()
    assert await signed(translated) == set()


async def test_who_skips_after_something_is_wrong_writes_no_correction_any_more(translated: World) -> None:
    hodan = await translated.volunteer("hodan", speaks=("so",))
    await hodan.says("/check")
    await hodan.presses("button-wrong")
    await hodan.presses("button-skip")
    hodan.sees("nothing-changed", "About Kirada.")
    await hodan.says("ok thank you")
    hodan.does_not_see("check-which")
    hodan.sees("About Kirada.", "check-ask")


async def test_the_question_about_what_she_wrote_names_its_text(translated: World) -> None:
    hodan = await translated.volunteer("hodan", speaks=("so",))
    await hodan.says("/check")
    await hodan.presses("button-wrong")
    await hodan.says("The second sentence is not said like this.")
    assert "Dhakhtar" in hodan.sees("check-which").text
