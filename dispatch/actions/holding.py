"""A volunteer has a case: she gets it, keeps it while she answers, and may give it back."""

from dataclasses import replace
from datetime import datetime

from content.phrases import Joined, LanguageName, Moment, Phrase, Words
from dispatch.actions import cards, marking, relaying, silence
from dispatch.actions.owing import owe, say
from dispatch.model.cases import Case
from dispatch.model.messages import Lane
from dispatch.model.people import Person
from dispatch.ports import Transaction

EARLIER_HELPER = "👩 ↩"
"""Before what a volunteer wrote who had the case earlier."""


def begin(tx: Transaction, case: Case, now: datetime) -> None:
    """She gets what the member sent, as she sent it, and both know that somebody is there."""
    assert case.assignee_id
    volunteer = tx.people.get(case.assignee_id)
    minutes = cards.minutes_since(case.waiting_since, now)
    words: Words = {"colour": case.colour, "number": case.number, "language": LanguageName(case.language)}
    say(tx, volunteer, Phrase("taken-hint"), title=Phrase("taken", words, count=minutes), lane=Lane.RELAY)
    for message in tx.messages.of(case.id):
        mark = "" if message.author_id == case.member_id else EARLIER_HELPER
        owe(tx, volunteer, relaying.copy_for_helper(message, mark), lane=Lane.RELAY)
    warning = Phrase("codes-warning")
    say(
        tx,
        volunteer,
        warning,
        title=cards.case_name(case),
        choices=cards.case_choices(tx, case, volunteer),
        card=f"held:{case.id}:{volunteer.id}",
        fresh=True,
    )
    marking.forget(tx, tx.people.get(volunteer.id))  # she has written to nobody since
    cards.show_here(tx, case)
    if not tx.dialogs.find(case.member_id, "warned-codes"):
        relaying.warn_of_codes(tx, tx.people.get(case.member_id), now)
    silence.watch(tx, replace(case, member_wrote_at=now), now)


def leave(tx: Transaction, case: Case, said: Phrase, now: datetime) -> None:
    """The volunteer has the case no more; her card says why. For a moment what she writes may still be meant for it."""
    assert case.assignee_id
    cards.show_case(tx, case, said, open_buttons=False)
    silence.end(tx, case)
    marking.choose(tx, tx.people.get(case.assignee_id), case, now)


def tell_later(tx: Transaction, case: Case, at: datetime, now: datetime) -> None:
    """The volunteer answers at another time, and the member is told when."""
    member = tx.people.get(case.member_id)
    say(tx, member, Phrase("answers-later", {"time": Moment(at, tx.group.zone)}), lane=Lane.RELAY)
    silence.watch(tx, replace(case, member_wrote_at=case.member_wrote_at or now), at)


def show_mine(tx: Transaction, volunteer: Person) -> None:
    """Every case that she has, with its buttons."""
    held = tx.cases.held_by(volunteer.id)
    if not held:
        say(tx, volunteer, Phrase("home-cases", count=0))
    for case in held:
        say(
            tx,
            volunteer,
            Joined((LanguageName(case.language), cards.theme_name(case.theme)), close=True),
            title=cards.case_name(case),
            choices=cards.case_choices(tx, case, volunteer),
            card=f"held:{case.id}:{volunteer.id}",
            fresh=True,
        )
