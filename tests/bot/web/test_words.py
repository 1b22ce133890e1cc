"""What the page itself says, in the browser's language."""

import pytest

from bot.web.words import ENGLISH, spoken
from content.catalog import Catalog


@pytest.mark.parametrize(
    ("accepted", "language", "direction"),
    [
        ("nb-NO,nb;q=0.9,en;q=0.8", "nb", "ltr"),
        ("no", "nb", "ltr"),
        ("fa-IR", "fa", "rtl"),
        ("el,ar;q=0.5", "ar", "rtl"),
        ("el", "en", "ltr"),
        ("", "en", "ltr"),
        (";;;,,,q=", "en", "ltr"),
    ],
)
def test_the_page_speaks_the_first_language_of_the_browser_that_is_offered(
    catalog: Catalog, accepted: str, language: str, direction: str
) -> None:
    words = spoken(catalog, accepted, ("nb", "en", "ar", "fa"))
    assert (words.language, words.direction) == (language, direction)
    assert words.texts.keys() == ENGLISH.texts.keys()
