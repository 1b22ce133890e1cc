"""She reads without typing: themes, titles, guides that know where she was, sound and pictures, and who can help."""

from dataclasses import replace
from pathlib import Path

import pytest

from content.articles import THEMES, read_folder
from content.phrases import LanguageName, Phrase
from dispatch.model.queues import Dialog
from tests.content.library.folders import write
from tests.world import Human, World, uploads

MONEY, DIGITAL, VIOLENCE = THEMES["money"], THEMES["digital"], THEMES["violence"]
FSI, PDI = "\u2068", "\u2069"

ARTICLE = """\
---
title: {title}
kind: {kind}
theme: {theme}
country: "NO"
area: {area}
asks: [{ask}]
sources:
  - publisher: NAV
    address: https://www.nav.no
related: [{related}]
services: [{services}]
attachments: [{attachments}]
translated_from: {translated_from}
source_digest: {source_digest}
checked_by: {checked_by}
checked: {checked}
---
{body}
"""
STEPS = "## Open\nTap the app.\n\n![The red button](red.png)\n\n## Log in\nUse your code.\n\n## Done\nThat is all.\n"


def article(folder: Path, name: str = "no-benefit/en.md", **fields: str) -> None:
    """An article of a library of its own."""
    defaults = {
        "title": "Child money",
        "kind": "article",
        "theme": "money",
        "area": "",
        "ask": "child money",
        "related": "",
        "services": "",
        "attachments": "",
        "translated_from": "",
        "source_digest": "",
        "checked_by": "",
        "checked": "",
        "body": "You get money for each child.",
    }
    write(folder, name, ARTICLE.format(**{**defaults, **fields}))


async def reader(world: World, folder: Path, *, speaks: str = "en") -> Human:
    """A member of a group whose library is this folder."""
    world.reads(folder)
    return await world.member("amina", speaks=speaks)


# Browsing


async def test_she_reads_an_article_without_typing_and_the_card_changes_in_place(world: World) -> None:
    amina = await world.member("amina", speaks="so")
    await amina.says("/library")
    amina.sees("library-themes")
    before = len(amina.seen())
    await amina.presses(MONEY)
    assert len(amina.seen()) == before
    amina.does_not_see("library-themes")
    title = amina.last().labels()[0]
    await amina.presses(title)
    assert len(amina.seen()) == before + 1
    assert amina.last().text.startswith(title)
    assert amina.has_button("button-helped") and amina.has_button("button-ask-person")


async def test_there_is_always_a_way_back_and_a_way_on(world: World, tmp_path: Path) -> None:
    for number in range(10):
        article(tmp_path, f"no-benefit-{number}/en.md", title=f"Child money {number}")
    amina = await reader(world, tmp_path)
    await amina.says("/library")
    await amina.presses(MONEY)
    first = amina.last().labels()
    await amina.presses("•••")
    assert amina.last().labels()[0] not in first
    await amina.presses("◀")
    assert amina.last().labels() == first
    await amina.presses("◀")
    amina.sees("library-themes")


async def test_titles_stand_in_her_language(world: World) -> None:
    amina = await world.member("amina", speaks="ar")
    await amina.says("/library")
    await amina.presses(MONEY)
    assert any("إعانة" in label or "الأطفال" in label for label in amina.last().labels())


async def test_the_library_is_one_tap_away_where_it_helps(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("Zxqv wplk?")
    assert any("📚" in label for label in amina.sees("welcome").labels())
    assert any("📚" in label for label in amina.sees("no-answer").labels())
    await amina.presses("button-no")
    await amina.presses("button-library", containing="📚")
    amina.sees("library-themes")
    sara = await world.member("sara", speaks="en")
    await sara.asks_people()
    assert any("📚" in label for label in sara.sees("nobody-speaks").labels())


async def test_without_a_language_she_is_asked_for_it_first(world: World) -> None:
    amina = world.person("amina")
    await amina.says("/library")
    amina.sees("🌐")
    amina.does_not_see("library-themes")


async def test_reading_leaves_a_question_that_waits_for_her_yes_as_it_was(world: World) -> None:
    hodan = await world.volunteer("hodan", speaks=("so", "en"))
    amina = await world.member("amina", speaks="en")
    await amina.says("Zxqv wplk?")
    await amina.says("/library")
    await amina.presses(MONEY)
    await amina.presses(amina.last().labels()[0])
    await amina.presses("button-yes")
    await hodan.presses("button-take")
    hodan.sees("wplk")
    hodan.does_not_see("/library")
    case = await amina.case()
    assert case and len(await world.within(lambda tx: tx.messages.of(case.id))) == 1


async def test_reading_leaves_an_open_case_as_it_was(world: World) -> None:
    hodan = await world.volunteer("hodan", speaks=("so", "en"))
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    before = await amina.case()
    await hodan.presses("button-take")
    seen = len(hodan.seen())
    await amina.says("/library")
    await amina.presses(MONEY)
    await amina.presses(amina.last().labels()[0])
    after = await amina.case()
    assert before and after and (after.id, after.theme) == (before.id, before.theme)
    assert len(hodan.seen()) == seen


async def test_a_person_asked_from_an_article_is_told_its_theme(world: World) -> None:
    hodan = await world.volunteer("hodan", speaks=("so", "en"))
    amina = await world.member("amina", speaks="en")
    await amina.says("/library")
    await amina.presses(MONEY)
    await amina.presses(amina.last().labels()[0])
    await amina.presses("button-ask-person")
    await amina.presses("button-yes")
    hodan.sees("theme-money")
    await hodan.presses("button-take")
    hodan.sees("taken-library")


async def test_a_person_asked_from_an_article_does_not_get_a_question_that_was_answered_before(
    world: World,
) -> None:
    hodan = await world.volunteer("hodan", speaks=("so", "en"))
    amina = await world.member("amina", speaks="en")
    await amina.says("How do I apply for child benefit (barnetrygd)?")
    await opens_bankid(amina)
    await amina.presses("button-stuck")
    await amina.presses("button-yes")
    await hodan.presses("button-take")
    hodan.sees("How to get BankID · 1/8")
    hodan.does_not_see("barnetrygd")


async def test_what_nobody_has_checked_about_violence_is_not_among_the_titles_but_who_helps_is(
    world: World,
) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("/library")
    await amina.presses(VIOLENCE)
    assert amina.last().labels() == ["◀", "📞 Who can help", "🌐 English"]
    await amina.presses("button-services")
    amina.sees("116 006", "service-always")
    await world.within(lambda tx: tx.save_group(replace(tx.group, demo=True)))
    await amina.says("/library")
    await amina.presses(VIOLENCE)
    assert len(amina.last().labels()) > 3


async def test_a_volunteer_reads_too_and_is_not_offered_a_person(world: World) -> None:
    hodan = await world.volunteer("hodan", speaks=("so", "en"))
    await hodan.presses("button-library", containing="📚")
    await hodan.presses(MONEY)
    await hodan.presses(hodan.last().labels()[0])
    assert "https://" in hodan.last().text
    assert not hodan.has_button("button-ask-person")
    assert "library" in dict(world.channel.menus["hodan"])


async def test_h26_buttons_outlive_the_process_and_one_for_what_is_gone_says_so(
    world: World, tmp_path: Path
) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("/library")
    world.start_service()
    await amina.presses(MONEY)
    title = amina.last().labels()[0]
    article(tmp_path)
    world.reads(tmp_path)
    await amina.presses(title)
    amina.sees("button-gone")


@pytest.mark.parametrize(
    ("app", "title", "language"),
    [("so", "Child money", "en"), ("nb-NO", "Barnetrygd", "nb"), ("fr", "Child money", "en")],
)
async def test_what_is_not_in_her_language_comes_in_one_that_she_may_read_and_says_which(
    world: World, tmp_path: Path, app: str, title: str, language: str
) -> None:
    article(tmp_path, "no-benefit/nb.md", title="Barnetrygd")
    article(tmp_path, "no-benefit/en.md", translated_from="nb")
    world.reads(tmp_path)
    amina = await world.person("amina", app_language=app).chooses("so")
    await opens(amina, MONEY, title)
    said = world.catalog.render(Phrase("answer-in-language", {"language": LanguageName(language)}), "so")
    amina.sees(said)


# Guides


async def test_a_guide_that_she_left_goes_on_where_she_was_even_after_a_restart(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await opens_bankid(amina)
    await amina.presses("button-done-next")
    await amina.presses("button-done-next")
    world.start_service()
    await opens_bankid(amina)
    shown = amina.sees("guide-left-off")
    assert "3/8" in shown.text
    await amina.presses("button-from-start")
    assert "1/8" in amina.last().text
    amina.does_not_see("guide-left-off")


async def test_a_finished_guide_begins_anew(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await opens_bankid(amina)
    while amina.has_button("button-done-next"):
        await amina.presses("button-done-next")
    await amina.presses("button-helped")
    await opens_bankid(amina)
    assert "1/8" in amina.last().text
    amina.does_not_see("guide-left-off")


async def test_a_place_in_a_guide_is_forgotten_after_thirty_days(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await opens_bankid(amina)
    await amina.presses("button-done-next")
    await world.passes(days=29)
    await world.timers.clean()
    assert await place(world, amina)
    await world.passes(days=2)
    await world.timers.clean()
    assert await place(world, amina) is None
    await opens_bankid(amina)
    assert "1/8" in amina.last().text


async def test_a_question_opens_a_guide_where_she_was_too(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await opens_bankid(amina)
    await amina.presses("button-done-next")
    await amina.says("how to get bankid")
    if not amina.find("guide-left-off"):
        await amina.presses("How to get BankID")
    assert "2/8" in amina.sees("guide-left-off").text


async def test_a_guide_in_another_language_says_so_before_she_begins(world: World, tmp_path: Path) -> None:
    article(tmp_path, kind="guide", body=STEPS, title="The app")
    amina = await reader(world, tmp_path, speaks="ar")
    await opens(amina, MONEY, "The app")
    amina.sees("answer-in-language")
    await amina.presses("button-done-next")
    amina.does_not_see("answer-in-language")


async def test_who_is_stuck_gets_a_person_who_knows_the_step(world: World) -> None:
    hodan = await world.volunteer("hodan", speaks=("so", "en"))
    amina = await world.member("amina", speaks="en")
    await opens_bankid(amina)
    await amina.presses("button-done-next")
    await amina.presses("button-stuck")
    amina.sees("consent")
    hodan.does_not_see("offer")
    await amina.presses("button-yes")
    hodan.sees("theme-digital")
    await hodan.presses("button-take")
    hodan.sees("How to get BankID · 2/8", "Ask the bank what to bring", "taken-library")


async def test_who_is_stuck_while_somebody_helps_her_tells_that_woman(world: World) -> None:
    hodan = await world.volunteer("hodan", speaks=("so", "en"))
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await hodan.presses("button-take")
    await opens_bankid(amina)
    await amina.presses("button-stuck")
    hodan.sees("How to get BankID · 1/8")
    case = await amina.case()
    assert case and len(await world.within(lambda tx: tx.messages.of(case.id))) == 2


async def test_pressing_that_she_is_stuck_twice_is_said_once(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await opens_bankid(amina)
    await amina.presses("button-stuck")
    await amina.presses("button-stuck")
    await amina.presses("button-yes")
    case = await amina.case()
    assert case and len(await world.within(lambda tx: tx.messages.of(case.id))) == 1


async def test_a_step_with_a_picture_has_a_card_of_its_own_and_says_what_is_to_be_seen(
    world: World, tmp_path: Path
) -> None:
    article(tmp_path, kind="guide", body=STEPS, title="The app")
    (tmp_path / "no-benefit" / "red.png").write_bytes(b"a picture")
    amina = await reader(world, tmp_path)
    await opens(amina, MONEY, "The app")
    first = amina.last()
    assert [file.content for file in uploads(first)] == [b"a picture"]
    assert "🖼 The red button" in first.text and "![" not in first.text and "red.png" not in first.text
    before = len(amina.seen())
    await amina.presses("button-done-next")
    assert amina.last().files == () and "2/3" in amina.last().text
    assert len(amina.seen()) == before
    await amina.presses("◀")
    assert len(uploads(amina.last())) == 1


async def test_a_picture_that_is_missing_is_told_in_words(world: World, tmp_path: Path) -> None:
    article(tmp_path, kind="guide", body=STEPS, title="The app")
    amina = await reader(world, tmp_path)
    await opens(amina, MONEY, "The app")
    assert amina.last().files == ()
    assert "Tap the app." in amina.last().text and "🖼 The red button" in amina.last().text


# Sound, pictures and films


async def test_she_hears_the_sound_of_her_language_on_a_tap(world: World, tmp_path: Path) -> None:
    article(tmp_path, attachments="so.ogg, ar.mp3, film.mp4")
    for name in ("so.ogg", "ar.mp3", "film.mp4"):
        (tmp_path / "no-benefit" / name).write_bytes(name.encode())
    amina = await reader(world, tmp_path, speaks="so")
    await opens(amina, MONEY, "Child money")
    assert amina.last().files == ()
    assert [label for label in amina.last().labels() if "🔊" in label] == ["🔊"]
    await amina.presses("🔊")
    assert [(file.kind, file.content) for file in uploads(amina.last())] == [("voice", b"so.ogg")]
    await amina.presses("🎬")
    assert [(file.kind, file.content) for file in uploads(amina.last())] == [("video", b"film.mp4")]


async def test_pictures_come_with_the_answer(world: World, tmp_path: Path) -> None:
    body = "You get money.\n\n![The form](form.png)\n\nSend it."
    article(tmp_path, attachments="map.png", body=body)
    for name in ("form.png", "map.png"):
        (tmp_path / "no-benefit" / name).write_bytes(name.encode())
    amina = await reader(world, tmp_path)
    await amina.says("child money")
    shown = amina.sees("You get money.")
    assert [file.content for file in uploads(shown)] == [b"form.png", b"map.png"]
    assert "🖼 The form" in shown.text and "![" not in shown.text


async def test_an_answer_arrives_without_a_picture_that_is_gone(world: World, tmp_path: Path) -> None:
    article(tmp_path, attachments="gone.png")
    amina = await reader(world, tmp_path)
    await amina.says("child money")
    assert amina.sees("You get money for each child.").files == ()


async def test_a_sound_that_is_gone_from_the_article_says_so(world: World, tmp_path: Path) -> None:
    article(tmp_path, attachments="so.ogg")
    (tmp_path / "no-benefit" / "so.ogg").write_bytes(b"sound")
    amina = await reader(world, tmp_path, speaks="so")
    await opens(amina, MONEY, "Child money")
    article(tmp_path)
    world.reads(tmp_path)
    await amina.presses("🔊")
    amina.sees("button-gone")


# What belongs to it


async def test_what_belongs_to_an_answer_is_a_tap_away_in_her_language(world: World, tmp_path: Path) -> None:
    for number in range(1, 4):
        article(
            tmp_path, f"no-benefit-{number}/en.md", title=f"Child money {number}", ask=f"benefit {number}"
        )
    article(tmp_path, "no-kontant/nb.md", title="Kontantstøtte", ask="kontantstøtte")
    article(tmp_path, "no-shelter/en.md", title="A safe place", theme="violence", ask="a safe place")
    article(tmp_path, related="no-shelter, no-kontant, no-benefit-1, no-benefit-2, no-benefit-3")
    amina = await reader(world, tmp_path)
    await amina.says("child money")
    titles = [labels for (labels, *more) in rows(amina) if not more]
    assert titles == ["Child money 1", "Child money 2", "🌐 English"]
    await amina.presses("Child money 2")
    assert amina.last().text.startswith("Child money 2")
    assert amina.has_button("button-ask-person")


async def test_what_belongs_to_a_guide_comes_when_she_is_through(world: World, tmp_path: Path) -> None:
    article(tmp_path, "no-bill/en.md", title="Paying a bill", ask="pay a bill")
    article(tmp_path, kind="guide", body=STEPS, title="The app", related="no-bill")
    amina = await reader(world, tmp_path)
    await opens(amina, MONEY, "The app")
    assert "Paying a bill" not in amina.last().labels()
    for _ in range(2):
        await amina.presses("button-done-next")
    assert "Paying a bill" in amina.last().labels()


@pytest.mark.parametrize("body", ["You get money for each child.", "You get money for some children."])
async def test_a_signed_translation_of_a_text_that_has_changed_since_is_given_with_a_warning(
    world: World, tmp_path: Path, body: str
) -> None:
    article(tmp_path)
    (original,) = read_folder(tmp_path)[0].values()
    article(tmp_path, body=body)
    article(
        tmp_path,
        "no-benefit/so.md",
        title="Lacagta carruurta",
        ask="lacagta carruurta",
        body="Lacag ayaad helaysaa.",
        translated_from="en",
        source_digest=original.digest,
        checked_by="Hodan",
        checked="2026-11-01",
    )
    amina = await reader(world, tmp_path, speaks="so")
    amina.language = "so"
    await opens(amina, MONEY, "Lacagta carruurta")
    warned = world.says("answer-unchecked", amina.last().text, "so")
    assert warned == (body != original.body), amina.screen()


async def test_an_article_of_one_place_says_where_it_holds(world: World, tmp_path: Path) -> None:
    article(tmp_path, area="Oslo")
    amina = await reader(world, tmp_path)
    await amina.says("child money")
    assert "📍 Oslo" in amina.sees("You get money for each child.").text


# Services


async def test_an_answer_names_who_can_help(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await opens_bankid(amina)
    before = len(amina.seen())
    await amina.presses("button-services")
    assert len(amina.seen()) == before + 1
    shown = amina.sees("services-title")
    assert "800 30 300" in shown.text
    amina.sees("answer-source-unread")


async def test_a_service_says_its_languages_its_area_and_its_hours_as_far_as_they_are_known(
    world: World,
) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("/library")
    await amina.presses(THEMES["work"])
    await amina.presses("button-services")
    entry = next(part for part in amina.last().text.split("\n\n") if "• Arbeidstilsynet" in part)
    assert "📞 73 19 97 00" in entry and "Languages: Norwegian and English" in entry
    assert "🕐" not in entry and "📍" not in entry
    assert "📍 Oslo" in amina.last().text


async def test_h16_numbers_and_names_keep_their_order_in_arabic(world: World) -> None:
    amina = await world.member("amina", speaks="ar")
    await amina.says("/library")
    await amina.presses(VIOLENCE)
    await amina.presses("button-services")
    text = amina.last().text
    assert f"{FSI}116 006{PDI}" in text
    assert f"{FSI}Vold- og overgrepslinjen" in text


async def test_the_services_of_a_theme_come_a_few_at_a_time_in_place(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("/library")
    await amina.presses(VIOLENCE)
    before = len(amina.seen())
    await amina.presses("button-services")
    first = amina.last().text
    assert first.count("•") == 4
    await amina.presses("•••")
    assert amina.last().text != first
    await amina.presses("◀")
    assert amina.last().text == first
    await amina.presses("◀")
    assert amina.has_button("button-services")
    assert len(amina.seen()) == before


async def test_a_volunteer_with_a_case_sees_who_can_help(world: World) -> None:
    hodan = await world.volunteer("hodan", speaks=("so", "en"))
    amina = await world.member("amina", speaks="en")
    await opens_bankid(amina)
    await amina.presses("button-stuck")
    await amina.presses("button-yes")
    await hodan.presses("button-take")
    before = len(hodan.seen())
    await hodan.presses("button-services")
    assert len(hodan.seen()) == before + 1
    hodan.sees("services-title", "800 30 300")


@pytest.mark.parametrize("speaks", ["so", "ar", "uk"])
async def test_h18_every_card_has_the_way_to_another_language(world: World, speaks: str) -> None:
    amina = await world.member("amina", speaks=speaks)
    own = world.autonym(speaks)
    await amina.says("/library")
    assert any(own in label for label in amina.last().labels())
    await amina.presses(MONEY)
    assert any(own in label for label in amina.last().labels())
    await opens_bankid(amina, "BankID")
    assert any(own in label for label in amina.last().labels())
    await amina.presses("button-services")
    assert any(own in label for label in amina.last().labels())


def rows(human: Human) -> list[list[str]]:
    """What stands on the buttons of the newest message, row by row."""
    return [[button.label for button in row] for row in human.last().buttons]


async def opens(human: Human, theme: str, title: str) -> None:
    """Find an article by its theme, page after page."""
    await human.says("/library")
    await human.presses(theme)
    while not any(title in label for label in human.last().labels()):
        await human.presses("•••")
    await human.presses(title)


async def opens_bankid(human: Human, title: str = "How to get BankID") -> None:
    """The guide that is told of here."""
    await opens(human, DIGITAL, title)


async def place(world: World, human: Human) -> Dialog | None:
    """Where she is in the guide, as it is kept."""
    person = await human.row()
    assert person
    found: Dialog | None = await world.within(lambda tx: tx.dialogs.find(person.id, "guide-no-guide-bankid"))
    return found
