"""The people of one group: name and platform ids sealed under a key of their own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update

from dispatch.model.errors import ChangedMeanwhile, NotFound
from dispatch.model.messages import Address
from dispatch.model.people import Person, Standing
from dispatch.store import erasure
from dispatch.store.schema import people, person_keys
from dispatch.store.sealing import Sealer
from dispatch.store.work import Work

SEALED = ("name", "user", "chat")
PLAIN = (
    "created_at",
    "reachable",
    "language",
    "language_chosen",
    "app_language",
    "link_language",
    "greeted_at",
    "consented_at",
    "refused_at",
    "stopped_at",
    "volunteer",
    "coordinator",
    "languages",
    "available_until",
    "plans_at",
    "asked_at",
    "case_marked",
    "case_marked_at",
)
"""Fields of a person that are columns of the same name."""


class SqlPeople:
    """Members, volunteers and coordinators. Only what changed since it was read is saved."""

    def __init__(self, work: Work, group_id: str) -> None:
        self._work = work
        self._group_id = group_id
        self._read: dict[str, Person] = {}

    def add(self, person: Person) -> None:
        """Keep a new person. Raises ChangedMeanwhile when somebody has that id or address."""
        sealer = self._work.keys.create(person.id, self._group_id)
        values = {"id": person.id, "group_id": self._group_id, **self._columns(person, sealer)}
        if not self._work.insert_new(people, values):
            raise ChangedMeanwhile(f"person {person.id} is there already")

    def get(self, person_id: str) -> Person:
        """The person. Raises NotFound."""
        person = self.find(person_id)
        if person is None:
            raise NotFound(f"no person {person_id}")
        return person

    def find(self, person_id: str) -> Person | None:
        """The person, or None."""
        found = self._select(people.c.id == person_id)
        return found[0] if found else None

    def at(self, channel: str, account: str, user: str) -> Person | None:
        """Who writes from there?"""
        found = self._select(people.c.user_hash == self._work.service.blind(channel, account, user))
        return found[0] if found else None

    def lock(self, person_id: str) -> Person:
        """The person, locked until the transaction ends. Raises NotFound."""
        found = self._select(people.c.id == person_id, lock=True)
        if not found:
            raise NotFound(f"no person {person_id}")
        return found[0]

    def save(self, person: Person) -> None:
        """Keep the person as she is now. Raises NotFound."""
        mine = (people.c.id == person.id, people.c.group_id == self._group_id)
        changes = self._columns(person, self._work.keys.of(person.id), before=self._read.get(person.id))
        if (
            changes
            and not self._work.connection.execute(update(people).where(*mine).values(**changes)).rowcount
        ):
            raise NotFound(f"no person {person.id}")
        self._read[person.id] = person

    def volunteers(self) -> Sequence[Person]:
        """All with any standing but removed, by name."""
        return self._by_name(people.c.volunteer.is_not(None), people.c.volunteer != Standing.REMOVED)

    def coordinators(self) -> Sequence[Person]:
        """The active coordinators, by name."""
        return self._by_name(people.c.coordinator == Standing.ACTIVE)

    def erase(self, person_id: str, now: datetime) -> None:
        """Forget her. Raises NotFound."""
        erasure.erase(self._work, self.lock(person_id), now)

    def _by_name(self, *conditions: ColumnElement[bool]) -> Sequence[Person]:
        return sorted(self._select(*conditions), key=lambda person: (person.name.casefold(), person.id))

    def _select(self, *conditions: ColumnElement[bool], lock: bool = False) -> list[Person]:
        query = (
            select(people, person_keys.c.wrapped)
            .join(person_keys, person_keys.c.person_id == people.c.id)
            .where(people.c.group_id == self._group_id, *conditions)
        )
        if lock:
            query = query.with_for_update(of=people)
        found = [self._value(row) for row in self._work.connection.execute(query).all()]
        self._read.update((person.id, person) for person in found)
        return found

    def _columns(self, person: Person, sealer: Sealer, *, before: Person | None = None) -> dict[str, Any]:
        """What to write: all of it, or what differs from `before`."""
        plain = {name: getattr(person, name) for name in PLAIN}
        if before is not None:
            plain = {name: value for name, value in plain.items() if getattr(before, name) != value}
            if (before.name, before.user, before.address) == (person.name, person.user, person.address):
                return plain
        address = person.address
        sealed = {"name": person.name, "user": person.user, "chat": address.chat}
        return {
            "channel": address.channel,
            "account": address.account,
            "user_hash": self._work.service.blind(address.channel, address.account, person.user),
            "chat_hash": self._work.blind(address),
            **{
                f"{name}_sealed": sealer.seal_text(sealed[name], "people", name, person.id) for name in SEALED
            },
            **plain,
        }

    def _value(self, row: Row[Any]) -> Person:
        sealer = self._work.keys.learn(row.id, row.wrapped)
        name, user, chat = (
            sealer.open_text(row._mapping[f"{column}_sealed"], "people", column, row.id) for column in SEALED
        )
        plain = {column: row._mapping[column] for column in PLAIN}
        plain["volunteer"] = row.volunteer and Standing(row.volunteer)
        plain["coordinator"] = row.coordinator and Standing(row.coordinator)
        address = Address(channel=row.channel, account=row.account, chat=chat)
        return Person(id=row.id, group_id=row.group_id, address=address, user=user, name=name, **plain)
