"""Questions that people answer, and what is said in them."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, UniqueConstraint, text

from dispatch.store.columns import Instant, PlainText, Strings
from dispatch.store.schema.common import group, metadata, position

cases = Table(
    "cases",
    metadata,
    Column("id", PlainText, primary_key=True),
    group(),
    Column("number", Integer, nullable=False),
    Column("member_id", PlainText, nullable=False),
    Column("language", PlainText, nullable=False),
    Column("theme", PlainText, nullable=False),
    Column("state", PlainText, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("waiting_since", Instant, nullable=False),
    Column("also", Strings, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("for_coordinators", Boolean, nullable=False),
    Column("assignee_id", PlainText),
    Column("colour", PlainText, nullable=False),
    Column("assigned_at", Instant),
    Column("member_wrote_at", Instant),
    Column("closed_at", Instant),
    Column("outcome", PlainText),
    Column("last_assignee_id", PlainText),
    Column("pictures_agreed", Boolean, nullable=False),
    Column("suggested", Strings, nullable=False),
    Column("article", PlainText),
    UniqueConstraint("group_id", "number"),
    Index(None, "member_id"),
    Index(None, "group_id", "state"),
    Index(None, "assignee_id"),
)
OPEN = text("state <> 'closed'")
Index(
    "uq_cases_open_member",
    cases.c.group_id,
    cases.c.member_id,
    unique=True,
    sqlite_where=OPEN,
    postgresql_where=OPEN,
)

case_messages = Table(
    "case_messages",
    metadata,
    position(),
    Column("id", PlainText, nullable=False, unique=True),
    group(),
    Column("case_id", PlainText, ForeignKey("cases.id"), nullable=False),
    Column("author_id", PlainText, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("content_sealed", LargeBinary, nullable=False),
    Column("external_id", PlainText, nullable=False),
    Column("reply_to", PlainText),
    Column("edited_at", Instant),
    Index(None, "case_id"),
    Index(None, "author_id", "external_id"),
    sqlite_autoincrement=True,
)

offers = Table(
    "offers",
    metadata,
    position(),
    Column("id", PlainText, nullable=False, unique=True),
    group(),
    Column("case_id", PlainText, ForeignKey("cases.id"), nullable=False),
    Column("volunteer_id", PlainText, nullable=False),
    Column("state", PlainText, nullable=False),
    Column("offered_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Index(None, "case_id"),
    Index(None, "volunteer_id", "state"),
    sqlite_autoincrement=True,
)
STILL_OPEN = text("state = 'open'")
Index(
    "uq_offers_open",
    offers.c.case_id,
    offers.c.volunteer_id,
    unique=True,
    sqlite_where=STILL_OPEN,
    postgresql_where=STILL_OPEN,
)
