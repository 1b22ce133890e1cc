"""How the library grows: questions that nothing answered well, gaps that many fell into, and phrasings to add.

None of it names anybody: no person, no case, no time of the day.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

KEPT_FOR = timedelta(days=30)
"""How long somebody's own words are kept, unless a person rewords them."""

REJECTED_FOR = timedelta(days=365)
"""How long words that a coordinator did not want for an article are not proposed for it again."""

WEEK = timedelta(days=7)
OFTEN = 5
"""So many questions about one theme in one language within a week are told to coordinators."""

FEWEST_COUNTED = 5
"""Fewer questions of women who have not agreed are not shown: one in a small language would point to her."""

LONGEST_PHRASING = 160
"""Characters; what is longer is a story, and no phrasing of a question."""

Subject = tuple[str, str]
"""A language tag and a theme."""

Answer = tuple[str, str]
"""A language tag and the slug of an article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A question that the library had no good answer to, without who asked it and without numbers and addresses.

    `text` is None once a person has reworded the gap; `gap` is None until somebody looks and it is put with its like.
    """

    id: str
    language: str
    theme: str
    day: date
    text: str | None
    gap: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """New questions that are alike: they belong to this gap, or to a new one."""

    gap: str | None
    questions: tuple[Unanswered, ...]


class GapState(StrEnum):
    """What a coordinator decided about a gap."""

    OPEN = "open"
    KEPT = "kept"  # reworded: its phrasing is kept for good
    ASIDE = "aside"  # not for the library; what is like it stays out of sight too


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Questions that are alike, in one language. `asked` counts all that there ever were."""

    id: str
    language: str
    theme: str
    state: GapState = GapState.OPEN
    asked: int = 0
    phrasing: str = ""  # a person's words for it

    @property
    def subject(self) -> Subject:
        """Its language and theme."""
        return self.language, self.theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasing:
    """A question as somebody asked it, and the article that helped. It is found by once a person has approved it."""

    id: str
    slug: str
    language: str
    text: str
    day: date  # of the question
    approved_at: datetime | None = None


def bare(text: str) -> str:
    """The words of a text as they are compared: in one case, with nothing between them but a space."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    # Punctuation, symbols, spaces and what nobody sees; the marks of many scripts are neither letters nor any of these.
    return " ".join(
        "".join(" " if unicodedata.category(sign)[0] in "PSZC" else sign for sign in folded).split()
    )


def unread(counts: Mapping[Subject, int], questions: Iterable[Unanswered]) -> dict[Subject, int]:
    """How many were only counted, since nobody may read them; subjects with any, the most first."""
    read = Counter((question.language, question.theme) for question in questions)
    rest = {subject: count - read[subject] for subject, count in counts.items() if count > read[subject]}
    return dict(sorted(rest.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What members ask for: how often an article was the answer to readers of a language, and how often there was none."""

    answered: Mapping[Answer, int]
    missed: Mapping[Subject, int]


def demand(answered: Mapping[Answer, int], missed: Mapping[Subject, int]) -> Demand:
    """Without what so few asked that its place in a list would point to one of them."""
    return Demand(answered=_told(answered), missed=_told(missed))


def _told(counts: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    return {key: count for key, count in counts.items() if count >= FEWEST_COUNTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A line of what was asked most. `gap` is None for questions that were only counted."""

    subject: Subject
    count: int
    gap: Gap | None = None


def lately(
    gaps: Iterable[Gap], questions: Iterable[Unanswered], counts: Mapping[Subject, int]
) -> list[Ranked]:
    """What was asked most in the time for which words and `counts` are given, the most first."""
    questions = [*questions]
    asked = Counter(question.gap for question in questions)
    shown = [
        Ranked(subject=gap.subject, count=asked[gap.id], gap=gap)
        for gap in gaps
        if gap.state is not GapState.ASIDE and asked[gap.id]
    ]
    counted = [
        Ranked(subject=subject, count=count)
        for subject, count in unread(counts, questions).items()
        if count >= FEWEST_COUNTED
    ]
    return sorted([*shown, *counted], key=lambda ranked: -ranked.count)


def ever(gaps: Iterable[Gap]) -> list[Ranked]:
    """All gaps that are kept, the most asked first."""
    shown = [gap for gap in gaps if gap.state is not GapState.ASIDE]
    return sorted(
        (Ranked(subject=gap.subject, count=gap.asked, gap=gap) for gap in shown),
        key=lambda ranked: -ranked.count,
    )
