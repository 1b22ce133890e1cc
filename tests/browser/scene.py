"""The demonstration on a page, as somebody presses and reads in it."""

from playwright.async_api import Page, ViewportSize, expect

from content.catalog import Catalog
from content.phrases import Phrase
from tests.browser.chats import ChatPane

CATALOG = Catalog.load()
SECONDS = 60_000  # milliseconds: a busy machine


def words(key: str, language: str = "en") -> str:
    """What a button or a short message says."""
    return CATALOG.render(Phrase(key), language)


class Scene:
    """The page, and whoever is looked at on it."""

    def __init__(self, page: Page, viewport: ViewportSize) -> None:
        self.page = page
        self.phone = viewport["width"] < 600

    async def at(self, title: str) -> ChatPane:
        """Look at this chat; on a phone that takes a tab."""
        if self.phone:
            tabs = self.page.get_by_role("navigation")
            await tabs.get_by_role("button", name=title).click()
        return ChatPane(self.page, title)

    async def press(self, title: str, label: str) -> None:
        """Press the latest button of that name in this chat."""
        chat = await self.at(title)
        await chat.log.get_by_role("button", name=label).last.click(timeout=SECONDS)

    async def sees(self, title: str, text: str) -> None:
        """Wait for these words in this chat."""
        chat = await self.at(title)
        await expect(chat.line(text).last).to_be_visible(timeout=SECONDS)
