"""A coordinator was asked to write something: her next words are that, for a while."""

from datetime import timedelta

from dispatch.model.queues import Dialog
from handlers.turn import Turn

KIND = "writing"
WAITS = timedelta(minutes=15)
"""After that what she writes is meant for somebody else again."""


def begin(turn: Turn, what: str, subject: str) -> None:
    """What she writes next is this, about that."""
    state = {"what": what, "subject": subject}
    turn.tx.dialogs.put(Dialog(person_id=turn.person.id, kind=KIND, state=state, updated_at=turn.now))


def expected(turn: Turn) -> str | None:
    """What she was asked to write, if her words may be that: an answer to a certain message is not."""
    dialog = _dialog(turn)
    said = turn.message.text.strip() and not turn.message.attachments and not turn.message.reply_to
    return str(dialog.state["what"]) if dialog and said else None


def subject(turn: Turn) -> str:
    """What it is about."""
    dialog = _dialog(turn)
    return str(dialog.state["subject"]) if dialog else ""


def end(turn: Turn) -> None:
    """She has written it, or does not want to."""
    turn.tx.dialogs.drop(turn.person.id, KIND)


def _dialog(turn: Turn) -> Dialog | None:
    dialog = turn.tx.dialogs.find(turn.person.id, KIND)
    return dialog if dialog and turn.now - dialog.updated_at <= WAITS else None
