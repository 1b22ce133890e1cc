"""Cases, what was said in them, and who was asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from dispatch.model.cases import Case, CaseMessage, Offer, OfferState
from dispatch.model.messages import Address


class Cases(Protocol):
    """The cases of one group. A member has at most one open case (H45)."""

    def add(self, case: Case) -> None:
        """Keep a new case. Raises ChangedMeanwhile when the member has an open one."""

    def get(self, case_id: str) -> Case:
        """The case. Raises NotFound."""

    def find(self, case_id: str) -> Case | None:
        """The case, or None."""

    def save(self, case: Case) -> None:
        """Keep the case as it is now."""

    def next_number(self) -> int:
        """One more than the highest number in the group, starting at 1."""

    def open_of(self, member_id: str) -> Case | None:
        """The member's open case."""

    def last_of(self, member_id: str) -> Case | None:
        """The member's latest case, open or closed."""

    def of(self, member_id: str) -> Sequence[Case]:
        """All of the member's cases, the latest first."""

    def held_by(self, volunteer_id: str) -> Sequence[Case]:
        """The cases assigned to her, oldest assignment first."""

    def waiting(self) -> Sequence[Case]:
        """The queue: the longest wait first, urgent ones before others."""

    def taken_since(self, language: str, since: datetime) -> Sequence[Case]:
        """Cases in this language that somebody has taken since then, the latest first; at most 200."""

    def count_assigned(self) -> int:
        """How many cases somebody has."""

    def assign_if_waiting(self, case_id: str, volunteer_id: str, colour: str, now: datetime) -> bool:
        """Give the case to the volunteer if nobody has it: one conditional update names the winner (H24)."""


class CaseMessages(Protocol):
    """What was said in cases, sealed under the member's key."""

    def add(self, message: CaseMessage) -> None:
        """Keep a message."""

    def get(self, message_id: str) -> CaseMessage:
        """The message. Raises NotFound."""

    def find(self, message_id: str) -> CaseMessage | None:
        """The message, or None when it was purged."""

    def save(self, message: CaseMessage) -> None:
        """Keep the message as it is now."""

    def of(self, case_id: str) -> Sequence[CaseMessage]:
        """All of a case, in the order in which they came."""

    def at(self, chat: Address, external_id: str) -> CaseMessage | None:
        """The message of a case that stands there: an original, or the copy that we sent."""

    def purge(self, case_id: str) -> None:
        """Remove all that was said in a case."""


class Offers(Protocol):
    """Which volunteer was shown which case."""

    def add(self, offer: Offer) -> None:
        """Keep an offer; a volunteer has at most one open offer of a case."""

    def find(self, offer_id: str) -> Offer | None:
        """The offer, or None."""

    def save(self, offer: Offer) -> None:
        """Keep the offer as it is now."""

    def of(self, case_id: str) -> Sequence[Offer]:
        """All offers of a case, oldest first."""

    def end_open(self, case_id: str, state: OfferState, now: datetime) -> Sequence[Offer]:
        """End every open offer of a case in this state; those that were open are returned, as ended."""

    def remove(self, offer_id: str) -> None:
        """Forget that she was shown the case: she may be asked anew."""

    def open_for(self, volunteer_id: str) -> Sequence[Offer]:
        """The open offers of one volunteer."""
