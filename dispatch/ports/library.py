"""What one group has of its own beside the folder of articles, and what lets its library grow."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from dispatch.model.growth import Answer, Gap, Phrasing, Subject, Unanswered
from dispatch.model.messages import Recording
from dispatch.model.shelf import ShelfText, Signature, TextState


class Shelf(Protocol):
    """The texts that a group wrote itself, sealed under the service key, and its signatures."""

    def add(self, text: ShelfText) -> None:
        """Keep a new version. Raises ChangedMeanwhile when there is one of that number."""

    def find(self, text_id: str) -> ShelfText | None:
        """The version, or None."""

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

    def lock(self, slug: str, language: str) -> None:
        """Nobody else decides about this text before the unit of work ends."""

    def remove(self, text_id: str) -> None:
        """Forget a version that members do not get."""

    def versions(self, slug: str, language: str) -> Sequence[ShelfText]:
        """All versions of a text, oldest first."""

    def in_hand(self) -> Sequence[ShelfText]:
        """The versions that wait for somebody's work or yes, by slug and language."""

    def published(self) -> Sequence[ShelfText]:
        """The texts that members get, by slug and language: of each the newest published version, unless it was withdrawn."""

    def sign(self, signature: Signature) -> None:
        """Keep a signature; the first of a text counts."""

    def unsign(self, slug: str, language: str, digest: str) -> None:
        """It was signed by mistake."""

    def signatures(self) -> Sequence[Signature]:
        """All signatures."""

    def revision(self) -> int:
        """Grows with every change to what the group's library is made of."""

    def changed(self) -> None:
        """Something else that the group's library is made of has changed."""


class Phrasings(Protocol):
    """Questions as people asked them, for the articles that helped, in one group; sealed with the service key."""

    def add(self, phrasing: Phrasing) -> None:
        """Keep a proposed phrasing."""

    def find(self, phrasing_id: str) -> Phrasing | None:
        """The phrasing, or None when there is none (any more)."""

    def save(self, phrasing: Phrasing) -> None:
        """Keep its text and whether it is approved."""

    def remove(self, phrasing_id: str) -> None:
        """It is not wanted."""

    def reject(self, slug: str, language: str, words: str, day: date) -> None:
        """These words were not wanted for this article on that day; no more than a keyed digest of them is kept."""

    def was_rejected(self, slug: str, language: str, words: str, since: date) -> bool:
        """Were these very words not wanted after that day?"""

    def forget_rejected(self, until: date) -> None:
        """What was not wanted that day or earlier may be proposed again."""

    def of(self, slug: str, language: str) -> Sequence[Phrasing]:
        """Those of one article in one language, proposed and approved."""

    def proposed(self) -> Sequence[Phrasing]:
        """Those that wait for a coordinator, oldest day first."""

    def approved(self) -> Sequence[Phrasing]:
        """Those by which articles are found, in the order of their approval."""

    def purge(self, until: date) -> None:
        """What was proposed that day or earlier and nobody approved goes."""


class Answers(Protocol):
    """How often an article was the answer, by the language of who asked, in one group. A number is kept, and no day."""

    def count(self, language: str, slug: str) -> None:
        """Once more."""

    def counts(self) -> Mapping[Answer, int]:
        """How often, by language and article."""


class Gaps(Protocol):
    """What the library had no good answer to, in one group. Texts are sealed with the service key: nobody is named."""

    def count(self, language: str, theme: str, day: date) -> None:
        """One more question of that day."""

    def counts(self, since: date) -> Mapping[Subject, int]:
        """How many there were from that day on, by language and theme."""

    def mark_told(self, language: str, theme: str, day: date) -> None:
        """Coordinators hear of it on that day, on which something was counted."""

    def was_told(self, language: str, theme: str, since: date) -> bool:
        """Have they heard of it from that day on?"""

    def keep(self, question: Unanswered) -> None:
        """Keep the words of a question."""

    def questions(self) -> Sequence[Unanswered]:
        """All that are kept, with their words or without, oldest day first."""

    def add(self, gap: Gap) -> None:
        """Keep a new gap."""

    def find(self, gap_id: str) -> Gap | None:
        """The gap, or None when there is none (any more)."""

    def save(self, gap: Gap) -> None:
        """Keep the gap as it is now, except for its count, which `put` alone changes."""

    def all(self) -> Sequence[Gap]:
        """All gaps."""

    def put(self, question_ids: Collection[str], gap_id: str) -> None:
        """These questions, which are in no gap, belong to this one: it counts them."""

    def forget_texts(self, gap_id: str) -> None:
        """The words of its questions go; that they were asked stays."""

    def purge(self, until: date) -> None:
        """Questions of that day and earlier go, and gaps of which nothing else is left."""


class UnmetLanguages(Protocol):
    """How often somebody wrote in a language that the group does not have. Nobody's identity is kept."""

    def find(self, language: str) -> int | None:
        """The count that was kept, which nobody else changes before this transaction ends; None when there is none."""

    def put(self, language: str, count: int) -> None:
        """Keep this count."""

    def drop(self, language: str) -> None:
        """Keep none."""


class Recordings(Protocol):
    """What coordinators have spoken for members, sealed under the key of who spoke: it goes when she is forgotten."""

    def put(self, recording: Recording) -> None:
        """Keep it, instead of an earlier one of the same kind and language."""

    def find(self, kind: str, language: str) -> Recording | None:
        """The recording in this language."""

    def languages(self, kind: str) -> Collection[str]:
        """The languages in which there is one."""

    def remove(self, kind: str, language: str) -> None:
        """There is none any more."""
