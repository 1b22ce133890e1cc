"""What is no question to a library, and what might be one."""

import pytest

from content.catalog import Catalog
from content.small_talk import folded, is_small_talk

KEYS = ("words-small-talk", "words-yes", "words-thanks")


@pytest.fixture(scope="module")
def phrases() -> frozenset[str]:
    catalog = Catalog.load()
    return folded({word for key in KEYS for tag in ("ar", "nb", "en") for word in catalog.words(key, tag)})


@pytest.mark.parametrize(
    "text",
    [
        *("ok", "OK!!", "👍", "👍🏽", "❤️", "😀", "تمام", "طيب", "نعم", "ههههه", "مع السلامة", "آسفة غلط"),
        *(
            "شكرا، مع السلامة 🌹",
            "ok thank you, bye",
            "hahaha ok",
            "hhhhh",
            "ha det bra",
            "ja takk",
            "إن شاء الله",
        ),
    ],
)
def test_courtesies_laughter_and_friendly_signs_are_small_talk(text: str, phrases: frozenset[str]) -> None:
    assert is_small_talk(text, phrases)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "...", "؟", "ok?", "نعم؟", "nav", "fatima", "bank", "sos", "help", "doctor"),
        *(
            "🆘",
            "😭",
            "🙁",
            "ok 😭",
            "👍 🚑",
            "ok 112",
            "112",
            "ok @amina",
            "thanks, but how do I apply",
            "يا الله",
        ),
        *("غلط", "no", "لا", "ok " * 30),
    ],
)
def test_what_may_ask_or_tell_something_is_not(text: str, phrases: frozenset[str]) -> None:
    assert not is_small_talk(text, phrases)
