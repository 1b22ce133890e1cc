"""A member reads the library without typing, on a small phone, in scripts that run either way."""

import pytest
from playwright.async_api import Browser, expect

from bot.clock import SystemClock
from content.articles import THEMES
from content.languages import direction
from content.library import Library
from content.phrases import Autonym
from tests.browser.chats import fits
from tests.browser.conftest import SMALL_PHONE
from tests.browser.scene import CATALOG, SECONDS, Scene, words

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.parametrize("language", ["so", "ar"])
async def test_she_reads_goes_on_with_a_guide_and_finds_who_can_help(
    browser: Browser, demonstration: str, library: Library, language: str
) -> None:
    context = await browser.new_context(viewport=SMALL_PHONE, is_mobile=True, has_touch=True, locale="en-GB")
    page = await context.new_page()
    await page.goto(demonstration)
    scene = Scene(page, SMALL_PHONE)
    chat = await scene.at("Member")
    await chat.write("/language")
    await scene.press("Member", CATALOG.render(Autonym(language), language))
    await scene.press("Member", words("button-library", language))

    await scene.sees("Member", words("library-themes", language))
    cards = await chat.log.get_by_role("article").count()
    await scene.press("Member", THEMES["digital"])
    guide = library.article("no-guide-bankid", language, today=SystemClock().now().date())
    assert guide
    await scene.press("Member", guide.title)
    await scene.sees("Member", "1/")
    assert await chat.log.get_by_role("article").count() == cards + 1
    await scene.press("Member", words("button-done-next", language).strip(" ▶"))
    await scene.sees("Member", "2/")
    assert await chat.log.get_by_role("article").count() == cards + 1
    arrow = "◀" if direction(language) == "ltr" else "▶"
    await expect(chat.log.get_by_role("button", name=arrow, exact=True).last).to_be_visible(timeout=SECONDS)
    await scene.press("Member", words("button-services", language))
    number = chat.log.get_by_role("link", name="800 30 300")
    await expect(number).to_have_attribute("href", "tel:80030300", timeout=SECONDS)
    await expect(number).to_have_attribute("dir", "ltr")
    assert await fits(page)
    await context.close()
