"""The chat page in a real browser: what people see, and what they do with it."""

import pytest
from playwright.async_api import ViewportSize, expect

from bot.channels.channel import Answer, Button, Change, Mark, Menu, Post, Remove
from dispatch.model.messages import Kind, Style
from tests.browser.chats import ChatPane, fits
from tests.browser.conftest import DESKTOP, PHONE, SMALL_PHONE, Open
from tests.chat_site import ChatSite

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

OFFER = (
    (Button(label="I take it", token="t1", style=Style.MAIN), Button(label="Not now", token="t2")),
    (Button(label="🆘 Danger", token="t3", style=Style.DANGER),),
)
SCRIPTS = {
    "ar": "مرحبا، وصلتني رسالة من NAV ولا أفهمها. رقم 4471-B",
    "ti": "ሰላም፡ ሓገዝ የድልየኒ ኣሎ።",
    "ur": "میرے بچے کو بخار ہے اور ڈاکٹر کا خط سمجھ نہیں آتا۔",
    "my": "ကျွန်မ နော်ဝေစကား မပြောတတ်ပါဘူး။",
    "ta": "எனக்கு உதவி தேவை. என் குழந்தைக்குப் பள்ளியில் இடம் கிடைக்க என்ன செய்ய வேண்டும்?",
}


async def test_five_chats_stand_side_by_side_on_a_wide_screen(site: ChatSite, open_page: Open) -> None:
    page = await open_page(viewport=DESKTOP)
    for title in ("Member", "Volunteers", "Amira", "Leo", "Hanne"):
        await expect(ChatPane(page, title).node).to_be_visible()
    await expect(page.get_by_text("Nothing leaves this machine.")).to_be_visible()
    await expect(page.get_by_role("navigation")).to_be_hidden()


async def test_one_chat_stands_on_a_phone_and_the_others_tell_of_news(
    site: ChatSite, open_page: Open
) -> None:
    page = await open_page(viewport=PHONE)
    tab = page.get_by_role("navigation").get_by_role("button", name="Leo")
    await expect(ChatPane(page, "Leo").node).to_be_hidden()
    await site.post("leo", "a case waits")
    await expect(tab).to_have_accessible_name("Leo: New messages")
    await tab.click()
    await ChatPane(page, "Leo").shows("a case waits")
    await expect(tab).to_have_accessible_name("Leo")
    await expect(ChatPane(page, "Member").node).to_be_hidden()
    await page.reload()
    await ChatPane(page, "Leo").shows("a case waits")
    await expect(tab).to_have_accessible_name("Leo")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_what_she_writes_arrives_and_the_answer_stays_after_a_reload(
    site: ChatSite, open_page: Open, viewport: ViewportSize
) -> None:
    page = await open_page("chat", viewport=viewport)
    chat = ChatPane(page, "Morsmål")
    await chat.write("سلام")
    message = await site.next()
    assert (message.text, message.private, message.app_language) == ("سلام", True, "en-GB")
    await site.channel.perform(message.chat, Mark(external_id=message.external_id, emoji="👀"))
    await site.channel.perform(message.chat, Post(text="أهلا بك", relayed=True, reply_to=message.external_id))
    await expect(chat.line("سلام").first).to_contain_text("👀")
    await page.reload()
    answer = await chat.shows("أهلا بك")
    await expect(answer.locator(".quote")).to_have_text("سلام")
    await expect(chat.log.get_by_role("article")).to_have_count(2)


async def test_an_empty_chat_offers_a_start(site: ChatSite, open_page: Open) -> None:
    page = await open_page("chat")
    await page.get_by_role("button", name="Start").click()
    assert (await site.next()).command == "start"
    await expect(page.get_by_role("button", name="Start")).to_have_count(0)


async def test_a_link_starts_once(site: ChatSite, open_page: Open) -> None:
    page = await open_page("chat?start=inv-1")
    message = await site.next()
    assert (message.command, message.argument) == ("start", "inv-1")
    assert page.url == f"{site.url}chat"


async def test_of_a_link_that_she_came_by_nothing_stands_in_the_chat(site: ChatSite, open_page: Open) -> None:
    page = await open_page("chat?start=inv-1")
    message = await site.next()
    await site.channel.perform(message.chat, Post(text="Welcome", reply_to=message.external_id))
    chat = ChatPane(page, "Morsmål")
    welcome = await chat.shows("Welcome")
    await expect(welcome.locator(".quote")).to_have_text("👋 Start")
    await expect(chat.log.locator(".mine .text")).to_have_text("👋 Start")
    await page.reload()
    await chat.shows("Welcome")
    await expect(chat.log.locator(".mine .text")).to_have_text("👋 Start")
    assert "inv-1" not in await page.content()
    await chat.log.locator(".mine").get_by_role("button", name="More").click()
    await expect(page.get_by_role("dialog").get_by_role("button", name="Reply")).to_be_visible()
    await expect(page.get_by_role("dialog").get_by_role("button", name="Edit")).to_have_count(0)


async def test_a_press_shows_that_it_works_is_answered_and_changes_the_card(
    site: ChatSite, open_page: Open
) -> None:
    page = await open_page()
    amira = ChatPane(page, "Amira")
    card = await site.post("amira", "🟢 Arabic · waits 1 min", buttons=OFFER)
    button = amira.node.get_by_role("button", name="I take it")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    message = await site.next()
    assert (message.kind, message.pressed, message.external_id) == (Kind.PRESSED, "t1", card)
    assert message.press_id
    await site.channel.perform(message.chat, Answer(press_id=message.press_id, text="It is yours."))
    await expect(amira.toast).to_have_text("It is yours.")
    await expect(button).not_to_have_attribute("aria-busy", "true")
    await site.channel.perform(message.chat, Change(external_id=card, text="✔️ Taken. Thank you."))
    await amira.shows("✔️ Taken. Thank you.")
    await expect(amira.log.get_by_role("article")).to_have_count(1)
    await expect(button).to_have_count(0)


async def test_an_answer_that_came_before_a_reload_is_not_shown_again(
    site: ChatSite, open_page: Open
) -> None:
    await site.channel.perform(site.address("amira"), Answer(press_id="old", text="Long ago"))
    page = await open_page()
    await site.post("amira", "now")
    await ChatPane(page, "Amira").shows("now")
    await expect(ChatPane(page, "Amira").toast).to_be_hidden()


async def test_she_replies_edits_and_reacts(site: ChatSite, open_page: Open) -> None:
    page = await open_page()
    amira = ChatPane(page, "Amira")
    posted = await site.post("amira", "When do you come?", relayed=True)
    await amira.choose("When do you come?", "Reply")
    await amira.write("At tem")
    said = await site.next()
    assert (said.text, said.reply_to) == ("At tem", posted)
    await amira.choose("At tem", "Edit")
    await expect(amira.text).to_have_value("At tem")
    await amira.write("At ten")
    edited = await site.next()
    assert (edited.kind, edited.text, edited.external_id) == (Kind.EDITED, "At ten", said.external_id)
    await expect(await amira.shows("At ten")).to_contain_text("edited")
    await amira.line("When do you come?").first.get_by_role("button", name="More").click()
    await page.get_by_role("button", name="❤️").click()
    assert (await site.next()).reaction == "❤️"
    await expect(amira.log.locator(".marks")).to_have_text("❤️")


async def test_nobody_is_offered_to_change_what_another_wrote(site: ChatSite, open_page: Open) -> None:
    page = await open_page()
    amira = ChatPane(page, "Amira")
    await site.post("amira", "words", relayed=True)
    await (await amira.shows("words")).get_by_role("button", name="More").click()
    await expect(page.get_by_role("dialog").get_by_role("button", name="Edit")).to_have_count(0)


async def test_commands_stand_behind_a_button(site: ChatSite, open_page: Open) -> None:
    page = await open_page(viewport=PHONE)
    member = ChatPane(page, "Member")
    await expect(member.node.get_by_role("button", name="Commands")).to_be_hidden()
    await member.write("hello")
    message = await site.next()
    await site.channel.perform(message.chat, Menu(commands=(("help", "What I can do"),)))
    await member.node.get_by_role("button", name="Commands").click()
    await page.get_by_role("button", name="/help What I can do").click()
    assert (await site.next()).command == "help"


async def test_in_the_group_one_acts_as_one_of_the_volunteers(site: ChatSite, open_page: Open) -> None:
    page = await open_page()
    group = ChatPane(page, "Volunteers")
    await group.write("from Amira")
    assert (await site.next()).user == "amira"
    await group.node.get_by_text("Leo", exact=True).click()
    line = await group.shows("from Amira")
    await expect(line.locator(".author")).to_have_text("Amira")
    await group.write("from Leo")
    message = await site.next()
    assert (message.user, message.private, message.chat.chat, message.name) == (
        "leo",
        False,
        "volunteers",
        "Leo",
    )
    await page.reload()
    await expect(group.node.get_by_label("Leo")).to_be_checked()


async def test_new_members_are_others_and_the_former_ones_come_back(site: ChatSite, open_page: Open) -> None:
    page = await open_page()
    member = ChatPane(page, "Member")
    await member.write("I am the first")
    first = await site.next()
    await member.node.get_by_role("button", name="New member").click()
    await expect(member.log.get_by_role("article")).to_have_count(0)
    await member.write("I am the second")
    second = await site.next()
    assert first.user != second.user
    await page.reload()
    await member.shows("I am the second")
    await member.node.get_by_role("combobox").select_option("Member 1")
    await member.shows("I am the first")
    await expect(member.line("I am the second")).to_have_count(0)


async def test_a_link_in_the_group_starts_in_ones_own_chat(site: ChatSite, open_page: Open) -> None:
    page = await open_page()
    buttons = ((Button(label="Somali: I take it", url=site.channel.link("case27")),),)
    await site.post("volunteers", "Waiting", buttons=buttons)
    await ChatPane(page, "Volunteers").node.get_by_text("Leo", exact=True).click()
    await ChatPane(page, "Volunteers").node.get_by_role("link", name="Somali: I take it").click()
    message = await site.next()
    assert (message.user, message.private, message.text) == ("leo", True, "/start case27")
    assert len(page.context.pages) == 1


async def test_an_invitation_in_ones_own_chat_is_opened_by_somebody_new(
    site: ChatSite, open_page: Open
) -> None:
    page = await open_page()
    await site.post("hanne", f"For one volunteer: {site.channel.link('inv-1')}")
    await ChatPane(page, "Hanne").node.get_by_role("link").click()
    message = await site.next()
    assert message.user.startswith("m-") and message.argument == "inv-1"


async def test_text_is_text_whatever_it_holds(site: ChatSite, open_page: Open) -> None:
    page = await open_page()
    text = "<img src=x onerror=alert(1)> </script> {{7*7}} javascript:alert(1) tg://user?id=1"
    await site.post("amira", text)
    line = await ChatPane(page, "Amira").shows("<img src=x")
    await expect(line.locator(".text")).to_have_text(text)
    await expect(line.locator("a, img")).to_have_count(0)


async def test_addresses_open_elsewhere_and_numbers_can_be_called(site: ChatSite, open_page: Open) -> None:
    page = await open_page()
    await site.post(
        "amira",
        "See https://www.nav.no/a?b=1 or helsenorge.no/en. Not a@udi.no. Call 112, 116 006 or +47 55 55 33 33, not 2026 nor 4.112.",
    )
    line = await ChatPane(page, "Amira").shows("See")
    links = [
        (await link.get_attribute("href"), await link.get_attribute("rel"))
        for link in await line.get_by_role("link").all()
    ]
    assert links[0] == ("https://www.nav.no/a?b=1", "noopener noreferrer")
    assert [href for href, _ in links[1:]] == [
        "https://helsenorge.no/en",
        "tel:112",
        "tel:116006",
        "tel:+4755553333",
    ]
    await site.post("amira", "I live at 112, see nav.no", relayed=True)
    relayed = await ChatPane(page, "Amira").shows("I live at 112")
    await expect(relayed.get_by_role("link")).to_have_count(0)


async def test_the_title_is_bold_and_counted_in_characters(site: ChatSite, open_page: Open) -> None:
    page = await open_page()
    await site.post("amira", "🏠 Rent\nSome words", bold=6)
    line = await ChatPane(page, "Amira").shows("Some words")
    await expect(line.locator("strong")).to_have_text("🏠 Rent")


async def test_what_is_pinned_stands_on_top_and_leads_back(site: ChatSite, open_page: Open) -> None:
    page = await open_page()
    await site.post("amira", "🔴 Off · Thursday 18:00", pinned=True, buttons=OFFER)
    for number in range(30):
        await site.post("amira", f"line {number}")
    amira = ChatPane(page, "Amira")
    card = await amira.shows("🔴 Off")
    await expect(card).not_to_be_in_viewport()
    await amira.node.get_by_title("Pinned").click()
    await expect(card).to_be_in_viewport()


async def test_a_reader_of_old_lines_is_not_torn_away(site: ChatSite, open_page: Open) -> None:
    page = await open_page()
    amira = ChatPane(page, "Amira")
    for number in range(40):
        await site.post("amira", f"line {number}.")
    await expect(amira.line("line 39.")).to_be_in_viewport()
    await amira.log.evaluate("log => { log.scrollTop = 0; }")
    await expect(amira.line("line 0.")).to_be_in_viewport()
    await site.post("amira", "news")
    await amira.node.get_by_role("button", name="To the newest").click()
    await expect(amira.line("news")).to_be_in_viewport()


async def test_what_her_press_brings_is_shown_though_the_log_still_moves(
    site: ChatSite, open_page: Open
) -> None:
    """A card far up, a long answer below it, and she presses a button of the card while her finger still scrolls."""
    page = await open_page(viewport=PHONE)
    await page.get_by_role("navigation").get_by_role("button", name="Amira").click()
    amira = ChatPane(page, "Amira")
    await site.post("amira", "Welcome", buttons=OFFER)
    answer = await site.post("amira", "First of all.\n" + "One more sentence.\n" * 80)
    await amira.shows("First of all.")
    await amira.log.evaluate(
        """log => { log.scrollTop = log.scrollHeight; log.scrollTop = 0;
                    [...log.querySelectorAll("button")].find(one => one.textContent === "I take it").click(); }"""
    )
    await site.next()
    shorter = Change(external_id=answer, text="First of all.\n" + "One more sentence.\n" * 79)
    await site.channel.perform(site.address("amira"), shorter)
    await site.post("amira", "What you asked for")
    await expect(amira.line("What you asked for")).to_be_in_viewport()
    await amira.log.evaluate("log => { log.scrollTop = 0; }")
    await expect(amira.line("Welcome")).to_be_in_viewport()
    await site.post("amira", "Something else")
    await expect(amira.line("Something else")).to_have_count(1)
    await expect(amira.line("Welcome")).to_be_in_viewport()  # that was no answer of hers


async def test_what_is_longer_than_the_view_is_read_from_its_beginning(
    site: ChatSite, open_page: Open
) -> None:
    page = await open_page(viewport=PHONE)
    await page.get_by_role("navigation").get_by_role("button", name="Amira").click()
    amira = ChatPane(page, "Amira")

    async def beginning(text: str) -> float:
        return float(
            await amira.line(text).evaluate(
                "line => line.getBoundingClientRect().top - line.closest('.log').getBoundingClientRect().top"
            )
        )

    await site.post("amira", "before")
    await amira.shows("before")
    await site.post("amira", "First of all.\n" + "One more sentence.\n" * 80)
    await amira.shows("First of all.")
    newest = amira.node.get_by_role("button", name="To the newest")
    await expect(newest).to_be_visible()
    assert abs(await beginning("First of all.")) < 40
    await newest.click()
    card = await site.post("amira", "Choose", buttons=OFFER)
    await expect(amira.line("Choose")).to_be_in_viewport()
    turned = Change(external_id=card, text="Second page.\n" + "One more sentence.\n" * 80, bold=0, buttons=())
    await site.channel.perform(site.address("amira"), turned)
    await expect(amira.line("Second page.").get_by_text("Second page.")).to_be_in_viewport(ratio=0.1)
    assert abs(await beginning("Second page.")) < 40


async def test_an_arrow_alone_points_as_its_card_runs(site: ChatSite, open_page: Open) -> None:
    page = await open_page()
    back = ((Button(label="◀", token="t1"),),)
    await site.post("amira", "هنا تجدين المساعدة", buttons=back)
    await site.post("leo", "Here you can get help", buttons=back)
    await expect(ChatPane(page, "Amira").log.get_by_role("button", name="▶")).to_be_visible()
    await expect(ChatPane(page, "Leo").log.get_by_role("button", name="◀")).to_be_visible()


async def test_a_number_stands_on_one_line_wherever_it_falls(site: ChatSite, open_page: Open) -> None:
    page = await open_page(viewport=SMALL_PHONE)
    await page.get_by_role("navigation").get_by_role("button", name="Amira").click()
    for length in range(18, 34):
        await site.post("amira", "x" * length + " 116 117")
    links = ChatPane(page, "Amira").log.get_by_role("link", name="116 117")
    await expect(links).to_have_count(16)
    lines = await links.evaluate_all("links => links.map(link => link.getClientRects().length)")
    assert lines == [1] * 16


async def test_of_a_long_chat_the_latest_is_shown_first(site: ChatSite, open_page: Open) -> None:
    for number in range(170):
        await site.post("amira", f"line {number}.")
    page = await open_page()
    amira = ChatPane(page, "Amira")
    await expect(amira.log.get_by_role("article")).to_have_count(150)
    await amira.node.get_by_role("button", name="Earlier messages").click()
    await expect(amira.log.get_by_role("article")).to_have_count(170)
    await expect(amira.log.get_by_role("article").first).to_contain_text("line 0.")


async def test_what_was_deleted_is_gone_from_the_page(site: ChatSite, open_page: Open) -> None:
    page = await open_page()
    amira = ChatPane(page, "Amira")
    posted = await site.post("amira", "a secret")
    await amira.shows("a secret")
    await site.channel.perform(site.address("amira"), Remove(external_ids=(posted,)))
    await expect(amira.log.get_by_role("article")).to_have_count(0)


async def test_a_guarded_message_is_neither_copied_nor_selected(site: ChatSite, open_page: Open) -> None:
    page = await open_page(permissions=["clipboard-read", "clipboard-write"])
    await site.post("amira", "her words", guarded=True, relayed=True)
    await site.post("amira", "our words")
    amira = ChatPane(page, "Amira")
    line = await amira.shows("her words")
    assert await line.locator(".text").evaluate("text => getComputedStyle(text).userSelect") == "none"
    await line.get_by_role("button", name="More").click()
    await expect(page.get_by_role("button", name="Reply")).to_be_visible()
    await expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    await page.keyboard.press("Escape")
    await amira.choose("our words", "Copy")
    assert await page.evaluate("navigator.clipboard.readText()") == "our words"


@pytest.mark.parametrize("viewport", [SMALL_PHONE, DESKTOP], ids=["small phone", "desktop"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
async def test_nothing_sticks_out_in_any_script(
    site: ChatSite, open_page: Open, viewport: ViewportSize, direction: str
) -> None:
    for user in ("amira", "leo"):
        for text in (*SCRIPTS.values(), "W" * 300, "https://example.org/" + "a" * 200):
            await site.post(user, text, relayed=True)
        await site.post(user, "Title\n" + "words " * 80, bold=5, buttons=OFFER * 3)
    page = await open_page(viewport=viewport)
    await page.evaluate("direction => { document.documentElement.dir = direction; }", direction)
    for title in ("Leo", "Amira"):
        if viewport is SMALL_PHONE:
            await page.get_by_role("navigation").get_by_role("button", name=title).click()
        await ChatPane(page, title).shows(SCRIPTS["ta"])
        assert await fits(page)


async def test_each_message_runs_in_its_own_direction_with_room_for_its_script(
    site: ChatSite, open_page: Open
) -> None:
    for text in (*SCRIPTS.values(), "👋 سلام", "hello"):
        await site.post("amira", text)
    page = await open_page()
    amira = ChatPane(page, "Amira")
    await amira.shows("hello")

    async def style(text: str) -> tuple[str, float]:
        direction, height, size = (
            await amira.line(text)
            .locator(".text")
            .evaluate(
                "text => { const style = getComputedStyle(text);"
                " return [style.direction, parseFloat(style.lineHeight), parseFloat(style.fontSize)]; }"
            )
        )
        assert size >= 18
        return direction, round(height / size, 1)

    assert await style(SCRIPTS["ar"]) == ("rtl", 1.6)
    assert await style("👋 سلام") == ("rtl", 1.6)
    assert await style("hello") == ("ltr", 1.6)
    assert await style(SCRIPTS["ti"]) == ("ltr", 1.6)
    for tag in ("ur", "my", "ta"):
        assert (await style(SCRIPTS[tag]))[1] >= 1.9


async def test_the_page_can_be_used_without_a_mouse(site: ChatSite, open_page: Open) -> None:
    page = await open_page("chat")
    await expect(page.get_by_role("button", name="Start")).to_be_visible()
    await ChatPane(page, "Morsmål").text.focus()
    await page.keyboard.type("one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("two")
    await page.keyboard.press("Enter")
    message = await site.next()
    assert message.text == "one\ntwo"
    await site.channel.perform(message.chat, Post(text="Which?", buttons=OFFER))
    more = ChatPane(page, "Morsmål").line("Which?").get_by_role("button", name="More")
    await more.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(more).to_be_focused()


async def test_whoever_hears_the_page_is_told_of_news_and_not_of_the_past(
    site: ChatSite, open_page: Open
) -> None:
    await site.post("amira", "old")
    page = await open_page()
    amira = ChatPane(page, "Amira")
    await amira.shows("old")
    await expect(amira.log).to_have_attribute("aria-live", "polite")


@pytest.mark.parametrize("viewport", [SMALL_PHONE, DESKTOP], ids=["small phone", "desktop"])
async def test_whatever_can_be_touched_has_a_name_and_room_for_a_thumb(
    site: ChatSite, open_page: Open, viewport: ViewportSize
) -> None:
    page = await open_page(viewport=viewport)
    await site.channel.perform(site.address("amira"), Menu(commands=(("help", "Help"),)))
    await site.post("amira", "Case 27", bold=7, buttons=OFFER, pinned=True)
    if viewport is SMALL_PHONE:
        await page.get_by_role("navigation").get_by_role("button", name="Amira").click()
    await ChatPane(page, "Amira").shows("Case 27")
    touched = await page.evaluate(
        """() => [...document.querySelectorAll('button, select, textarea, .as label, a.choice')]
             .filter(one => one.checkVisibility())
             .map(one => [one.outerHTML.slice(0, 90), one.offsetWidth, one.offsetHeight,
                          one.ariaLabel || one.textContent])"""
    )
    assert len(touched) > 10
    for html, width, height, name in touched:
        assert name.strip(), html
        assert min(width, height) >= 48, (html, width, height)
