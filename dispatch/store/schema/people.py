"""Groups, and who is in them."""

from sqlalchemy import Boolean, Column, Index, LargeBinary, Table, UniqueConstraint, false

from dispatch.store.columns import Instant, PlainText, Strings
from dispatch.store.schema.common import group, metadata

groups = Table(
    "groups",
    metadata,
    Column("id", PlainText, primary_key=True),
    Column("name", PlainText, nullable=False),
    Column("country", PlainText, nullable=False),
    Column("zone", PlainText, nullable=False),
    Column("language", PlainText, nullable=False),
    Column("languages", Strings, nullable=False),
    Column("chat_hash", LargeBinary),
    Column("chat_sealed", LargeBinary),
    Column("demo", Boolean, nullable=False),
    Column("two_approve", Boolean, nullable=False, server_default=false()),
)

person_keys = Table(
    "person_keys",
    metadata,
    Column("person_id", PlainText, primary_key=True),
    group(),
    Column("wrapped", LargeBinary, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", PlainText, primary_key=True),
    group(),
    Column("channel", PlainText, nullable=False),
    Column("account", PlainText, nullable=False),
    Column("user_hash", LargeBinary, nullable=False),
    Column("user_sealed", LargeBinary, nullable=False),
    Column("chat_hash", LargeBinary, nullable=False),
    Column("chat_sealed", LargeBinary, nullable=False),
    Column("name_sealed", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("reachable", Boolean, nullable=False),
    Column("language", PlainText),
    Column("language_chosen", Boolean, nullable=False),
    Column("app_language", PlainText),
    Column("link_language", PlainText),
    Column("greeted_at", Instant),
    Column("consented_at", Instant),
    Column("refused_at", Instant),
    Column("stopped_at", Instant),
    Column("volunteer", PlainText),
    Column("coordinator", PlainText),
    Column("languages", Strings, nullable=False),
    Column("available_until", Instant),
    Column("plans_at", Instant),
    Column("asked_at", Instant),
    Column("case_marked", PlainText),
    Column("case_marked_at", Instant),
    UniqueConstraint("group_id", "user_hash"),
    Index(None, "chat_hash"),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    group(),
    Column("erased_at", Instant, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("digest", PlainText, primary_key=True),
    group(),
    Column("role", PlainText, nullable=False),
    Column("invited_by", PlainText),
    Column("expires_at", Instant, nullable=False),
    Column("used_by", PlainText),
)

dialogs = Table(
    "dialogs",
    metadata,
    Column("person_id", PlainText, primary_key=True),
    Column("kind", PlainText, primary_key=True),
    group(),
    Column("state_sealed", LargeBinary, nullable=False),
    Column("updated_at", Instant, nullable=False),
)
