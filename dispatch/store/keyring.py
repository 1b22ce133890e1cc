"""The wrapped data keys: one for the service, one for each person. Who loses hers is forgotten."""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from dispatch.model.errors import NotFound
from dispatch.store.schema.people import person_keys
from dispatch.store.schema.process import service_keys
from dispatch.store.sealing import KEY_BYTES, Keys, Sealer, ServiceKey, rewrap

SERVICE = "service"
WRAPPED = select(person_keys.c.wrapped).where(person_keys.c.person_id == bindparam("wanted"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """The master keys, and the service's own key unwrapped."""

    keys: Keys
    service: ServiceKey


def open_vault(connection: Connection, keys: Keys) -> Vault:
    """The vault of this database. Raises NotFound when it was never migrated, WrongKey."""
    wrapped = connection.scalar(select(service_keys.c.wrapped).where(service_keys.c.name == SERVICE))
    if wrapped is None:
        raise NotFound("the database has no key yet: migrate it first")
    key = keys.unwrap(wrapped, "service_keys", "wrapped", SERVICE)
    return Vault(keys=keys, service=ServiceKey(key, keys.current))


def ensure_service_key(connection: Connection, keys: Keys) -> None:
    """Make the service's key where there is none; check that ours opens it. Raises WrongKey."""
    wrapped = keys.wrap(secrets.token_bytes(KEY_BYTES), "service_keys", "wrapped", SERVICE)
    if connection.scalar(select(service_keys.c.name).where(service_keys.c.name == SERVICE)) is None:
        connection.execute(insert(service_keys).values(name=SERVICE, wrapped=wrapped))
    open_vault(connection, keys)


def rewrap_all(connection: Connection, old: Keys, new: Keys) -> int:
    """Put every data key under the new current master key; how many there were."""
    count = 0
    for table, column in ((service_keys, service_keys.c.name), (person_keys, person_keys.c.person_id)):
        for row_id, wrapped in connection.execute(select(column, table.c.wrapped)).all():
            renewed = rewrap(wrapped, old, new, table.name, "wrapped", row_id)
            connection.execute(update(table).where(column == row_id).values(wrapped=renewed))
            count += 1
    return count


class PersonKeys:
    """The data keys of people, read once in a unit of work."""

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self._connection = connection
        self._keys = keys
        self._sealers: dict[str, Sealer] = {}

    def create(self, person_id: str, group_id: str) -> Sealer:
        """A key for somebody new. Somebody who has one keeps it."""
        wrapped = self._keys.wrap(secrets.token_bytes(KEY_BYTES), "person_keys", "wrapped", person_id)
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        self._connection.execute(
            dialect.insert(person_keys)
            .values(person_id=person_id, group_id=group_id, wrapped=wrapped)
            .on_conflict_do_nothing()
        )
        return self.of(person_id)

    def of(self, person_id: str) -> Sealer:
        """Her sealer. Raises NotFound when she has no key (any more)."""
        if person_id not in self._sealers:
            wrapped = self._connection.scalar(WRAPPED, {"wanted": person_id})
            if wrapped is None:
                raise NotFound(f"person {person_id} has no key")
            self.learn(person_id, wrapped)
        return self._sealers[person_id]

    def learn(self, person_id: str, wrapped: bytes) -> Sealer:
        """Her sealer, when a query brought her wrapped key along."""
        if person_id not in self._sealers:
            key = self._keys.unwrap(wrapped, "person_keys", "wrapped", person_id)
            self._sealers[person_id] = Sealer(key, self._keys.current)
        return self._sealers[person_id]

    def destroy(self, person_id: str) -> None:
        """Nothing that was sealed for her can be opened from now on."""
        self._connection.execute(delete(person_keys).where(person_keys.c.person_id == person_id))
        self._sealers.pop(person_id, None)
