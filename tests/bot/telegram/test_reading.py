"""What each kind of update says to us; the payloads are in tests/data/telegram."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.telegram_reading import read
from bot.channels.telegram_receiving import envelope
from bot.channels.telegram_updates import parsed
from dispatch.model.messages import Attachment, AttachmentKind, InboundMessage, Kind
from tests.bot.telegram.conftest import NOW

PAYLOADS = Path(__file__).parents[2] / "data" / "telegram"
ACCOUNT = "7000000001"

OF_NO_USE = {
    "another_bot",
    "business",
    "channel_post",
    "demoted",
    "joined",
    "left",
    "live_location_moves",
    "new_title",
    "pinned",
    "press_game",
    "press_inline",
    "promoted",
    "reaction_custom",
    "topic_created",
    "web_app_data",
}


def said(name: str) -> InboundMessage:
    """The payload, which must say something."""
    inbound = read((PAYLOADS / f"{name}.json").read_bytes(), ACCOUNT)
    assert inbound
    assert inbound.chat.channel == "telegram"
    assert inbound.chat.account == ACCOUNT
    return inbound


def only(name: str) -> Attachment:
    """What came with the message: one thing."""
    (attachment,) = said(name).attachments
    assert (attachment.channel, attachment.account) == ("telegram", ACCOUNT)
    return attachment


def test_a_text_in_a_private_chat() -> None:
    inbound = said("text")
    assert inbound.kind is Kind.SAID
    assert inbound.private
    assert (inbound.chat.chat, inbound.user, inbound.external_id) == ("5550001", "5550001", "41")
    assert inbound.text == "Waan u baahanahay caawimaad"
    assert inbound.sent_at == datetime(2026, 9, 21, 14, 15, tzinfo=UTC)
    assert (inbound.name, inbound.app_language) == ("Amira Test", "so")
    assert not inbound.anonymous


def test_a_link_that_was_opened_is_a_command_with_an_argument() -> None:
    inbound = said("start")
    assert (inbound.command, inbound.argument) == ("start", "so")


def test_a_command_in_a_group() -> None:
    inbound = said("group_text")
    assert not inbound.private
    assert (inbound.chat.chat, inbound.user, inbound.command) == ("-4001", "5550002", "queue")


def test_h6_a_photo_comes_in_its_largest_size_with_its_caption() -> None:
    assert said("photo").text == "Warqaddan maxay tahay?"
    assert only("photo").ref == "AgACAgQAAxkBAAIBY2large"
    assert only("photo").size == 151020


@pytest.mark.parametrize(
    ("name", "kind", "ref", "seconds"),
    [
        ("voice", AttachmentKind.VOICE, "AwACAgQAAxkBvoice", 7),
        ("video", AttachmentKind.VIDEO, "BAACAgQAAxkBvideo", 12),
        ("video_note", AttachmentKind.VIDEO, "video_note:DQACAgQAAxkBnote", 5),
        ("animation", AttachmentKind.VIDEO, "animation:CgACAgQAAxkBanim", 2),
        ("audio", AttachmentKind.AUDIO, "CQACAgQAAxkBaudio", 181),
        ("document", AttachmentKind.DOCUMENT, "BQACAgQAAxkBdoc", 0),
        ("sticker", AttachmentKind.STICKER, "CAACAgQAAxkBstick", 0),
    ],
)
def test_a_file_is_known_by_the_platforms_reference(
    name: str, kind: AttachmentKind, ref: str, seconds: int
) -> None:
    attachment = only(name)
    assert (attachment.kind, attachment.ref, attachment.seconds) == (kind, ref, seconds)


def test_a_place_is_its_coordinates() -> None:
    place = only("location")
    assert (place.kind, place.latitude, place.longitude) == (AttachmentKind.LOCATION, 59.913868, 10.752245)


def test_a_named_place_says_its_name() -> None:
    assert said("venue").text == "Helsestasjonen\nStorgata 1, Oslo"
    assert only("venue").kind is AttachmentKind.LOCATION


def test_h49_a_contact_is_a_number_without_a_name() -> None:
    contact = only("contact")
    assert (contact.kind, contact.phone) == (AttachmentKind.CONTACT, "+4799999999")
    assert "Fadumo" not in repr(said("contact"))


@pytest.mark.parametrize("name", ["forwarded_from_hidden_user", "forwarded_contact_of_user"])
def test_h49_what_is_forwarded_does_not_tell_from_whom(name: str) -> None:
    inbound = said(name)
    assert inbound.user == "5550001"
    assert "Somebody Else" not in repr(inbound)
    assert "Leo" not in repr(inbound)


@pytest.mark.parametrize("name", ["dice", "poll", "story", "paid_media", "not_invented_yet"])
def test_h10_what_cannot_be_passed_on_is_named_as_such(name: str) -> None:
    assert only(name).kind is AttachmentKind.UNSUPPORTED


def test_an_item_of_an_album_names_the_album() -> None:
    raw = (PAYLOADS / "album_item.json").read_bytes()
    assert said("album_item").album == envelope(parsed(raw), ACCOUNT, NOW).album == "13579246801234567"


def test_a_reply_names_the_message_replied_to() -> None:
    assert said("reply").reply_to == "40"


def test_a_message_in_a_topic_is_no_reply_to_its_opening() -> None:
    assert said("in_topic").reply_to is None


def test_what_was_made_with_an_inline_bot_is_from_its_sender() -> None:
    assert said("via_inline_bot").user == "5550001"


@pytest.mark.parametrize("name", ["anonymous_admin", "linked_channel", "as_channel", "reaction_anonymous"])
def test_h27_who_hides_behind_a_group_or_a_channel_is_nobody(name: str) -> None:
    inbound = said(name)
    assert inbound.anonymous
    assert not inbound.name


def test_h9_an_edit_has_the_new_text_and_a_key_of_its_own() -> None:
    inbound = said("edited")
    raw = (PAYLOADS / "edited.json").read_bytes()
    assert inbound.kind is Kind.EDITED
    assert (inbound.external_id, inbound.text[-9:]) == ("41", "degdeg ah")
    assert envelope(parsed(raw), ACCOUNT, NOW).external_id == "e:5550001:41:1790000222"


@pytest.mark.parametrize("name", ["migrates_to", "migrated_from"])
def test_h44_both_notices_of_a_migration_say_the_same(name: str) -> None:
    inbound = said(name)
    assert inbound.kind is Kind.MIGRATED
    assert (inbound.chat.chat, inbound.moved_to) == ("-4001", "-1001234567890")


def test_a_press_carries_its_token_and_what_to_answer() -> None:
    inbound = said("press")
    assert inbound.kind is Kind.PRESSED
    assert (inbound.pressed, inbound.press_id) == ("tok_1", "4382bfdwdsb323b2d9")
    assert (inbound.user, inbound.chat.chat, inbound.external_id) == ("5550002", "-4001", "60")


def test_h26_a_press_on_a_message_that_is_gone_is_a_press() -> None:
    inbound = said("press_on_what_is_gone")
    assert (inbound.pressed, inbound.external_id) == ("tok_2", "61")


def test_a_reaction_and_its_taking_back() -> None:
    assert (said("reaction").kind, said("reaction").reaction) == (Kind.REACTED, "❤")
    assert (said("reaction_taken_back").kind, said("reaction_taken_back").reaction) == (Kind.REACTED, None)
    assert said("reaction").external_id == "41"


@pytest.mark.parametrize(
    ("name", "kind", "private"),
    [
        ("blocked", Kind.REMOVED, True),
        ("unblocked", Kind.RETURNED, True),
        ("added_to_group", Kind.ADDED, False),
        ("added_as_admin", Kind.ADDED, False),
        ("added_to_channel", Kind.ADDED, False),
        ("removed_from_group", Kind.REMOVED, False),
        ("restricted_outside", Kind.REMOVED, False),
    ],
)
def test_h14_where_the_bot_came_and_went(name: str, kind: Kind, private: bool) -> None:
    inbound = said(name)
    assert (inbound.kind, inbound.private) == (kind, private)


@pytest.mark.parametrize("name", sorted(OF_NO_USE))
def test_h46_what_nobody_said_to_us_is_passed_over(name: str) -> None:
    assert read((PAYLOADS / f"{name}.json").read_bytes(), ACCOUNT) is None


def test_no_recorded_payload_is_passed_over_but_those_of_no_use() -> None:
    raws = {path.stem: path.read_bytes() for path in PAYLOADS.glob("*.json")}
    assert {name for name, raw in raws.items() if read(raw, ACCOUNT) is None} == OF_NO_USE


def test_the_sender_is_the_user_or_else_the_chat() -> None:
    senders = {
        name: envelope(parsed((PAYLOADS / f"{name}.json").read_bytes()), ACCOUNT, NOW).sender
        for name in (
            "text",
            "press",
            "reaction",
            "blocked",
            "group_text",
            "channel_post",
            "reaction_anonymous",
        )
    }
    assert senders == {
        "text": "5550001",
        "press": "5550002",
        "reaction": "5550001",
        "blocked": "5550001",
        "group_text": "5550002",
        "channel_post": "",
        "reaction_anonymous": "5550001",
    }
