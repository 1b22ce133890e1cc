"""What the running process keeps for all groups, and of the platforms."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, Table, UniqueConstraint

from dispatch.store.columns import Instant, PlainText
from dispatch.store.schema.common import group, metadata, position

service_keys = Table(
    "service_keys",
    metadata,
    Column("name", PlainText, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("channel", PlainText, primary_key=True),
    Column("account", PlainText, primary_key=True),
    group(),
)

offsets = Table(
    "offsets",
    metadata,
    Column("channel", PlainText, primary_key=True),
    Column("account", PlainText, primary_key=True),
    Column("offset", BigInteger, nullable=False),
)

profiles = Table(
    "profiles",
    metadata,
    Column("channel", PlainText, primary_key=True),
    Column("account", PlainText, primary_key=True),
    Column("code", PlainText, primary_key=True),
    Column("digest", PlainText, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    position(),
    Column("id", PlainText, nullable=False, unique=True),
    Column("channel", PlainText, nullable=False),
    Column("account", PlainText, nullable=False),
    Column("external_hash", LargeBinary, nullable=False),
    Column("external_sealed", LargeBinary),
    Column("sender_hash", LargeBinary),
    Column("raw_sealed", LargeBinary),
    Column("album", PlainText),
    Column("state", PlainText, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("not_before", Instant),
    Column("attempts", Integer, nullable=False),
    Column("first_attempt_at", Instant),
    Column("reason", PlainText),
    Column("ended_at", Instant),
    UniqueConstraint("channel", "account", "external_hash"),
    Index(None, "state", "position"),
    Index(None, "sender_hash", "state", "position"),
    sqlite_autoincrement=True,
)

inbox_rejected = Table(
    "inbox_rejected",
    metadata,
    Column("id", PlainText, primary_key=True),
    Column("channel", PlainText, nullable=False),
    Column("account", PlainText, nullable=False),
    Column("body_sealed", LargeBinary, nullable=False),
    Column("reason", PlainText, nullable=False),
    Column("rejected_at", Instant, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("channel", PlainText, primary_key=True),
    Column("account", PlainText, primary_key=True),
    Column("revision", BigInteger, nullable=False),
)

transcripts = Table(
    "transcripts",
    metadata,
    Column("chat_hash", LargeBinary, primary_key=True),
    Column("external_id", PlainText, primary_key=True),
    Column("channel", PlainText, nullable=False),
    Column("account", PlainText, nullable=False),
    Column("line_sealed", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Index(None, "chat_hash", "revision"),
)

files = Table(
    "files",
    metadata,
    Column("id", PlainText, primary_key=True),
    Column("content_type", PlainText, nullable=False),
    Column("content_sealed", LargeBinary, nullable=False),
    Column("stored_at", Instant, nullable=False),
    Column("name_sealed", LargeBinary),
)
