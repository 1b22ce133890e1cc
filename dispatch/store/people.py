"""The people of one group: name and platform ids sealed under a key of their own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, select, update

from dispatch.model.errors import ChangedMeanwhile, NotFound
from dispatch.model.messages import Address
from dispatch.model.people import Person, Standing
from dispatch.store import erasure
from dispatch.store.schema.people import people, person_keys
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


WANTED: BindParameter[Any] = bindparam("wanted")
MINE = people.c.group_id == bindparam("mine")
PEOPLE = (
    select(people, person_keys.c.wrapped)
    .join(person_keys, person_keys.c.person_id == people.c.id)
    .where(MINE)
)
BY_ID = PEOPLE.where(people.c.id == WANTED)
BY_USER = PEOPLE.where(people.c.user_hash == WANTED)
LOCKED = BY_ID.with_for_update(of=people)
VOLUNTEERS = PEOPLE.where(people.c.volunteer != WANTED)
COORDINATORS = PEOPLE.where(people.c.coordinator == WANTED)
UPDATE = update(people).where(people.c.id == WANTED, MINE)


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
        return self._first(BY_ID, person_id)

    def at(self, channel: str, account: str, user: str) -> Person | None:
        """Who writes from there?"""
        return self._first(BY_USER, self._work.service.blind(channel, account, user))

    def lock(self, person_id: str) -> Person:
        """The person, locked until the transaction ends. Raises NotFound."""
        person = self._first(LOCKED, person_id)
        if person is None:
            raise NotFound(f"no person {person_id}")
        return person

    def save(self, person: Person) -> None:
        """Keep the person as she is now. Raises NotFound."""
        changes = self._columns(person, self._work.keys.of(person.id), before=self._read.get(person.id))
        mine = {"wanted": person.id, "mine": self._group_id}
        if changes and not self._work.connection.execute(UPDATE, {**mine, **changes}).rowcount:
            raise NotFound(f"no person {person.id}")
        self._read[person.id] = person

    def volunteers(self) -> Sequence[Person]:
        """All with any standing but removed, by name."""
        return sorted(self._select(VOLUNTEERS, Standing.REMOVED), key=_name)

    def coordinators(self) -> Sequence[Person]:
        """The active coordinators, by name."""
        return sorted(self._select(COORDINATORS, Standing.ACTIVE), key=_name)

    def erase(self, person_id: str, now: datetime) -> None:
        """Forget her. Raises NotFound."""
        erasure.erase(self._work, self.lock(person_id), now)

    def _first(self, query: Select[Any], wanted: str | bytes) -> Person | None:
        found = self._select(query, wanted)
        return found[0] if found else None

    def _select(self, query: Select[Any], wanted: str | bytes) -> list[Person]:
        rows = self._work.connection.execute(query, {"mine": self._group_id, "wanted": wanted}).all()
        found = [self._value(row) for row in rows]
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


def _name(person: Person) -> tuple[str, str]:
    return person.name.casefold(), person.id
