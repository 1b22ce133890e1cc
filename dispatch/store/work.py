"""One unit of work: what its repositories share, and the few places where the two databases differ."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import uuid_utils
from sqlalchemy import ColumnElement, Connection, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from dispatch.model.messages import Address, OutboundMessage
from dispatch.store.columns import Instant
from dispatch.store.keyring import PersonKeys, Vault

INBOX, OUTBOX, TIMERS, TRANSCRIPTS = TOPICS = ("inbox", "outbox", "timers", "transcripts")
"""What others may be waiting for: a committed unit of work names what it touched."""

CHANNEL = "morsmal"
"""Where PostgreSQL tells other processes of the topics."""


def new_id() -> str:
    """A new identifier (UUIDv7: it grows with time)."""
    return str(uuid_utils.uuid7())


def new_secret() -> str:
    """128 random bits in letters that a link may hold."""
    return secrets.token_urlsafe(16)


@dataclass(slots=True)
class Owed:
    """A message of a group that is not in the outbox yet."""

    group_id: str
    message: OutboundMessage


class Work:
    """A connection inside a transaction, the keys, and what was touched."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self.connection = connection
        self.keys = PersonKeys(connection, vault.keys)
        self.service = vault.service
        self.owed: list[Owed] = []  # outbox rows that get their positions just before the commit
        self.touched: set[str] = set()
        self.scrub = False  # something was erased: what remains of it in files must go after the commit
        self._several = connection.dialect.name == "postgresql"

    def blind(self, address: Address) -> bytes:
        """The digest by which a chat is found."""
        return self.service.blind(address.channel, address.account, address.chat)

    def insert_new(self, table: Table, values: Mapping[str, Any]) -> bool:
        """Insert unless a unique key is taken: False when it was."""
        insert = self._insert(table).values(**values).on_conflict_do_nothing()
        result = self.connection.execute(insert, execution_options={"preserve_rowcount": True})
        return result.rowcount == 1

    def upsert(
        self, table: Table, values: Mapping[str, Any], *, keys: Sequence[str], keep: Sequence[str] = ()
    ) -> None:
        """Insert, or replace the row with these keys, except for what it shall `keep`."""
        insert = self._insert(table).values(**values)
        changes = {name: insert.excluded[name] for name in values if name not in (*keys, *keep)}
        self.connection.execute(insert.on_conflict_do_update(index_elements=list(keys), set_=changes))

    def latest(self, *moments: ColumnElement[datetime]) -> ColumnElement[datetime]:
        """The latest of several moments in one row, none of them NULL."""
        greatest = func.greatest if self._several else func.max
        return greatest(*moments, type_=Instant)

    def lock(self, digest: bytes) -> None:
        """Nobody else gets this lock before the transaction ends.

        PostgreSQL commits out of the order in which it numbers rows, so that whoever numbers a line's rows must be
        alone with the line. SQLite has one writer, which is alone anyway.
        """
        if self._several:
            number = int.from_bytes(digest[:8], "big", signed=True)
            self.connection.execute(select(func.pg_advisory_xact_lock(number)))

    def announce(self) -> None:
        """Let other processes know, once this is committed."""
        if self._several and self.touched:
            self.connection.execute(select(func.pg_notify(CHANNEL, " ".join(sorted(self.touched)))))

    def _insert(self, table: Table) -> Any:
        return postgresql.insert(table) if self._several else sqlite.insert(table)
