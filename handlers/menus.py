"""Which commands the platform's own menu shows to whom."""

from content.phrases import Phrase
from dispatch.actions.owing import owe
from dispatch.model.messages import Delivery, Lane, SetCommands
from dispatch.model.people import Person
from dispatch.ports import Transaction

FOR_MEMBERS = ("person", "danger")
FOR_VOLUNTEERS = ("free", "off", "cases", "check")
FOR_COORDINATORS = ("queue", "people", "invite", "coordinator", "group", "shelf")
FOR_ALL = ("language", "help", "stop", "forget")


def show(tx: Transaction, person: Person) -> None:
    """Set her menu, in her language and for her roles (H47)."""
    names: tuple[str, ...] = ()
    if person.is_coordinator:
        names += FOR_COORDINATORS
    if person.is_volunteer:
        names += FOR_VOLUNTEERS
    if not names:
        names += FOR_MEMBERS
    commands = tuple((name, Phrase(f"command-{name}")) for name in (*names, *FOR_ALL))
    owe(tx, person, SetCommands(commands=commands), lane=Lane.BROADCAST, delivery=Delivery.EDIT)
