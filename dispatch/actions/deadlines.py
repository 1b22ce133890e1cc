"""What happens when a moment has come: a rule for each kind of timer."""

from collections.abc import Callable, Mapping
from datetime import datetime

from content.phrases import Phrase
from dispatch.actions import alerting, availability, cards, escalation, growing, offering, shelving, silence
from dispatch.model.cases import CaseState
from dispatch.ports import Transaction

Rule = Callable[[Transaction, str, datetime], None]


def take_back(tx: Transaction, case_id: str, now: datetime) -> None:
    """The volunteer did not answer the nudge: others are asked, without blame."""
    case = tx.cases.find(case_id)
    if case and case.state is CaseState.ASSIGNED:
        escalation.hand_over(tx, case, now, Phrase("case-returned", {"case": cards.case_name(case)}))


def drop_pending(tx: Transaction, person_id: str, now: datetime) -> None:
    """A question that was never sent to anybody is a day old."""
    tx.dialogs.drop(person_id, "pending")


def drop_held(tx: Transaction, subject: str, now: datetime) -> None:
    """A message that she never said yes to is a day old."""
    person_id, key = subject.split(" ", 1)
    tx.dialogs.drop(person_id, key)


RULES: Mapping[str, Rule] = {
    "wave": offering.advance_if_waiting,
    "overdue": alerting.overdue,
    "silence": silence.nudge,
    "silence-over": take_back,
    "availability": availability.end,
    "plan": availability.remind_of_plan,
    "purge": escalation.purge,
    "pending": drop_pending,
    "held": drop_held,
    "unmet": alerting.outside_again,
    "words-kept": growing.forget_words,
    "shelf-old": shelving.forget_old,
}
