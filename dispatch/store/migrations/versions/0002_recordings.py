"""Spoken greetings, languages that a group does not have, and what bots say of themselves."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | Sequence[str] | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "profiles",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", "code", name=op.f("pk_profiles")),
    )
    op.create_table(
        "recordings",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("sound_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_recordings_group_id")),
        sa.PrimaryKeyConstraint("group_id", "kind", "language", name=op.f("pk_recordings")),
    )
    op.create_index(op.f("ix_recordings_recorded_by"), "recordings", ["recorded_by"], unique=False)
    op.create_table(
        "unmet_languages",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_unmet_languages_group_id")),
        sa.PrimaryKeyConstraint("group_id", "language", name=op.f("pk_unmet_languages")),
    )


def downgrade() -> None:
    """Undo the change."""
    op.drop_table("unmet_languages")
    op.drop_index(op.f("ix_recordings_recorded_by"), table_name="recordings")
    op.drop_table("recordings")
    op.drop_table("profiles")
