"""Which questions stand in one message, and what is found for each."""

from datetime import date
from functools import partial

import pytest

from content.library import Library
from content.several import findings, parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("how do I get bankid", []),
        ("", []),
        (",,, and ...", []),
        ("hi\nhow do I get bankid", ["how do I get bankid"]),
        ("My permit expires. Also how do I get kindergarten?", ["My permit expires", "how do I get kindergarten"]),
        ("كيف احصل على بانك ايدي وكمان كيف غير الدكتور؟", ["كيف احصل على بانك ايدي", "كيف غير الدكتور"]),
        ("barnehageplass for sønnen og hvordan bytter jeg lege", ["barnehageplass for sønnen", "hvordan bytter jeg lege"]),
        ("fotografering andre landet", []),  # "og" and "and" within a word join nothing
    ],
)  # fmt: skip
def test_a_message_is_cut_into_its_questions(text: str, found: list[str]) -> None:
    assert parts(text) == found


def test_one_question_is_found_once_however_it_is_put(library: Library) -> None:
    find = partial(library.find, language="en", country="NO", today=date(2026, 11, 29))
    for text in (
        "how do I apply for child benefit (barnetrygd)",
        "child benefit, barnetrygd, for my children",
    ):
        (one,) = findings(text, find)
        assert one.candidates[0].article.slug == "no-child-benefit"
