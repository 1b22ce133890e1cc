"""Which volunteer of one group was shown which case."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select, update

from dispatch.model.cases import Offer, OfferState
from dispatch.model.errors import ChangedMeanwhile, NotFound
from dispatch.store.schema.cases import offers
from dispatch.store.work import Work


class SqlOffers:
    """Offers, in the order in which they were made."""

    def __init__(self, work: Work, group_id: str) -> None:
        self._work = work
        self._group_id = group_id

    def add(self, offer: Offer) -> None:
        """Keep an offer. Raises ChangedMeanwhile when the volunteer has an open one of that case."""
        values = {
            "id": offer.id,
            "group_id": self._group_id,
            "case_id": offer.case_id,
            "volunteer_id": offer.volunteer_id,
            "state": offer.state,
            "offered_at": offer.offered_at,
            "ended_at": offer.ended_at,
        }
        if not self._work.insert_new(offers, values):
            raise ChangedMeanwhile(
                f"volunteer {offer.volunteer_id} has an open offer of case {offer.case_id}"
            )

    def find(self, offer_id: str) -> Offer | None:
        """The offer, or None."""
        found = self._select(offers.c.id == offer_id)
        return found[0] if found else None

    def save(self, offer: Offer) -> None:
        """Keep the offer as it is now. Raises NotFound."""
        query = (
            update(offers)
            .where(offers.c.id == offer.id, offers.c.group_id == self._group_id)
            .values(state=offer.state, offered_at=offer.offered_at, ended_at=offer.ended_at)
        )
        if not self._work.connection.execute(query).rowcount:
            raise NotFound(f"no offer {offer.id}")

    def of(self, case_id: str) -> Sequence[Offer]:
        """All offers of a case, oldest first."""
        return self._select(offers.c.case_id == case_id)

    def end_open(self, case_id: str, state: OfferState, now: datetime) -> Sequence[Offer]:
        """End every open offer of a case; those that were open, as ended, oldest first."""
        query = (
            update(offers)
            .where(
                offers.c.case_id == case_id,
                offers.c.group_id == self._group_id,
                offers.c.state == OfferState.OPEN,
            )
            .values(state=state, ended_at=now)
            .returning(offers)
        )
        ended = self._work.connection.execute(query).all()
        return [_offer(row) for row in sorted(ended, key=lambda row: (row.offered_at, row.position))]

    def remove(self, offer_id: str) -> None:
        """Forget that she was shown the case."""
        mine = (offers.c.id == offer_id, offers.c.group_id == self._group_id)
        self._work.connection.execute(delete(offers).where(*mine))

    def open_for(self, volunteer_id: str) -> Sequence[Offer]:
        """The open offers of one volunteer, oldest first."""
        return self._select(offers.c.volunteer_id == volunteer_id, offers.c.state == OfferState.OPEN)

    def _select(self, *conditions: ColumnElement[bool]) -> list[Offer]:
        query = select(offers).where(offers.c.group_id == self._group_id, *conditions)
        rows = self._work.connection.execute(query.order_by(offers.c.offered_at, offers.c.position)).all()
        return [_offer(row) for row in rows]


def _offer(row: Row[Any]) -> Offer:
    return Offer(
        id=row.id,
        case_id=row.case_id,
        volunteer_id=row.volunteer_id,
        state=OfferState(row.state),
        offered_at=row.offered_at,
        ended_at=row.ended_at,
    )
