"""How it was, and thanks."""

from dataclasses import replace
from datetime import timedelta

from content.phrases import Phrase
from dispatch.actions import cards, relaying
from dispatch.actions.owing import owe, say
from dispatch.model.cases import Case, Outcome
from dispatch.model.messages import InboundMessage, Lane, Send
from dispatch.model.people import Person
from dispatch.model.queues import Dialog
from handlers import growing, pending
from handlers.pending import Pending, Stage
from handlers.turn import Turn, gone, of_own_case

THANKS_WITHIN = timedelta(minutes=10)
"""What she says so soon after 😀 is thanks, unless the library knows an answer; later it is a new question."""


@of_own_case
def rate(turn: Turn, case: Case) -> None:
    """😀, 😐 or 🙁, once."""
    if case.is_open or case.outcome:
        gone(turn)
        return
    outcome = Outcome(turn.arguments[1])
    turn.tx.cases.save(replace(case, outcome=outcome))
    card = f"rating:{case.id}"
    match outcome:
        case Outcome.GOOD:
            growing.resolved(turn, case)
            _invite_thanks(turn, case, card)
        case Outcome.FAIR:
            turn.reply(Phrase("rated-fair"), card=card)
        case Outcome.BAD:
            another = turn.choice(Phrase("button-another-woman"), "ask-again", case.id, "another")
            coordinator = turn.choice(Phrase("button-coordinator"), "ask-again", case.id, "coordinator")
            turn.reply(Phrase("rated-bad"), choices=((another, coordinator),), card=card)


def _invite_thanks(turn: Turn, case: Case, card: str) -> None:
    helper = _helper(turn, case)
    if helper is None:
        turn.reply(Phrase("no-thanks"), card=card)
        return
    say(turn.tx, helper, Phrase("case-good", {"case": cards.case_name(case)}), lane=Lane.REMINDER)
    state = {"case": case.id}
    turn.tx.dialogs.put(Dialog(person_id=turn.person.id, kind="thanks", state=state, updated_at=turn.now))
    no = turn.choice(Phrase("button-not-now"), "no-thanks", case.id)
    turn.reply(Phrase("thank-her"), choices=((no,),), card=card)


def _helper(turn: Turn, case: Case) -> Person | None:
    helper = turn.tx.people.find(case.last_assignee_id) if case.last_assignee_id else None
    return helper if helper and (helper.is_volunteer or helper.is_coordinator) else None


def is_thanking(turn: Turn) -> bool:
    """Was she invited to thank, a moment ago?"""
    dialog = turn.tx.dialogs.find(turn.person.id, "thanks")
    if (
        dialog is None
        or turn.now - dialog.updated_at > THANKS_WITHIN
        or relaying.shows_a_picture(turn.message)
    ):
        return False
    return all(finding.outcome != "answer" for finding in turn.thought.findings)


def thank(turn: Turn) -> None:
    """What she says goes to the one who helped her, once."""
    dialog = turn.tx.dialogs.find(turn.person.id, "thanks")
    assert dialog
    turn.tx.dialogs.drop(turn.person.id, "thanks")
    case = turn.tx.cases.find(str(dialog.state["case"]))
    helper = _helper(turn, case) if case else None
    refused = relaying.hindrance(turn.message)
    if case is None or helper is None or refused or relaying.names_the_sender(turn.message):
        turn.reply(refused or Phrase("undelivered"))
        return
    _carry(turn, case, helper, turn.message)
    # It may have been a new question after all: then a person is one tap away, and it is not written again.
    asked = Pending(stage=Stage.ANSWERED, messages=(turn.message,))
    pending.put(turn.tx, turn.person.id, asked, turn.now)
    person = turn.choice(Phrase("button-ask-person"), "person")
    turn.reply(Phrase("thanks-sent"), choices=((person,),), card=f"rating:{case.id}", fresh=True)


def _carry(turn: Turn, case: Case, helper: Person, message: InboundMessage) -> None:
    say(turn.tx, helper, Phrase("case-thanks", {"case": cards.case_name(case)}), lane=Lane.REMINDER)
    files = tuple(attachment.unnamed() for attachment in message.attachments)
    owe(turn.tx, helper, Send(body=message.text, attachments=files, guarded=True), lane=Lane.REMINDER)


def no_thanks(turn: Turn) -> None:
    """She need not."""
    turn.tx.dialogs.drop(turn.person.id, "thanks")
    turn.reply(Phrase("no-thanks"), card=f"rating:{turn.arguments[0]}")
