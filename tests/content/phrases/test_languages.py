import pytest

from content.languages import (
    LANGUAGES,
    ROMANISED,
    autonym,
    cldr,
    direction,
    fallbacks,
    is_known,
    name_in,
    near,
    resolve,
)


def test_every_fallback_and_neighbour_is_a_language_of_the_service() -> None:
    for language in LANGUAGES.values():
        assert set(language.readable) | set(language.near) <= LANGUAGES.keys() - {language.tag}


def test_neighbours_know_each_other() -> None:
    assert all(tag in near(other) for tag in LANGUAGES for other in near(tag))


def test_english_ends_every_chain() -> None:
    assert fallbacks("en") == ()
    assert all(fallbacks(tag)[-1] == "en" for tag in LANGUAGES if tag != "en")
    assert fallbacks("prs") == ("fa", "en")
    assert fallbacks("el") == ("en",)


def test_no_two_languages_look_alike_on_a_button() -> None:
    assert len({autonym(tag) for tag in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_language_names_itself_in_its_own_script(tag: str) -> None:
    own = name_in(tag, tag)
    assert own
    assert any(letter in autonym(tag).casefold() for letter in own.casefold() if letter.isalpha())


def test_names_are_those_that_a_reader_uses() -> None:
    assert name_in("so", "en") == "Somali"
    assert name_in("so", "nb") == "somali"
    assert name_in("nb", "en") == "Norwegian"
    assert name_in("ckb", "nb") == "sorani"
    assert name_in("prs", "da") == "dari"
    assert name_in("ti", "ti") == "ትግርኛ"


@pytest.mark.parametrize("reader", ["nb", "da", "sv", "en"])
def test_those_who_organise_tell_all_languages_apart(reader: str) -> None:
    assert len({name_in(tag, reader) for tag in LANGUAGES}) == len(LANGUAGES)


def test_a_language_outside_the_service_has_a_name_too() -> None:
    assert name_in("el", "nb") == "gresk"
    assert autonym("el") == "Ελληνικά"
    assert direction("he") == "rtl"
    assert name_in("xx-unknown", "nb") == "xx-unknown"


def test_right_to_left_is_arabic_script_and_nothing_else() -> None:
    assert {tag for tag in LANGUAGES if direction(tag) == "rtl"} == {
        "ar", "ur", "pnb", "fa", "prs", "ps", "ckb",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("no", "nb"), ("nb-NO", "nb"), ("no-NO", "nb"), ("EN_us", "en"), ("fil", "tl"), ("kmr", "ku"),
        ("ku-Arab", "ckb"), ("fa-AF", "prs"), ("pa-Arab-PK", "pnb"), ("zh-hans", "zh"), ("pt-br", "pt"),
        ("fa-Arab-AF", "prs"), ("prs-AF", "prs"), ("ku-Latn-TR", "ku"), ("zh-Hant-TW", "zh"), ("yue-Hant-HK", "zh"),
        ("zgh", "ber"), ("ur-Latn", "ur"), ("el", None), ("", None), ("xx", None),
    ],
)  # fmt: skip
def test_a_platforms_tag_means_one_of_ours(tag: str, meant: str | None) -> None:
    assert resolve(tag) == meant


def test_romanised_tags_are_known_and_answered_in_their_language() -> None:
    for tag in ROMANISED:
        assert is_known(tag)
        assert autonym(tag) == autonym(tag[:2])
        assert direction(tag) == "rtl" or tag == "hi-Latn"
    assert not is_known("el")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_cldr_has_the_days_and_the_lists_of_every_language(tag: str) -> None:
    locale = cldr(tag)
    assert tag == "en" or locale.language != "en"
    assert "EHm" in locale.datetime_skeletons and "standard" in locale.list_patterns
