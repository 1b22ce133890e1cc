"""Charts are pictures that say the same in black and white, and in every script that the font has."""

import io

import pytest
from PIL import Image

from bot.charts import draw, drawable


def grey(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")


def darkness(picture: Image.Image) -> int:
    """How many pixels are dark on a printer without colours."""
    return sum(picture.histogram()[:140])


def test_a_longer_bar_is_seen_without_colours() -> None:
    small, large = (grey(draw("Title", [("a", 10), ("b", value)])) for value in (1, 9))
    assert small.size == large.size
    assert darkness(large) > 1.5 * darkness(small)


def test_a_chart_grows_with_its_bars_and_stays_as_wide_as_a_phone_shows() -> None:
    sizes = [grey(draw("Title", [("label", 1)] * count)).size for count in (0, 1, 10)]
    assert len({width for width, _ in sizes}) == 1
    assert sizes[0][1] == sizes[1][1] < sizes[2][1]


@pytest.mark.parametrize(
    "label", ["somali · penger og NAV", "сомалі · гроші", "الصومالية · المال", "thu nhập"]
)
def test_a_label_is_drawn_in_the_scripts_that_the_font_has(label: str) -> None:
    assert drawable(label) == label


@pytest.mark.parametrize("label", ["ሶማልኛ · ገንዘብ", "ဆိုမာလီ", "索马里语"])
def test_a_label_that_would_be_empty_boxes_is_left_to_the_list_beside_the_chart(label: str) -> None:
    assert drawable(label) == ""
    assert darkness(grey(draw(label, [(label, 3)]))) > 0


def test_marks_that_nobody_sees_and_signs_of_formulas_are_no_trouble() -> None:
    assert drawable("\u2068Somali\u2069") == "Somali"
    assert darkness(grey(draw("$x_1$ \\frac", [("$a$ {0} %s", 2)]))) > 0
