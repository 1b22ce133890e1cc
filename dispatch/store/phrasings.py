"""Questions as people asked them, for the articles that helped."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select, update

from dispatch.model.errors import NotFound
from dispatch.model.growth import Phrasing
from dispatch.store.schema.library import phrasings, rejected_phrasings
from dispatch.store.work import Work

PROPOSED = phrasings.c.approved_at.is_(None)


class SqlPhrasings:
    """Sealed with the service key: nobody is named, and what is approved outlives whoever asked."""

    def __init__(self, work: Work, group_id: str) -> None:
        self._work = work
        self._run = work.connection.execute
        self._sealer = work.service.sealer
        self._mine = phrasings.c.group_id == group_id
        self._rejected = rejected_phrasings.c.group_id == group_id
        self._group_id = group_id

    def add(self, phrasing: Phrasing) -> None:
        """Keep a proposed phrasing."""
        self._run(
            phrasings.insert().values(
                id=phrasing.id,
                group_id=self._group_id,
                slug=phrasing.slug,
                language=phrasing.language,
                text_sealed=self._sealed(phrasing),
                day=phrasing.day,
                approved_at=phrasing.approved_at,
            )
        )

    def save(self, phrasing: Phrasing) -> None:
        """Keep its text and whether it is approved. Raises NotFound."""
        changes = {"text_sealed": self._sealed(phrasing), "approved_at": phrasing.approved_at}
        if not self._run(
            update(phrasings).where(self._mine, phrasings.c.id == phrasing.id).values(**changes)
        ).rowcount:
            raise NotFound(f"no phrasing {phrasing.id}")

    def find(self, phrasing_id: str) -> Phrasing | None:
        """The phrasing, or None."""
        return next(iter(self._all(phrasings.c.id == phrasing_id)), None)

    def remove(self, phrasing_id: str) -> None:
        """It is not wanted."""
        self._run(delete(phrasings).where(self._mine, phrasings.c.id == phrasing_id))
        self._work.scrub = True

    def reject(self, slug: str, language: str, words: str, day: date) -> None:
        """These words were not wanted for this article on that day; a keyed digest of them is kept."""
        row = {"group_id": self._group_id, "digest": self._digest(slug, language, words), "day": day}
        self._work.upsert(rejected_phrasings, row, keys=("group_id", "digest"))

    def was_rejected(self, slug: str, language: str, words: str, since: date) -> bool:
        """Were these very words not wanted after that day?"""
        this = rejected_phrasings.c.digest == self._digest(slug, language, words)
        query = select(rejected_phrasings.c.day).where(self._rejected, this, rejected_phrasings.c.day > since)
        return self._run(query).first() is not None

    def forget_rejected(self, until: date) -> None:
        """What was not wanted that day or earlier may be proposed again."""
        self._run(delete(rejected_phrasings).where(self._rejected, rejected_phrasings.c.day <= until))

    def _digest(self, slug: str, language: str, words: str) -> bytes:
        return self._work.service.blind("phrasing", self._group_id, slug, language, words)

    def of(self, slug: str, language: str) -> Sequence[Phrasing]:
        """Those of one article in one language, proposed and approved."""
        return self._all(phrasings.c.slug == slug, phrasings.c.language == language)

    def proposed(self) -> Sequence[Phrasing]:
        """Those that wait for a coordinator, oldest day first."""
        return self._all(PROPOSED)

    def approved(self) -> Sequence[Phrasing]:
        """Those by which articles are found, in the order of their approval."""
        return self._all(~PROPOSED)

    def purge(self, until: date) -> None:
        """What was proposed that day or earlier and nobody approved goes."""
        self._run(delete(phrasings).where(self._mine, PROPOSED, phrasings.c.day <= until))
        self._work.scrub = True

    def _all(self, *which: ColumnElement[bool]) -> list[Phrasing]:
        order = (phrasings.c.approved_at, phrasings.c.day, phrasings.c.id)
        query = select(phrasings).where(self._mine, *which).order_by(*order)
        return [self._value(row) for row in self._run(query).all()]

    def _sealed(self, phrasing: Phrasing) -> bytes:
        return self._sealer.seal_text(phrasing.text, "phrasings", "text", phrasing.id)

    def _value(self, row: Row[Any]) -> Phrasing:
        return Phrasing(
            id=row.id,
            slug=row.slug,
            language=row.language,
            text=self._sealer.open_text(row.text_sealed, "phrasings", "text", row.id),
            day=row.day,
            approved_at=row.approved_at,
        )
