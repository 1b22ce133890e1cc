"""How often each article was the answer, by language."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | Sequence[str] | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the table; counting begins now."""
    op.create_table(
        "answer_counts",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_answer_counts_group_id")),
        sa.PrimaryKeyConstraint("group_id", "language", "slug", name=op.f("pk_answer_counts")),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("answer_counts")
