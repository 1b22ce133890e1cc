"""One unit of work: what its repositories share, and the few places where the two databases differ."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

import uuid_utils
from sqlalchemy import ColumnElement, Connection, Insert, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from dispatch.model.messages import Address, OutboundMessage
from dispatch.store.columns import Instant
from dispatch.store.keyring import PersonKeys, Vault

INBOX, OUTBOX, TIMERS, TRANSCRIPTS, SHELF = TOPICS = ("inbox", "outbox", "timers", "transcripts", "shelf")
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
        self.written: set[str] = set()  # those that have, by their ids
        self.touched: set[str] = set()
        self.scrub = False  # something was erased: what remains of it in files must go after the commit
        self.several = connection.dialect.name == "postgresql"

    def blind(self, address: Address) -> bytes:
        """The digest by which a chat is found."""
        return self.service.blind(address.channel, address.account, address.chat)

    def insert_new(self, table: Table, values: Mapping[str, Any]) -> bool:
        """Insert unless a unique key is taken: False when it was."""
        options = {"preserve_rowcount": True}
        return (
            self.connection.execute(
                _insert_new(table, self.several), values, execution_options=options
            ).rowcount
            == 1
        )

    def upsert(
        self, table: Table, values: Mapping[str, Any], *, keys: Sequence[str], keep: Sequence[str] = ()
    ) -> None:
        """Insert, or replace the row with these keys, except for what it shall `keep`."""
        changes = tuple(name for name in values if name not in (*keys, *keep))
        self.connection.execute(_upsert(table, self.several, tuple(keys), changes), values)

    def count(self, table: Table, key: Mapping[str, Any], **new: Any) -> None:
        """One more in `asked` of the row with this key, in one statement, so that none is lost; `new` if it is the first."""
        self.connection.execute(_count(table, self.several, tuple(key)), {**key, **new, "asked": 1})

    def lock(self, digest: bytes) -> None:
        """Nobody else gets this lock before the transaction ends.

        PostgreSQL commits out of the order in which it numbers rows, so that whoever numbers a line's rows
        must be alone with the line. SQLite has one writer, which is alone anyway.
        """
        if self.several:
            number = int.from_bytes(digest[:8], "big", signed=True)
            self.connection.execute(select(func.pg_advisory_xact_lock(number)))

    def announce(self) -> None:
        """Let other processes know, once this is committed."""
        if self.several and self.touched:
            self.connection.execute(select(func.pg_notify(CHANNEL, " ".join(sorted(self.touched)))))


def latest(several: bool, *moments: ColumnElement[datetime]) -> ColumnElement[datetime]:
    """The latest of several moments in one row, none of them NULL; `several` as in Work."""
    return (func.greatest if several else func.max)(*moments, type_=Instant)


# Building a statement costs more than running it: each is built once.


@cache
def _insert_new(table: Table, several: bool) -> Insert:
    return _insert(table, several).on_conflict_do_nothing()


@cache
def _upsert(table: Table, several: bool, keys: tuple[str, ...], changes: tuple[str, ...]) -> Insert:
    insert = _insert(table, several)
    return insert.on_conflict_do_update(
        index_elements=list(keys), set_={name: insert.excluded[name] for name in changes}
    )


@cache
def _count(table: Table, several: bool, keys: tuple[str, ...]) -> Insert:
    return _insert(table, several).on_conflict_do_update(
        index_elements=list(keys), set_={"asked": table.c.asked + 1}
    )


def _insert(table: Table, several: bool) -> postgresql.Insert:
    """The two dialects' inserts are alike as far as we use them."""
    return postgresql.insert(table) if several else cast(postgresql.Insert, sqlite.insert(table))
