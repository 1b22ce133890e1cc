"""Which commands the platform's own menu shows to whom."""

from content.phrases import Phrase
from dispatch.actions.owing import owe
from dispatch.model.messages import Delivery, Lane, SetCommands
from dispatch.model.people import Person
from dispatch.ports import Transaction

FOR_MEMBERS = ("person", "danger")
FOR_VOLUNTEERS = ("free", "off", "cases", "check")
FOR_COORDINATORS = (
    "queue",
    "people",
    "invite",
    "coordinator",
    "group",
    "shelf",
    "gaps",
    "phrasings",
    "links",
    "greeting",
)
FOR_ALL = ("library", "language", "help", "mydata", "hide", "stop", "forget")


def show(tx: Transaction, person: Person) -> None:
    """Set her menu, in her language and for her roles (H47)."""
    names: tuple[str, ...] = ()
    if person.is_coordinator:
        names += FOR_COORDINATORS
    if person.is_volunteer:
        names += FOR_VOLUNTEERS
    if not names:
        names += FOR_MEMBERS
    commands = _described(*names, *FOR_ALL)
    owe(tx, person, SetCommands(commands=commands), lane=Lane.BROADCAST, delivery=Delivery.EDIT)


def for_strangers() -> tuple[tuple[str, Phrase], ...]:
    """The menu of whom we do not know yet: what every member may, and nothing else (H47)."""
    return _described(*FOR_MEMBERS, *FOR_ALL)


def _described(*names: str) -> tuple[tuple[str, Phrase], ...]:
    return tuple((name, Phrase(f"command-{name}")) for name in names)
