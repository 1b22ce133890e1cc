import re
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

import polib
import pytest

from content.catalog import Catalog, keep_order
from content.languages import LANGUAGES, direction
from content.library import Library
from content.phrases import Argument, Autonym, Day, Joined, LanguageName, Listed, Moment, Phrase

NOON = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)
HEADER = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return Catalog.load()


def write(folder: Path, tag: str, texts: dict[str, str], audience: str = "m") -> None:
    po = polib.POFile()
    po.metadata = HEADER
    po.extend(
        polib.POEntry(msgid=key, msgstr=text, comment=f"audience: {audience}") for key, text in texts.items()
    )
    po.save(str(folder / f"{tag}.po"))


def test_what_somebody_wrote_is_never_changed(catalog: Catalog) -> None:
    text = "  {name} \u202eabc 116 117\n"
    assert catalog.render(text, "ar") == text


def test_a_phrase_is_said_with_its_arguments(catalog: Catalog) -> None:
    waiting = Phrase("waiting", {"language": LanguageName("so")})
    assert "speak Somali" in catalog.render(waiting, "en")
    assert "snakker somali" in catalog.render(waiting, "nb")


def test_a_phrase_within_a_phrase_is_said_in_the_same_language(catalog: Catalog) -> None:
    finished = Phrase("case-finished", {"case": Phrase("case-name", {"colour": "🟦", "number": 27})})
    assert catalog.render(finished, "nb") == "✔️ 🟦 sak 27 er ferdig. Takk."


@pytest.mark.parametrize(
    ("language", "count", "form"),
    [
        ("en", 1, "one minute"), ("en", 2, "2 minutes"), ("pl", 1, "jedną minutę"), ("pl", 3, "3 minuty"),
        ("pl", 12, "12 minut."), ("pl", 22, "22 minuty"), ("ru", 21, "21 минуту"), ("ar", 2, "دقيقتين"),
        ("ar", 5, "دقائق"), ("ar", 12, "دقيقة"), ("lt", 10, "10 minučių"), ("ro", 20, "20 de minute"),
        ("tl", 4, "4 na minuto"), ("th", 1, "1 นาที"),
    ],
)  # fmt: skip
def test_the_count_chooses_the_form(catalog: Catalog, language: str, count: int, form: str) -> None:
    assert form in catalog.render(Phrase("waiting-lately", count=count), language)


def test_a_plural_phrase_without_a_count_is_a_broken_promise(catalog: Catalog) -> None:
    with pytest.raises(ValueError, match="waiting-lately needs a count"):
        catalog.render(Phrase("waiting-lately"), "en")


def test_a_missing_argument_is_a_broken_promise(catalog: Catalog) -> None:
    with pytest.raises(ValueError, match=r"needs \{language\}"):
        catalog.render(Phrase("waiting"), "en")


def test_an_argument_is_text_and_no_template(catalog: Catalog) -> None:
    phrase = Phrase("person-card", {"name": "{standing}", "standing": "x"})
    assert catalog.render(phrase, "en") == "{standing} · x"


def test_a_key_that_nobody_has_is_named() -> None:
    with pytest.raises(KeyError, match="no-such-key"):
        Catalog.load().render(Phrase("no-such-key"), "so")


def test_a_missing_phrase_is_said_in_what_she_can_read_and_else_in_english(tmp_path: Path) -> None:
    write(tmp_path, "en", {"a": "A {language}", "b": "B"})
    write(tmp_path, "fa", {"b": "ب"})
    write(tmp_path, "prs", {"a": ""})
    catalog = Catalog.load(tmp_path)
    assert catalog.render(Phrase("b"), "prs") == "ب"
    assert catalog.render(Phrase("a", {"language": LanguageName("so")}), "prs") == "A Somali"
    assert catalog.render(Phrase("b"), "xx") == "B"


def test_a_romanised_reader_is_answered_in_the_usual_script(catalog: Catalog) -> None:
    assert catalog.render(Phrase("button-yes"), "ur-Latn") == catalog.render(Phrase("button-yes"), "ur")


def test_a_language_is_complete_when_an_audience_can_read_everything(tmp_path: Path) -> None:
    write(tmp_path, "en", {"a": "A", "b": "B"})
    write(tmp_path, "so", {"a": "S", "b": "T"})
    write(tmp_path, "ti", {"a": "ሀ", "b": ""})
    assert Catalog.load(tmp_path).languages_complete("m") == {"en", "so"}
    assert Catalog.load(tmp_path).languages_complete("c") == {"en", "so", "ti"}


def test_every_language_of_the_service_is_complete_for_members(catalog: Catalog) -> None:
    assert catalog.languages_complete("m") == LANGUAGES.keys()
    assert {"nb", "da", "sv", "en"} <= catalog.languages_complete("v") & catalog.languages_complete("c")


def test_bodies_stand_under_one_another(catalog: Catalog) -> None:
    parts = (Phrase("no-answer"), "abc", Day(date(2026, 11, 12)))
    assert catalog.render(Joined(parts), "nb").split("\n\n")[1:] == ["abc", "12. november 2026"]
    assert catalog.render(Joined(("a", "b"), close=True), "nb") == "a\nb"


def test_a_language_is_named_for_the_reader_or_for_its_speaker(catalog: Catalog) -> None:
    assert catalog.render(LanguageName("so"), "nb") == "somali"
    assert catalog.render(Autonym("so"), "nb") == "Soomaali"


def test_things_are_listed_as_the_reader_lists_them(catalog: Catalog) -> None:
    languages = Listed((LanguageName("ar"), LanguageName("so"), LanguageName("ur")))
    said = catalog.render(Phrase("volunteer-languages", {"languages": languages}), "nb")
    assert said == "Språkene dine er nå: arabisk, somali og urdu."
    assert catalog.render(Phrase("volunteer-languages", {"languages": Listed(())}), "nb").endswith(": .")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Thursday 12:00"), ("nb", "torsdag kl. 12:00"), ("da", "torsdag 12.00"), ("so", "Khamiis 12:00"),
        ("ko", "목요일 12:00"), ("vi", "12:00 Thứ Năm"), ("ber", "akwas 12:00"), ("prs", "پنجشنبه 12:00"),
    ],
)  # fmt: skip
def test_a_moment_is_weekday_and_time_where_the_group_lives(
    catalog: Catalog, language: str, said: str
) -> None:
    assert catalog.render(Moment(NOON, "Europe/Oslo"), language) == said


def test_a_moment_far_away_has_its_date(catalog: Catalog) -> None:
    assert catalog.render(Moment(NOON, "Europe/Oslo", dated=True), "en") == "Thu 12 Nov 12:00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_times_with_western_digits_on_a_clock_of_24_hours(
    catalog: Catalog, language: str
) -> None:
    evening = Moment(datetime(2026, 11, 12, 20, 5, tzinfo=UTC), "Europe/Oslo")
    assert "21:05" in catalog.render(evening, language).replace(".", ":")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "12\u00a0345"),
        ("en", "12,345"),
        ("de", "12.345"),
        ("ar", "\u206812,345\u2069"),
        ("bn", "12,345"),
    ],
)
def test_how_many_is_written_as_a_language_groups_thousands_in_western_digits(
    catalog: Catalog, language: str, said: str
) -> None:
    assert said in catalog.render(Phrase("too-long", count=12345), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_that_names_a_case_is_written_alike_everywhere(catalog: Catalog, language: str) -> None:
    words: dict[str, Argument] = {"colour": "👤", "number": 12345}
    assert "12345" in catalog.render(Phrase("case-name", words), language)


def test_words_are_those_that_people_type(catalog: Catalog) -> None:
    assert "haa" in catalog.words("words-yes", "so")
    assert "yes" in catalog.words("words-yes", "en")
    assert catalog.words("words-yes", "ur-Latn") == catalog.words("words-yes", "ur")
    assert catalog.words("words-yes", "xx") == frozenset()
    assert all(word == word.casefold() for tag in LANGUAGES for word in catalog.words("words-danger", tag))


def test_h16_arguments_and_telephone_numbers_stand_apart_in_right_to_left_text(catalog: Catalog) -> None:
    apart: dict[str, Argument] = {"publisher": "NAV 2", "date": Day(date(2026, 11, 12))}
    said = {
        tag: catalog.render(Phrase("answer-source", apart), tag) for tag in ("ar", "prs", "ps", "ur", "ckb")
    }
    assert said == {
        "ar": "\u200f\u2068NAV 2\u2069 · قُرئ في \u206812 نوفمبر 2026\u2069",
        "prs": "\u200f\u2068NAV 2\u2069 · خوانده شده در \u206812 نومبر 2026\u2069",
        "ps": "\u200f\u2068NAV 2\u2069 · لوستل شوی: \u20682026 نومبر 12\u2069",
        "ur": "\u200f\u2068NAV 2\u2069 · پڑھا گیا: \u206812 نومبر، 2026\u2069",
        "ckb": "\u200f\u2068NAV 2\u2069 · خوێندراوەتەوە: \u206812ی تشرینی دووەمی 2026\u2069",
    }
    for tag in said:
        assert "\u2068116 117\u2069 " in catalog.render(Phrase("emergency-no"), tag)
        assert "\u2068/help\u2069 " in catalog.render(Phrase("unknown-command"), tag)


def test_h16_addresses_and_numbers_of_a_real_text_stand_apart_once(library: Library) -> None:
    body = library.every["no-parental-benefit", "ar"].body
    said = keep_order(body, "ar")
    assert said.count("nav.no/foreldrepenger") == said.count("\u2068nav.no/foreldrepenger\u2069") > 0
    assert keep_order(said, "ar") == said
    assert said.replace("\u2068", "").replace("\u2069", "").replace("\u200f", "") == body
    assert keep_order(body, "so") == body


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("اكتب إلى post@nav.no.", ["post@nav.no"]),
        ("(cmm.dk).", ["cmm.dk"]),
        ("udi.no/en/want-to-apply/?a=1&b=2، 116 117", ["udi.no/en/want-to-apply/?a=1&b=2", "116 117"]),
        ("https://www.imdi.no/2.-forbud؟", ["https://www.imdi.no/2.-forbud"]),
        ("12.11.2026 و 3.5", []),
        ("كيف تحصلين على BankID · 1/8", ["1/8"]),
        ("ادخلي إلى helsenorge.no/، ثم /help", ["helsenorge.no/", "/help"]),
    ],
)
def test_h16_an_address_stands_apart_without_the_mark_that_ends_the_sentence(
    text: str, apart: list[str]
) -> None:
    assert re.findall("\u2068([^\u2069]*)\u2069", keep_order(text, "fa")) == apart


def test_h16_a_line_that_begins_with_a_foreign_word_runs_as_the_rest_of_it() -> None:
    text = "Altinn مكان\n1. BankID هو\n(Min Log)\nاختاري Altinn"
    assert keep_order(text, "ar") == "\u200fAltinn مكان\n\u200f1. BankID هو\n(Min Log)\nاختاري Altinn"
    assert keep_order(keep_order(text, "ar"), "ar") == keep_order(text, "ar")


def test_h16_a_line_that_begins_with_a_foreign_name_stays_a_line_of_its_language(catalog: Catalog) -> None:
    """Apps that look at the first letter only would write "NAV · …" from left to right."""
    said = catalog.render(Phrase("answer-source-unread", {"publisher": "NAV"}), "ar")
    assert said.startswith("\u200f\u2068NAV\u2069")
    assert catalog.render(Phrase("answer-source-unread", {"publisher": "NAV"}), "so").startswith("NAV")


@pytest.mark.parametrize("language", [tag for tag in LANGUAGES if direction(tag) == "rtl"])
def test_h16_a_button_that_begins_with_a_sign_runs_as_its_language_does(
    catalog: Catalog, language: str
) -> None:
    """🆘 is made of Latin letters, and a name set apart says nothing of the whole."""
    for phrase in (
        Phrase("button-danger"),
        Phrase("button-language", {"language": Autonym(language)}),
        Phrase("button-theme", {"sign": "🏠", "theme": Phrase("theme-home")}),
    ):
        said = re.sub("\u2068[^\u2069]*\u2069", "", catalog.render(phrase, language))
        first = next(letter for letter in said if unicodedata.bidirectional(letter) in {"L", "R", "AL"})
        assert unicodedata.bidirectional(first) != "L"


def test_h16_a_phrase_within_a_phrase_lets_the_line_run_as_its_language_does(catalog: Catalog) -> None:
    words: dict[str, Argument] = {"mark": "🏠", "label": Phrase("theme-home")}
    said = catalog.render(Phrase("theme-home"), "ar")
    assert catalog.render(Phrase("marked", words), "ar") == f"\u200f\u2068🏠\u2069 {said}"


def test_h16_a_list_stands_apart_thing_by_thing(catalog: Catalog) -> None:
    phrase = Phrase("other-languages-noted", {"language": Listed((LanguageName("so"), LanguageName("ur")))})
    assert "\u2068الصومالية\u2069 و\u2068الأوردية\u2069" in catalog.render(phrase, "ar")


def test_h16_a_right_to_left_name_does_not_disturb_norwegian(catalog: Catalog) -> None:
    card = Phrase("person-card", {"name": "مريم", "standing": "27"})
    assert catalog.render(card, "nb") == "\u2068مريم\u2069 · 27"
    assert catalog.render(Phrase("person-card", {"name": "Maryam", "standing": "27"}), "nb") == "Maryam · 27"


def test_h16_an_argument_cannot_break_out_of_its_place(catalog: Catalog) -> None:
    card = Phrase("person-card", {"name": "a\u2069\u202eb", "standing": "x"})
    assert catalog.render(card, "en") == "ab · x"


def test_h18_the_way_back_is_never_translated_away(catalog: Catalog) -> None:
    for tag in LANGUAGES:
        assert "Soomaali" in catalog.render(Phrase("button-language", {"language": Autonym("so")}), tag)
