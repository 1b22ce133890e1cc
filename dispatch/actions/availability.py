"""When a volunteer has time: said by herself, ending by itself."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from content.phrases import Phrase
from dispatch.actions import cards, offering
from dispatch.actions.owing import choice, columns, say
from dispatch.model.messages import Delivery, Lane
from dispatch.model.people import Group, Person
from dispatch.ports import Transaction

SPANS = {"hour": timedelta(hours=1), "two": timedelta(hours=2)}


def until(group: Group, span: str, now: datetime) -> datetime:
    """When this span ends: an hour, two, or "until I stop", at 21:00 at the latest.

    Raises KeyError for an unknown span.
    """
    latest = group.latest_tonight(now)
    if span == "stop" and group.local(latest).date() == group.local(now).date():
        return latest
    return now + SPANS["hour" if span == "stop" else span]  # an old button, pressed late in the evening


def next_times(group: Group, now: datetime) -> list[datetime]:
    """When somebody is likely to be free next: the coming evening, the next morning, the evening after."""
    today = group.local(now).date()
    wall = [
        datetime.combine(today + timedelta(days=days), time(hour), tzinfo=ZoneInfo(group.zone))
        for days in range(3)
        for hour in (9, 18)
    ]
    return [at.astimezone(UTC) for at in wall if at.astimezone(UTC) > now + timedelta(minutes=30)][:4]


def parse(text: str) -> datetime:
    """An instant that a button of ours carries. Raises ValueError for anything else."""
    return datetime.fromisoformat(text).astimezone(UTC)


def free(tx: Transaction, volunteer: Person, span: str, now: datetime) -> None:
    """She has time: what waits is shown to her at once."""
    end = until(tx.group, span, now)
    volunteer = replace(volunteer, available_until=end, plans_at=None)
    tx.people.save(volunteer)
    tx.timers.set("availability", volunteer.id, end)
    tx.timers.clear("plan", volunteer.id)
    cards.show_home(tx, volunteer, now, fresh=True)
    offering.offer_waiting(tx, volunteer, now)


def off(tx: Transaction, volunteer: Person, now: datetime) -> None:
    """She has no time. Offers that she has not answered stay open: she may still take one."""
    volunteer = replace(volunteer, available_until=None)
    tx.people.save(volunteer)
    tx.timers.clear("availability", volunteer.id)
    cards.show_home(tx, volunteer, now, fresh=True)
    _tell_waiting(tx, volunteer, now)


def end(tx: Transaction, volunteer_id: str, now: datetime) -> None:
    """Her time is over; open cases are asked about."""
    volunteer = tx.people.find(volunteer_id)
    if volunteer is None or volunteer.available_until is None or volunteer.available_until > now:
        return
    volunteer = replace(volunteer, available_until=None)
    tx.people.save(volunteer)
    cards.show_home(tx, volunteer, now)
    _tell_waiting(tx, volunteer, now)
    held = tx.cases.held_by(volunteer.id)
    if not held:
        say(tx, volunteer, Phrase("availability-ended"), lane=Lane.REMINDER, delivery=Delivery.ONCE)
    for case in held:
        choices = [
            choice(tx, Phrase("button-one-more-hour"), "free", "hour", person=volunteer),
            choice(tx, Phrase("button-answer-later"), "answer-later", case.id, person=volunteer),
            choice(tx, Phrase("button-hand-over"), "hand-over", case.id, person=volunteer),
            choice(tx, Phrase("button-finish"), "finish", case.id, person=volunteer),
        ]
        say(
            tx,
            volunteer,
            Phrase("availability-ended-open", {"case": cards.case_name(case)}),
            choices=columns(choices, 2),
            lane=Lane.REMINDER,
        )


def plan(tx: Transaction, volunteer: Person, at: datetime | None, now: datetime) -> None:
    """When she thinks to be free next; women who wait are told, and she is reminded."""
    tx.people.save(replace(volunteer, plans_at=at))
    if at is None:
        tx.timers.clear("plan", volunteer.id)
    else:
        tx.timers.set("plan", volunteer.id, at)
    _tell_waiting(tx, volunteer, now)


def _tell_waiting(tx: Transaction, volunteer: Person, now: datetime) -> None:
    """Who waits for somebody like her is told what is true now."""
    for case in tx.cases.waiting():
        if any(volunteer.speaks(language) for language in case.languages):
            cards.show_waiting(tx, case, now)


def remind_of_plan(tx: Transaction, volunteer_id: str, now: datetime) -> None:
    """The time at which she thought to be free has come."""
    volunteer = tx.people.find(volunteer_id)
    if volunteer is None or not volunteer.is_volunteer or volunteer.is_available(now):
        return
    tx.people.save(replace(volunteer, plans_at=None))
    _tell_waiting(tx, volunteer, now)
    choices = cards.free_choices(tx, volunteer, now)
    say(tx, volunteer, Phrase("plan-reminder"), choices=choices, lane=Lane.REMINDER, delivery=Delivery.ONCE)
