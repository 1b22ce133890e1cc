from datetime import UTC, datetime

from bot.channels.channel import Button, Change, Post
from bot.web import lines
from dispatch.model.messages import Address
from dispatch.model.queues import ChatLine

HELP = ((Button(label="Help", token="t1"), Button(label="Open", url="https://example.org")),)


def line(author: str, **content: object) -> ChatLine:
    return ChatLine(
        address=Address(channel="webchat", account="web", chat="volunteers"),
        external_id="l1",
        author=author,
        content=content,
        at=datetime(2026, 11, 23, 12, tzinfo=UTC),
        revision=7,
    )


def test_what_has_a_title_or_buttons_is_a_card() -> None:
    assert lines.posted(Post(text="Title\nrest", bold=5), [])["card"]
    assert lines.posted(Post(text="Choose", buttons=HELP), [])["card"]
    assert not lines.posted(Post(text="words"), [])["card"]


def test_a_button_has_a_token_or_an_address() -> None:
    first, second = lines.posted(Post(text="Choose", buttons=HELP), [])["buttons"][0]
    assert (first["token"], "url" in first) == ("t1", False)
    assert (second["url"], "token" in second) == ("https://example.org", False)


def test_a_card_stays_a_card_when_its_buttons_go() -> None:
    card = lines.posted(Post(text="Waiting", buttons=HELP), [])
    ended = lines.changed(card, Change(external_id="l1", text="Finished"))
    assert ended["card"] and not ended["buttons"] and "edited" not in ended


def test_what_a_person_said_counts_as_edited_when_it_changes() -> None:
    said = lines.posted(Post(text="at ten", relayed=True), [])
    assert lines.changed(said, Change(external_id="l1", text="at eleven"))["edited"]
    assert "edited" not in lines.changed(said, Change(external_id="l1", text="at ten"))


def test_one_mark_an_author_and_it_can_be_taken_back() -> None:
    content = lines.marked(lines.marked({}, "amira", "👍"), "leo", "❤️")
    content = lines.marked(content, "amira", "🙏")
    assert content["marks"] == {"amira": "🙏", "leo": "❤️"}
    assert lines.marked(content, "amira", None)["marks"] == {"leo": "❤️"}


def test_only_the_latest_answers_are_kept() -> None:
    content: lines.Content = {}
    for number in range(20):
        content = lines.answered(content, f"p{number}", "Done")
    content = lines.answered(content, "p19", "Done again")
    assert [one["press"] for one in content["answers"]] == [f"p{number}" for number in range(12, 20)]
    assert content["answers"][-1]["text"] == "Done again"


def test_nobody_is_shown_the_id_of_another() -> None:
    shown = lines.shown(line("leo", text="hi", marks={"leo": "👍"}), "amira", {"leo": "Leo"}.__getitem__)
    assert shown["author"] == "Leo" and not shown["mine"]
    assert "leo" not in str(shown)


def test_of_what_was_removed_nothing_is_shown() -> None:
    removed = ChatLine(
        address=Address(channel="webchat", account="web", chat="x"),
        external_id="l1",
        author="leo",
        content={"text": "secret"},
        at=datetime(2026, 11, 23, 12, tzinfo=UTC),
        removed=True,
    )
    assert "secret" not in str(lines.shown(removed, "leo", str))
