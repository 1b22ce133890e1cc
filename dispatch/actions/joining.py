"""How somebody becomes a volunteer or a coordinator: by a link that works once, and a coordinator's yes."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from content.phrases import Autonym, Joined, LanguageName, Listed, Phrase, Words
from dispatch.actions import cards, departing
from dispatch.actions.owing import choice, columns, say
from dispatch.model.messages import Choices, Style
from dispatch.model.people import Invitation, Person, Role, Standing
from dispatch.ports import Transaction

LINK_LASTS = {Role.VOLUNTEER: timedelta(days=14), Role.COORDINATOR: timedelta(hours=24)}
"""A volunteer's link may wait for her, since a coordinator approves; a coordinator's may not."""

START_PREFIX = "join-"

LONGEST_NAME = 60
"""Characters."""


@dataclass(frozen=True, slots=True)
class LinkOver:
    """The link was used, has ended, or never was."""


def invite(tx: Transaction, role: Role, by: Person | None, now: datetime) -> str:
    """A new link's secret, for `/start join-<secret>`; only its digest is kept."""
    secret = tx.new_secret()
    invitation = Invitation(
        digest=digest(secret),
        role=role,
        invited_by=by.id if by else None,
        expires_at=now + LINK_LASTS[role],
    )
    tx.invitations.add(invitation)
    return START_PREFIX + secret


def digest(secret: str) -> str:
    """What is kept of a secret: it is 128 random bits, so a plain hash hides it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def accept(tx: Transaction, person: Person, name: str, start: str, now: datetime) -> Person | LinkOver:
    """She opened a link: a coordinator at once, a volunteer once she is approved."""
    key = digest(start.removeprefix(START_PREFIX))
    invitation = tx.invitations.find(key)
    if invitation is None or invitation.expires_at <= now or not tx.invitations.use(key, person.id):
        return LinkOver()
    called = name[:LONGEST_NAME] or person.name
    person = replace(person, name=called, language=person.language or tx.group.language)
    if invitation.role is Role.COORDINATOR:
        person = replace(person, coordinator=Standing.ACTIVE)
        tx.people.save(person)
        say(tx, person, Phrase("coordinator-welcome", {"group": tx.group.name}))
    elif person.volunteer in {None, Standing.REMOVED}:
        person = replace(person, volunteer=Standing.PENDING, languages=())
        tx.people.save(person)
        if called:
            ask_languages(tx, person)
    else:
        cards.show_home(tx, person, now, fresh=True)
    if not called:
        ask_name(tx, person)
    return person


def ask_name(tx: Transaction, person: Person) -> None:
    """Her platform does not tell what she is called, and coordinators must know whom they approve."""
    say(tx, person, Phrase("name-ask", {"group": tx.group.name}))


def give_name(tx: Transaction, person: Person, name: str) -> None:
    """She says what she is called; who is joining goes on with her languages."""
    person = replace(person, name=name[:LONGEST_NAME])
    tx.people.save(person)
    say(tx, person, Phrase("name-kept", {"name": person.name}))
    if person.volunteer is Standing.PENDING:
        ask_languages(tx, person)


def ask_languages(tx: Transaction, volunteer: Person) -> None:
    """Which languages does she speak? The card keeps the marks."""
    say(
        tx,
        volunteer,
        Phrase("invited-volunteer", {"group": tx.group.name}),
        choices=language_marks(tx, volunteer, reader=volunteer),
        card="my-languages",
    )


def language_marks(tx: Transaction, volunteer: Person, *, reader: Person) -> Choices:
    """A button for each language of the group, marked where the volunteer speaks it, and one to finish."""
    buttons = [
        choice(
            tx,
            Phrase("marked", {"mark": "✅" if tag in volunteer.languages else "▫️", "label": Autonym(tag)}),
            "mark-language",
            volunteer.id,
            tag,
            person=reader,
        )
        for tag in tx.group.languages
    ]
    done = choice(tx, Phrase("button-done"), "languages-done", volunteer.id, person=reader, style=Style.MAIN)
    return (*columns(buttons, 2), (done,))


def mark_language(tx: Transaction, volunteer: Person, tag: str) -> Person:
    """She speaks it, or after all she does not."""
    if tag in volunteer.languages:
        languages = tuple(known for known in volunteer.languages if known != tag)
    else:
        languages = (*volunteer.languages, tag)
    volunteer = replace(volunteer, languages=languages)
    tx.people.save(volunteer)
    return volunteer


def spoken(volunteer: Person) -> Listed:
    """Her languages, to be named in the reader's."""
    return Listed(tuple(LanguageName(tag) for tag in volunteer.languages))


def tell_languages(tx: Transaction, volunteer: Person) -> None:
    """A coordinator has changed her languages."""
    say(tx, volunteer, Phrase("volunteer-languages", {"languages": spoken(volunteer)}))


def ask_approval(tx: Transaction, volunteer: Person) -> None:
    """Every coordinator is asked whether she has met her; the first answer counts."""
    words: Words = {"name": volunteer.name, "languages": spoken(volunteer)}
    for coordinator in tx.people.coordinators():
        yes = choice(
            tx, Phrase("button-approve"), "approve", volunteer.id, person=coordinator, style=Style.MAIN
        )
        no = choice(tx, Phrase("button-decline"), "decline-volunteer", volunteer.id, person=coordinator)
        say(
            tx,
            coordinator,
            Phrase("approve-ask", words),
            choices=((yes, no),),
            card=f"approve:{volunteer.id}",
        )


def decide(tx: Transaction, volunteer: Person, *, approved: bool, now: datetime) -> None:
    """A coordinator's answer; the volunteer and all coordinators see it."""
    standing = Standing.ACTIVE if approved else Standing.REMOVED
    volunteer = replace(volunteer, volunteer=standing)
    tx.people.save(volunteer)
    for coordinator in tx.people.coordinators():
        phrase = Phrase("approved" if approved else "declined", {"name": volunteer.name})
        say(tx, coordinator, phrase, card=f"approve:{volunteer.id}")
    if not approved:
        say(tx, volunteer, Phrase("volunteer-declined"))
        return
    words: Words = {"group": tx.group.name, "languages": spoken(volunteer)}
    say(tx, volunteer, Joined((Phrase("volunteer-approved", words), Phrase("codes-warning"))))
    cards.show_home(tx, volunteer, now, fresh=True)


def set_standing(tx: Transaction, volunteer: Person, standing: Standing, now: datetime) -> None:
    """Pause, resume or remove: her open cases go back, and she is told."""
    volunteer = replace(tx.people.get(volunteer.id), volunteer=standing, available_until=None, plans_at=None)
    tx.people.save(volunteer)
    departing.give_back(tx, volunteer, now)
    key = {Standing.PAUSED: "paused", Standing.ACTIVE: "resumed", Standing.REMOVED: "removed"}[standing]
    say(tx, volunteer, Phrase(f"volunteer-{key}"))
