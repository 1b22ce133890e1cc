"""What coordinators must hear of."""

from datetime import datetime, timedelta

from content.phrases import Body, Joined, LanguageName, Phrase, Words
from dispatch.actions.cards import offer_line, theme_name
from dispatch.actions.owing import choice, say
from dispatch.model.cases import Case, CaseState
from dispatch.model.messages import Choices, Lane, Style
from dispatch.model.people import Person
from dispatch.ports import Transaction

TOLD_AGAIN_AFTER = timedelta(days=1)
"""Between two words about the same language that the group does not have."""


def tell_coordinators(
    tx: Transaction,
    body: Body,
    *,
    choices: Choices = (),
    but: Person | None = None,
    lane: Lane = Lane.OFFER,
) -> None:
    """Say it to every coordinator, but not to her who did it."""
    for person in tx.people.coordinators():
        if but is None or person.id != but.id:
            say(tx, person, body, choices=choices, lane=lane)


def overdue(tx: Transaction, case_id: str, now: datetime) -> None:
    """A case has waited too long; whoever comes on is still asked."""
    case = tx.cases.find(case_id)
    if case is None or case.state is not CaseState.WAITING:
        return
    minutes = int((now - case.waiting_since).total_seconds() // 60)
    words: Words = {"number": case.number, "language": LanguageName(case.language)}
    _about_case(tx, case, Phrase("alert-waiting", words, count=minutes), now)


def nobody_speaks(tx: Transaction, case: Case, now: datetime) -> None:
    """Somebody asks in a language that no volunteer speaks."""
    words: Words = {"number": case.number, "language": LanguageName(case.language)}
    _about_case(tx, case, Phrase("alert-nobody-speaks", words), now)


def outside(tx: Transaction, language: str, now: datetime) -> None:
    """Somebody wrote in a language that the group does not have. The first is told of at once, others once a day."""
    more = tx.unmet.find(language)
    if more is None:
        tell_coordinators(tx, Phrase("alert-outside", {"language": LanguageName(language)}))
        tx.timers.set("unmet", language, now + TOLD_AGAIN_AFTER)
    tx.unmet.put(language, 0 if more is None else more + 1)


def outside_again(tx: Transaction, language: str, now: datetime) -> None:
    """A day later: how many more there were. After a day without any, the next is told of at once again."""
    more = tx.unmet.find(language)
    if not more:
        tx.unmet.drop(language)
        return
    tell_coordinators(tx, Phrase("alert-outside-again", {"language": LanguageName(language)}, count=more))
    tx.unmet.put(language, 0)
    tx.timers.set("unmet", language, now + TOLD_AGAIN_AFTER)


def wants_coordinator(tx: Transaction, case: Case, now: datetime) -> None:
    """A member asks for a coordinator instead of a volunteer."""
    words: Words = {"number": case.number, "language": LanguageName(case.language)}
    _about_case(tx, case, Phrase("alert-wants-coordinator", words), now)


def called(tx: Transaction, case: Case, volunteer: Person) -> None:
    """A volunteer asks a coordinator to look at her case."""
    look = choice(tx, Phrase("button-look"), "look-at-case", case.id)
    words: Words = {"name": volunteer.name, "number": case.number}
    tell_coordinators(tx, Phrase("alert-called", words), choices=((look,),))


def unreachable(tx: Transaction, volunteer: Person) -> None:
    """A volunteer cannot be written to any more (H14)."""
    tell_coordinators(tx, Phrase("alert-unreachable", {"name": volunteer.name}))


def parked(tx: Transaction, case: Case | None) -> None:
    """A message could not be handled, however often it was tried."""
    phrase = Phrase("alert-parked", {"number": case.number}) if case else Phrase("alert-parked-other")
    tell_coordinators(tx, phrase)


def asked_often(tx: Transaction, language: str, theme: str, count: int) -> None:
    """Many questions about one theme in one language had no good answer within a week."""
    words: Words = {"language": LanguageName(language), "theme": theme_name(theme)}
    look = choice(tx, Phrase("button-look"), "gaps")
    tell_coordinators(tx, Phrase("alert-gaps", words, count=count), choices=((look,),))


def _about_case(tx: Transaction, case: Case, body: Phrase, now: datetime) -> None:
    """With a button to take it; sooner and with 🔴 when somebody is in danger."""
    take = choice(tx, Phrase("button-take"), "take", case.id, style=Style.MAIN)
    if case.urgent:
        urgent = Joined((offer_line(tx, case, now), body), close=True)
        tell_coordinators(tx, urgent, choices=((take,),), lane=Lane.EMERGENCY)
    else:
        tell_coordinators(tx, body, choices=((take,),))
