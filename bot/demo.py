"""The demonstration: a group of its own with two volunteers and a coordinator, all on one page."""

from dataclasses import replace
from datetime import datetime

from bot.web.seats import Occupant, Pane
from content.phrases import Phrase
from dispatch.actions import cards
from dispatch.actions.owing import say
from dispatch.model.messages import Address
from dispatch.model.people import Group, Person, Standing
from dispatch.model.queues import Account
from dispatch.ports import Service, Transaction
from handlers import menus

CHANNEL = "webchat"
ACCOUNT = "demo"
GROUP_CHAT = "volunteers"

VOLUNTEERS = (
    ("amira", "Amira", ("ar", "so", "en", "nb")),
    ("leyla", "Leyla", ("ar", "tr", "uk", "en", "nb")),
)
COORDINATOR = ("kari", "Kari")

PANES = (
    Pane(title="Member", role="member"),
    Pane(
        title="Volunteers",
        role="group",
        chat=GROUP_CHAT,
        occupants=tuple(Occupant(user=user, name=name) for user, name, _ in VOLUNTEERS),
    ),
    *(
        Pane(title=name, role="volunteer", chat=user, occupants=(Occupant(user=user, name=name),))
        for user, name, _ in VOLUNTEERS
    ),
    Pane(
        title=COORDINATOR[1],
        role="coordinator",
        chat=COORDINATOR[0],
        occupants=(Occupant(user=COORDINATOR[0], name=COORDINATOR[1]),),
    ),
)


def set_up(service: Service, model: Group, now: datetime) -> str:
    """Make the group and its people at the first start, like `model` otherwise; the group's id."""
    existing = next((group for group in service.groups() if group.demo), None)
    group_id = existing.id if existing else service.new_id()
    two = existing.two_approve if existing else False
    service.put_group(
        replace(model, id=group_id, language="en", chat=_address(GROUP_CHAT), demo=True, two_approve=two)
    )
    if existing:
        return group_id
    service.accounts.put(Account(channel=CHANNEL, account=ACCOUNT, group_id=group_id))
    tx = service.within(group_id)
    for user, name, languages in VOLUNTEERS:
        spoken = tuple(tag for tag in languages if tag in model.languages)
        person = _person(tx, user, name, now, languages=spoken, volunteer=Standing.ACTIVE)
        cards.show_home(tx, person, now, fresh=True)
    coordinator = _person(tx, *COORDINATOR, now, coordinator=Standing.ACTIVE)
    say(tx, coordinator, Phrase("coordinator-welcome", {"group": model.name}))
    cards.show_board(tx, now, news=True)
    return group_id


def _address(chat: str) -> Address:
    return Address(channel=CHANNEL, account=ACCOUNT, chat=chat)


def _person(tx: Transaction, user: str, name: str, now: datetime, **roles: object) -> Person:
    person = Person(
        id=tx.new_id(),
        group_id=tx.group.id,
        address=_address(user),
        user=user,
        name=name,
        created_at=now,
        language="en",
        **roles,  # type: ignore[arg-type]
    )
    tx.people.add(person)
    menus.show(tx, person)
    return person
