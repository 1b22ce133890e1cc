"""Pictures, voice, files and places, from the browser and back."""

import struct

import pytest
from playwright.async_api import Page, expect

from bot.channels.channel import Upload
from dispatch.model.messages import Attachment, AttachmentKind
from tests.browser.chats import ChatPane
from tests.browser.conftest import PHONE, Open
from tests.chat_site import ACCOUNT, ChatSite

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WHERE = b"Exif\x00\x00 taken in Storgata 1 at 59.9139, 10.7522"


async def photograph(page: Page, width: int, height: int) -> bytes:
    """A JPEG as a telephone makes it, with its place and camera inside."""
    encoded = await page.evaluate(
        """async ([width, height]) => {
            const canvas = Object.assign(document.createElement('canvas'), { width, height });
            canvas.getContext('2d').fillRect(0, 0, width / 2, height);
            const blob = await new Promise(done => canvas.toBlob(done, 'image/jpeg'));
            return [...new Uint8Array(await blob.arrayBuffer())];
        }""",
        [width, height],
    )
    plain = bytes(encoded)
    return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(WHERE) + 2) + WHERE + plain[2:]


def size_of(jpeg: bytes) -> tuple[int, int]:
    """Width and height, from the frame header (ITU T.81, B.2.2)."""
    at = 2
    while jpeg[at + 1] not in (0xC0, 0xC2):
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return int.from_bytes(jpeg[at + 7 : at + 9]), int.from_bytes(jpeg[at + 5 : at + 7])


async def test_a_picture_leaves_place_and_camera_behind_and_is_no_larger_than_it_must_be(
    site: ChatSite, open_page: Open
) -> None:
    page = await open_page("chat", viewport=PHONE)
    taken = await photograph(page, 3000, 1500)
    assert b"Storgata" in taken
    await page.locator("input[accept='image/*']").set_input_files(
        {"name": "Amira Hassan.jpg", "mimeType": "image/jpeg", "buffer": taken}
    )
    chat = ChatPane(page, "Morsmål")
    await expect(chat.node.locator(".draft img")).to_be_visible()
    await chat.write("what is this?")
    message = await site.next()
    (picture,) = message.attachments
    stored = await site.channel.fetch(picture)
    assert (picture.kind, picture.content_type, picture.name) == (AttachmentKind.PHOTO, "image/jpeg", "")
    assert b"Storgata" not in stored and b"Exif" not in stored
    assert size_of(stored) == (2048, 1024)


async def test_a_picture_chosen_as_a_file_is_a_picture_all_the_same(site: ChatSite, open_page: Open) -> None:
    page = await open_page("chat", viewport=PHONE)
    taken = await photograph(page, 40, 30)
    await page.locator("input[accept='']").set_input_files(
        {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": taken}
    )
    await expect(page.locator(".draft img")).to_be_visible()
    await page.get_by_role("button", name="Send", exact=True).click()
    message = await site.next()
    assert message.attachments[0].kind is AttachmentKind.PHOTO
    assert b"Storgata" not in await site.channel.fetch(message.attachments[0])


async def test_a_picture_that_cannot_be_read_is_not_sent_as_it_is(site: ChatSite, open_page: Open) -> None:
    page = await open_page("chat", viewport=PHONE)
    await page.locator("input[accept='image/*']").set_input_files(
        {"name": "x.heic", "mimeType": "image/heic", "buffer": b"ftypheic"}
    )
    await expect(page.get_by_text("This picture cannot be read.")).to_be_visible()
    await expect(page.locator(".draft")).to_have_count(0)


async def test_several_pictures_are_one_message_and_one_can_be_left_out(
    site: ChatSite, open_page: Open
) -> None:
    page = await open_page("chat", viewport=PHONE)
    taken = await photograph(page, 40, 30)
    chosen = [{"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": taken} for number in range(3)]
    await page.locator("input[accept='image/*']").set_input_files(chosen)  # type: ignore[arg-type]
    await expect(page.locator(".draft")).to_have_count(3)
    await page.get_by_role("button", name="Throw away").first.click()
    await page.get_by_role("button", name="Send", exact=True).click()
    assert len((await site.next()).attachments) == 2
    assert await site.take() is None


async def test_a_covered_picture_is_seen_only_after_a_tap_and_then_fills_the_screen(
    site: ChatSite, open_page: Open
) -> None:
    page = await open_page(viewport=PHONE)
    await page.get_by_role("navigation").get_by_role("button", name="Amira").click()
    picture = Upload(
        kind=AttachmentKind.PHOTO,
        content=await photograph(page, 400, 300),
        name="x",
        content_type="image/jpeg",
    )
    await site.post("amira", "", files=(picture,), covered=True)
    covered = page.get_by_role("button", name="Tap to see")
    await expect(covered).to_be_visible()
    image = page.locator(".picture img")
    assert "blur" in await image.evaluate("image => getComputedStyle(image).filter")
    await covered.click()
    assert await image.evaluate("image => getComputedStyle(image).filter") == "none"
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.locator(".picture").click()
    box = await page.get_by_role("dialog").bounding_box()
    assert box and (box["width"], box["height"]) == (PHONE["width"], PHONE["height"])
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_she_speaks_and_what_she_said_can_be_heard(site: ChatSite, open_page: Open) -> None:
    page = await open_page("chat", viewport=PHONE, permissions=["microphone"])
    chat = ChatPane(page, "Morsmål")
    await chat.node.get_by_role("button", name="Speak").click()
    await expect(page.get_by_text("0:01")).to_be_visible()
    await page.get_by_role("button", name="Send", exact=True).last.click()
    message = await site.next()
    (voice,) = message.attachments
    assert voice.kind is AttachmentKind.VOICE and voice.seconds >= 1
    assert voice.content_type.startswith("audio/")
    assert len(await site.channel.fetch(voice)) == voice.size > 0
    await expect(chat.log.locator(".unsent")).to_have_count(0)  # the line is drawn anew when it is confirmed
    play = chat.log.get_by_role("button", name="Play")
    box = await play.bounding_box()
    assert box and min(box["width"], box["height"]) >= 56
    await play.click()
    await expect(chat.log.get_by_role("button", name="Pause")).to_be_visible()


async def test_a_recording_can_be_thrown_away(site: ChatSite, open_page: Open) -> None:
    page = await open_page("chat", viewport=PHONE, permissions=["microphone"])
    chat = ChatPane(page, "Morsmål")
    await chat.node.get_by_role("button", name="Speak").click()
    await page.get_by_role("button", name="Throw away").click()
    await expect(chat.text).to_be_visible()
    await chat.write("words instead")
    message = await site.next()
    assert (message.text, message.attachments) == ("words instead", ())


async def test_her_place_is_shown_to_her_before_it_is_sent(site: ChatSite, open_page: Open) -> None:
    page = await open_page(
        "chat", viewport=PHONE, permissions=["geolocation"], geolocation={"latitude": 59.9, "longitude": 10.7}
    )
    await page.get_by_role("button", name="My place").click()
    await expect(page.locator(".draft")).to_contain_text("My place")
    assert await site.take() is None
    await page.get_by_role("button", name="Send", exact=True).click()
    (place,) = (await site.next()).attachments
    assert (place.kind, place.latitude, place.longitude) == (AttachmentKind.LOCATION, 59.9, 10.7)


async def test_a_file_of_the_services_own_is_saved_under_its_name(site: ChatSite, open_page: Open) -> None:
    page = await open_page()
    form = Upload(
        kind=AttachmentKind.DOCUMENT, content=b"%PDF-1.7", name="søknad.pdf", content_type="application/pdf"
    )
    await site.post("amira", "", files=(form,))
    link = ChatPane(page, "Amira").log.get_by_role("link", name="File")
    await expect(link).to_contain_text("PDF · 1 kB")
    async with page.expect_download() as download:
        await link.click()
    assert (await download.value).suggested_filename == "søknad.pdf"


async def test_a_document_from_the_page_is_saved_under_a_name_that_tells_nothing(
    site: ChatSite, open_page: Open
) -> None:
    page = await open_page("chat", viewport=PHONE)
    await page.locator("input[accept='']").set_input_files(
        {"name": "Amira Hassan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    await page.get_by_role("button", name="Send", exact=True).click()
    assert (await site.next()).attachments[0].name == ""
    async with page.expect_download() as download:
        await ChatPane(page, "Morsmål").log.get_by_role("link", name="File").click()
    assert (await download.value).suggested_filename == "file.pdf"


async def test_a_place_and_a_contact_can_be_opened(site: ChatSite, open_page: Open) -> None:
    page = await open_page()
    place = Attachment(
        kind=AttachmentKind.LOCATION, channel="webchat", account=ACCOUNT, latitude=59.9, longitude=10.7
    )
    contact = Attachment(kind=AttachmentKind.CONTACT, channel="webchat", account=ACCOUNT, phone="+4755553333")
    await site.post("amira", "", files=(place, contact))
    links = ChatPane(page, "Amira").log.get_by_role("link")
    await expect(links.first).to_have_attribute(
        "href", "https://www.openstreetmap.org/?mlat=59.9&mlon=10.7#map=16/59.9/10.7"
    )
    await expect(links.last).to_have_attribute("href", "tel:+4755553333")
