"""Languages that members wrote in and that the group does not have: a number for each, and no more."""

from sqlalchemy import ColumnElement, delete, select

from dispatch.store.schema.library import unmet_languages
from dispatch.store.work import Work


class SqlUnmetLanguages:
    """A count for each language."""

    def __init__(self, work: Work, group_id: str) -> None:
        self._work = work
        self._group_id = group_id

    def find(self, language: str) -> int | None:
        """The count that was kept, locked until this transaction ends."""
        query = select(unmet_languages.c.times).where(*self._that(language)).with_for_update()
        return self._work.connection.scalar(query)

    def put(self, language: str, count: int) -> None:
        """Keep this count."""
        values = {"group_id": self._group_id, "language": language, "times": count}
        self._work.upsert(unmet_languages, values, keys=("group_id", "language"))

    def drop(self, language: str) -> None:
        """Keep none."""
        self._work.connection.execute(delete(unmet_languages).where(*self._that(language)))

    def _that(self, language: str) -> tuple[ColumnElement[bool], ...]:
        return (unmet_languages.c.group_id == self._group_id, unmet_languages.c.language == language)
