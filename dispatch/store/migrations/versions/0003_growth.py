"""What the library had no good answer to, and phrasings that people used."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | Sequence[str] | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Four tables, and which article a case was answered with."""
    op.add_column("cases", sa.Column("article", sa.Text(), nullable=True))
    op.create_table(
        "gap_counts",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_gap_counts_group_id")),
        sa.PrimaryKeyConstraint("group_id", "language", "theme", "day", name=op.f("pk_gap_counts")),
    )
    op.create_table(
        "gaps",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("phrasing_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_gaps_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gaps")),
    )
    op.create_index(op.f("ix_gaps_group_id"), "gaps", ["group_id"])
    op.create_table(
        "gap_questions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("gap_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_gap_questions_group_id")),
        sa.ForeignKeyConstraint(["gap_id"], ["gaps.id"], name=op.f("fk_gap_questions_gap_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_questions")),
    )
    op.create_index(op.f("ix_gap_questions_group_id_day"), "gap_questions", ["group_id", "day"])
    op.create_index(op.f("ix_gap_questions_gap_id"), "gap_questions", ["gap_id"])
    op.create_table(
        "phrasings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_phrasings_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrasings")),
    )
    op.create_index(
        op.f("ix_phrasings_group_id_slug_language"), "phrasings", ["group_id", "slug", "language"]
    )


def downgrade() -> None:
    """Without them."""
    op.drop_table("phrasings")
    op.drop_table("gap_questions")
    op.drop_table("gaps")
    op.drop_table("gap_counts")
    op.drop_column("cases", "article")
