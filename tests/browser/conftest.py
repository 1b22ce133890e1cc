"""A real Chromium in front of a real server, both in one event loop."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page, ViewportSize, async_playwright

from bot.app import App
from bot.opening import open_database, open_keys
from bot.settings import Settings
from dispatch.store.database import Database
from tests.chat_site import ChatSite, chat_site

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO_GET_IT = "The pages were not tested: install Chromium (Debian: apt install chromium fonts-noto-core)."
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
PHONE: ViewportSize = {"width": 390, "height": 844}
SMALL_PHONE: ViewportSize = {"width": 360, "height": 640}
DESKTOP: ViewportSize = {"width": 1400, "height": 900}

Open = Callable[..., Awaitable[Page]]


def find_chromium() -> str | None:
    """Where Chromium is, if it is anywhere."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without Chromium one test says how to get it, and the others are left out. In CI all of them fail."""
    if find_chromium() or os.environ.get("CI"):
        return
    of_pages = [item for item in items if item.get_closest_marker("browser")]
    left_out = of_pages[1:]
    for item in of_pages[:1]:
        item.add_marker(pytest.mark.skip(reason=HOW_TO_GET_IT))
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is."""
    found = find_chromium()
    assert found, HOW_TO_GET_IT
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def site(tmp_path: Path) -> AsyncIterator[ChatSite]:
    async with chat_site(tmp_path) as site:
        yield site


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, site: ChatSite) -> AsyncIterator[Open]:
    """Opens pages, each in a browser of its own. None may complain of an error or of something it was not allowed."""
    contexts = []
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # Some of the tests are about lines that are lost and files that are refused.
        meant = "WebSocket" in message.text or "413" in message.text
        if message.type in ("error", "warning") and not meant:
            complaints.append(message.text)

    async def open_(path: str = "", *, viewport: ViewportSize = DESKTOP, **options: Any) -> Page:
        touch = viewport["width"] < 600
        context = await browser.new_context(
            viewport=viewport, has_touch=touch, is_mobile=touch, locale="en-GB", **options
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = await context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(site.url + path)
        return page

    yield open_
    for context in contexts:
        await context.close()
    assert complaints == []


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """The address of its page, and what it keeps."""

    url: str
    database: Database


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def demonstrating(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Demonstration]:
    """The service as it runs with nothing configured."""
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
    yield Demonstration(url=f"http://127.0.0.1:{port}/", database=database)
    running.cancel()
    await asyncio.wait({running})
    await database.close()


@pytest.fixture(scope="session")
def demonstration(demonstrating: Demonstration) -> str:
    """The address of its page."""
    return demonstrating.url
