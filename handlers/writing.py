"""What somebody is asked to write for the library: the next thing that she says is it."""

from dataclasses import dataclass
from datetime import timedelta

from content.phrases import Body, Phrase
from content.shelf import clean
from dispatch.model.messages import Choice
from dispatch.model.queues import Dialog
from handlers.turn import Turn

KIND = "writing"

LASTS = timedelta(hours=1)
LASTS_BESIDE_A_CASE = timedelta(minutes=10)
"""Who talks with somebody writes to her next, rather than into a form that was left (H58)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What we wait for, and what is known already."""

    purpose: str
    arguments: tuple[str, ...]


def ask(turn: Turn, body: Body, purpose: str, *arguments: str, also: tuple[Choice, ...] = ()) -> None:
    """Ask her to write something; `also` are buttons beside the one that ends it."""
    expect(turn, KIND, purpose, *arguments)
    stop_button = turn.choice(Phrase("button-cancel"), "stop-writing")
    turn.reply(body, choices=((*also, stop_button),), card=KIND, fresh=True)


def expect(turn: Turn, card: str, purpose: str, *arguments: str) -> None:
    """What she writes next is this; she is asked for it on that card."""
    state = {"purpose": purpose, "arguments": list(arguments), "card": card}
    turn.tx.dialogs.put(Dialog(person_id=turn.person.id, kind=KIND, state=state, updated_at=turn.now))


def forget(turn: Turn) -> None:
    """Nothing is waited for any more, and nothing is said about it."""
    turn.tx.dialogs.drop(turn.person.id, KIND)


def leave(turn: Turn, purpose: str) -> None:
    """She has gone on to something else: this is not waited for any more."""
    dialog = turn.tx.dialogs.find(turn.person.id, KIND)
    if dialog and dialog.state["purpose"] == purpose:
        end(turn, Phrase("nothing-changed"))


def asked(turn: Turn) -> Asked | None:
    """What she was asked to write; None when nothing, or when what she says is meant for somebody else."""
    dialog = turn.tx.dialogs.find(turn.person.id, KIND)
    if dialog is None or not clean(turn.message.text) or turn.message.attachments:
        return None
    if turn.message.reply_to and not _is_card(turn, turn.message.reply_to, str(dialog.state["card"])):
        return None
    talks = bool(turn.tx.cases.held_by(turn.person.id)) or turn.tx.cases.open_of(turn.person.id) is not None
    if turn.now - dialog.updated_at > (LASTS_BESIDE_A_CASE if talks else LASTS):
        return None
    arguments = dialog.state["arguments"]
    assert isinstance(arguments, list)
    return Asked(purpose=str(dialog.state["purpose"]), arguments=tuple(map(str, arguments)))


def _is_card(turn: Turn, external_id: str, card: str) -> bool:
    """Is the message that she replies to the one that asked her?"""
    sent = turn.tx.sent.at(turn.person.address, external_id)
    return sent is not None and sent.card == card


def take(turn: Turn) -> tuple[str, ...]:
    """She has written it: what was known already. Nothing more is waited for."""
    found = asked(turn)
    assert found
    end(turn, "✔️")
    return found.arguments


def end(turn: Turn, body: Body) -> None:
    """Nothing is waited for any more."""
    if turn.tx.dialogs.find(turn.person.id, KIND):
        turn.tx.dialogs.drop(turn.person.id, KIND)
        turn.reply(body, card=KIND)


def stop(turn: Turn) -> None:
    """She does not want to."""
    end(turn, Phrase("nothing-changed"))
