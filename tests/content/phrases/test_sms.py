import pytest

from content.sms import parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("øÅ@é\n" * 32, 1),
        ("€" * 80, 1),
        ("€" * 80 + "a", 2),
        ("я" * 70, 1),
        ("я" * 71, 2),
        ("я" * 134, 2),
        ("я" * 135, 3),
        ("a" * 70 + "ş", 2),
        ("🆘" * 35, 1),
        ("🆘" * 36, 2),
    ],
)
def test_an_sms_takes_160_latin_characters_or_70_of_any_script_and_a_part_of_a_long_one_less(
    text: str, expected: int
) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("a" * 152 + "€" + "a" * 152, 3), ("я" * 66 + "🆘" + "я" * 66, 3)]
)
def test_a_character_of_two_places_is_not_divided_between_parts(text: str, expected: int) -> None:
    assert parts(text) == expected
