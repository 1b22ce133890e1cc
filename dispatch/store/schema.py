"""The tables. What could name or quote somebody is sealed (`*_sealed`) and found by keyed digests (`*_hash`).

Every table of a group's data has `group_id`. `position` counts insertions: the order in which things came.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    false,
    text,
)

from dispatch.store.columns import Instant, PlainText, Strings

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _position() -> Column[int]:
    return Column(
        "position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )


def _group() -> Column[str]:
    return Column("group_id", PlainText, ForeignKey("groups.id"), nullable=False)


service_keys = Table(
    "service_keys",
    metadata,
    Column("name", PlainText, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)

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

accounts = Table(
    "accounts",
    metadata,
    Column("channel", PlainText, primary_key=True),
    Column("account", PlainText, primary_key=True),
    _group(),
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

person_keys = Table(
    "person_keys",
    metadata,
    Column("person_id", PlainText, primary_key=True),
    _group(),
    Column("wrapped", LargeBinary, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", PlainText, primary_key=True),
    _group(),
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
    _group(),
    Column("erased_at", Instant, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("id", PlainText, primary_key=True),
    _group(),
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
    _position(),
    Column("id", PlainText, nullable=False, unique=True),
    _group(),
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
    _position(),
    Column("id", PlainText, nullable=False, unique=True),
    _group(),
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

buttons = Table(
    "buttons",
    metadata,
    Column("token", PlainText, primary_key=True),
    _group(),
    Column("action", PlainText, nullable=False),
    Column("arguments", Strings, nullable=False),
    Column("person_id", PlainText),
    Column("noticed_at", Instant),  # when `purge` saw it first; nobody else knows the time when it is made
    Index(None, "person_id"),
    Index(None, "noticed_at"),
)

dialogs = Table(
    "dialogs",
    metadata,
    Column("person_id", PlainText, primary_key=True),
    Column("kind", PlainText, primary_key=True),
    _group(),
    Column("state_sealed", LargeBinary, nullable=False),
    Column("updated_at", Instant, nullable=False),
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

invitations = Table(
    "invitations",
    metadata,
    Column("digest", PlainText, primary_key=True),
    _group(),
    Column("role", PlainText, nullable=False),
    Column("invited_by", PlainText),
    Column("expires_at", Instant, nullable=False),
    Column("used_by", PlainText),
)

recordings = Table(
    "recordings",
    metadata,
    Column("group_id", PlainText, ForeignKey("groups.id"), primary_key=True),
    Column("kind", PlainText, primary_key=True),
    Column("language", PlainText, primary_key=True),
    Column("sound_sealed", LargeBinary, nullable=False),
    Column("recorded_by", PlainText, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Index(None, "recorded_by"),
)

unmet_languages = Table(
    "unmet_languages",
    metadata,
    Column("group_id", PlainText, ForeignKey("groups.id"), primary_key=True),
    Column("language", PlainText, primary_key=True),
    Column("times", Integer, nullable=False),
)

# What was asked, and not answered well. Ids are random and days are all that is said of time: with an id that grows
# with time, or a moment, a question could be laid beside the case that came of it.

answer_counts = Table(
    "answer_counts",
    metadata,
    Column("group_id", PlainText, ForeignKey("groups.id"), primary_key=True),
    Column("language", PlainText, primary_key=True),
    Column("slug", PlainText, primary_key=True),
    Column("asked", Integer, nullable=False),
)

gap_counts = Table(
    "gap_counts",
    metadata,
    Column("group_id", PlainText, ForeignKey("groups.id"), primary_key=True),
    Column("language", PlainText, primary_key=True),
    Column("theme", PlainText, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("asked", Integer, nullable=False),
    Column("told", Boolean, nullable=False),  # coordinators heard on this day that it is asked often
)

gaps = Table(
    "gaps",
    metadata,
    Column("id", PlainText, primary_key=True),
    _group(),
    Column("language", PlainText, nullable=False),
    Column("theme", PlainText, nullable=False),
    Column("state", PlainText, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("phrasing_sealed", LargeBinary, nullable=False),
    Index(None, "group_id"),
)

gap_questions = Table(
    "gap_questions",
    metadata,
    Column("id", PlainText, primary_key=True),
    _group(),
    Column("language", PlainText, nullable=False),
    Column("theme", PlainText, nullable=False),
    Column("day", Date, nullable=False),
    Column("text_sealed", LargeBinary),
    Column("gap_id", PlainText, ForeignKey("gaps.id")),
    Index(None, "group_id", "day"),
    Index(None, "gap_id"),
)

phrasings = Table(
    "phrasings",
    metadata,
    Column("id", PlainText, primary_key=True),
    _group(),
    Column("slug", PlainText, nullable=False),
    Column("language", PlainText, nullable=False),
    Column("text_sealed", LargeBinary, nullable=False),
    Column("day", Date, nullable=False),
    Column("approved_at", Instant),
    Index(None, "group_id", "slug", "language"),
)

rejected_phrasings = Table(
    "rejected_phrasings",
    metadata,
    Column("group_id", PlainText, ForeignKey("groups.id"), primary_key=True),
    Column("digest", LargeBinary, primary_key=True),  # of article, language and words
    Column("day", Date, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    _position(),
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

outbox = Table(
    "outbox",
    metadata,
    _position(),
    Column("id", PlainText, nullable=False, unique=True),
    _group(),
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
    _position(),
    _group(),
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
)

shelf_texts = Table(
    "shelf_texts",
    metadata,
    Column("id", PlainText, primary_key=True),
    _group(),
    Column("slug", PlainText, nullable=False),
    Column("language", PlainText, nullable=False),
    Column("version", Integer, nullable=False),
    Column("text_sealed", LargeBinary, nullable=False),
    Column("state", PlainText, nullable=False),
    Column("at", Instant, nullable=False),
    Column("author_id", PlainText),
    Column("approved_by", PlainText),
    UniqueConstraint("group_id", "slug", "language", "version"),
)

signatures = Table(
    "signatures",
    metadata,
    Column("group_id", PlainText, ForeignKey("groups.id"), primary_key=True),
    Column("slug", PlainText, primary_key=True),
    Column("language", PlainText, primary_key=True),
    Column("digest", PlainText, primary_key=True),
    Column("person_id", PlainText),
    Column("at", Instant, nullable=False),
)

shelf_revisions = Table(
    "shelf_revisions",
    metadata,
    Column("group_id", PlainText, ForeignKey("groups.id"), primary_key=True),
    Column("revision", BigInteger, nullable=False),
)
