"""What all tables have in common."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData

from dispatch.store.columns import PlainText

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def position() -> Column[int]:
    """Counts insertions: the order in which things came."""
    return Column(
        "position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )


def group() -> Column[str]:
    """Whose it is."""
    return Column("group_id", PlainText, ForeignKey("groups.id"), nullable=False)
