"""The whole demonstration in a real browser, from a question to a closed case."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize, expect

from bot.app import App
from bot.opening import open_database, open_keys
from bot.settings import Settings
from content.catalog import Catalog
from content.phrases import Autonym, Phrase
from tests.browser.chats import ChatPane, fits
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CATALOG = Catalog.load()
QUESTION = "وصلتني رسالة من المدرسة ولا أفهم ما يريدون مني، هل تساعدينني؟"
SECONDS = 60_000  # milliseconds: a busy machine


def words(key: str, language: str = "en") -> str:
    """What a button or a short message says."""
    return CATALOG.render(Phrase(key), language)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def demonstration(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The service as it runs with nothing configured; the address of its page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = Settings(
        _env_file=None,
        data=tmp_path_factory.mktemp("demonstration"),
        port=port,
        model=False,
        demo=True,
        log="error",
    )
    keys = open_keys(settings)
    database = await open_database(settings, keys)
    started = asyncio.Event()
    running = asyncio.ensure_future(App(settings, database, keys).run(lambda _: started.set()))
    await asyncio.wait(
        {running, waiting := asyncio.ensure_future(started.wait())}, return_when="FIRST_COMPLETED"
    )
    waiting.cancel()
    assert not running.done(), running.exception()
    yield f"http://127.0.0.1:{port}/"
    running.cancel()
    await asyncio.wait({running})
    await database.close()


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


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_from_a_question_to_a_closed_case(
    browser: Browser, demonstration: str, viewport: ViewportSize
) -> None:
    phone = viewport["width"] < 600
    context = await browser.new_context(viewport=viewport, is_mobile=phone, has_touch=phone, locale="en-GB")
    page = await context.new_page()
    await page.goto(demonstration)
    scene = Scene(page, viewport)
    question = f"{QUESTION} {viewport['width']}"

    await scene.press("Amira", words("button-free-hour"))
    await (await scene.at("Member")).write(question)
    await scene.sees("Member", CATALOG.render(Autonym("ar"), "ar"))
    await scene.press("Member", words("button-person", "ar"))
    await scene.press("Member", words("button-yes", "ar"))

    await scene.sees("Volunteers", words("board-title"))
    await scene.press("Amira", words("button-take"))
    await scene.sees("Amira", question)
    await scene.sees("Volunteers", words("board-empty"))

    await (await scene.at("Amira")).write("أهلا، أنا هنا.")
    await scene.sees("Member", "أهلا، أنا هنا.")
    await (await scene.at("Member")).write("شكرا جزيلا")
    await scene.sees("Amira", "شكرا جزيلا")
    leyla = await scene.at("Leyla")
    await expect(leyla.line(question)).to_have_count(0)

    await scene.press("Amira", words("button-finish"))
    await expect(
        (await scene.at("Amira")).log.get_by_role("button", name=words("button-not-yet"))
    ).to_be_visible(timeout=SECONDS)
    await scene.press("Amira", words("button-finish"))
    await scene.press("Member", "😀")
    await scene.sees("Member", words("thank-her", "ar"))
    assert await fits(page)

    await page.reload()
    await scene.sees("Member", "أهلا، أنا هنا.")
    await scene.sees("Amira", question)
    await context.close()
