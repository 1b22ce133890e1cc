"""Digests of words that were not wanted for an article."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | Sequence[str] | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "rejected_phrasings",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_rejected_phrasings_group_id")),
        sa.PrimaryKeyConstraint("group_id", "digest", name=op.f("pk_rejected_phrasings")),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("rejected_phrasings")
