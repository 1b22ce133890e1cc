"""Questions are put with their like."""

from content.grouping import likeness, places

BENEFIT = [
    "How do I apply for child benefit?",
    "how to apply for the child benefit",
    "apply child benefit where",
]
DOCTOR = ["I need a doctor for my son", "where can my son see a doctor"]


def test_questions_that_are_alike_share_a_group() -> None:
    found = places([BENEFIT[0], DOCTOR[0], BENEFIT[1], DOCTOR[1], BENEFIT[2]])
    assert found == [0, 1, 0, 1, 0]


def test_a_new_question_finds_the_group_that_is_there() -> None:
    assert places([DOCTOR[1], BENEFIT[2], "Zxqv wplk"], [BENEFIT[:2], DOCTOR[:1]]) == [1, 0, 2]


def test_groups_without_any_words_left_stay_in_their_places() -> None:
    assert places([DOCTOR[1]], [[], DOCTOR[:1], []]) == [1]
    assert places(["Zxqv wplk"], [[], []]) == [2]


def test_scripts_without_spaces_and_cases_are_compared_too() -> None:
    found = places(["ကလေးထောက်ပံ့ကြေး ဘယ်လိုလျှောက်ရမလဲ", "ဆရာဝန် ဘယ်မှာတွေ့ရမလဲ", "ကလေးထောက်ပံ့ကြေး လျှောက်ချင်တယ်"])
    assert found[0] == found[2] != found[1]


def test_nothing_is_grouped_with_nothing() -> None:
    assert places([]) == [] and places([], [BENEFIT]) == []
    assert places(["#", "?"]) == [0, 1]
    assert likeness([]).shape == (0, 0)
