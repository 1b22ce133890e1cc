"""What the shipped model makes of messages like those that people send (hard cases H17, H18 and H22)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from content.detection.detector import Detector, Evidence
from content.detection.families import LABELS, family
from content.detection.models import MODEL

ALL = tuple(label for label in LABELS if not label.endswith("-Latn") and label != "rhg")


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector.load()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ሓገዝ የድልየኒ ኣሎ፡ ንደቀይ ቤት ትምህርቲ ክረክብ ደልየ", "ti"),
        ("እርዳታ እፈልጋለሁ፣ ልጄን ትምህርት ቤት ማስመዝገብ እፈልጋለሁ", "am"),
        ("Ez alîkariyê dixwazim", "ku"),
        ("Ez alikariye dixwazim", "ku"),
        ("من پێویستم بە یارمەتییە بۆ پڕکردنەوەی فۆرمەکە", "ckb"),
        ("زه مرستې ته اړتیا لرم، زما ماشوم ناروغ دی", "ps"),
        ("مجھے مدد چاہیے، میرا بچہ بیمار ہے", "ur"),
        ("mujhe apne bachay ke school ke liye madad chahiye hai please", "ur-Latn|hi-Latn"),
        ("أحتاج إلى مساعدة في ملء الاستمارة", "ar"),
        ("ana me7taja mosa3da fel wra9 dyali", "ar-Latn"),
        ("man komak mikham baraye farzandam", "fa-Latn"),
        ("من برای پر کردن این فرم به کمک نیاز دارم", "fa"),
        ("Waxaan u baahanahay caawimaad", "so"),
        ("Gargaarsa nan barbaada, mucaan koo dhukkubsateera", "om"),
        ("Nahitaji msaada kujaza fomu hii", "sw"),
        ("Çocuğum için bir doktor arıyorum", "tr"),
        ("tesekkur ederim cok yardimci oldunuz", "tr"),
        ("Мені потрібна допомога з документами", "uk"),
        ("Мне нужна помощь с документами", "ru"),
        ("Trebam pomoć oko dokumenata", "hr"),
        ("Jeg trenger hjelp til å fylle ut skjemaet", "nb"),
        ("Jeg har brug for hjælp til at udfylde skemaet", "da"),
        ("Jag behöver hjälp att fylla i blanketten", "sv"),
        ("ฉันต้องการความช่วยเหลือ", "th"),
        ("எனக்கு உதவி தேவை", "ta"),
        ("ਮੈਨੂੰ ਮਦਦ ਚਾਹੀਦੀ ਹੈ", "pa"),
        ("ကျွန်မ အကူအညီ လိုပါတယ်", "my"),
        ("ⵔⵉⵖ ⵜⵉⵡⵉⵙⵉ", "ber"),
    ],
)
def test_h17_a_sentence_is_recognised(detector: Detector, text: str, language: str) -> None:
    found = detector.detect(text).language
    assert found is not None
    assert family(found) in {family(label) for label in language.split("|")}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Vis mig vejen til Norwegian Labour and Welfare Administration", "da"),
        ("Waxaan ballan ku leeyahay Oslo University Hospital", "so"),
        ("Finn filmtidene for ArcLight Hollywood", "nb"),
    ],
)
def test_h17_a_foreign_name_within_a_sentence_does_not_hide_its_language(
    detector: Detector, text: str, language: str
) -> None:
    assert detector.detect(text).language == language


@pytest.mark.parametrize(
    "text",
    ["", " ", "ok", "OK!!", "hi", "Hei", "hello", "112", "+47 900 00 000", "😀👍🏽", "NAV", "UDI", "?", "...", "\0",
     "\ud800", "https://www.nav.no/skjema", "Fatuma Hassan", "Maria", "Mohammed Ali", "سلام", "haha", "salaam",
     "hhhhhhhh", "asdfgh"],
)  # fmt: skip
def test_h17_what_says_nothing_is_asked_about(detector: Detector, text: str) -> None:
    assert detector.detect(text).language is None
    assert detector.detect(text).outside is None
    assert detector.guess(text).language in LABELS


@pytest.mark.parametrize("text", ["ok", "112", "NAV", "😀", ""])
def test_what_she_wrote_before_speaks_for_a_word_that_says_nothing(detector: Detector, text: str) -> None:
    assert detector.detect(text, Evidence(languages=ALL, earlier="so")).language == "so"


def test_a_sentence_outweighs_what_she_wrote_before(detector: Detector) -> None:
    evidence = Evidence(languages=ALL, earlier="ar", link="ar", app="ar")
    assert detector.detect("Waxaan u baahanahay caawimaad degdeg ah", evidence).language == "so"


def test_the_link_puts_its_language_first_among_the_buttons(detector: Detector) -> None:
    found = detector.detect("hi", Evidence(languages=ALL, link="ti"))
    assert found.candidates[0][0] == "ti"


def test_an_english_phone_does_not_hide_tigrinya(detector: Detector) -> None:
    assert detector.detect("ሓገዝ የድልየኒ ኣሎ", Evidence(languages=ALL, app="en")).language == "ti"


def test_the_language_of_the_app_alone_is_not_enough(detector: Detector) -> None:
    found = detector.detect("ok", Evidence(languages=ALL, app="en"))
    assert found.language is None
    assert found.candidates[0][0] == "en"


@pytest.mark.parametrize(("country", "language"), [("NO", "nb"), ("DK", "da"), ("SE", "sv")])
def test_the_country_makes_its_language_likelier_than_its_neighbours(
    detector: Detector, country: str, language: str
) -> None:
    for text in ("barn", "kan vi"):
        here, anywhere = (
            dict(detector.detect(text, Evidence(languages=("nb", "da", "sv"), country=where)).candidates)
            for where in (country, None)
        )
        assert here[language] > anywhere[language]
        assert all(here[other] < anywhere[other] for other in {"nb", "da", "sv"} - {language})


def test_candidates_are_languages_of_the_group_best_first(detector: Detector) -> None:
    group = ("so", "ti", "ar")
    for text in ("ok", "hjelp", "مرحبا كيف الحال", "ሓገዝ"):
        candidates = detector.detect(text, Evidence(languages=group)).candidates
        chances = [chance for _, chance in candidates]
        assert {label.removesuffix("-Latn") for label, _ in candidates} <= set(group)
        assert chances == sorted(chances, reverse=True)


def test_with_nothing_known_the_buttons_keep_the_groups_order(detector: Detector) -> None:
    candidates = detector.detect("ok", Evidence(languages=("so", "ti", "ar"))).candidates
    assert [label for label, _ in candidates] == ["so", "ti", "ar"]


def test_a_dari_question_is_answered_in_persian_where_the_group_has_only_persian(detector: Detector) -> None:
    text = "چطور می‌توانم طفلم را در مکتب شامل کنم؟"
    assert detector.detect(text, Evidence(languages=("ar", "fa"))).language == "fa"
    assert detector.detect(text, Evidence(languages=("ar", "prs"))).language == "prs"


def test_h23_a_language_that_nobody_of_the_group_speaks_is_named(detector: Detector) -> None:
    found = detector.detect("Ina bukatar taimako don cika wannan takarda", Evidence(languages=("so", "ti")))
    assert (found.language, found.outside) == (None, "ha")


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("Καλημέρα, χρειάζομαι βοήθεια με τα έγγραφά μου", "el"),
        ("Buongiorno, ho bisogno di aiuto con i documenti", "it"),
        ("Hyvää päivää, tarvitsen apua lomakkeen täyttämisessä", "fi"),
        ("Dobrý den, potřebuji pomoc s formulářem", "cs"),
        ("私は書類の手伝いが必要です", "ja"),
    ],
)
def test_a_language_outside_the_service_is_named(detector: Detector, text: str, outside: str) -> None:
    found = detector.detect(text, Evidence(languages=ALL))
    assert (found.language, found.outside) == (None, outside)


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        (
            "Hei, jeg trenger hjelp med et brev fra skolen. Waxaan u baahanahay caawimaad degdeg ah",
            {"nb", "so"},
        ),
        ("I need help with this letter please أحتاج إلى مساعدة في ملء الاستمارة", {"en", "ar"}),
        ("Мне нужна помощь с документами Jeg trenger hjelp med papirene mine", {"ru", "nb"}),
    ],
)
def test_a_message_in_two_languages_is_seen_as_such(
    detector: Detector, text: str, languages: set[str]
) -> None:
    found = detector.detect(text, Evidence(languages=ALL, country="NO"))
    assert {found.language, found.also} == languages


def test_of_two_languages_the_one_that_the_group_speaks_is_answered(detector: Detector) -> None:
    text = "I need help with this letter please أحتاج إلى مساعدة في ملء الاستمارة"
    found = detector.detect(text, Evidence(languages=("ar", "so")))
    assert (found.language, found.also) == ("ar", "en")


def test_a_message_in_one_language_has_no_second(detector: Detector) -> None:
    found = detector.detect("Waxaan u baahanahay caawimaad waraaqahayga dugsiga", Evidence(languages=ALL))
    assert (found.language, found.also) == ("so", None)


def test_hundreds_of_thousands_of_characters_are_read_like_a_page(detector: Detector) -> None:
    assert detector.detect("Waxaan u baahanahay caawimaad. " * 35_000).language == "so"
    assert detector.detect("a" * 1_000_000).language is None


def test_the_answer_is_the_same_every_time_and_in_every_thread(detector: Detector) -> None:
    texts = ["Ez alîkariyê dixwazim", "Buongiorno, ho bisogno di aiuto con i documenti", "hjelp", "ok"] * 25
    alone = [Detector.load().detect(text) for text in texts[:4]] * 25
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(detector.detect, texts)) == alone


def test_the_model_that_ships_is_small() -> None:
    assert sum(path.stat().st_size for path in MODEL.iterdir()) < 12_000_000


def test_who_writes_hindustani_in_latin_letters_is_asked_which_script_she_reads(detector: Detector) -> None:
    both = Evidence(languages=("nb", "hi", "ur"))
    for text in ("mujhe madad chahiye", "mujhe doctor chahiye"):
        found = detector.detect(text, both)
        assert found.language is None and found.outside is None
        assert {label for label, _ in found.candidates[:2]} == {"hi-Latn", "ur-Latn"}
        assert detector.detect(text).language is not None  # where nobody has to choose


@pytest.mark.parametrize("known", [{"app": "ur"}, {"link": "ur"}, {"earlier": "ur", "app": "hi"}])
def test_hindustani_in_latin_letters_is_in_the_script_that_is_known_of_her(
    detector: Detector, known: dict[str, Any]
) -> None:
    found = detector.detect("mujhe doctor chahiye", Evidence(languages=("nb", "hi", "ur"), **known))
    assert found.language == "ur-Latn"


@pytest.mark.parametrize(
    "text",
    [
        "<b>hi</b> <script>alert('hi there')</script>",
        '<img src=x onerror="go()">',
        "${jndi:ldap://x}",
        "{'a': {}}",
    ],
)
def test_mark_up_and_code_are_no_language(detector: Detector, text: str) -> None:
    found = detector.detect(text)
    assert (found.language, found.outside) == (None, None)


def test_what_stands_in_mark_up_is_read(detector: Detector) -> None:
    assert detector.detect("<p>Waxaan u baahanahay <b>caawimaad</b></p>").language == "so"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ሰላም", {"am", "ti"}),
        ("مرحبا", {"ar", "fa", "prs", "ps", "ur", "ckb"}),
        ("السلام عليكم", {"ar", "fa", "prs", "ps", "ur", "ckb"}),
        ("привет", {"ru", "uk"}),
    ],
)
def test_h17_a_greeting_asks_first_about_the_languages_of_its_script(
    detector: Detector, text: str, first: set[str]
) -> None:
    group = ("nb", "en", "ar", "so", "ti", "am", "ur", "fa", "prs", "ps", "ckb", "ru", "uk", "pl")
    found = detector.detect(text, Evidence(languages=group, app="en", country="NO"))
    assert found.language is None
    assert {tag for tag, _ in found.candidates[: len(first)]} == first
