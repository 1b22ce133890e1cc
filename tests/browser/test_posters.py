"""Posters as a browser shows and prints them."""

import re

import pytest
from playwright.async_api import Browser, ViewportSize

from bot.web import poster
from content.catalog import Catalog
from content.languages import LANGUAGES
from content.phrases import Body
from dispatch.model.messages import Poster

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

A4: ViewportSize = {"width": 794, "height": 1123}  # at 96 dots an inch
CATALOG = Catalog.load()
OVERLAPS = """() => {
    const parts = [...document.body.children].map(part => part.getBoundingClientRect());
    const below = parts.every((part, place) => !place || part.top >= parts[place - 1].bottom);
    return below && parts.every(part => part.left >= 0 && part.right <= innerWidth && part.bottom <= innerHeight);
}"""


async def test_every_language_fits_on_one_sheet(browser: Browser) -> None:
    page = await browser.new_page(viewport=A4)
    for tag in LANGUAGES:

        def say(body: Body, language: str = tag) -> str:
            return CATALOG.render(body, language)

        drawn = poster.draw(
            Poster(
                address=f"https://t.me/bydelsmodrene_i_gamle_oslo_bot?start={tag}",
                language=tag,
                group="Bydelsmødrene i Gamle Oslo",
            ),
            say,
        )
        await page.set_content(drawn)
        assert await page.evaluate(OVERLAPS), tag
        printed = await page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, tag
    await page.close()
