"""What a group writes for its own library: texts in versions, and the signatures of those who read them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TextState(StrEnum):
    """How far a version has come. Once published it stays as it is: what changes is a new version."""

    DRAFT = "draft"  # somebody writes at it
    PROPOSED = "proposed"  # by a volunteer, for a coordinator to look at
    APPROVED = "approved"  # by another than its author, where two must approve
    REPLACED = "replaced"  # by another version, before it was published
    DECLINED = "declined"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"  # from then on the shelf has no such text


IN_HAND = frozenset({TextState.DRAFT, TextState.PROPOSED, TextState.APPROVED})
"""Versions that wait for somebody's work or yes; a text has at most one."""

TOLD = frozenset({TextState.PUBLISHED, TextState.WITHDRAWN})
"""Versions that changed what members get."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfText:
    """One version of a text: an article in one language, the very Markdown that a file of the folder holds.

    `author_id` is who wrote this version, `approved_by` who said yes to it; both are None once she is forgotten.
    `at` is when it came into its state.
    """

    id: str
    slug: str
    language: str
    version: int
    text: str
    state: TextState
    at: datetime
    author_id: str | None = None
    approved_by: str | None = None

    @property
    def is_in_hand(self) -> bool:
        """Does it wait for work or for a yes?"""
        return self.state in IN_HAND


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Somebody who speaks the language has read this very text, by its digest, and found it right."""

    slug: str
    language: str
    digest: str
    person_id: str | None
    at: datetime
