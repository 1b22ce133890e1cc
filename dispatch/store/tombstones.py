"""Who was erased, as far as somebody who knows her id can tell: so that a copy of before is told, too."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from dispatch.model.people import Tombstone
from dispatch.store.schema.people import groups, people, tombstones
from dispatch.store.work import Work


def all_of(work: Work) -> Sequence[Tombstone]:
    """All tombstones of all groups."""
    query = select(tombstones).order_by(tombstones.c.erased_at, tombstones.c.digest)
    return [Tombstone(**row._mapping) for row in work.connection.execute(query)]


def add(work: Work, others: Collection[Tombstone]) -> Sequence[tuple[str, str]]:
    """Keep those that are new here, of groups that are known; the ids (group, person) of people who are still here."""
    known = {stone.digest for stone in all_of(work)}
    here = set(work.connection.scalars(select(groups.c.id)))
    new = [stone for stone in others if stone.digest not in known and stone.group_id in here]
    for stone in new:
        values = {name: getattr(stone, name) for name in ("digest", "salt", "group_id", "erased_at")}
        work.insert_new(tombstones, values)
    rows = work.connection.execute(select(people.c.group_id, people.c.id)).all()
    return [(row.group_id, row.id) for row in rows if any(_is_hers(work, stone, row.id) for stone in new)]


def _is_hers(work: Work, stone: Tombstone, person_id: str) -> bool:
    return work.service.tombstone(person_id, stone.salt) == stone.digest
