"""Danger is never overlooked: in her own words, whatever she is in the middle of."""

from dataclasses import replace

import pytest

from dispatch.model.messages import AttachmentKind
from tests.fake_channel import Shown
from tests.world import CHAT, Human, World

HIT = "my husband hits me and I am afraid"
DEATH = "i want to kill myself"


def numbers(human: Human) -> list[Shown]:
    """Every card with the emergency numbers that she can see."""
    return [shown for shown in human.seen() if shown.text.startswith("🆘")]


async def test_danger_in_her_own_words_is_answered_with_the_numbers_before_all_else(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says(HIT)
    assert "112" in amina.sees("emergency-no").text
    assert amina.seen().index(numbers(amina)[0]) < len(amina.seen()) - 1


@pytest.mark.parametrize("middle", ["/language", "/person", "Zxqv wplk?", "barnetrygd"])
async def test_danger_is_seen_whatever_she_is_in_the_middle_of(world: World, middle: str) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says(middle)
    assert not numbers(amina)
    await amina.says(DEATH)
    assert numbers(amina)


async def test_danger_is_seen_while_her_language_is_asked(world: World) -> None:
    amina = world.person("amina", app_language="nb")
    await amina.says("xx")
    assert amina.last().text == "🌐"
    await amina.says("xx my husband hits me")
    assert "112" in amina.sees("emergency-no").text


async def test_danger_is_understood_in_a_language_that_she_did_not_choose(world: World) -> None:
    amina = await world.member("amina", speaks="so")
    amina.language = "so"
    await amina.says("My husband hits me")
    amina.sees("emergency-no")


async def test_danger_at_the_end_of_a_long_message_is_seen(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("I got a letter about the kindergarten and the money for it. " * 10 + HIT)
    amina.sees("emergency-no")


async def test_the_numbers_do_not_come_again_for_the_same_thing_within_an_hour(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says(HIT)
    (first,) = numbers(amina)
    await amina.says(HIT)
    assert numbers(amina) == [first]
    await amina.says(DEATH)
    (second,) = numbers(amina)
    assert second != first
    await world.passes(hours=1, minutes=1)
    await amina.says(DEATH)
    assert numbers(amina) != [second]


async def test_ordinary_questions_and_courtesies_are_no_danger(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    for text in (
        "hi",
        "ok",
        "thank you",
        "How do I apply for child benefit?",
        "Zxqv wplk?",
        "1500",
        "?",
        "😀",
    ):
        await amina.says(text)
    assert not numbers(amina)


@pytest.mark.parametrize(
    "sign", ["🆘", "🆘🆘!", "112", "113", "110", "١١٢", "sos", "SOS!", "Danger", "🆘 Danger", "help"]
)
async def test_signs_of_danger_need_no_language(world: World, sign: str) -> None:
    amina = world.person("amina", app_language="en")
    for _ in range(2):
        await amina.says(sign)
        assert [shown.text[0] for shown in amina.seen()] == ["🆘", "🌐"], amina.screen()


async def test_a_number_that_calls_nobody_here_is_no_sign(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    for number in ("111", "1412", "12"):
        await amina.says(number)
    assert not numbers(amina)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "emergency number"), ("en", "police"), ("en", "911"), ("nb", "nødnummer"), ("nb", "legevakt")],
)
async def test_who_asks_whom_to_call_is_told_although_nobody_has_checked_the_article(
    world: World, language: str, text: str
) -> None:
    amina = await world.member("amina", speaks=language)
    amina.language = language
    for _ in range(2):
        await amina.says(text)
        assert world.says("emergency-no", amina.last().text, language), amina.screen()
    amina.does_not_see("no-answer", "consent", "did-you-mean")
    await amina.presses("button-person")
    amina.sees("consent")


@pytest.mark.parametrize("text", ["my family wants me to marry my cousin", "forced marriage"])
async def test_what_nobody_has_checked_about_danger_is_not_even_proposed(world: World, text: str) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says(text)
    assert "🆘 Danger" in amina.sees("no-answer", "consent").labels()
    await amina.presses("button-services")
    assert "📞" in amina.sees("services-title").text
    amina.does_not_see("did-you-mean")
    assert not amina.has_button("button-helped")


async def test_whom_to_call_is_said_again_in_the_language_that_she_chooses(world: World) -> None:
    amina = await world.member("amina", speaks="nb")
    await amina.says("politi")
    await amina.chooses("so")
    assert world.says("emergency-no", amina.last().text, "so"), amina.screen()


async def test_in_the_demonstration_articles_on_danger_are_given_unchecked(world: World) -> None:
    await world.within(lambda tx: tx.save_group(replace(tx.group, demo=True)))
    amina = await world.member("amina", speaks="en")
    await amina.says("police")
    amina.sees("emergency-no", "answer-source-unread")


async def test_a_question_that_waits_for_her_yes_is_not_lost_when_she_asks_whom_to_call(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.says("Zxqv wplk?")
    await amina.says("police")
    await amina.presses("button-yes")
    await hodan.presses("button-take")
    hodan.sees("Zxqv wplk?", "police")


@pytest.mark.parametrize(("language", "word"), [("so", "Khatar"), ("nb", "hjelp"), ("tr", "tehlike")])
async def test_the_numbers_come_in_the_likeliest_language_of_her_word(
    world: World, language: str, word: str
) -> None:
    amina = world.person("amina", app_language="en")
    amina.language = language
    await amina.says(word)
    amina.sees("emergency-no")


async def test_a_cry_for_help_is_answered_with_the_numbers_and_what_can_be_done_here(world: World) -> None:
    amina = await world.member("amina", speaks="nb")
    amina.language = "nb"
    await amina.says("Hjelp!")
    amina.sees("emergency-no", "help-member")
    amina.does_not_see("no-answer")


async def test_danger_while_she_waits_hurries_those_who_are_asked(world: World) -> None:
    kari = await world.coordinator("kari")
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    asked = hodan.sees("offer")
    await world.passes(minutes=10)
    await amina.says("He hits me")
    amina.sees("emergency-no")
    case = await amina.case()
    assert case and (case.urgent, case.theme) == (True, "violence")
    assert hodan.sees("offer-urgent") != asked
    hodan.does_not_see("offer")
    kari.does_not_see("alert-wants-coordinator", "alert-waiting")
    await world.passes(minutes=6)
    kari.sees("alert-waiting")
    await hodan.presses("button-take")
    hodan.sees("He hits me")


async def test_danger_that_she_writes_into_what_she_had_said_is_seen(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    said = await amina.says("Zxqv grmbl")
    await amina.edits(said, "He hits me")
    amina.sees("emergency-no")
    case = await amina.case()
    assert case and case.urgent


async def test_a_sign_while_she_waits_hurries_too(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await amina.says("112")
    await amina.shows(AttachmentKind.LOCATION)
    amina.sees("emergency-no", "identity-warning")
    case = await amina.case()
    assert case and case.urgent


async def test_what_is_said_to_a_volunteer_is_left_to_the_two(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await hodan.presses("button-take")
    await amina.says(HIT)
    await amina.says("help")
    hodan.sees(HIT, "help")
    assert not numbers(amina)


async def test_a_question_about_danger_becomes_an_urgent_case(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.says("He hits me")
    if amina.has_button("button-none"):
        await amina.presses("button-none")
    await amina.presses("button-yes")
    case = await amina.case()
    assert case and (case.urgent, case.theme) == (True, "violence")
    hodan.sees("offer-urgent")


async def test_the_way_to_the_numbers_stands_wherever_she_is_left_without_an_answer(world: World) -> None:
    hodan = await world.volunteer("hodan", free=None)
    amina = await world.member("amina", speaks="en")
    await amina.says("How do I apply for child benefit for my two children?")
    assert "🆘 Danger" in amina.sees("did-you-mean").labels()
    await world.passes(minutes=1)
    await amina.says("Zxqv wplk?")
    assert "🆘 Danger" in amina.sees("no-answer").labels()
    assert "🆘 Danger" in amina.sees("consent").labels()
    await amina.presses("button-yes")
    assert "🆘 Danger" in amina.sees("nobody-free-unknown").labels()
    await hodan.presses("button-free-hour")
    assert "🆘 Danger" in amina.sees("waiting").labels()


async def test_who_is_stuck_in_a_guide_and_in_danger_is_in_danger(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("/danger")
    await amina.presses("button-person")
    await amina.presses("button-library")
    await amina.presses("📱")
    await amina.presses("BankID")
    await amina.presses("button-stuck")
    await amina.presses("button-yes")
    case = await amina.case()
    assert case and (case.urgent, case.theme) == (True, "emergency")


async def test_who_is_in_danger_and_has_nobody_to_talk_to_is_told_again_whom_to_call(world: World) -> None:
    """H23: nobody is promised."""
    await world.volunteer("hodan", speaks=("so",))
    zahra = await world.member("zahra", speaks="uk")
    zahra.language = "uk"
    await zahra.says("я хочу померти")
    await zahra.presses("button-person")
    await zahra.presses("button-yes")
    waiting = zahra.sees("nobody-speaks", "emergency-no")
    assert waiting == zahra.last()
    assert waiting.text.index("113") < waiting.text.index("бібліотеці")


async def test_danger_that_nobody_can_take_is_red_for_coordinators_on_the_board_and_in_the_queue(
    world: World,
) -> None:
    kari = await world.coordinator("kari")
    await world.volunteer("hodan", speaks=("so",))
    calm = await world.member("calm", speaks="tr")
    calm.language = "tr"
    await calm.asks_people()
    assert "🔴" not in kari.sees("alert-nobody-speaks").text
    zahra = await world.member("zahra", speaks="uk")
    zahra.language = "uk"
    await zahra.says("я хочу померти")
    await zahra.presses("button-person")
    await zahra.presses("button-yes")
    assert kari.last().text.startswith("🔴")
    kari.sees("alert-nobody-speaks", "offer-urgent")
    board = kari.sees("board-title", chat=CHAT)
    assert [line.startswith("🔴") for line in board.text.splitlines()[-2:]] == [True, False]
    assert board.labels()[0].startswith("🔴") and not board.labels()[1].startswith("🔴")
    await kari.says("/queue")
    queue = kari.sees("queue-line")
    assert queue.text.count("🔴") == 1 and queue.labels()[0].startswith("🔴")


@pytest.mark.parametrize("language", ["so", "uk", "tr"])
async def test_the_language_button_under_the_first_numbers_names_the_language_they_are_in(
    world: World, language: str
) -> None:
    """H18."""
    amina = world.person("amina", app_language="en")
    amina.language = language
    await amina.says({"so": "Khatar", "uk": "рятуйте", "tr": "tehlike"}[language])
    shown = amina.sees("emergency-no")
    assert any(world.autonym(language) in label for label in shown.labels())


@pytest.mark.parametrize(
    ("language", "wish"),
    [
        ("en", "Can I talk to a woman?"),
        ("uk", "хочу поговорити з жінкою"),
        ("so", "waxaan rabaa qof aan la hadlo"),
        ("ar", "بدي احكي مع حدا"),
    ],
)
async def test_who_wants_a_woman_to_talk_to_is_asked_for_her_yes_at_once(
    world: World, language: str, wish: str
) -> None:
    amina = await world.member("amina", speaks=language)
    amina.language = language
    await amina.says(wish)
    amina.sees("consent")
    amina.does_not_see("did-you-mean", "no-answer")
    assert not numbers(amina)


@pytest.mark.parametrize(
    ("language", "wish"),
    [("so", "waxaan rabaa inaan guursado"), ("ku", "ez dixwazim kar bikim"), ("tr", "evlenmek istiyorum")],
)
async def test_a_wish_that_only_sounds_like_despair_brings_no_numbers(
    world: World, language: str, wish: str
) -> None:
    await world.serves(language, "en")
    amina = await world.member("amina", speaks=language)
    amina.language = language
    await amina.says(wish)
    assert not numbers(amina)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "I took all my pills"),
        ("nb", "barnet mitt har 40 i feber"),
        ("ur", "mere shohar ne mujhe maara"),
    ],
)
async def test_danger_of_many_kinds_brings_the_numbers(world: World, language: str, words: str) -> None:
    await world.serves(language, "en")
    amina = await world.member("amina", speaks=language)
    amina.language = language
    await amina.says(words)
    assert numbers(amina)
