"""From the library to people: a question becomes a case, and a case comes to its end."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from content.phrases import Phrase
from dispatch.actions import alerting, cards, holding, marking, offering, relaying
from dispatch.actions.owing import choice, say
from dispatch.model.cases import Case, CaseState, OfferState, Outcome
from dispatch.model.messages import InboundMessage, Lane
from dispatch.model.people import Person
from dispatch.ports import Transaction

KEPT_AFTER_END = timedelta(days=30)
"""How long what was said in a case is kept after its end; the consent names it."""


def open_case(
    tx: Transaction,
    member: Person,
    messages: Iterable[InboundMessage],
    now: datetime,
    *,
    theme: str = "other",
    suggested: tuple[str, ...] = (),
    urgent: bool = False,
) -> Case:
    """Her question waits for a person from now on."""
    assert member.language
    case = Case(
        id=tx.new_id(),
        group_id=tx.group.id,
        number=tx.cases.next_number(),
        member_id=member.id,
        language=member.language,
        theme=theme,
        state=CaseState.WAITING,
        opened_at=now,
        waiting_since=now,
        urgent=urgent,
        suggested=suggested,
    )
    tx.cases.add(case)
    marking.forget(tx, member)
    for message in messages:
        relaying.keep(tx, case, member, message)
    offering.announce(tx, case, now)
    return case


def make_urgent(tx: Transaction, case: Case, now: datetime, theme: str = "emergency") -> None:
    """She is in danger: more are asked, and sooner, and who was asked already is asked again."""
    urgent = replace(case, urgent=True, theme=theme)
    tx.cases.save(urgent)
    if urgent.state is not CaseState.WAITING:
        return
    for offer in tx.offers.of(case.id):
        if offer.state is OfferState.OPEN:
            cards.show_offer(tx, offer, urgent, tx.people.get(offer.volunteer_id), now, fresh=True)
    offering.announce(tx, urgent, now)


def hand_over(tx: Transaction, case: Case, now: datetime, said: Phrase) -> None:
    """Back to the queue; it keeps its place, and who gave it back is not asked again."""
    assert case.assignee_id
    holding.leave(tx, case, said, now)
    member = tx.people.get(case.member_id)
    waiting = replace(case.hand_over(), language=member.language or case.language)
    tx.cases.save(waiting)
    say(tx, tx.people.get(case.member_id), Phrase("handed-back"), lane=Lane.RELAY)
    offering.announce(tx, waiting, now)
    offering.offer_waiting(tx, tx.people.get(case.assignee_id), now)


def close(tx: Transaction, case: Case, now: datetime, *, key: str) -> Case:
    """It is over, for both; `key` tells the volunteer how. What was said is removed after a while."""
    if case.state is CaseState.ASSIGNED:
        holding.leave(tx, case, Phrase(key, {"case": cards.case_name(case)}), now)
    else:
        offering.withdraw(tx, case, now)
    closed = case.close(now)
    tx.cases.save(closed)
    tx.timers.set("purge", case.id, now + KEPT_AFTER_END)
    cards.show_board(tx, now)
    if case.assignee_id:
        offering.offer_waiting(tx, tx.people.get(case.assignee_id), now)
    return closed


def ask_how_it_was(tx: Transaction, case: Case) -> None:
    """One tap; never after a case of danger (H53)."""
    if case.urgent:
        return
    member = tx.people.get(case.member_id)
    faces = ((Outcome.GOOD, "😀"), (Outcome.FAIR, "😐"), (Outcome.BAD, "🙁"))
    choices = tuple(choice(tx, face, "rate", case.id, outcome, person=member) for outcome, face in faces)
    rows = (choices, (cards.language_choice(tx, member),))
    say(tx, member, Phrase("how-was-it"), choices=rows, card=f"rating:{case.id}", fresh=True)


def reopen(
    tx: Transaction, case: Case, now: datetime, *, another: bool = False, coordinator: bool = False
) -> Case:
    """She asks again: who helped her is asked first if she is free, unless she wants another."""
    member = tx.people.get(case.member_id)
    language = member.language or case.language
    reopened = replace(case.reopen(now), for_coordinators=coordinator, language=language)
    tx.cases.save(reopened)
    tx.timers.clear("purge", case.id)
    for offer in tx.offers.of(case.id):
        if not (another and offer.volunteer_id == case.last_assignee_id):
            tx.offers.remove(offer.id)
    if coordinator:
        alerting.wants_coordinator(tx, reopened, now)
    offering.announce(tx, reopened, now)
    return reopened


def purge(tx: Transaction, case_id: str, now: datetime) -> None:
    """What was said in a case that ended long ago is removed."""
    case = tx.cases.find(case_id)
    if case and not case.is_open:
        tx.messages.purge(case_id)
