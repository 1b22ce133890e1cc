"""What the library of one group had no good answer to: counts, questions, and the gaps they show."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, exists, func, select, update

from dispatch.model.errors import NotFound
from dispatch.model.growth import Gap, GapState, Subject, Unanswered
from dispatch.store.schema.library import gap_counts, gap_questions, gaps
from dispatch.store.work import Work


class SqlGaps:
    """Sealed with the service key: there is no person whose key it could be."""

    def __init__(self, work: Work, group_id: str) -> None:
        self._work = work
        self._run = work.connection.execute
        self._sealer = work.service.sealer
        self._group_id = group_id

    # Counts

    def count(self, language: str, theme: str, day: date) -> None:
        """One more question of that day."""
        key = {"group_id": self._group_id, "language": language, "theme": theme, "day": day}
        self._work.count(gap_counts, key, told=False)

    def counts(self, since: date) -> Mapping[Subject, int]:
        """How many there were from that day on, by language and theme."""
        columns = (gap_counts.c.language, gap_counts.c.theme)
        query = (
            select(*columns, func.sum(gap_counts.c.asked).label("asked"))
            .where(gap_counts.c.group_id == self._group_id, gap_counts.c.day >= since)
            .group_by(*columns)
        )
        return {(row.language, row.theme): int(row.asked) for row in self._run(query).all()}

    def mark_told(self, language: str, theme: str, day: date) -> None:
        """Coordinators hear of it on that day."""
        key = {"group_id": self._group_id, "language": language, "theme": theme, "day": day}
        self._run(update(gap_counts).where(*_equal(key)).values(told=True))

    def was_told(self, language: str, theme: str, since: date) -> bool:
        """Have they heard of it from that day on?"""
        key = {"group_id": self._group_id, "language": language, "theme": theme, "told": True}
        query = select(gap_counts.c.day).where(*_equal(key), gap_counts.c.day >= since).limit(1)
        return self._run(query).first() is not None

    # Questions

    def keep(self, question: Unanswered) -> None:
        """Keep the words of a question."""
        self._run(
            gap_questions.insert().values(
                id=question.id,
                group_id=self._group_id,
                language=question.language,
                theme=question.theme,
                day=question.day,
                text_sealed=None if question.text is None else self._seal_question(question),
                gap_id=question.gap,
            )
        )

    def _seal_question(self, question: Unanswered) -> bytes:
        return self._sealer.seal_text(question.text or "", "gap_questions", "text", question.id)

    def questions(self) -> Sequence[Unanswered]:
        """All that are kept, oldest day first."""
        query = (
            select(gap_questions)
            .where(gap_questions.c.group_id == self._group_id)
            .order_by(gap_questions.c.day, gap_questions.c.id)
        )
        return [self._question(row) for row in self._run(query).all()]

    def _question(self, row: Row[Any]) -> Unanswered:
        text = None
        if row.text_sealed is not None:
            text = self._sealer.open_text(row.text_sealed, "gap_questions", "text", row.id)
        return Unanswered(
            id=row.id, language=row.language, theme=row.theme, day=row.day, text=text, gap=row.gap_id
        )

    def put(self, question_ids: Collection[str], gap_id: str) -> None:
        """These questions, which are in no gap, belong to this one: it counts them."""
        free = and_(
            gap_questions.c.group_id == self._group_id,
            gap_questions.c.id.in_(question_ids),
            gap_questions.c.gap_id.is_(None),
        )
        placed = self._run(update(gap_questions).where(free).values(gap_id=gap_id)).rowcount
        self._run(update(gaps).where(*self._gap(gap_id)).values(asked=gaps.c.asked + placed))

    def forget_texts(self, gap_id: str) -> None:
        """The words of its questions go; that they were asked stays."""
        mine = (gap_questions.c.group_id == self._group_id, gap_questions.c.gap_id == gap_id)
        self._run(update(gap_questions).where(*mine).values(text_sealed=None))
        self._work.scrub = True

    def purge(self, until: date) -> None:
        """Questions of that day and earlier go, and gaps of which nothing else is left."""
        old = (gap_questions.c.group_id == self._group_id, gap_questions.c.day <= until)
        self._run(delete(gap_questions).where(*old))
        for gap in self.all():
            if gap.state is not GapState.KEPT:
                held = exists().where(gap_questions.c.gap_id == gap.id)
                self._run(delete(gaps).where(*self._gap(gap.id), ~held))
        self._work.scrub = True

    # Gaps

    def add(self, gap: Gap) -> None:
        """Keep a new gap."""
        new = {"id": gap.id, "group_id": self._group_id, "asked": gap.asked}
        self._run(gaps.insert().values(**new, **self._columns(gap)))

    def save(self, gap: Gap) -> None:
        """Keep the gap as it is now, except for its count, which `put` alone changes. Raises NotFound."""
        if not self._run(update(gaps).where(*self._gap(gap.id)).values(**self._columns(gap))).rowcount:
            raise NotFound(f"no gap {gap.id}")

    def find(self, gap_id: str) -> Gap | None:
        """The gap, or None."""
        row = self._run(select(gaps).where(*self._gap(gap_id))).first()
        return self._value(row) if row else None

    def all(self) -> Sequence[Gap]:
        """All gaps, oldest id first."""
        query = select(gaps).where(gaps.c.group_id == self._group_id).order_by(gaps.c.id)
        return [self._value(row) for row in self._run(query).all()]

    def _gap(self, gap_id: str) -> tuple[ColumnElement[bool], ...]:
        return gaps.c.group_id == self._group_id, gaps.c.id == gap_id

    def _columns(self, gap: Gap) -> dict[str, Any]:
        return {
            "language": gap.language,
            "theme": gap.theme,
            "state": gap.state,
            "phrasing_sealed": self._sealer.seal_text(gap.phrasing, "gaps", "phrasing", gap.id),
        }

    def _value(self, row: Row[Any]) -> Gap:
        return Gap(
            id=row.id,
            language=row.language,
            theme=row.theme,
            state=GapState(row.state),
            asked=row.asked,
            phrasing=self._sealer.open_text(row.phrasing_sealed, "gaps", "phrasing", row.id),
        )


def _equal(values: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    return [gap_counts.c[name] == value for name, value in values.items()]
