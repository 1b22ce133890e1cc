"""What a group wrote for its own library, and what its people signed."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select, update

from dispatch.model.errors import ChangedMeanwhile
from dispatch.model.shelf import IN_HAND, TOLD, ShelfText, Signature, TextState
from dispatch.store.schema.library import shelf_revisions, shelf_texts, signatures
from dispatch.store.work import SHELF, Work

NEWEST_LAST = (shelf_texts.c.slug, shelf_texts.c.language, shelf_texts.c.version)


class SqlShelf:
    """One group's texts and signatures."""

    def __init__(self, work: Work, group_id: str) -> None:
        self._work = work
        self._group_id = group_id
        self._sealer = work.service.sealer

    def add(self, text: ShelfText) -> None:
        """Keep a new version. Raises ChangedMeanwhile when there is one of that number."""
        values = {
            "id": text.id,
            "group_id": self._group_id,
            "slug": text.slug,
            "language": text.language,
            "version": text.version,
            "text_sealed": self._sealer.seal_text(text.text, *_place(text.id)),
            "state": text.state,
            "at": text.at,
            "author_id": text.author_id,
            "approved_by": text.approved_by,
        }
        if not self._work.insert_new(shelf_texts, values):
            raise ChangedMeanwhile(f"there is a version {text.version} already")
        if text.state in TOLD:
            self.changed()

    def find(self, text_id: str) -> ShelfText | None:
        """The version, or None."""
        row = self._work.connection.execute(self._mine(shelf_texts.c.id == text_id)).first()
        return None if row is None else self._value(row)

    def move(
        self,
        text: ShelfText,
        state: TextState,
        now: datetime,
        *,
        approved_by: str | None,
        version: int | None = None,
    ) -> bool:
        """Bring a version from the state it was read in to this one; False when it has left that state.

        `version` is its number from now on, if that changes.
        """
        as_read = (
            shelf_texts.c.id == text.id,
            shelf_texts.c.group_id == self._group_id,
            shelf_texts.c.state == text.state,
        )
        values = {"state": state, "at": now, "approved_by": approved_by, "version": version or text.version}
        change = update(shelf_texts).where(*as_read).values(**values)
        moved = self._work.connection.execute(change).rowcount == 1
        if moved and state in TOLD:
            self.changed()
        return moved

    def lock(self, slug: str, language: str) -> None:
        """Nobody else decides about this text before the unit of work ends."""
        name = "\0".join(("shelf", self._group_id, slug, language))
        self._work.lock(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest())

    def remove(self, text_id: str) -> None:
        """Forget a version altogether."""
        mine = (shelf_texts.c.id == text_id, shelf_texts.c.group_id == self._group_id)
        self._work.connection.execute(delete(shelf_texts).where(*mine))
        self._work.scrub = True

    def versions(self, slug: str, language: str) -> Sequence[ShelfText]:
        """All versions of a text, oldest first."""
        query = self._mine(shelf_texts.c.slug == slug, shelf_texts.c.language == language)
        return [self._value(row) for row in self._work.connection.execute(query).all()]

    def in_hand(self) -> Sequence[ShelfText]:
        """The versions that wait for somebody's work or yes."""
        query = self._mine(shelf_texts.c.state.in_(sorted(IN_HAND)))
        return [self._value(row) for row in self._work.connection.execute(query).all()]

    def published(self) -> Sequence[ShelfText]:
        """Of each text the newest published version, unless it was withdrawn."""
        query = self._mine(shelf_texts.c.state.in_(sorted(TOLD)))
        newest = _newest(self._work.connection.execute(query).all())
        return [self._value(row) for row in newest if row.state == TextState.PUBLISHED]

    def sign(self, signature: Signature) -> None:
        """Keep a signature; the first of a text counts."""
        values = {
            "group_id": self._group_id,
            "slug": signature.slug,
            "language": signature.language,
            "digest": signature.digest,
            "person_id": signature.person_id,
            "at": signature.at,
        }
        self._work.insert_new(signatures, values)
        self.changed()

    def unsign(self, slug: str, language: str, digest: str) -> None:
        """It was signed by mistake."""
        this = (
            signatures.c.group_id == self._group_id,
            signatures.c.slug == slug,
            signatures.c.language == language,
            signatures.c.digest == digest,
        )
        self._work.connection.execute(delete(signatures).where(*this))
        self.changed()

    def signatures(self) -> Sequence[Signature]:
        """All signatures, in the order in which they were given."""
        query = select(signatures).where(signatures.c.group_id == self._group_id)
        rows = self._work.connection.execute(query.order_by(signatures.c.at, signatures.c.digest)).all()
        return [
            Signature(
                slug=row.slug, language=row.language, digest=row.digest, person_id=row.person_id, at=row.at
            )
            for row in rows
        ]

    def revision(self) -> int:
        """Grows with every change to what the group's library is made of."""
        query = select(shelf_revisions.c.revision).where(shelf_revisions.c.group_id == self._group_id)
        return self._work.connection.scalar(query) or 0

    def changed(self) -> None:
        """Something that the group's library is made of has changed."""
        self._work.insert_new(shelf_revisions, {"group_id": self._group_id, "revision": 0})
        mine = shelf_revisions.c.group_id == self._group_id
        grown = update(shelf_revisions).where(mine).values(revision=shelf_revisions.c.revision + 1)
        self._work.connection.execute(grown)
        self._work.touched.add(SHELF)

    def _mine(self, *conditions: ColumnElement[bool]) -> Any:
        mine = (shelf_texts.c.group_id == self._group_id, *conditions)
        return select(shelf_texts).where(*mine).order_by(*NEWEST_LAST)

    def _value(self, row: Row[Any]) -> ShelfText:
        return ShelfText(
            id=row.id,
            slug=row.slug,
            language=row.language,
            version=row.version,
            text=self._sealer.open_text(row.text_sealed, *_place(row.id)),
            state=TextState(row.state),
            at=row.at,
            author_id=row.author_id,
            approved_by=row.approved_by,
        )


def _newest(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    """Of rows in which the newest version of each text comes last, that one."""
    return list({(row.slug, row.language): row for row in rows}.values())


def _place(text_id: str) -> tuple[str, str, str]:
    return "shelf_texts", "text", text_id
