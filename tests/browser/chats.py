"""A chat on the page, as somebody sees and uses it."""

from playwright.async_api import Locator, Page, expect


class ChatPane:
    """One pane of the page, by its title."""

    def __init__(self, page: Page, title: str) -> None:
        self.page = page
        self.node = page.get_by_role("region", name=title, exact=True)
        self.log = self.node.get_by_role("log")
        self.text = self.node.get_by_role("textbox")
        self.toast = self.node.locator(".toast")

    async def write(self, text: str) -> None:
        """Type it and send it."""
        await self.text.fill(text)
        await self.node.get_by_role("button", name="Send", exact=True).click()

    def line(self, text: str) -> Locator:
        """The message with these words."""
        return self.log.get_by_role("article").filter(has_text=text)

    async def shows(self, text: str) -> Locator:
        """Wait for these words."""
        await expect(self.line(text)).to_be_visible()
        return self.line(text)

    async def choose(self, text: str, action: str) -> None:
        """Open what can be done with a message, and do it."""
        await self.line(text).get_by_role("button", name="More").click()
        await self.page.get_by_role("dialog").get_by_role("button", name=action).click()


async def fits(page: Page) -> bool:
    """Does nothing stick out to the side?"""
    return bool(
        await page.evaluate(
            """() => document.documentElement.scrollWidth <= innerWidth
               && [...document.querySelectorAll('.log')].every(log => log.scrollWidth <= log.clientWidth)"""
        )
    )
