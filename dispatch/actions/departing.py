"""Somebody leaves: she stops, is forgotten, or cannot be reached any more. Nobody else is left waiting."""

from dataclasses import replace
from datetime import datetime, timedelta

from content.phrases import Phrase
from dispatch.actions import alerting, cards, escalation, offering
from dispatch.actions.owing import owe, owe_chat
from dispatch.model.cases import OfferState
from dispatch.model.messages import Action, Address, Delete, Delivery, Lane, Send, SetCommands
from dispatch.model.people import Person
from dispatch.ports import Transaction

DELETABLE_FOR = timedelta(hours=48)
"""A bot may delete its messages for so long (platform-facts; H52)."""


def stop(tx: Transaction, person: Person, now: datetime) -> None:
    """She wants nothing from us for now: her question is taken back, her cases go to others."""
    _let_go(tx, person, now, key="case-stopped")
    tx.outbox.cancel_for(person.id)
    tx.people.save(
        replace(
            tx.people.get(person.id), stopped_at=now, consented_at=None, available_until=None, plans_at=None
        )
    )


def lose(tx: Transaction, person: Person, now: datetime) -> None:
    """The platform says that she cannot be written to any more (H14)."""
    if not person.reachable:
        return
    tx.outbox.cancel_for(person.id)
    person = replace(person, reachable=False, available_until=None, plans_at=None)
    tx.people.save(person)
    _let_go(tx, person, now, key="case-lost")
    if person.is_volunteer:
        alerting.unreachable(tx, person)


def lose_chat(tx: Transaction, chat: Address) -> None:
    """A group cannot be written to any more; when it was the volunteers', coordinators hear of it."""
    if chat == tx.group.chat:
        tx.save_group(replace(tx.group, chat=None))
        alerting.tell_coordinators(tx, Phrase("group-lost"))


def leaves_nobody_to_steer(tx: Transaction, person: Person) -> bool:
    """Is she the last coordinator who can be reached?"""
    others = [other for other in tx.people.coordinators() if other.id != person.id and other.reachable]
    return person.is_coordinator and not others


def forget(tx: Transaction, person: Person, now: datetime) -> None:
    """Erase her, here and as far as possible in the chats; she is told when it is done."""
    _let_go(tx, person, now, key="case-forgotten")
    _delete_copies(tx, person, now)
    shown = tx.sent.in_chat(person.address, now - DELETABLE_FOR)
    language = person.language or tx.group.language
    tx.people.erase(person.id, now)
    farewell: list[tuple[Action, Delivery]] = [
        (SetCommands(commands=()), Delivery.EDIT),
        (Send(body=Phrase("forgotten")), Delivery.MUST),
    ]
    if shown:
        ours = Delete(external_ids=tuple(sent.external_id for sent in shown))
        farewell.insert(0, (ours, Delivery.EDIT))
    for action, delivery in farewell:
        owe_chat(tx, person.address, action, lane=Lane.ANSWER, delivery=delivery, language=language)


def clear_chat(tx: Transaction, person: Person, now: datetime) -> None:
    """What we have said disappears from her chat, while the platform still allows it; what waits goes on."""
    shown = tuple(sent.external_id for sent in tx.sent.in_chat(person.address, now - DELETABLE_FOR))
    if shown:
        owe(tx, person, Delete(external_ids=shown), delivery=Delivery.EDIT)


def forget_again(tx: Transaction, person: Person, now: datetime) -> None:
    """Erase somebody whom an older copy of the database brought back. She has been told long ago, and hears nothing."""
    _let_go(tx, person, now, key="case-forgotten")
    tx.people.erase(person.id, now)


def _let_go(tx: Transaction, person: Person, now: datetime, *, key: str) -> None:
    """Her own question ends, and `key` tells her volunteer why; the cases that she holds go back to the queue."""
    own = tx.cases.open_of(person.id)
    if own:
        escalation.close(tx, own, now, key=key)
    tx.dialogs.drop(person.id, "pending")
    tx.timers.clear("pending", person.id)
    give_back(tx, person, now)


def give_back(tx: Transaction, volunteer: Person, now: datetime) -> None:
    """She answers nobody for now: what she holds and what she was offered goes to others."""
    if volunteer.available_until:
        volunteer = replace(volunteer, available_until=None, plans_at=None)
        tx.people.save(volunteer)
    for kind in ("availability", "plan"):
        tx.timers.clear(kind, volunteer.id)
    for case in tx.cases.held_by(volunteer.id):
        escalation.hand_over(tx, case, now, Phrase("case-handed-over", {"case": cards.case_name(case)}))
    for offer in tx.offers.open_for(volunteer.id):
        tx.offers.remove(offer.id)
        cards.end_offer(tx, offer, "offer-over")
        offering.ask_next(tx, offer.case_id, now)


def _delete_copies(tx: Transaction, member: Person, now: datetime) -> None:
    """What she wrote disappears from the chats of all who had a case of hers, while the platform still allows it."""
    for case in tx.cases.of(member.id):
        takers = {offer.volunteer_id for offer in tx.offers.of(case.id) if offer.state is OfferState.TAKEN}
        for volunteer in filter(None, map(tx.people.find, takers | {case.last_assignee_id or ""})):
            copies = tx.sent.of_case(case.id, volunteer.address)
            recent = tuple(sent.external_id for sent in copies if sent.sent_at > now - DELETABLE_FOR)
            if recent:
                owe(tx, volunteer, Delete(external_ids=recent), delivery=Delivery.EDIT)
