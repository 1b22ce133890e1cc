"""Who they are to us: members, volunteers, coordinators, and the group they belong to."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from dispatch.model.messages import Address

LATEST_HOUR = time(21)
"""When "until I stop" ends by itself: the night is hers (conversation.md, what people love 3)."""


class Role(StrEnum):
    """What somebody may do; one person may have several."""

    MEMBER = "member"
    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"


class Standing(StrEnum):
    """Where a volunteer or coordinator stands with the group."""

    PENDING = "pending"
    ACTIVE = "active"
    PAUSED = "paused"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A local association: it owns its people, its queue and its data."""

    id: str
    name: str
    country: str  # ISO 3166: "NO", "DK"
    zone: str  # IANA time zone
    language: str  # of its volunteers' chat
    languages: tuple[str, ...]  # that members may use
    chat: Address | None = None  # the volunteers' group
    demo: bool = False
    two_approve: bool = False  # all that is published needs another's yes than its author's

    def local(self, at: datetime) -> datetime:
        """The group's wall clock at this instant."""
        return at.astimezone(ZoneInfo(self.zone))

    def latest_tonight(self, now: datetime) -> datetime:
        """The next time that the wall clock says 21:00, as an instant."""
        local = self.local(now)
        latest = local.replace(hour=LATEST_HOUR.hour, minute=0, second=0, microsecond=0, fold=0)
        if latest <= local:
            latest += timedelta(days=1)  # wall-clock arithmetic: still 21:00 across a change of clocks
        return latest.astimezone(now.tzinfo)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who has written to the group, or was invited.

    `name` is kept for volunteers and coordinators only. `languages` are what a volunteer speaks.
    """

    id: str
    group_id: str
    address: Address
    user: str
    created_at: datetime
    reachable: bool = True
    name: str = ""
    language: str | None = None
    language_chosen: bool = False
    app_language: str | None = None
    link_language: str | None = None
    greeted_at: datetime | None = None
    consented_at: datetime | None = None
    refused_at: datetime | None = None
    stopped_at: datetime | None = None
    volunteer: Standing | None = None
    coordinator: Standing | None = None
    languages: tuple[str, ...] = ()
    available_until: datetime | None = None
    plans_at: datetime | None = None  # when she thinks to be free next
    asked_at: datetime | None = None  # when she was last offered a case
    case_marked: str | None = None  # the case that she writes to
    case_marked_at: datetime | None = None

    @property
    def is_volunteer(self) -> bool:
        """May she take cases?"""
        return self.volunteer is Standing.ACTIVE

    @property
    def has_joined(self) -> bool:
        """Is she a volunteer, or about to be one again? Who was removed or declined is a member like any other."""
        return self.volunteer in {Standing.PENDING, Standing.ACTIVE, Standing.PAUSED}

    @property
    def is_member(self) -> bool:
        """Does she ask? Whoever helps reads the library, and asks nobody."""
        return not (self.has_joined or self.is_coordinator)

    @property
    def is_coordinator(self) -> bool:
        """May she steer the group?"""
        return self.coordinator is Standing.ACTIVE

    @property
    def has_consented(self) -> bool:
        """May a person see what she writes?"""
        return self.consented_at is not None

    @property
    def has_refused(self) -> bool:
        """Did she say that nobody may see it, and has not said otherwise since?"""
        return self.refused_at is not None

    def is_available(self, now: datetime) -> bool:
        """Is she free to take a case now?"""
        return self.is_volunteer and self.available_until is not None and now < self.available_until

    def speaks(self, language: str) -> bool:
        """Can she talk with somebody in this language?"""
        return language in self.languages

    def chooses(self, language: str) -> Self:
        """She chose it herself: nothing that is inferred replaces it."""
        return replace(self, language=language, language_chosen=True)

    def seems_to_speak(self, language: str) -> Self:
        """It was inferred; what she chose stands."""
        return self if self.language_chosen else replace(self, language=language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What remains of somebody who was erased: a salted digest of her id, which confirms it and gives it away to nobody."""

    digest: bytes
    salt: bytes
    group_id: str
    erased_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A link that makes whoever opens it first a volunteer (to be approved) or a coordinator."""

    digest: str  # of its secret; the secret itself is not kept
    role: Role
    invited_by: str | None
    expires_at: datetime
    used_by: str | None = None
