"""A member waits for an answer: nudge the volunteer gently, and take the case back without blame (H30)."""

from dataclasses import replace
from datetime import datetime, timedelta

from content.phrases import Phrase
from dispatch.actions import cards
from dispatch.actions.owing import choice, columns, say
from dispatch.model.cases import Case, CaseState
from dispatch.model.messages import Lane, Style
from dispatch.model.people import Person
from dispatch.ports import Transaction

NUDGED_AFTER = timedelta(minutes=10)
RETURNED_AFTER = timedelta(minutes=10)
"""A gentle nudge, and as long again before the case goes back to the queue."""


def watch(tx: Transaction, case: Case, now: datetime) -> None:
    """Keep the case; unless the volunteer answers by ten minutes after `now`, she is nudged."""
    tx.cases.save(case)
    tx.timers.set("silence", case.id, now + NUDGED_AFTER)
    tx.timers.clear("silence-over", case.id)


def is_there(tx: Transaction, case: Case) -> None:
    """The volunteer has answered, or says that she is there."""
    tx.cases.save(replace(case, member_wrote_at=None))
    end(tx, case)


def end(tx: Transaction, case: Case) -> None:
    """Nobody needs to answer any more."""
    tx.timers.clear("silence", case.id)
    tx.timers.clear("silence-over", case.id)


def nudge(tx: Transaction, case_id: str, now: datetime) -> None:
    """The member has waited a while for an answer."""
    case = tx.cases.find(case_id)
    if (
        case is None
        or case.state is not CaseState.ASSIGNED
        or not case.assignee_id
        or not case.member_wrote_at
    ):
        return
    volunteer = tx.people.get(case.assignee_id)
    choices = [
        choice(tx, Phrase("button-here"), "here", case.id, person=volunteer, style=Style.MAIN),
        choice(tx, Phrase("button-give-back"), "give-back", case.id, person=volunteer),
    ]
    say(
        tx,
        volunteer,
        Phrase("nudge", {"case": cards.case_name(case)}),
        choices=columns(choices, 2),
        card=f"nudge:{case.id}",
        fresh=True,
        lane=Lane.OFFER,
    )
    tx.timers.set("silence-over", case.id, now + RETURNED_AFTER)


def end_nudge(tx: Transaction, case: Case, volunteer: Person) -> None:
    """The nudge needs no answer any more."""
    say(tx, volunteer, Phrase("nudge", {"case": cards.case_name(case)}), card=f"nudge:{case.id}", quiet=True)
