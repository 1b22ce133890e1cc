"""How it looks, as far as it can be counted."""

import itertools
import re
from collections.abc import Mapping

import pytest
from playwright.async_api import expect

from bot.web.chat import STATIC
from bot.web.words import ENGLISH, Words
from tests.browser.chats import ChatPane, fits
from tests.browser.conftest import SMALL_PHONE, Open
from tests.chat_site import ChatSite

BODY = (("ink", "paper"), ("ink", "card"), ("ink", "theirs"), ("ink", "tint"))
OTHERS = (
    *((colour, ground) for colour in ("quiet", "rose") for ground in ("paper", "card", "theirs", "tint")),
    ("on-rose", "rose"),
    ("red", "red-tint"),
    ("red", "paper"),
    ("amber", "paper"),
    ("amber", "tint"),
    ("paper", "ink"),
)


def schemes() -> dict[str, dict[str, str]]:
    """The colours of both schemes, by name."""
    light, dark = (
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\n *\}", (STATIC / "style.css").read_text(), re.DOTALL)
    )
    return {"light": light, "dark": {**light, **dark}}


def contrast(first: str, second: str) -> float:
    """The ratio of two colours (WCAG 2.2, 1.4.3)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read_in_bad_light(scheme: str) -> None:
    colours: Mapping[str, str] = schemes()[scheme]
    for pair in BODY:
        assert contrast(colours[pair[0]], colours[pair[1]]) >= 7, pair
    for pair in OTHERS:
        assert contrast(colours[pair[0]], colours[pair[1]]) >= 4.5, pair


def test_the_style_knows_no_left_and_no_right() -> None:
    style = (STATIC / "style.css").read_text()
    sided = r"(margin|padding|border|inset)-(left|right)|text-align: (left|right)|float: (left|right)|^\s*(left|right):"
    assert not re.findall(sided, style, re.MULTILINE)
    assert "text-transform" not in style and "letter-spacing" not in style and "italic" not in style


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_a_page_in_a_language_from_right_to_left_is_mirrored(site: ChatSite, open_page: Open) -> None:
    site.words = Words(language="ar", direction="rtl", texts={**ENGLISH.texts, "web-write": "اكتبي هنا"})
    page = await open_page("chat", viewport=SMALL_PHONE)
    chat = ChatPane(page, "Morsmål")
    await expect(page.get_by_placeholder("اكتبي هنا")).to_be_visible()
    await chat.write("hello")
    await site.next()
    await site.post(site.seats.member(await secret_of(page)), "أهلا")
    bubbles = [chat.line(text).locator(".bubble") for text in ("hello", "أهلا")]
    for bubble in bubbles:
        await expect(bubble).to_be_visible()  # a line that is being drawn anew has no place yet
    mine, theirs = [await bubble.bounding_box() for bubble in bubbles]
    assert mine and theirs and mine["x"] < theirs["x"]
    face, name = [await page.locator(f".head {part}").first.bounding_box() for part in (".face", "h2 bdi")]
    assert (
        face and name and 0 <= face["x"] - (name["x"] + name["width"]) < 16
    )  # its Latin name stays beside it
    assert await fits(page)


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("language", ["ti", "my", "so", "ckb"])
async def test_a_day_is_not_named_in_english_to_who_reads_another_language(
    site: ChatSite, open_page: Open, language: str
) -> None:
    """Browsers have no words for days in many languages, and no clock either."""
    site.words = Words(language=language, direction="ltr", texts=ENGLISH.texts)
    page = await open_page("chat", viewport=SMALL_PHONE)
    await ChatPane(page, "Morsmål").write("hello")
    await expect(page.locator("[data-day]").first).to_have_attribute(
        "data-day", re.compile(r"^\d{4}-\d{2}-\d{2}$")
    )
    await site.next()
    await expect(page.locator("time").first).to_have_text(re.compile(r"^\d{2}:\d{2}$"))


async def secret_of(page: object) -> str:
    secret: str = await page.evaluate("JSON.parse(localStorage.getItem('morsmal.members'))[0].secret")  # type: ignore[attr-defined]
    return secret


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("text", ["Title\nشمارهٔ یک\nOne\nTwo", "عنوان\nواحد\nNAV\nاثنان"], ids=["ltr", "rtl"])
async def test_lines_have_air_between_them_and_each_its_own_direction(
    site: ChatSite, open_page: Open, text: str
) -> None:
    await site.post("amira", text, bold=5)
    page = await open_page()
    card = await ChatPane(page, "Amira").shows(text.partition("\n")[0])
    boxes = await card.locator(".text > div").evaluate_all(
        """lines => lines.map(line => {
             const range = document.createRange(); range.selectNodeContents(line);
             const words = [...range.getClientRects()].find(one => one.width > 1), box = line.getBoundingClientRect();
             return [box.top, box.bottom, words.left - box.left < 2]; })"""
    )
    gaps = [below[0] - above[1] for above, below in itertools.pairwise(boxes)]
    assert len(gaps) == 3 and all(4 < gap < 14 for gap in gaps)
    latin = [line.isascii() for line in text.split("\n")]
    assert [at_left for _, _, at_left in boxes] == latin
    await expect(card.locator("strong")).to_have_text(text.partition("\n")[0])


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_the_dark_scheme_follows_the_reader(site: ChatSite, open_page: Open) -> None:
    page = await open_page("chat", color_scheme="dark")
    background = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(23, 20, 26)"
    assert schemes()["dark"]["paper"] == "#17141a"
