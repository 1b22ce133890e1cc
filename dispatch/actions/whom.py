"""Whom to ask about a case that waits."""

from collections.abc import Sequence
from datetime import datetime

from dispatch.model.cases import Case, OfferState
from dispatch.model.matching import may_take, not_again, rank
from dispatch.model.people import Person
from dispatch.ports import Transaction


def left_to_ask(tx: Transaction, case: Case, now: datetime) -> Sequence[Person]:
    """Those who are free for it and have not been shown it, the first to ask first."""
    free = [person for person in tx.people.volunteers() if person.is_available(now)]
    held = {person.id: len(tx.cases.held_by(person.id)) for person in free}
    return rank(case, free, asked=not_again(tx.offers.of(case.id)), held=held, now=now)


def is_being_asked(tx: Transaction, case: Case, now: datetime) -> bool:
    """Does anybody have it before her, or will soon? Of a case for coordinators all of them are told."""
    if case.for_coordinators and any(may_take(person, case) for person in tx.people.coordinators()):
        return True
    offered = any(offer.state is OfferState.OPEN for offer in tx.offers.of(case.id))
    return offered or bool(left_to_ask(tx, case, now))


def speaks(tx: Transaction, language: str) -> bool:
    """Does any volunteer speak this language, free or not?"""
    return any(
        person.is_volunteer and person.reachable and person.speaks(language)
        for person in tx.people.volunteers()
    )
