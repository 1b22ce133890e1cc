"""A message that could not be handled is not dropped: a person hears of it."""

from dataclasses import replace
from datetime import datetime

from content.phrases import Phrase
from dispatch.actions import alerting, escalation, relaying
from dispatch.actions.owing import say
from dispatch.actions.recognition import recognise
from dispatch.model.messages import InboundMessage, Kind, Lane
from dispatch.ports import Transaction


def from_inbox(tx: Transaction, message: InboundMessage | None, now: datetime) -> None:
    """It was tried in vain. What a member said becomes a case, its text shown only if she has agreed to that."""
    person = recognise(tx, message, now) if message else None
    if message is None or person is None or not message.private or message.kind is not Kind.SAID:
        alerting.parked(tx, None)
        return
    say(tx, person, Phrase("undelivered"), lane=Lane.RELAY)
    if person.has_joined or person.coordinator:
        alerting.parked(tx, None)
        return
    if person.language is None:
        person = replace(person, language=tx.group.language)
        tx.people.save(person)
    case = tx.cases.open_of(person.id)
    if case is None:
        may_show = (
            person.has_consented
            and relaying.hindrance(message) is None
            and not relaying.shows_a_picture(message)
            and not relaying.names_the_sender(message)
        )
        case = escalation.open_case(tx, person, [message] if may_show else [], now)
    alerting.parked(tx, case)


def undelivered(tx: Transaction, message_id: str) -> None:
    """The platform refused a copy for good: its author is told, so that she can say it in another way."""
    message = tx.messages.find(message_id)
    author = tx.people.find(message.author_id) if message else None
    if author:
        say(tx, author, Phrase("undelivered"), lane=Lane.RELAY)
