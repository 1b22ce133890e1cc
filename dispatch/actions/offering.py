"""Show a waiting case to volunteers until one takes it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from content.phrases import LanguageName, Phrase
from dispatch.actions import alerting, cards, holding, whom
from dispatch.model.cases import CASES_AT_ONCE, COLOURS, Case, CaseState, Offer, OfferState
from dispatch.model.matching import may_take, not_again, rank, wave_of
from dispatch.model.people import Person
from dispatch.ports import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """She has it."""

    case: Case


@dataclass(frozen=True, slots=True)
class TooLate:
    """Somebody was quicker, or it is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotEligible:
    """She may not have it; `reason` tells her why."""

    reason: Phrase


def announce(tx: Transaction, case: Case, now: datetime) -> None:
    """A case has begun to wait: ask the first, say so on the board, and set the alarm."""
    advance(tx, case, now)
    tx.timers.set("overdue", case.id, case.waiting_since + wave_of(case).alarm)
    cards.show_waiting(tx, case, now)
    cards.show_board(tx, now, news=True)
    if not any(may_take(person, case) for person in tx.people.volunteers()) and not case.for_coordinators:
        alerting.nobody_speaks(tx, case, now)


def advance(tx: Transaction, case: Case, now: datetime) -> None:
    """Ask the next wave, and come back for the one after it. Nothing that was offered is withdrawn."""
    ranked = whom.left_to_ask(tx, case, now)
    wave = wave_of(case)
    for volunteer in ranked[: wave.size]:
        _offer(tx, case, volunteer, now)
    if len(ranked) > wave.size:
        tx.timers.set("wave", case.id, now + wave.pause)


def advance_if_waiting(tx: Transaction, case_id: str, now: datetime) -> None:
    """The pause between two waves is over."""
    case = tx.cases.find(case_id)
    if case and case.state is CaseState.WAITING:
        advance(tx, case, now)


def ask_next(tx: Transaction, case_id: str, now: datetime) -> None:
    """Somebody does not take it: the next is asked at once, and the member reads what is true now."""
    advance_if_waiting(tx, case_id, now)
    case = tx.cases.find(case_id)
    if case and case.state is CaseState.WAITING:
        cards.show_waiting(tx, case, now)


def offer_waiting(tx: Transaction, volunteer: Person, now: datetime) -> None:
    """She has become free: show her what waits for somebody like her (H28), as many as she may hold."""
    room = CASES_AT_ONCE - len(tx.cases.held_by(volunteer.id)) - len(tx.offers.open_for(volunteer.id))
    for case in tx.cases.waiting():
        if room <= 0:
            return
        asked = not_again(tx.offers.of(case.id))
        if rank(case, [volunteer], asked=asked, held={}, now=now):
            _offer(tx, case, tx.people.get(volunteer.id), now)
            cards.show_waiting(tx, case, now)
            room -= 1


def _offer(tx: Transaction, case: Case, volunteer: Person, now: datetime) -> None:
    offer = Offer(
        id=tx.new_id(), case_id=case.id, volunteer_id=volunteer.id, state=OfferState.OPEN, offered_at=now
    )
    tx.offers.add(offer)
    tx.people.save(replace(volunteer, asked_at=now))
    cards.show_offer(tx, offer, case, volunteer, now)


def take(tx: Transaction, case_id: str, volunteer_id: str, now: datetime) -> Taken | TooLate | NotEligible:
    """Give the case to the volunteer, unless somebody was quicker or she may not have it."""
    volunteer = tx.people.lock(volunteer_id)  # two presses of hers cannot pass the cap together (H31)
    case = tx.cases.find(case_id)
    if case is None or case.state is not CaseState.WAITING:
        return TooLate()
    held = tx.cases.held_by(volunteer.id)
    reason = _hindrance(volunteer, case, len(held))
    if reason:
        return NotEligible(reason=reason)
    if not tx.cases.assign_if_waiting(case.id, volunteer.id, _free_colour(held), now):
        return TooLate()
    _end_offers(tx, case, volunteer, now)
    taken = tx.cases.get(case.id)
    holding.begin(tx, taken, now)
    cards.show_board(tx, now)
    return Taken(case=taken)


def _hindrance(volunteer: Person, case: Case, held: int) -> Phrase | None:
    if volunteer.id == case.member_id:
        return Phrase("offer-own")
    if not volunteer.reachable:
        return Phrase("offer-start-first")
    if not volunteer.is_volunteer and not volunteer.is_coordinator:
        return Phrase("offer-not-volunteer")
    if not may_take(volunteer, case) and not volunteer.is_coordinator:
        return Phrase("offer-wrong-language", {"language": LanguageName(case.language)})
    if held >= CASES_AT_ONCE:
        return Phrase("offer-full", count=held)
    return None


def _free_colour(held: Sequence[Case]) -> str:
    used = {case.colour for case in held}
    return next(colour for colour in COLOURS if colour not in used)


def _end_offers(tx: Transaction, case: Case, winner: Person, now: datetime) -> None:
    tx.timers.clear("wave", case.id)
    tx.timers.clear("overdue", case.id)
    ended = tx.offers.end_open(case.id, OfferState.WITHDRAWN, now)
    for offer in ended:
        if offer.volunteer_id == winner.id:
            tx.offers.save(replace(offer, state=OfferState.TAKEN))
            cards.end_offer(tx, offer, "offer-yours")
        else:
            cards.end_offer(tx, offer, "offer-taken")
            _offer_other(tx, offer.volunteer_id, now)
    if winner.id not in {offer.volunteer_id for offer in ended}:
        _remember(tx, case, winner, now)


def _remember(tx: Transaction, case: Case, volunteer: Person, now: datetime) -> None:
    """She took it from the board: when she gives it back she is not asked again."""
    offer = Offer(
        id=tx.new_id(),
        case_id=case.id,
        volunteer_id=volunteer.id,
        state=OfferState.TAKEN,
        offered_at=now,
        ended_at=now,
    )
    tx.offers.add(offer)


def withdraw(tx: Transaction, case: Case, now: datetime) -> None:
    """Nobody needs to take it any more."""
    tx.timers.clear("wave", case.id)
    tx.timers.clear("overdue", case.id)
    for offer in tx.offers.end_open(case.id, OfferState.WITHDRAWN, now):
        cards.end_offer(tx, offer, "offer-over")


def decline(tx: Transaction, offer_id: str, now: datetime) -> None:
    """Not now: the next is asked at once."""
    offer = tx.offers.find(offer_id)
    if offer is None or offer.state is not OfferState.OPEN:
        return
    tx.offers.save(replace(offer, state=OfferState.DECLINED, ended_at=now))
    cards.end_offer(tx, offer, "offer-declined")
    ask_next(tx, offer.case_id, now)
    _offer_other(tx, offer.volunteer_id, now)


def _offer_other(tx: Transaction, volunteer_id: str, now: datetime) -> None:
    """She has room for another case that waits (H28)."""
    volunteer = tx.people.find(volunteer_id)
    if volunteer:
        offer_waiting(tx, volunteer, now)
