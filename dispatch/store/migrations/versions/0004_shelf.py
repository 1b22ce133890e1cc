"""What a group wrote for its own library, and what its people signed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | Sequence[str] | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the tables; no group asks for two yet."""
    op.add_column("groups", sa.Column("two_approve", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "shelf_texts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_shelf_texts_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf_texts")),
        sa.UniqueConstraint(
            "group_id",
            "slug",
            "language",
            "version",
            name=op.f("uq_shelf_texts_group_id_slug_language_version"),
        ),
    )
    op.create_table(
        "signatures",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_signatures_group_id")),
        sa.PrimaryKeyConstraint("group_id", "slug", "language", "digest", name=op.f("pk_signatures")),
    )
    op.create_table(
        "shelf_revisions",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_shelf_revisions_group_id")),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_shelf_revisions")),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("shelf_revisions")
    op.drop_table("signatures")
    op.drop_table("shelf_texts")
    op.drop_column("groups", "two_approve")
