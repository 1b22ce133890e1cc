"""How fast one account may write: token buckets for all chats together and for each chat, and pauses that the
platform asked for. Pure functions of the `now` that is passed in, and one account's memory."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from bot.channels.channel import Limits

# Bursts come out of the allowance: in no second more than the rate and this, in no minute more than the group's limit.
OVERALL_BURST = 2
GROUP_BURST = 4
# Several chats throttled this close together: it is the account that is too fast.
TOGETHER = timedelta(seconds=1)
# Of a token: instants are whole microseconds, and a wait that long must do.
ROUNDING = 1e-3


@dataclass(frozen=True, slots=True)
class Bucket:
    """Fills by `rate` tokens a second up to `size`; a message takes one. `level` is what it held `at` that moment."""

    rate: float
    size: float
    level: float
    at: datetime

    def level_at(self, now: datetime) -> float:
        """What is in it; a clock that went back adds nothing."""
        return min(self.size, self.level + self.rate * max(0.0, (now - self.at).total_seconds()))

    def ready_in(self, now: datetime) -> float:
        """Seconds until it holds a token."""
        missing = 1 - self.level_at(now)
        return missing / self.rate if missing > ROUNDING else 0.0

    def is_full(self, now: datetime) -> bool:
        """Does it hold all that it can?"""
        return self.level_at(now) >= self.size

    def since(self, now: datetime) -> Self:
        """The same level, counted from now at the latest."""
        return replace(self, at=min(self.at, now))

    def less(self, count: int, now: datetime) -> Self:
        """The bucket without these tokens; it may owe some, since the platform has been written to all the same."""
        return replace(self, level=self.level_at(now) - count, at=now)


class Pace:
    """The allowance of one account.

    The buckets for all chats together and for groups start empty, so that a process which dies and starts again and
    again does not burst; those of private chats start full.
    """

    def __init__(self, limits: Limits, now: datetime) -> None:
        group_burst = min(GROUP_BURST, limits.per_minute_group / 2)
        self._private = Bucket(limits.per_second_chat, limits.burst_chat, limits.burst_chat, now)
        self._group = Bucket((limits.per_minute_group - group_burst) / 60, group_burst, 0, now)
        self._overall = Bucket(limits.per_second, OVERALL_BURST, 0, now)
        self._chats: dict[str, Bucket] = {}
        self._groups: dict[str, Bucket] = {}
        self._pauses: dict[str, datetime] = {}
        self._seen = now
        self._throttled: tuple[str, datetime] | None = None
        self.paused_until: datetime | None = None
        """Until when nobody may be written to; worth keeping across restarts."""

    def ready_in(self, chat: str, is_group: bool, now: datetime) -> float:
        """Seconds until this chat may be written to; 0 is now."""
        self._notice(now)
        bucket = self._bucket(chat, is_group)
        return max(self._account_ready_in(now), bucket.ready_in(now), _seconds(now, self._pauses.get(chat)))

    def take(self, chat: str, is_group: bool, now: datetime, count: int = 1) -> None:
        """So many messages go to this chat now; an album is as many as it has items."""
        buckets = self._groups if is_group else self._chats
        buckets[chat] = self._bucket(chat, is_group).less(count, now)
        self._overall = self._overall.less(count, now)

    def throttled(self, chat: str, retry_after: float, now: datetime) -> None:
        """The platform said that we are too fast: this chat waits, or all of them if another was throttled just now."""
        until = now + timedelta(seconds=retry_after)
        self._pauses[chat] = max(until, self._pauses.get(chat, until))
        if self._throttled and self._throttled[0] != chat and now - self._throttled[1] <= TOGETHER:
            self.pause(until)
        self._throttled = chat, now

    def pause(self, until: datetime) -> None:
        """Nobody is written to before then."""
        self.paused_until = max(until, self.paused_until or until)

    def blocked(self, now: datetime) -> set[str]:
        """The chats that may not be written to now, while others may."""
        self._forget(now)
        buckets = [*self._chats.items(), *self._groups.items()]
        return {chat for chat, bucket in buckets if bucket.ready_in(now) > 0} | self._pauses.keys()

    def wait_until(self, now: datetime) -> datetime | None:
        """When more may be sent than now; None when nothing holds anything up."""
        if account := self._account_ready_in(now):
            return now + timedelta(seconds=account)
        waits = [_seconds(now, until) for until in self._pauses.values()]
        waits += [bucket.ready_in(now) for bucket in (*self._chats.values(), *self._groups.values())]
        soonest = min((wait for wait in waits if wait > 0), default=None)
        return None if soonest is None else now + timedelta(seconds=soonest)

    def _notice(self, now: datetime) -> None:
        """A clock that went back must not hold everything up until it has caught up."""
        if now < self._seen:
            self._overall = self._overall.since(now)
            self._group, self._private = self._group.since(now), self._private.since(now)
            self._chats = {chat: bucket.since(now) for chat, bucket in self._chats.items()}
            self._groups = {chat: bucket.since(now) for chat, bucket in self._groups.items()}
        self._seen = now

    def _account_ready_in(self, now: datetime) -> float:
        return max(self._overall.ready_in(now), _seconds(now, self.paused_until))

    def _bucket(self, chat: str, is_group: bool) -> Bucket:
        return self._groups.get(chat, self._group) if is_group else self._chats.get(chat, self._private)

    def _forget(self, now: datetime) -> None:
        """Let go of what is as if it had never been used."""
        self._pauses = {chat: until for chat, until in self._pauses.items() if until > now}
        self._chats = {chat: bucket for chat, bucket in self._chats.items() if not bucket.is_full(now)}
        self._groups = {chat: bucket for chat, bucket in self._groups.items() if not bucket.is_full(now)}


def _seconds(now: datetime, until: datetime | None) -> float:
    return max(0.0, (until - now).total_seconds()) if until else 0.0
