"""Who is this?"""

from dataclasses import replace
from datetime import datetime

from dispatch.model.messages import InboundMessage, Kind
from dispatch.model.people import Person
from dispatch.ports import Transaction


def recognise(tx: Transaction, message: InboundMessage, now: datetime) -> Person | None:
    """The person who did this; a new member if she writes privately for the first time.

    None for a stranger in a group, and for anonymous administrators and channels (H27). Whoever writes can be
    reached again, and is no longer stopped.
    """
    if message.anonymous:
        return None
    person = tx.people.at(message.chat.channel, message.chat.account, message.user)
    if not message.private:
        return person
    if person is None:
        person = Person(
            id=tx.new_id(),
            group_id=tx.group.id,
            address=message.chat,
            user=message.user,
            created_at=now,
            app_language=message.app_language,
        )
        tx.people.add(person)
        return person
    current = replace(
        person,
        reachable=message.kind is not Kind.REMOVED or person.reachable,
        stopped_at=None if message.kind in {Kind.SAID, Kind.PRESSED} else person.stopped_at,
        app_language=message.app_language or person.app_language,
    )
    if current != person:
        tx.people.save(current)
    return current
