"""A question that people must answer, from the queue to its end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from dispatch.model.errors import WrongState
from dispatch.model.messages import Attachment

CASES_AT_ONCE = 3
"""Cases that one volunteer may hold; two are common, and a third is the most that anybody can follow."""

COLOURS = ("🟦", "🟧", "🟩", "🟪", "🟨", "🟥")
"""A case's mark in its volunteer's chat, so that two are not mixed up."""


class CaseState(StrEnum):
    """Whether a case waits, somebody has it, or it is over. Open offers say whether a waiting one was shown."""

    WAITING = "waiting"
    ASSIGNED = "assigned"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How she said it went."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One member's question, in one language; at most one volunteer holds it."""

    id: str
    group_id: str
    number: int  # what people call it: counts up within the group
    member_id: str
    language: str
    theme: str
    state: CaseState
    opened_at: datetime
    waiting_since: datetime
    also: tuple[str, ...] = ()  # other languages that she said she speaks
    urgent: bool = False
    for_coordinators: bool = False
    assignee_id: str | None = None
    colour: str = ""
    assigned_at: datetime | None = None
    member_wrote_at: datetime | None = None  # her last message that nobody has answered yet
    closed_at: datetime | None = None
    outcome: Outcome | None = None
    last_assignee_id: str | None = None  # who held it before
    pictures_agreed: bool = False  # she was told what a picture can show
    suggested: tuple[str, ...] = ()  # articles that came near to her question
    article: str | None = None  # the last one that was sent to her from the library

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages in which a volunteer can talk with her, the best first."""
        return (self.language, *self.also)

    @property
    def is_open(self) -> bool:
        """Does it still wait, or does somebody have it?"""
        return self.state is not CaseState.CLOSED

    def hand_over(self) -> Self:
        """Put an assigned case back in the queue, where its first wait still counts."""
        if self.state is not CaseState.ASSIGNED:
            raise WrongState(f"cannot hand over a {self.state} case")
        return replace(
            self,
            state=CaseState.WAITING,
            assignee_id=None,
            assigned_at=None,
            last_assignee_id=self.assignee_id,
        )

    def close(self, now: datetime) -> Self:
        """End it."""
        if self.state is CaseState.CLOSED:
            raise WrongState("the case is already closed")
        return replace(
            self,
            state=CaseState.CLOSED,
            assignee_id=None,
            closed_at=now,
            member_wrote_at=None,
            last_assignee_id=self.assignee_id or self.last_assignee_id,
        )

    def reopen(self, now: datetime) -> Self:
        """Put a closed case back in the queue."""
        if self.state is not CaseState.CLOSED:
            raise WrongState(f"cannot reopen a {self.state} case")
        return replace(self, state=CaseState.WAITING, closed_at=None, waiting_since=now, outcome=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMessage:
    """What one of the two said in a case. Kept under the member's key until the case is purged."""

    id: str
    case_id: str
    author_id: str
    sent_at: datetime
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    chat_external_id: str = ""  # of the original, in its author's chat
    reply_to: str | None = None  # another message of the case
    edited_at: datetime | None = None


class OfferState(StrEnum):
    """What became of a case that was shown to a volunteer."""

    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A case shown to one volunteer."""

    id: str
    case_id: str
    volunteer_id: str
    state: OfferState
    offered_at: datetime
    ended_at: datetime | None = None


WAITS_COUNTED = 5
"""Fewer waits than this say nothing about the next one."""


def usual_wait(taken: Iterable[Case], hour: int, hour_of: Callable[[datetime], int]) -> timedelta | None:
    """The median wait of cases that were taken at about this hour of the day; None when there were too few.

    `hour_of` reads the group's wall clock.
    """
    waits = sorted(
        case.assigned_at - case.waiting_since
        for case in taken
        if case.assigned_at and abs(hour_of(case.waiting_since) - hour) in {0, 1, 23}
    )
    return waits[len(waits) // 2] if len(waits) >= WAITS_COUNTED else None
