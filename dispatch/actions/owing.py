"""Owe a message: it is sent after the transaction that caused it has been kept."""

from content.phrases import Body
from dispatch.model.messages import (
    Action,
    Address,
    Choice,
    Choices,
    Delivery,
    Lane,
    Made,
    OutboundMessage,
    Send,
    Style,
)
from dispatch.model.people import Person
from dispatch.ports import Transaction


def owe(
    tx: Transaction,
    person: Person,
    action: Action,
    *,
    lane: Lane = Lane.ANSWER,
    delivery: Delivery = Delivery.MUST,
    language: str | None = None,
) -> None:
    """Owe an action to a person's private chat, if she can be reached there; in `language` until hers is known."""
    if person.reachable:
        message = OutboundMessage(
            to=person.address,
            action=action,
            lane=lane,
            delivery=delivery,
            person=person.id,
            language=language,
        )
        tx.outbox.add(message)


def owe_chat(
    tx: Transaction,
    chat: Address,
    action: Action,
    *,
    lane: Lane,
    delivery: Delivery,
    language: str | None = None,
) -> None:
    """Owe an action to a chat, whoever is in it; in the group's language unless another is given."""
    tx.outbox.add(OutboundMessage(to=chat, action=action, lane=lane, delivery=delivery, language=language))


def say(
    tx: Transaction,
    person: Person,
    body: Body,
    *,
    title: Body | None = None,
    choices: Choices = (),
    made: tuple[Made, ...] = (),
    card: str | None = None,
    fresh: bool = False,
    quiet: bool = False,
    lane: Lane = Lane.ANSWER,
    delivery: Delivery = Delivery.MUST,
    language: str | None = None,
) -> None:
    """Owe words to a person, or a new state of one of her cards; in `language` until hers is known."""
    send = Send(body=body, title=title, choices=choices, made=made, card=card, fresh=fresh, quiet=quiet)
    owe(tx, person, send, lane=lane, delivery=delivery, language=language)


def choice(
    tx: Transaction,
    label: Body,
    action: str,
    *arguments: str,
    person: Person | None = None,
    style: Style = Style.PLAIN,
) -> Choice:
    """A button that does this; only `person` may press it, or anybody who sees it."""
    token = tx.buttons.put(action, *arguments, person=person.id if person else None)
    return Choice(label=label, token=token, style=style)


def columns(choices: list[Choice], width: int) -> Choices:
    """Buttons in rows of at most this many."""
    return tuple(tuple(choices[start : start + width]) for start in range(0, len(choices), width))
