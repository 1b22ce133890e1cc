"""What holds whenever the service has nothing to do, whatever happened before."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from dispatch.model.cases import Case, CaseState
from dispatch.model.messages import Delivery
from dispatch.model.people import Person
from dispatch.ports import Service, Transaction
from tests.simulation.fragile_world import FragileWorld
from tests.simulation.witness import PRIVATE, Witness

NOT_HANDLED = "SELECT 'an inbox row is ' || state || ', tried ' || attempts FROM inbox WHERE state <> 'done' OR attempts"
NOT_SENT = "SELECT 'an outbox row is ' || state FROM outbox WHERE state <> 'given up'"

LOST_WITH_REASON = {
    Delivery.MUST: {"unreachable", "cancelled"},
    Delivery.ONCE: {"unreachable", "cancelled", "uncertain"},
    Delivery.EDIT: {"unreachable", "cancelled", "rejected", "the message never reached this chat"},
}
"""Why a message may not arrive: `edit` changes what is there, and so ends with it."""


async def violations(world: FragileWorld) -> list[str]:
    """Every promise that is broken now; empty when all is well."""
    stored = await world.database.read(lambda service: list(_stored(service, world)))
    return [*world.witness.broken, *stored, *_sending(world.witness)]


def _stored(service: Service, world: FragileWorld) -> Iterator[str]:
    connection = service.work.connection  # type: ignore[attr-defined]
    for query in (NOT_HANDLED, NOT_SENT):
        yield from (what for (what,) in connection.exec_driver_sql(query))
    if (known := connection.exec_driver_sql("SELECT count(*) FROM inbox").scalar()) != len(world.updates):
        yield f"{len(world.updates)} updates are {known} rows"
    due_at = service.due.next_at()
    if due_at and due_at <= world.clock.now():
        yield f"a timer of {due_at} did not fire"
    tx = service.within(world.group_id)
    yield from _kept_for_the_library(tx, world.witness)
    for (case_id,) in connection.exec_driver_sql("SELECT id FROM cases"):
        case = tx.cases.get(case_id)
        yield from _kept_once(tx, case)
        if case.state is CaseState.ASSIGNED:
            yield from _relayed(tx, case)


def _kept_for_the_library(tx: Transaction, witness: Witness) -> Iterator[str]:
    """Of a member who never agreed that a person reads her, no word is kept."""
    questions = [question.text or "" for question in tx.gaps.questions()]
    for text in (*questions, *(phrasing.text for phrasing in tx.phrasings.proposed())):
        for word in PRIVATE.findall(text):
            if witness.authors.get(word) not in witness.agreed:
                yield f"{word} is kept for the library, and its author has not agreed"


def _kept_once(tx: Transaction, case: Case) -> Iterator[str]:
    """However often a message was delivered and tried, it stands in its case once."""
    kept = Counter((message.author_id, message.chat_external_id) for message in tx.messages.of(case.id))
    for (author_id, external_id), times in kept.items():
        if times > 1 and external_id:  # what a button says for somebody stands nowhere, and may be said again
            yield f"message {external_id} of {author_id} stands {times} times in case {case.number}"


def _relayed(tx: Transaction, case: Case) -> Iterator[str]:
    """What one of the two said stands in the chat of the other."""
    assert case.assignee_id and case.assigned_at
    member, volunteer = tx.people.get(case.member_id), tx.people.get(case.assignee_id)
    for author, reader in ((member, volunteer), (volunteer, member)):
        arrived = {sent.about for sent in tx.sent.of_case(case.id, reader.address)}
        for message in tx.messages.of(case.id):
            since = author is member or message.sent_at >= case.assigned_at
            if message.author_id == author.id and since and message.id not in arrived:
                yield f"{_role(author, member)}'s {message.text!r} did not reach the other in case {case.number}"


def _role(person: Person, member: Person) -> str:
    return "the member" if person is member else "the volunteer"


def _sending(witness: Witness) -> Iterator[str]:
    done = Counter((call.row, call.place) for call in witness.calls)
    arrived = {row for row, _ in done}
    for row_id, row in witness.rows.items():
        words = f"{row.delivery} row {row_id} of {row.person or 'the group'}"
        times = max((done[row_id, place] for place in (0, 1)), default=0)
        allowed = 1 if row.delivery is Delivery.ONCE else 1 + witness.excused[row_id]
        if times > allowed and row.delivery is not Delivery.EDIT:
            yield f"{words} was sent {times} times, {allowed} allowed: {_words_of(witness, row_id)}"
        if row.state == "given up":
            if row.reason not in LOST_WITH_REASON[row.delivery]:
                yield f"{words} was given up: {row.reason}"
        elif row_id in witness.erased:
            continue  # it quoted somebody who wanted to be forgotten
        elif row_id not in arrived and row.person not in witness.gone and row.person in witness.chats:
            yield f"{words} vanished without having been sent"
    yield from _order(witness)


def _words_of(witness: Witness, row_id: str) -> str:
    return next(call.what for call in witness.calls if call.row == row_id)


def _order(witness: Witness) -> Iterator[str]:
    """What was owed to a chat first came first, apart from what was meant for later."""
    latest: dict[str, int] = defaultdict(int)
    seen: set[str] = set()
    for call in witness.calls:
        row = witness.rows[call.row]
        if call.row in seen or row.scheduled:
            continue
        seen.add(call.row)
        if row.position < latest[call.chat]:
            yield f"{call.chat} got {call.what!r} too late"
        latest[call.chat] = max(latest[call.chat], row.position)
