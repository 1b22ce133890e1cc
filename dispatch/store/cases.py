"""The cases of one group."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Select, func, select, update
from sqlalchemy.exc import IntegrityError

from dispatch.model.cases import Case, CaseState, Outcome
from dispatch.model.errors import ChangedMeanwhile, NotFound
from dispatch.store.schema import cases
from dispatch.store.work import Work

PLAIN = (
    "number",
    "member_id",
    "language",
    "theme",
    "state",
    "opened_at",
    "waiting_since",
    "also",
    "urgent",
    "for_coordinators",
    "assignee_id",
    "colour",
    "assigned_at",
    "member_wrote_at",
    "closed_at",
    "outcome",
    "last_assignee_id",
    "pictures_agreed",
    "suggested",
)
"""Fields of a case that are columns of the same name."""


class SqlCases:
    """Cases: rows in plain, since they quote nobody.

    Only what changed since it was read is saved, and only if nobody else has meanwhile given the case to somebody,
    handed it over or closed it.
    """

    def __init__(self, work: Work, group_id: str) -> None:
        self._work = work
        self._group_id = group_id
        self._read: dict[str, Case] = {}

    def add(self, case: Case) -> None:
        """Keep a new case. Raises ChangedMeanwhile when the member has an open one, or the number is taken."""
        values = {"id": case.id, "group_id": self._group_id, **_columns(case)}
        if not self._work.insert_new(cases, values):
            raise ChangedMeanwhile(
                f"member {case.member_id} has an open case, or number {case.number} is taken"
            )

    def get(self, case_id: str) -> Case:
        """The case. Raises NotFound."""
        case = self.find(case_id)
        if case is None:
            raise NotFound(f"no case {case_id}")
        return case

    def find(self, case_id: str) -> Case | None:
        """The case, or None."""
        return self._first(self._mine(cases.c.id == case_id))

    def save(self, case: Case) -> None:
        """Keep the case as it is now. Raises NotFound.

        Raises ChangedMeanwhile when its state or assignee is not what was read, or its member has another open case.
        """
        before = self._read.get(case.id)
        changes = {
            name: value
            for name, value in _columns(case).items()
            if not before or getattr(before, name) != value
        }
        unchanged = []
        if before is not None:
            unchanged = [
                cases.c.state == before.state,
                cases.c.assignee_id.is_not_distinct_from(before.assignee_id),
            ]
        query = update(cases).where(cases.c.id == case.id, cases.c.group_id == self._group_id, *unchanged)
        try:
            if changes and not self._work.connection.execute(query.values(**changes)).rowcount:
                raise ChangedMeanwhile(f"case {case.id}") if before else NotFound(f"no case {case.id}")
        except IntegrityError as error:
            raise ChangedMeanwhile(f"member {case.member_id} has another open case") from error
        self._read[case.id] = case

    def next_number(self) -> int:
        """One more than the highest number."""
        query = select(func.coalesce(func.max(cases.c.number), 0)).where(cases.c.group_id == self._group_id)
        return cast(int, self._work.connection.scalar(query)) + 1

    def open_of(self, member_id: str) -> Case | None:
        """The member's open case."""
        return self._first(self._mine(cases.c.member_id == member_id, cases.c.state != CaseState.CLOSED))

    def last_of(self, member_id: str) -> Case | None:
        """The member's latest case."""
        query = self._mine(cases.c.member_id == member_id)
        return self._first(query.order_by(cases.c.opened_at.desc(), cases.c.number.desc()).limit(1))

    def held_by(self, volunteer_id: str) -> Sequence[Case]:
        """The cases assigned to her, oldest assignment first."""
        query = self._mine(cases.c.assignee_id == volunteer_id, cases.c.state == CaseState.ASSIGNED)
        return self._all(query.order_by(cases.c.assigned_at, cases.c.number))

    def waiting(self) -> Sequence[Case]:
        """The queue: urgent ones first, then the longest wait."""
        query = self._mine(cases.c.state == CaseState.WAITING)
        return self._all(query.order_by(cases.c.urgent.desc(), cases.c.waiting_since, cases.c.number))

    def count_assigned(self) -> int:
        """How many cases somebody has."""
        query = select(func.count()).where(
            cases.c.group_id == self._group_id, cases.c.state == CaseState.ASSIGNED
        )
        return cast(int, self._work.connection.scalar(query))

    def assign_if_waiting(self, case_id: str, volunteer_id: str, colour: str, now: datetime) -> bool:
        """Give the case to the volunteer if nobody has it: the row count names the winner (H24)."""
        waiting = (
            cases.c.id == case_id,
            cases.c.group_id == self._group_id,
            cases.c.state == CaseState.WAITING,
        )
        assigned = {
            "state": CaseState.ASSIGNED,
            "assignee_id": volunteer_id,
            "colour": colour,
            "assigned_at": now,
        }
        return self._work.connection.execute(update(cases).where(*waiting).values(**assigned)).rowcount == 1

    def _mine(self, *conditions: ColumnElement[bool]) -> Select[Any]:
        return select(cases).where(cases.c.group_id == self._group_id, *conditions)

    def _first(self, query: Select[Any]) -> Case | None:
        found = self._all(query)
        return found[0] if found else None

    def _all(self, query: Select[Any]) -> list[Case]:
        found = [_case(row) for row in self._work.connection.execute(query).all()]
        self._read.update((case.id, case) for case in found)
        return found


def _columns(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in PLAIN}


def _case(row: Row[Any]) -> Case:
    plain = {name: row._mapping[name] for name in PLAIN}
    plain["state"] = CaseState(row.state)
    plain["outcome"] = row.outcome and Outcome(row.outcome)
    return Case(id=row.id, group_id=row.group_id, **plain)
