"""Moments to come: as one group sets them, and as they fall due for all."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update

from dispatch.model.queues import Timer
from dispatch.store.schema.owed import timers
from dispatch.store.work import TIMERS, Work


class SqlTimers:
    """One of a kind per subject."""

    def __init__(self, work: Work, group_id: str) -> None:
        self._work = work
        self._group_id = group_id

    def set(self, kind: str, subject: str, due_at: datetime) -> None:
        """Wake this rule then, instead of whenever it was set before."""
        values = {"group_id": self._group_id, "kind": kind, "subject": subject, "due_at": due_at}
        self._work.upsert(timers, values, keys=("group_id", "kind", "subject"))
        self._work.touched.add(TIMERS)

    def clear(self, kind: str, subject: str) -> None:
        """Do not wake it."""
        mine = (timers.c.group_id == self._group_id, timers.c.kind == kind, timers.c.subject == subject)
        self._work.connection.execute(delete(timers).where(*mine))


class SqlDue:
    """Timers of all groups, as they fall due."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def due(self, now: datetime, limit: int = 20) -> Sequence[Timer]:
        """Those whose time has come, earliest first."""
        order = (timers.c.due_at, timers.c.group_id, timers.c.kind, timers.c.subject)
        query = select(timers).where(timers.c.due_at <= now).order_by(*order).limit(limit)
        return [
            Timer(group_id=row.group_id, kind=row.kind, subject=row.subject, due_at=row.due_at)
            for row in self._work.connection.execute(query).all()
        ]

    def take(self, timer: Timer) -> bool:
        """Remove it; False when another has it, had it, or set it anew."""
        free = select(timers.c.kind).where(*_this(timer)).with_for_update(skip_locked=True)
        if self._work.connection.execute(free).first() is None:
            return False
        return self._work.connection.execute(delete(timers).where(*_this(timer))).rowcount == 1

    def postpone(self, timer: Timer, until: datetime) -> None:
        """Its rule failed: again then, unless it was set anew meanwhile."""
        self._work.connection.execute(update(timers).where(*_this(timer)).values(due_at=until))
        self._work.touched.add(TIMERS)

    def next_at(self) -> datetime | None:
        """When the next one is due."""
        moment: datetime | None = self._work.connection.scalar(select(func.min(timers.c.due_at)))
        return moment


def _this(timer: Timer) -> tuple[ColumnElement[bool], ...]:
    return (
        timers.c.group_id == timer.group_id,
        timers.c.kind == timer.kind,
        timers.c.subject == timer.subject,
        timers.c.due_at == timer.due_at,
    )
