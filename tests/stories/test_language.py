"""Which language to speak: what she chose always wins, and the way back is always there."""

import re

from content.languages import LANGUAGES, autonym
from tests.fake_channel import Shown
from tests.world import World


def led_back(shown: Shown) -> str:
    """The language on the 🌐 button of a message, without what sets it apart."""
    (label,) = (label for label in shown.labels() if "🌐 " in label)
    return re.sub("[\u200f\u2068\u2069]", "", label).removeprefix("🌐 ")


async def test_an_unclear_first_message_is_asked_about_with_the_languages_own_names(world: World) -> None:
    amina = world.person("amina")
    await amina.says("ok")
    asked = amina.last()
    assert asked.text == "🌐"
    assert {"Soomaali", "العربية", "Українська"} <= set(asked.labels())


async def test_who_is_in_danger_need_not_choose_a_language_first(world: World) -> None:
    amina = world.person("amina", app_language="so")
    await amina.says("ok")
    await amina.presses("🆘")
    amina.language = "so"
    amina.sees("emergency-no", "112")
    await amina.presses("Soomaali")
    await amina.says("/language")
    assert "🆘" not in amina.last().labels()  # it stands on the welcome now


async def test_what_she_asked_before_she_chose_is_answered_afterwards(world: World) -> None:
    amina = world.person("amina")
    await amina.says("barnetrygd")
    if amina.find("🌐"):
        await amina.presses(world.autonym("nb"))
    amina.language = "nb"
    amina.sees("welcome")
    amina.sees("barnetrygd")


async def test_the_question_is_kept_while_the_language_is_asked(world: World) -> None:
    amina = world.person("amina")
    await amina.says("ok")
    await amina.says("112")
    await amina.presses("Soomaali")
    amina.language = "so"
    amina.sees("welcome")


async def test_what_she_chose_wins_over_what_she_writes_in(world: World) -> None:
    amina = await world.member("amina", speaks="so")
    await amina.says("How do I apply for child benefit for my two children?")
    row = await amina.row()
    assert row and row.language == "so" and row.language_chosen
    amina.language = "so"
    amina.sees("welcome")


BOTH = "Waxaan u baahanahay caawimaad ku saabsan carruurta. Potrzebuję pomocy z pismem z urzędu w sprawie zasiłku."


async def test_of_a_message_in_two_languages_the_other_is_one_tap_away(world: World) -> None:
    await world.serves("nb", "en", "so", "pl")
    amina = world.person("amina")
    await amina.says(BOTH)
    row = await amina.row()
    assert row and row.language in {"so", "pl"} and not row.language_chosen
    other = next(tag for tag in ("so", "pl") if tag != row.language)
    assert led_back(amina.last()) == world.autonym(row.language)
    before = len(amina.seen())
    await amina.presses(world.autonym(other))
    amina.language = other
    amina.sees("language-chosen")
    assert led_back(amina.last()) == world.autonym(other)
    assert len(amina.seen()) > before + 1  # her question is answered again, in this one


async def test_h18_who_chose_her_language_is_offered_no_other_for_what_she_writes(world: World) -> None:
    await world.serves("nb", "en", "so", "pl")
    amina = await world.member("amina", speaks="so")
    await amina.says(BOTH)
    assert led_back(amina.last()) == "Soomaali"
    assert "Polski" not in amina.last().labels()


async def test_a_second_language_that_the_group_does_not_have_is_not_offered(world: World) -> None:
    await world.serves("nb", "en", "so")
    amina = world.person("amina")
    await amina.says(BOTH)
    assert "Polski" not in [label for shown in amina.seen() for label in shown.labels()]


async def test_h18_the_way_back_is_under_every_answer(world: World) -> None:
    amina = world.person("amina")
    await amina.says("How do I apply for child benefit for my two children?")
    await amina.presses("🌐 English")
    await amina.presses("Soomaali")
    row = await amina.row()
    assert row and row.language == "so"


async def test_a_link_in_a_language_greets_in_that_language(world: World) -> None:
    amina = world.person("amina", app_language="nb")
    amina.language = "so"
    await amina.says("/start so")
    amina.sees("welcome")


async def test_a_bare_start_asks_for_the_language(world: World) -> None:
    amina = world.person("amina")
    await amina.says("/start")
    assert amina.last().text == "🌐"


async def test_a_voice_message_first_asks_for_the_language_and_is_kept(world: World) -> None:
    from dispatch.model.messages import AttachmentKind

    hodan = await world.volunteer("hodan", speaks=("so",))
    amina = world.person("amina")
    await amina.shows(AttachmentKind.VOICE)
    assert amina.last().text == "🌐"
    await amina.presses("Soomaali")
    amina.language = "so"
    amina.sees("welcome", "consent")
    await amina.presses("button-yes")
    await hodan.presses("button-take")
    assert [shown for shown in hodan.seen() if shown.files]


async def test_changing_the_language_while_a_case_waits_asks_other_volunteers(world: World) -> None:
    olena = await world.volunteer("olena", speaks=("uk",))
    amina = await world.member("amina", speaks="so")
    await amina.asks_people()
    olena.does_not_see("offer")
    await amina.chooses("uk")
    olena.sees("offer")


async def test_a_tigrinya_speaker_with_an_english_telephone(world: World) -> None:
    """H17: her telephone is in English, and says nothing against what she writes."""
    await world.serves("nb", "en", "am", "ar", "so", "ti")
    semira = world.person("semira", app_language="en")
    semira.language = "ti"
    await semira.says("ኣብ ትምህርቲ ውላደይ ከመይ ገይረ እመዝግቦ?")
    assert led_back(semira.sees("welcome")) == "ትግርኛ"
    row = await semira.row()
    assert row and row.language == "ti" and not row.language_chosen


async def test_urdu_in_latin_letters_first_is_answered_in_urdu_script(world: World) -> None:
    await world.serves("nb", "en", "ar", "so", "ur")
    sana = world.person("sana", app_language="en")
    sana.language = "ur"
    await sana.says("mera bacha bimar hai, doctor ka number kya hai")
    assert led_back(sana.sees("welcome")) == "اردو"


async def test_urdu_in_latin_letters_that_is_not_sure_is_asked_about_and_never_called_indonesian(
    world: World,
) -> None:
    await world.serves("nb", "en", "ar", "so", "ur")
    sana = world.person("sana", app_language="en")
    sana.language = "ur"
    await sana.says("mujhe apne bache ke school ke bare mein poochna hai")
    if welcome := sana.find("welcome"):
        assert led_back(welcome) == "اردو"
    else:
        assert (sana.last().text, sana.last().labels()[0]) == ("🌐", "اردو")


async def test_all_languages_stand_on_pages_with_the_likeliest_first(world: World) -> None:
    """Nobody reads through fifty buttons: eight come first, then sixteen on a page, each language once."""
    await world.serves(*LANGUAGES)
    rahel = world.person("rahel", app_language="ti")
    await rahel.says("hi")
    pages = [rahel.last().labels()]
    while "•••" in pages[-1]:
        await rahel.presses("•••")
        pages.append(rahel.last().labels())
    assert [len(set(page) - {"•••", "◀", "🆘"}) for page in pages] == [8, 16, 16, 9]
    assert "ትግርኛ" in pages[0] and "🆘" in pages[-1]
    names = [label for page in pages for label in page if label not in {"•••", "◀", "🆘"}]
    assert sorted(names) == sorted(map(autonym, LANGUAGES))
    assert len(rahel.seen()) == 1  # one card, which changes

    for page in reversed(pages[:-1]):
        await rahel.presses("◀")
        assert rahel.last().labels() == page
    await rahel.turns_to("Hausa")
    await rahel.presses("Hausa")
    rahel.language = "ha"
    rahel.sees("welcome")


async def test_hi_and_then_somali(world: World) -> None:
    """H17: "hi" says nothing; she is asked once, and what she writes then answers it."""
    amina = world.person("amina", app_language="en")
    amina.language = "so"
    await amina.says("hi")
    assert [shown.text for shown in amina.seen()] == ["🌐"]
    await amina.says("Sidee ayaan u dalbadaa lacagta carruurta?")
    amina.sees("welcome")
    assert [shown.text for shown in amina.seen()].count("🌐") == 1
    row = await amina.row()
    assert row and row.language == "so"


async def test_a_wrong_guess_is_corrected_and_the_question_answered_again(world: World) -> None:
    """H18."""
    amina = world.person("amina")
    await amina.says("How do I apply for child benefit for my two children?")
    assert "child benefit" in amina.screen().casefold()
    await amina.presses("🌐 English")
    await amina.presses("Norsk (bokmål)")
    assert "barnetrygd" in " ".join((amina.last().text, *amina.last().labels())).casefold()
    assert led_back(amina.last()) == "Norsk (bokmål)"


async def test_she_changes_the_language_in_the_middle_of_a_case(world: World) -> None:
    """H20: the telephone has changed hands, say. The case goes on with who has it, and only our own words change."""
    hodan = await world.volunteer("hodan", speaks=("so", "ar"))
    amina = await world.member("amina", speaks="so")
    await amina.asks_people()
    await hodan.presses("button-take")
    await amina.chooses("ar")
    await amina.says("شكرا، عندي سؤال آخر")
    hodan.sees("شكرا، عندي سؤال آخر")
    await hodan.presses("button-finish")
    await hodan.presses("button-finish")
    assert led_back(amina.last()) == "العربية"


async def test_a_message_in_two_languages_is_answered_in_one_and_kept_whole(world: World) -> None:
    hodan = await world.volunteer("hodan", speaks=("so",))
    amina = world.person("amina")
    text = "Waxaan u baahanahay caawimaad degdeg ah oo ku saabsan dugsiga. I got a letter and I do not understand it."
    await amina.says(text)
    row = await amina.row()
    assert row and row.language in {"so", "en"}
    await amina.chooses("so")
    await amina.says("/person")
    await amina.presses("button-yes")
    await hodan.presses("button-take")
    hodan.sees(text)


async def test_h18_the_way_back_stands_under_all_that_ends_a_turn(world: World) -> None:
    """Whatever she does, the last thing that she then reads has it, or is the languages themselves."""
    hodan = await world.volunteer("hodan", speaks=("so",))
    amina = world.person("amina")
    amina.language = "so"
    steps = [
        lambda: amina.says("/start so"),
        lambda: amina.says("/help"),
        lambda: amina.says("/danger"),
        lambda: amina.says("/nothing"),
        lambda: amina.says("Zxqv wplk mnrt?"),
        lambda: amina.presses("button-no"),
        lambda: amina.presses("button-changed-mind"),
        lambda: amina.presses("button-yes"),
        lambda: amina.says("/person"),
        lambda: amina.presses("button-add"),
        lambda: hodan.presses("button-take"),
        lambda: amina.presses("button-finish"),
        lambda: amina.presses("😐"),
        lambda: amina.says("/forget"),
        lambda: amina.presses("button-no"),
    ]
    for number, step in enumerate(steps):
        await step()
        assert any(label.startswith("🌐") for label in amina.last().labels()), (number, amina.screen())


async def test_h17_the_language_of_a_phone_counts_whatever_its_region(world: World) -> None:
    """Browsers say "ur-PK" where Telegram says "ur"."""
    await world.serves("nb", "en", "ar", "so", "ur", "hi", "pl")
    for region, first in (
        ("so-SO", "Soomaali"),
        ("pl-PL", "Polski"),
        ("ur-PK", "اردو"),
        ("nb-NO", "Norsk (bokmål)"),
    ):
        woman = world.person(f"woman-{region}", app_language=region)
        await woman.says("👍")
        assert woman.last().labels()[0] == first

    jane = world.person("jane", app_language="en-US")
    jane.language = "en"
    await jane.says("how do I get bankid")
    jane.sees("welcome")

    sana = world.person("sana", app_language="ur-PK")
    sana.language = "ur"
    await sana.says("salam mujhe doctor chahiye")
    sana.sees("welcome", "did-you-mean")  # in the script of her telephone


async def test_h17_a_dari_phone_is_not_taken_for_a_persian_one(world: World) -> None:
    await world.serves("nb", "en", "fa", "prs")
    for app in ("prs", "prs-AF", "fa-AF", "fa-Arab-AF"):
        shabnam = world.person(f"shabnam-{app}", app_language=app)
        shabnam.language = "prs"
        await shabnam.says("سلام، خانه کار دارم")
        assert led_back(shabnam.sees("welcome")) == "دری"


async def test_the_languages_come_down_to_what_she_writes_next(world: World) -> None:
    """H8: the first card has scrolled away, and her second question is not left with an eye alone."""
    await world.serves("nb", "en", "ar", "so", "ur", "hi")
    sana = world.person("sana", app_language="en-GB")
    await sana.says("mera beta school nahi jana chahta")
    first = sana.last()
    await sana.says("kya nav se paise milte hain bachon ke liye?")
    assert sana.last().text == "🌐"
    assert sana.last() != first and first not in sana.seen()


async def test_h8_ten_messages_in_no_clear_language_are_asked_about_once(world: World) -> None:
    amina = world.person("amina")
    for _ in range(10):
        await amina.writes("hm")
    await world.settles()
    assert [shown.text for shown in amina.seen()] == ["🌐"]
    assert len([shown for shown in world.channel.chats["amina"] if shown.text == "🌐"]) == 1


async def test_h17_a_greeting_is_answered_with_the_languages_of_its_script_first(world: World) -> None:
    await world.serves("nb", "en", "ar", "so", "am", "ti")
    semhar = world.person("semhar", app_language="en-US")
    await semhar.says("ሰላም")
    assert set(semhar.last().labels()[:2]) == {"ትግርኛ", "አማርኛ"}
