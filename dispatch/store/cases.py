"""The cases of one group."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, func, select, update
from sqlalchemy.exc import IntegrityError

from dispatch.model.cases import Case, CaseState, Outcome
from dispatch.model.errors import ChangedMeanwhile, NotFound
from dispatch.store.schema.cases import cases
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
    "article",
)
"""Fields of a case that are columns of the same name."""


WANTED: BindParameter[Any] = bindparam("wanted")
MINE = cases.c.group_id == bindparam("mine")
CASES = select(cases).where(MINE)
BY_ID = CASES.where(cases.c.id == WANTED)
OPEN_OF = CASES.where(cases.c.member_id == WANTED, cases.c.state != CaseState.CLOSED)
LAST_OF = (
    CASES.where(cases.c.member_id == WANTED)
    .order_by(cases.c.opened_at.desc(), cases.c.number.desc())
    .limit(1)
)
ALL_OF = CASES.where(cases.c.member_id == WANTED).order_by(cases.c.opened_at.desc(), cases.c.number.desc())
HELD_BY = CASES.where(cases.c.assignee_id == WANTED, cases.c.state == CaseState.ASSIGNED).order_by(
    cases.c.assigned_at, cases.c.number
)
QUEUE = CASES.where(cases.c.state == CaseState.WAITING).order_by(
    cases.c.urgent.desc(), cases.c.waiting_since, cases.c.number
)
TAKEN = CASES.where(cases.c.language == WANTED).order_by(cases.c.assigned_at.desc()).limit(200)
COUNT_ASSIGNED = select(func.count()).where(MINE, cases.c.state == CaseState.ASSIGNED)
HIGHEST_NUMBER = select(func.max(cases.c.number)).where(MINE)
UPDATE = update(cases).where(cases.c.id == WANTED, MINE)
UPDATE_AS_READ = UPDATE.where(
    cases.c.state == bindparam("state_read"),
    cases.c.assignee_id.is_not_distinct_from(bindparam("assignee_read")),
)
ASSIGN = UPDATE.where(cases.c.state == CaseState.WAITING)


class SqlCases:
    """Cases: rows in plain, since they quote nobody.

    Only what changed since it was read is saved, and only if nobody else has meanwhile given the case to
    somebody, handed it over or closed it.
    """

    def __init__(self, work: Work, group_id: str) -> None:
        self._work = work
        self._group_id = group_id
        self._read: dict[str, Case] = {}

    def add(self, case: Case) -> None:
        """Keep a new case. Raises ChangedMeanwhile when she has an open one, or its number is taken."""
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
        return self._first(BY_ID, case_id)

    def save(self, case: Case) -> None:
        """Keep the case as it is now. Raises NotFound.

        Raises ChangedMeanwhile when its state or assignee is not what was read, or its member has another
        open case.
        """
        before = self._read.get(case.id)
        changes = {
            name: value
            for name, value in _columns(case).items()
            if not before or getattr(before, name) != value
        }
        mine = {"wanted": case.id, "mine": self._group_id}
        as_read = {"state_read": before.state, "assignee_read": before.assignee_id} if before else {}
        query = UPDATE_AS_READ if before else UPDATE
        try:
            if changes and not self._work.connection.execute(query, {**mine, **as_read, **changes}).rowcount:
                raise ChangedMeanwhile(f"case {case.id}") if before else NotFound(f"no case {case.id}")
        except IntegrityError as error:
            raise ChangedMeanwhile(f"member {case.member_id} has another open case") from error
        self._read[case.id] = case

    def next_number(self) -> int:
        """One more than the highest number."""
        return 1 + (self._work.connection.scalar(HIGHEST_NUMBER, {"mine": self._group_id}) or 0)

    def open_of(self, member_id: str) -> Case | None:
        """The member's open case."""
        return self._first(OPEN_OF, member_id)

    def last_of(self, member_id: str) -> Case | None:
        """The member's latest case."""
        return self._first(LAST_OF, member_id)

    def of(self, member_id: str) -> Sequence[Case]:
        """All of the member's cases, the latest first."""
        return self._all(ALL_OF, member_id)

    def held_by(self, volunteer_id: str) -> Sequence[Case]:
        """The cases assigned to her, oldest assignment first."""
        return self._all(HELD_BY, volunteer_id)

    def waiting(self) -> Sequence[Case]:
        """The queue: urgent ones first, then the longest wait."""
        return self._all(QUEUE)

    def taken_since(self, language: str, since: datetime) -> Sequence[Case]:
        """Cases in this language that somebody has taken since then, the latest first; at most 200."""
        return self._all(TAKEN.where(cases.c.assigned_at >= since), language)

    def count_assigned(self) -> int:
        """How many cases somebody has."""
        return self._work.connection.scalar(COUNT_ASSIGNED, {"mine": self._group_id}) or 0

    def assign_if_waiting(self, case_id: str, volunteer_id: str, colour: str, now: datetime) -> bool:
        """Give the case to the volunteer if nobody has it: the row count names the winner (H24)."""
        self._read.pop(case_id, None)
        assigned = {
            "assignee_id": volunteer_id,
            "colour": colour,
            "assigned_at": now,
            "state": CaseState.ASSIGNED,
        }
        mine = {"wanted": case_id, "mine": self._group_id}
        return self._work.connection.execute(ASSIGN, {**mine, **assigned}).rowcount == 1

    def _first(self, query: Select[Any], wanted: str) -> Case | None:
        found = self._all(query, wanted)
        return found[0] if found else None

    def _all(self, query: Select[Any], wanted: str | None = None) -> list[Case]:
        rows = self._work.connection.execute(query, {"mine": self._group_id, "wanted": wanted}).all()
        found = [_case(row) for row in rows]
        self._read.update((case.id, case) for case in found)
        return found


def _columns(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in PLAIN}


def _case(row: Row[Any]) -> Case:
    plain = {name: row._mapping[name] for name in PLAIN}
    plain["state"] = CaseState(row.state)
    plain["outcome"] = row.outcome and Outcome(row.outcome)
    return Case(id=row.id, group_id=row.group_id, **plain)
