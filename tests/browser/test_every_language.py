"""One article of every language on the page itself: the right words, in the right direction, within a phone's width."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from playwright.async_api import Browser, Locator, expect

from bot.clock import SystemClock
from content.articles import THEMES, Article
from content.digests import ARTICLES
from content.languages import direction
from content.library import Library
from dispatch.ports import Service
from dispatch.store.database import Database
from handlers.library import TITLES_AT_ONCE
from tests.browser.chats import ChatPane, fits
from tests.browser.conftest import PHONE, Demonstration
from tests.browser.scene import SECONDS, Scene, words

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MARKUP = re.compile(r"!?\[[^\]]*\]\(|\*\*|^ *#+ |^---$|__|\{\w+\}|&\w+;|<\w+", re.MULTILINE)
SURE = 8  # pixels between the two ends of a row
UNSEEN = re.compile("[\u200e\u200f\u2066-\u2069]")


def chosen(library: Library, language: str, country: str, first: int) -> Article:
    """An article of a theme, which differs from that of the language before; a guide where the theme has one."""
    today = SystemClock().now().date()
    for theme in [*THEMES, *THEMES][first % len(THEMES) :]:
        titles = library.in_theme(theme, language, country, today)[:TITLES_AT_ONCE]
        if own := [article for article in titles if article.language == language]:
            return max(own, key=lambda article: bool(article.steps))
    raise AssertionError(f"{language} has no article")


def seen(text: str) -> str:
    """A text without the marks of direction, and with single spaces."""
    return " ".join(UNSEEN.sub("", text).split())


async def opens(chat: ChatPane, article: Article) -> Locator:
    """She comes by the link of a language, and opens the article by its theme and its title."""
    language = article.language
    await chat.write(f"/start {language}")
    await chat.write("/library")
    await expect(chat.line(words("library-themes", language)).last).to_be_visible(timeout=SECONDS)
    await chat.log.get_by_role("button", name=THEMES[article.theme]).last.click(timeout=SECONDS)
    beginning = re.split(r"[\d.]", article.title)[0][:30].strip()
    await chat.log.get_by_role("button", name=beginning).last.click(timeout=SECONDS)
    text = chat.log.get_by_role("article").last.locator(".text")
    await expect(text.locator("strong")).to_contain_text(beginning, timeout=SECONDS)
    return text


async def sides(text: Locator) -> list[tuple[str, str]]:
    """Each line with the direction in which it runs: at which side its last row begins. What fills its row says nothing."""
    found = await text.locator("div:not(.blank)").evaluate_all(
        """lines => lines.map(line => {
             const box = line.getBoundingClientRect(), words = document.createRange();
             words.selectNodeContents(line);
             const parts = [...words.getClientRects()].filter(part => part.width > 1);
             const row = parts.filter(part => part.bottom > Math.max(...parts.map(each => each.top)));
             return [line.textContent, Math.min(...row.map(part => part.left)) - box.left,
                     box.right - Math.max(...row.map(part => part.right))]; })"""
    )
    return [
        (line, "ltr" if left < right else "rtl") for line, left, right in found if abs(left - right) > SURE
    ]


async def set_country(database: Database, country: str, language: str) -> None:
    """The demonstration's group is in another country, and offers its language too."""

    def change(service: Service) -> None:
        group = next(group for group in service.groups() if group.demo)
        languages = tuple(dict.fromkeys([*group.languages, language]))
        service.put_group(replace(group, country=country, languages=languages))

    await database.run(change)


async def reads(browser: Browser, url: str, articles: Sequence[Article]) -> None:
    """A member with a phone reads one after the other."""
    context = await browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True, locale="en-GB")
    page = await context.new_page()
    await page.goto(url)
    chat = await Scene(page, PHONE).at("Member")
    for article in articles:
        text = await opens(chat, article)
        where, shown = f"{article.slug}/{article.language}", await text.inner_text()
        part = article.steps[0] if article.steps else article
        assert seen(article.title) in seen(shown), where
        assert seen(part.body) in seen(shown), where
        assert not MARKUP.search(shown), f"{where}: {MARKUP.search(shown)}"
        ours = {seen(line) for line in (article.title, part.title, *part.body.splitlines())}
        runs = direction(article.language)
        turned = [line for line, side in await sides(text) if seen(line) in ours and side != runs]
        assert not turned, f"{where}: {turned}"
        assert await fits(page), where
    await context.close()


async def test_an_article_of_every_language_is_read_on_a_phone(
    browser: Browser, demonstrating: Demonstration, library: Library
) -> None:
    languages = sorted({file.stem for file in ARTICLES.glob("*/*.md")} - {"da"})
    articles = [chosen(library, language, "NO", number) for number, language in enumerate(languages)]
    assert any(article.steps for article in articles) and len({article.theme for article in articles}) > 10
    await reads(browser, demonstrating.url, articles)

    await set_country(demonstrating.database, "DK", "da")
    await reads(browser, demonstrating.url, [chosen(library, "da", "DK", 0)])
    await set_country(demonstrating.database, "NO", "nb")
