"""The page's own words follow the language that she chose in the chat."""

import pytest
from playwright.async_api import Browser, Page, expect

from content.phrases import Autonym
from tests.browser.chats import ChatPane
from tests.browser.conftest import SMALL_PHONE
from tests.browser.scene import CATALOG, SECONDS, words

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def opened(browser: Browser, address: str) -> Page:
    """A Norwegian phone's page of its own."""
    context = await browser.new_context(viewport=SMALL_PHONE, is_mobile=True, has_touch=True, locale="nb-NO")
    page = await context.new_page()
    await page.goto(address)
    return page


async def speaks(page: Page, language: str, direction: str) -> None:
    """Wait until the page is in this language."""
    html = page.locator("html")
    await expect(html).to_have_attribute("lang", language, timeout=SECONDS)
    await expect(html).to_have_attribute("dir", direction)
    placeholder = words("web-write", language)
    await expect(page.get_by_placeholder(placeholder).first).to_be_visible(timeout=SECONDS)


async def test_whoever_comes_by_a_link_or_chooses_a_language_has_the_page_in_it(
    browser: Browser, demonstration: str
) -> None:
    page = await opened(browser, f"{demonstration}chat?start=so")
    await speaks(page, "so", "ltr")
    await ChatPane(page, "Morsmål").text.fill("/language")
    await page.get_by_role("button", name=words("web-send", "so"), exact=True).click()
    choice = page.get_by_role("log").get_by_role("button", name=CATALOG.render(Autonym("ar"), "ar")).last
    await choice.click(timeout=SECONDS)
    await speaks(page, "ar", "rtl")
    await page.reload()
    await speaks(page, "ar", "rtl")
    await page.context.close()


async def test_what_she_has_begun_to_write_is_not_taken_from_her(
    browser: Browser, demonstration: str
) -> None:
    page = await opened(browser, f"{demonstration}chat")
    await speaks(page, "nb", "ltr")
    chat = ChatPane(page, "Morsmål")
    await chat.text.fill("/start so")
    await page.get_by_role("button", name=words("web-send", "nb"), exact=True).click()
    await chat.text.fill("Waxaan")
    await expect(chat.log.get_by_text(words("button-danger", "so"))).to_be_visible(timeout=SECONDS)
    await expect(chat.text).to_have_value("Waxaan")
    await page.reload()
    await speaks(page, "so", "ltr")
    await page.context.close()


async def test_the_demonstrations_page_stays_in_the_language_of_who_sits_at_it(
    browser: Browser, demonstration: str
) -> None:
    page = await opened(browser, demonstration)
    await page.context.add_cookies([{"name": "language", "value": "ar", "url": demonstration}])
    await page.reload()
    await speaks(page, "nb", "ltr")
    await page.context.close()


async def test_who_is_forgotten_leaves_no_language_in_the_browser(
    browser: Browser, demonstration: str
) -> None:
    page = await opened(browser, f"{demonstration}chat?start=so")
    await speaks(page, "so", "ltr")
    assert [cookie["value"] for cookie in await page.context.cookies()] == ["so"]
    await ChatPane(page, "Morsmål").text.fill("/forget")
    await page.get_by_role("button", name=words("web-send", "so"), exact=True).click()
    yes = page.get_by_role("log").get_by_role("button", name=words("button-forget", "so")).last
    await yes.click(timeout=SECONDS)
    await expect(page.get_by_text(words("forgotten", "so"))).to_be_visible(timeout=SECONDS)
    assert await page.context.cookies() == []
    await page.context.close()
