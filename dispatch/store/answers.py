"""How often each article was the answer: a number for each language, and no more."""

from collections.abc import Mapping

from sqlalchemy import select

from dispatch.model.growth import Answer
from dispatch.store.schema.library import answer_counts
from dispatch.store.work import Work


class SqlAnswers:
    """A count for each language and article."""

    def __init__(self, work: Work, group_id: str) -> None:
        self._work = work
        self._group_id = group_id

    def count(self, language: str, slug: str) -> None:
        """Once more."""
        self._work.count(answer_counts, {"group_id": self._group_id, "language": language, "slug": slug})

    def counts(self) -> Mapping[Answer, int]:
        """How often, by language and article."""
        query = select(answer_counts).where(answer_counts.c.group_id == self._group_id)
        return {(row.language, row.slug): row.asked for row in self._work.connection.execute(query).all()}
