"""The page's socket, as a browser uses it."""

from typing import Any

import pytest
from aiohttp import ClientSession, WSCloseCode, WSMsgType, WSServerHandshakeError

from bot.channels.channel import Button, Change, Menu, Remove
from bot.web import chat as chat_pages
from bot.web.frames import LONGEST_FRAME
from bot.web.listeners import Listeners
from dispatch.model.messages import LONGEST_TEXT, Kind
from dispatch.store.database import DatabaseFailed
from tests.chat_site import AMIRA, ChatSite, connecting, sitting

TAKE = ((Button(label="I take it", token="t1"),),)


def uuid(number: int) -> str:
    return f"0190b5a0-0000-4000-8000-{number:012x}"


def say(number: int, text: str, **more: Any) -> dict[str, Any]:
    return {"type": "say", "id": uuid(number), "text": text, "files": [], "reply_to": None, **more}


async def test_what_is_said_is_stored_before_it_is_acknowledged(site: ChatSite) -> None:
    async with sitting(site) as browser:
        assert await browser.ask(say(1, "سلام")) == {"type": "ack", "id": uuid(1)}
        message = await site.take()
        line = await browser.line(uuid(1))
    assert message and message.kind is Kind.SAID
    assert (message.text, message.user, message.private) == ("سلام", site.member, True)
    assert (message.external_id, message.app_language, message.name) == (uuid(1), "ar", "")
    assert (line["text"], line["mine"]) == ("سلام", True)


async def test_h1_the_same_message_sent_again_is_acknowledged_and_stored_once(site: ChatSite) -> None:
    async with sitting(site) as browser:
        await browser.ask(say(1, "hello"))
    async with sitting(site) as browser:
        assert (await browser.ask(say(1, "hello")))["type"] == "ack"
        assert (await browser.ask(say(2, "again")))["type"] == "ack"
    assert [(await site.next()).text, (await site.next()).text] == ["hello", "again"]
    assert await site.take() is None


async def test_nobody_takes_the_id_of_what_another_said(site: ChatSite) -> None:
    async with sitting(site, "volunteers", "amira") as amira, sitting(site, "volunteers", "leo") as leo:
        await amira.ask(say(1, "mine"))
        assert (await leo.ask(say(1, "forged")))["reason"] == "not-yours"
        line = await leo.line(uuid(1))
        assert (line["text"], line["author"], line["mine"]) == ("mine", "Amira", False)


async def test_an_id_used_elsewhere_takes_nothing_from_her(site: ChatSite) -> None:
    async with sitting(site, "leo", "leo") as leo, sitting(site) as member:
        await leo.ask(say(1, "first"))
        await member.ask(say(1, "second"))
    assert {(await site.next()).text, (await site.next()).text} == {"first", "second"}


async def test_what_the_service_says_arrives_at_every_page_of_the_chat(site: ChatSite) -> None:
    async with sitting(site, "amira", "amira") as first, sitting(site, "amira", "amira") as second:
        await first.until(caught_up=True)
        posted = await site.post("amira", "🟢 Arabic · waits 1 min", buttons=TAKE)
        for page in (first, second):
            assert (await page.line(posted))["buttons"][0][0]["token"] == "t1"


async def test_nothing_of_a_chat_reaches_another(site: ChatSite) -> None:
    await site.post("leo", "for Leo alone")
    async with sitting(site, "amira", "amira") as amira:
        await site.post("leo", "and again")
        await site.post("amira", "for Amira")
        while not amira.lines:
            await amira.frame()
    assert [line["text"] for line in amira.lines.values()] == ["for Amira"]


async def test_a_page_that_comes_back_gets_only_what_it_missed(site: ChatSite) -> None:
    old = await site.post("amira", "old")
    async with sitting(site, "amira", "amira") as amira:
        revision = (await amira.line(old))["revision"]
    new = await site.post("amira", "new")
    async with sitting(site, "amira", "amira", since=revision, last=old) as amira:
        await amira.line(new)
    assert list(amira.lines) == [new]


async def test_a_long_chat_comes_in_pieces_and_whole(site: ChatSite) -> None:
    for number in range(410):
        await site.post("amira", str(number))
    async with sitting(site, "amira", "amira") as amira:
        await amira.until(caught_up=True)
    assert [line["text"] for line in amira.lines.values()] == [str(number) for number in range(410)]


async def test_a_card_changes_in_place_and_what_is_deleted_goes(site: ChatSite) -> None:
    card = await site.post("amira", "waiting", buttons=TAKE)
    async with sitting(site, "amira", "amira") as amira:
        await amira.line(card)
        await site.channel.perform(site.address("amira"), Change(external_id=card, text="taken"))
        assert "buttons" not in await amira.line(card, text="taken")
        await site.channel.perform(site.address("amira"), Remove(external_ids=(card, "never")))
        assert "text" not in await amira.line(card, removed=True)


async def test_a_press_is_passed_on_with_the_card_and_answered(site: ChatSite) -> None:
    card = await site.post("amira", "offer", buttons=TAKE)
    async with sitting(site, "amira", "amira") as amira:
        await amira.ask({"type": "press", "id": uuid(1), "message": card, "token": "t1"})
        message = await site.next()
    assert (message.kind, message.pressed, message.external_id) == (Kind.PRESSED, "t1", card)
    assert message.press_id == uuid(1)


async def test_an_edit_and_a_reaction_show_at_once_and_are_passed_on(site: ChatSite) -> None:
    posted = await site.post("amira", "hello")
    async with sitting(site, "amira", "amira") as amira:
        await amira.ask(say(1, "helo"))
        await amira.ask({"type": "edit", "id": uuid(2), "message": uuid(1), "text": "hello"})
        await amira.ask({"type": "react", "id": uuid(3), "message": posted, "emoji": "❤️"})
        assert (await amira.line(uuid(1), text="hello"))["edited"]
        await amira.line(posted, marks=[{"emoji": "❤️", "mine": True}])
    said, edited, reacted = [await site.next() for _ in range(3)]
    assert (said.text, edited.kind, edited.text, edited.external_id) == (
        "helo",
        Kind.EDITED,
        "hello",
        uuid(1),
    )
    assert (reacted.kind, reacted.reaction, reacted.external_id) == (Kind.REACTED, "❤️", posted)


async def test_nobody_edits_what_another_said_nor_what_is_gone(site: ChatSite) -> None:
    posted = await site.post("amira", "hello")
    async with sitting(site, "amira", "amira") as amira:
        edit = {"type": "edit", "id": uuid(1), "message": posted, "text": "forged"}
        assert (await amira.ask(edit))["reason"] == "not-yours"
        await site.channel.perform(site.address("amira"), Remove(external_ids=(posted,)))
        for kind in ("edit", "press", "react"):
            frame = {"type": kind, "id": uuid(2), "message": posted, "text": "x", "token": "t", "emoji": "👍"}
            assert (await amira.ask(frame))["reason"] == "gone"
    assert await site.take() is None


async def test_what_cannot_be_taken_is_refused_by_name_and_the_line_stays_open(site: ChatSite) -> None:
    async with sitting(site) as browser:
        answer = await browser.ask(say(1, "a" * (LONGEST_TEXT + 1)))
        assert answer == {"type": "refused", "id": uuid(1), "reason": "too-long"}
        await browser.socket.send_str("[")
        assert (await browser.until(type="refused"))["reason"] == "unreadable"
        await browser.socket.send_json({"type": "hello", "secret": "x" * 22})
        assert (await browser.until(type="refused"))["id"] == ""
        assert (await browser.ask(say(2, "hello")))["type"] == "ack"


async def test_a_frame_beyond_all_measure_ends_the_line_and_nothing_else(site: ChatSite) -> None:
    async with sitting(site) as browser:
        await browser.until(type="welcome")
        await browser.socket.send_str("a" * (LONGEST_FRAME + 1))
        while (message := await browser.socket.receive(timeout=20)).type is WSMsgType.TEXT:
            pass
        assert message.type in (WSMsgType.CLOSE, WSMsgType.CLOSED)
    async with sitting(site) as browser:
        assert (await browser.ask(say(1, "hello")))["type"] == "ack"


@pytest.mark.parametrize("origin", ["", "null", "http://evil.example", "http://127.0.0.1:1", "file://"])
async def test_a_page_of_somebody_else_opens_no_socket(site: ChatSite, origin: str) -> None:
    async with ClientSession() as session:
        with pytest.raises(WSServerHandshakeError) as refused:
            await session.ws_connect(f"{site.url}chat/socket", headers={"Origin": origin} if origin else {})
    assert refused.value.status == 403


@pytest.mark.parametrize(
    "hello",
    [
        {"type": "hello", "chat": "amira", "user": "amira", "secret": "x" * 22},
        {"type": "hello", "chat": "leo", "user": "amira", "secret": ...},
        {"type": "hello", "secret": "short"},
        {"type": "say"},
        {},
    ],
)
async def test_without_a_seat_the_chat_stays_closed(site: ChatSite, hello: dict[str, Any]) -> None:
    await site.post("amira", "for Amira alone")
    if hello.get("secret") is ...:
        hello = {**hello, "secret": site.seats.secret_of(AMIRA.user)}
    async with ClientSession() as session, connecting(site, session) as socket:
        await socket.send_json(hello)
        assert await socket.receive_json(timeout=20) == {"type": "closed"}
        assert (await socket.receive(timeout=20)).type is WSMsgType.CLOSE


async def test_who_does_not_say_who_she_is_is_not_waited_for(
    site: ChatSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_pages, "GREETING", 0.01)
    async with ClientSession() as session, connecting(site, session) as socket:
        assert await socket.receive_json(timeout=20) == {"type": "closed"}


async def test_more_pages_than_one_process_can_serve_are_sent_away(
    site: ChatSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_pages, "MOST_SOCKETS", 1)
    async with sitting(site) as browser:
        await browser.until(type="welcome")
        with pytest.raises(WSServerHandshakeError) as refused:
            async with sitting(site):
                pass
    assert refused.value.status == 503


async def test_the_page_is_told_when_everything_of_her_is_erased(site: ChatSite) -> None:
    async with sitting(site) as browser:
        await browser.ask(say(1, "my secret"))
        await browser.line(uuid(1))
        await site.forget(site.member)
        farewell = await site.post(site.member, "All is gone.")
        await browser.until(type="cleared")
        browser.lines.clear()
        await browser.line(farewell)
        assert list(browser.lines) == [farewell]


async def test_while_the_database_is_down_nothing_is_acknowledged(
    site: ChatSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: object) -> None:
        raise DatabaseFailed("down")

    async with sitting(site) as browser:
        await browser.until(caught_up=True)
        with monkeypatch.context() as down:
            down.setattr(site.database, "run", fail)
            await browser.socket.send_json(say(1, "hello"))
            message = await browser.socket.receive(timeout=20)
            assert (message.type, message.data) == (WSMsgType.CLOSE, WSCloseCode.TRY_AGAIN_LATER)
    async with sitting(site) as browser:
        assert (await browser.ask(say(1, "hello")))["type"] == "ack"
    assert (await site.next()).text == "hello"


async def test_a_page_hears_that_its_line_is_alive(site: ChatSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_pages, "BEAT", 0.01)
    async with sitting(site, "amira", "amira") as amira:
        await amira.until(type="beat")


async def test_a_lost_hint_costs_a_moment_and_not_a_message(
    site: ChatSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_pages, "POLL", 0.01)
    monkeypatch.setattr(Listeners, "heard", lambda *_: None)
    await site.stop()
    await site.start()
    async with sitting(site, "amira", "amira") as amira:
        await amira.until(caught_up=True)
        posted = await site.post("amira", "unheard")
        assert (await amira.line(posted))["text"] == "unheard"


async def test_the_menu_is_a_state_of_the_chat(site: ChatSite) -> None:
    await site.channel.perform(site.address("amira"), Menu(commands=(("help", "What I can do"),)))
    await site.channel.perform(site.address("amira"), Menu(commands=(("stop", "Stop"),)))
    async with sitting(site, "amira", "amira") as amira:
        menu = await amira.line("menu")
    assert menu["commands"] == [{"name": "stop", "does": "Stop"}]


async def test_another_process_shows_what_this_one_stored(site: ChatSite) -> None:
    async with sitting(site) as browser:
        await browser.ask(say(1, "hello"))
    await site.stop()
    await site.start()
    async with sitting(site) as browser:
        assert (await browser.line(uuid(1)))["text"] == "hello"


async def test_an_invitation_arrives_and_does_not_stay_in_the_chat(site: ChatSite) -> None:
    async with sitting(site) as browser:
        await browser.ask(say(1, "/start join-abc"))
        message = await site.take()
        line = await browser.line(uuid(1))
    assert message and (message.command, message.argument) == ("start", "join-abc")
    assert line["text"] == "/start"
