"""What is owed: messages, presses that mean something, moments to come."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, UniqueConstraint

from dispatch.store.columns import Instant, PlainText, Strings
from dispatch.store.schema.common import group, metadata, position

buttons = Table(
    "buttons",
    metadata,
    Column("token", PlainText, primary_key=True),
    group(),
    Column("action", PlainText, nullable=False),
    Column("arguments", Strings, nullable=False),
    Column("person_id", PlainText),
    Column("noticed_at", Instant),  # when `purge` saw it first; nobody else knows the time when it is made
    Index(None, "person_id"),
    Index(None, "noticed_at"),
)

timers = Table(
    "timers",
    metadata,
    Column("group_id", PlainText, ForeignKey("groups.id"), primary_key=True),
    Column("kind", PlainText, primary_key=True),
    Column("subject", PlainText, primary_key=True),
    Column("due_at", Instant, nullable=False),
    Index(None, "due_at"),
)

outbox = Table(
    "outbox",
    metadata,
    position(),
    Column("id", PlainText, nullable=False, unique=True),
    group(),
    Column("channel", PlainText, nullable=False),
    Column("account", PlainText, nullable=False),
    Column("chat_hash", LargeBinary, nullable=False),
    Column("person_id", PlainText),
    Column("card", PlainText),
    Column("body_sealed", LargeBinary),
    Column("lane", Integer, nullable=False),
    Column("delivery", PlainText, nullable=False),
    Column("state", PlainText, nullable=False),
    Column("not_before", Instant),
    Column(
        "scheduled", Boolean, nullable=False
    ),  # `not_before` was wanted from the start: others need not wait
    Column("leased_until", Instant),
    Column("attempts", Integer, nullable=False),
    Column("reason", PlainText),
    Column("ended_at", Instant),
    Index(None, "channel", "account", "state", "lane", "position"),
    Index(None, "chat_hash", "state", "position"),
    Index(None, "person_id"),
    sqlite_autoincrement=True,
)

sent = Table(
    "sent",
    metadata,
    position(),
    group(),
    Column("channel", PlainText, nullable=False),
    Column("account", PlainText, nullable=False),
    Column("chat_hash", LargeBinary, nullable=False),
    Column("external_id", PlainText, nullable=False),
    Column("card", PlainText),
    Column("about", PlainText),
    Column("person_id", PlainText),
    Column("sent_at", Instant, nullable=False),
    UniqueConstraint("chat_hash", "external_id"),
    Index(None, "chat_hash", "sent_at"),
    Index(None, "chat_hash", "card", "sent_at"),
    Index(None, "about", "chat_hash"),
    Index(None, "person_id"),
    Index(None, "sent_at"),
    sqlite_autoincrement=True,
)

pauses = Table(
    "pauses",
    metadata,
    Column("channel", PlainText, primary_key=True),
    Column("account", PlainText, primary_key=True),
    Column("chat_hash", LargeBinary, primary_key=True),  # empty: every chat of the account
    Column("until", Instant, nullable=False),
)
