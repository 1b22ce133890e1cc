"""To whom does she write? Marked by her own words, and in doubt as soon as somebody else speaks: never guessed (H58)."""

from dataclasses import replace
from datetime import datetime, timedelta

from content.phrases import Phrase
from dispatch.actions import cards
from dispatch.actions.owing import choice, columns, say
from dispatch.model.cases import Case
from dispatch.model.people import Person
from dispatch.ports import Transaction

MARK_LASTS = timedelta(minutes=10)
"""How long the case that she wrote to last is taken for the one she writes to now (conversation.md, two cases)."""


def open_cases(tx: Transaction, person: Person) -> dict[str, Case]:
    """By id: those she holds, and her own question if she has one."""
    own = tx.cases.open_of(person.id)
    return {case.id: case for case in [*tx.cases.held_by(person.id), *([own] if own else [])]}


def meant(tx: Transaction, person: Person, now: datetime) -> Case | None:
    """The case marked a moment ago; else the only one. None: ask her.

    A case that has just ended stays marked and is none of those she still has: what she writes may be meant for it.
    """
    cases = open_cases(tx, person)
    if person.case_marked and person.case_marked_at and now - person.case_marked_at <= MARK_LASTS:
        return cases.get(person.case_marked)
    return next(iter(cases.values())) if len(cases) == 1 else None


def choose(tx: Transaction, person: Person, case: Case, now: datetime) -> None:
    """She said that she writes to this one, or it was hers until now."""
    tx.people.save(replace(tx.people.get(person.id), case_marked=case.id, case_marked_at=now))


def forget(tx: Transaction, person: Person) -> None:
    """What she writes next may be meant for any of those she has."""
    if person.case_marked:
        tx.people.save(replace(tx.people.get(person.id), case_marked=None, case_marked_at=None))


def wrote(tx: Transaction, person: Person, case: Case, now: datetime) -> None:
    """Her words went to this case: so do the next, unless somebody else of hers waits for words of her own.

    With more than one case she is shown where they went.
    """
    person = tx.people.get(person.id)
    others = [other for other in open_cases(tx, person).values() if other.id != case.id]
    waits = any(other.member_wrote_at or other.member_id == person.id for other in others)
    if others and (person.case_marked == case.id or not waits):
        choose(tx, person, case, now)
    else:
        forget(tx, person)
    if others:
        show(tx, person, case, "went-to")


def heard(tx: Transaction, person: Person, case: Case) -> None:
    """Somebody has spoken to her in this case: what she writes next may be meant for it, and no more for another."""
    person = tx.people.get(person.id)
    if person.case_marked not in {None, case.id} and person.case_marked in open_cases(tx, person):
        forget(tx, person)


def show(tx: Transaction, person: Person, case: Case, key: str) -> None:
    """Which of her cases it is, and the others at a tap."""
    others = [other for other in open_cases(tx, person).values() if other.id != case.id]
    choices = [choice(tx, name(person, other), "write-to", other.id, person=person) for other in others]
    words = Phrase(key, {"case": name(person, case)})
    say(tx, person, words, choices=columns(choices, 2), card="writing-to", fresh=True, quiet=True)


def name(person: Person, case: Case) -> Phrase:
    """What she calls it: its colour and number, or a sign that it is her own."""
    own = case.member_id == person.id
    return Phrase("case-name", {"colour": "👤", "number": case.number}) if own else cards.case_name(case)
