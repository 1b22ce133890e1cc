"""What is written without a connection is kept, said to be kept, and sent once."""

import pytest
from playwright.async_api import Page, WebSocketRoute, expect

from tests.browser.chats import ChatPane
from tests.browser.conftest import PHONE, Open
from tests.chat_site import ChatSite

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WAITING = "Not sent yet, will be"


class Line:
    """The line of a page to the service, which the test can cut."""

    def __init__(self) -> None:
        self.cut = False
        self.deaf = False
        self.frames: list[str] = []

    async def lay(self, page: Page) -> None:
        """From now on every socket of the page goes through here."""
        await page.route_web_socket("**/chat/socket", self._connect)

    async def _connect(self, socket: WebSocketRoute) -> None:
        if self.cut:
            await socket.close()
            return
        server = socket.connect_to_server()

        def passed(frame: str | bytes) -> None:
            self.frames.append(str(frame))
            server.send(frame)

        def answered(frame: str | bytes) -> None:
            # The service has it, and the acknowledgement is lost on its way.
            if not (self.deaf and '"ack"' in str(frame)):
                socket.send(frame)

        socket.on_message(passed)
        server.on_message(answered)


async def test_messages_written_while_the_service_is_down_go_out_in_order_when_it_is_back(
    site: ChatSite, open_page: Open
) -> None:
    page = await open_page("chat", viewport=PHONE)
    chat = ChatPane(page, "Morsmål")
    await chat.write("first")
    await site.next()
    await site.stop()
    await expect(page.get_by_text("No connection.")).to_be_visible()
    for text in ("second", "third"):
        await chat.write(text)
        await expect(chat.line(text)).to_contain_text(WAITING)
    await site.start()
    assert [(await site.next()).text, (await site.next()).text] == ["second", "third"]
    await expect(chat.line("third")).not_to_contain_text(WAITING)
    await expect(page.get_by_text("No connection.")).to_be_hidden()
    await expect(chat.log.get_by_role("article")).to_have_count(3)
    assert await site.take() is None


async def test_what_is_not_sent_survives_a_reload_with_its_picture(site: ChatSite, open_page: Open) -> None:
    page = await open_page("chat", viewport=PHONE)
    line = Line()
    await line.lay(page)
    line.cut = True
    await page.reload()
    chat = ChatPane(page, "Morsmål")
    drawn = await page.screenshot()
    await page.locator("input[accept='image/*']").set_input_files(
        {"name": "letter.png", "mimeType": "image/png", "buffer": drawn}
    )
    await expect(chat.node.locator(".draft img")).to_be_visible()
    await chat.write("my letter")
    await expect(chat.line("my letter")).to_contain_text(WAITING)
    await page.reload()
    await expect(chat.line("my letter")).to_contain_text(WAITING)
    await expect(chat.line("my letter").get_by_role("img")).to_be_visible()
    line.cut = False
    message = await site.next()
    assert message.text == "my letter"
    assert (await site.channel.fetch(message.attachments[0])).startswith(b"\xff\xd8")
    await expect(chat.line("my letter")).not_to_contain_text(WAITING)


async def test_h1_a_message_whose_acknowledgement_was_lost_is_sent_again_and_stands_once(
    site: ChatSite, open_page: Open
) -> None:
    page = await open_page("chat", viewport=PHONE)
    line = Line()
    await line.lay(page)
    await page.reload()
    line.deaf = True
    chat = ChatPane(page, "Morsmål")
    await chat.write("once")
    assert (await site.next()).text == "once"
    line.deaf = False
    await page.reload()
    await chat.shows("once")
    await chat.write("then")
    assert (await site.next()).text == "then"
    said = [frame for frame in line.frames if '"once"' in frame]
    assert len(said) == 2 and said[0] == said[1]
    await expect(chat.log.get_by_role("article")).to_have_count(2)
    assert await site.take() is None


async def test_what_the_service_refuses_says_so_and_can_be_thrown_away(
    site: ChatSite, open_page: Open
) -> None:
    page = await open_page("chat", viewport=PHONE)
    await page.route("**/chat/files", lambda route: route.fulfill(status=413))
    chat = ChatPane(page, "Morsmål")
    await page.locator("input[accept='']").set_input_files(
        {"name": "film.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
    )
    await chat.write("my film")
    await expect(chat.line("my film")).to_contain_text("This file is too big")
    await chat.write("then words")
    assert (await site.next()).text == "then words"
    await page.unroute("**/chat/files")
    await chat.line("my film").get_by_role("button", name="Try again").click()
    assert (await site.next()).text == "my film"
    await page.route("**/chat/files", lambda route: route.fulfill(status=413))
    await page.locator("input[accept='']").set_input_files(
        {"name": "film.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
    )
    await chat.write("another")
    await chat.line("another").get_by_role("button", name="Throw away").click()
    await expect(chat.line("another")).to_have_count(0)
    await page.reload()
    await chat.shows("my film")
    await expect(chat.line("another")).to_have_count(0)


async def test_a_text_longer_than_a_message_goes_out_in_pieces(site: ChatSite, open_page: Open) -> None:
    page = await open_page("chat", viewport=PHONE)
    words = " ".join(f"word{number}" for number in range(1200))
    await ChatPane(page, "Morsmål").write(words)
    pieces: list[str] = []
    while len(" ".join(pieces)) < len(words):
        pieces.append((await site.next()).text)
    assert " ".join(pieces) == words
    assert max(map(len, pieces)) <= 4096


async def test_half_a_character_does_not_block_the_line(site: ChatSite, open_page: Open) -> None:
    page = await open_page("chat", viewport=PHONE)
    text = ChatPane(page, "Morsmål").text
    await text.evaluate("field => { field.value = 'a\\ud83d b\\u0000 \\ud83d\\ude00'; }")
    await page.get_by_role("button", name="Send", exact=True).click()
    assert (await site.next()).text == "a b 😀"


async def test_an_unknown_seat_is_told_that_the_chat_is_closed(site: ChatSite, open_page: Open) -> None:
    page = await open_page("chat", viewport=PHONE)
    await page.evaluate("localStorage.setItem('morsmal.members', JSON.stringify([{secret: 'guessed'}]))")
    await page.reload()
    await expect(page.get_by_text("This chat cannot be opened.")).to_be_visible()


async def test_everything_of_her_goes_from_the_page_when_it_goes_from_the_service(
    site: ChatSite, open_page: Open
) -> None:
    page = await open_page("chat", viewport=PHONE)
    chat = ChatPane(page, "Morsmål")
    await chat.write("my secret")
    message = await site.next()
    await expect(chat.line("my secret")).to_have_count(1)
    await site.forget(message.user)
    await site.post(message.chat.chat, "All is gone.")
    await chat.shows("All is gone.")
    await expect(chat.line("my secret")).to_have_count(0)
