"""Values to fill a store with. What a test does not name is ordinary."""

from dataclasses import MISSING, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from content.phrases import Phrase
from dispatch.model.cases import Case, CaseMessage, CaseState, Offer, OfferState
from dispatch.model.messages import Address, Delivery, Envelope, Lane, OutboundMessage, Send
from dispatch.model.people import Group, Person

NOW = datetime(2026, 11, 21, 19, 30, 0, 123456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CHANNEL, ACCOUNT = "telegram", "morsmal_bot"

OSLO = Group(
    id="oslo",
    name="Oslo",
    country="NO",
    zone="Europe/Oslo",
    language="nb",
    languages=("ar", "so", "ti"),
    chat=Address(channel=CHANNEL, account=ACCOUNT, chat="-1001"),
)
AARHUS = replace(
    OSLO, id="aarhus", name="Aarhus", country="DK", zone="Europe/Copenhagen", language="da", chat=None
)


def an_address(chat: str, account: str = ACCOUNT) -> Address:
    return Address(channel=CHANNEL, account=account, chat=chat)


def a_person(name: str = "Amira", **given: Any) -> Person:
    """Her id is her name in lower case, her chat too."""
    person_id = name.lower()
    ordinary: dict[str, Any] = {
        "id": person_id,
        "group_id": OSLO.id,
        "address": an_address(person_id),
        "user": person_id,
        "created_at": NOW,
        "name": name,
    }
    return Person(**{**ordinary, **given})


def a_case(member: str = "amira", number: int = 1, **given: Any) -> Case:
    ordinary: dict[str, Any] = {
        "id": f"case-{number}",
        "group_id": OSLO.id,
        "number": number,
        "member_id": member,
        "language": "ar",
        "theme": "health",
        "state": CaseState.WAITING,
        "opened_at": NOW,
        "waiting_since": NOW,
    }
    return Case(**{**ordinary, **given})


def a_message(name: str = "m1", case: str = "case-1", author: str = "amira", **given: Any) -> CaseMessage:
    ordinary: dict[str, Any] = {
        "id": name,
        "case_id": case,
        "author_id": author,
        "sent_at": NOW,
        "text": f"text {name}",
    }
    return CaseMessage(**{**ordinary, **given})


def an_offer(volunteer: str = "noor", case: str = "case-1", **given: Any) -> Offer:
    ordinary: dict[str, Any] = {
        "id": f"offer-{volunteer}-{case}",
        "case_id": case,
        "volunteer_id": volunteer,
        "state": OfferState.OPEN,
        "offered_at": NOW,
    }
    return Offer(**{**ordinary, **given})


def an_envelope(external_id: str = "1", sender: str = "amira", **given: Any) -> Envelope:
    ordinary: dict[str, Any] = {
        "channel": CHANNEL,
        "account": ACCOUNT,
        "external_id": external_id,
        "sender": sender,
        "raw": f"raw {external_id}".encode("utf-8", "replace"),
    }
    return Envelope(**{**ordinary, **given})


def words(text: str = "hello", chat: str = "amira", **given: Any) -> OutboundMessage:
    """Owed to a chat; keyword arguments of Send and of OutboundMessage may be mixed."""
    of_send = {name: given.pop(name) for name in list(given) if name in Send.__dataclass_fields__}
    ordinary: dict[str, Any] = {
        "to": an_address(chat),
        "action": Send(body=Phrase(text), **of_send),
        "lane": Lane.ANSWER,
        "delivery": Delivery.MUST,
    }
    return OutboundMessage(**{**ordinary, **given})


def key_of(message: OutboundMessage) -> str:
    """What `words` was told to say."""
    assert isinstance(message.action, Send)
    assert isinstance(message.action.body, Phrase)
    return message.action.body.key


def says_everything(value: Any) -> bool:
    """Does every field that has a default hold something else? Then nothing is lost unnoticed on the way."""
    return all(
        getattr(value, each.name) != (each.default if each.default is not MISSING else None)
        for each in fields(value)
        if each.default is not MISSING or each.default_factory is not MISSING
    )
