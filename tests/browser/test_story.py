"""The whole demonstration in a real browser, from a question to a closed case."""

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from content.phrases import Autonym
from tests.browser.chats import fits
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.scene import CATALOG, SECONDS, Scene, words

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

QUESTION = "وصلتني رسالة من المدرسة ولا أفهم ما يريدون مني، هل تساعدينني؟"


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
