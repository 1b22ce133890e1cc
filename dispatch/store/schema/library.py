"""What a group has of its own beside the folder of articles, and what lets its library grow."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
)

from dispatch.store.columns import Instant, PlainText
from dispatch.store.schema.common import group, metadata

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
    group(),
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
    group(),
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
    group(),
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

shelf_texts = Table(
    "shelf_texts",
    metadata,
    Column("id", PlainText, primary_key=True),
    group(),
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
