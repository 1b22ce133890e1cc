"""Who should be asked next: pure rules over people, offers and the clock.

The figures come from a seeded simulation of a year of an organisation of 50 volunteers: waves of two, nothing is
withdrawn because somebody is slow, and the least recently asked go first.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dispatch.model.cases import CASES_AT_ONCE, Case, Offer, OfferState
from dispatch.model.people import Person

NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """How many are asked at once, how long until the next are, and when coordinators hear of it."""

    size: int
    pause: timedelta
    alarm: timedelta


CALM = Wave(size=2, pause=timedelta(minutes=3), alarm=timedelta(minutes=60))
URGENT = Wave(size=4, pause=timedelta(seconds=90), alarm=timedelta(minutes=15))


def wave_of(case: Case) -> Wave:
    """How a case is offered."""
    return URGENT if case.urgent else CALM


def may_take(person: Person, case: Case) -> bool:
    """May this person have this case at all? An allow-list (H28): reachable, approved, speaks it, not her own."""
    if person.id == case.member_id or not person.reachable:
        return False
    if case.for_coordinators:
        return person.is_coordinator
    return person.is_volunteer and any(person.speaks(language) for language in case.languages)


def not_again(offers: Iterable[Offer]) -> Collection[str]:
    """The ids of those who have the case before them, said no to it, or gave it back.

    Who only lost it to somebody quicker, or was shown it before it ended, is asked again when it waits again.
    """
    return {offer.volunteer_id for offer in offers if offer.state is not OfferState.WITHDRAWN}


def rank(
    case: Case,
    volunteers: Iterable[Person],
    *,
    asked: Collection[str],
    held: Mapping[str, int],
    now: datetime,
) -> Sequence[Person]:
    """Those who can be asked now: who helped her before, then the least recently asked.

    `asked` are the ids of those who are not asked again, `held` the number of open cases by id.
    """
    eligible = [
        person
        for person in volunteers
        if may_take(person, case)
        and person.is_available(now)
        and person.id not in asked
        and held.get(person.id, 0) < CASES_AT_ONCE
    ]
    return sorted(
        eligible,
        key=lambda person: (person.id != case.last_assignee_id, person.asked_at or NEVER, person.id),
    )
