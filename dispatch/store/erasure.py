"""Forgetting somebody: her key, her rows, and whatever still quotes her."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Text, and_, delete, or_, select, type_coerce, update

from dispatch.model.cases import CaseState
from dispatch.model.messages import Attachment
from dispatch.model.people import Person
from dispatch.store import wire
from dispatch.store.inbox import InboxState
from dispatch.store.schema.cases import case_messages, cases, offers
from dispatch.store.schema.library import recordings, shelf_texts, signatures
from dispatch.store.schema.owed import buttons, outbox, sent, timers
from dispatch.store.schema.people import dialogs, invitations, people, tombstones
from dispatch.store.schema.process import files, inbox, transcripts
from dispatch.store.transcripts import named_in
from dispatch.store.work import OUTBOX, Work


def erase(work: Work, person: Person, now: datetime) -> None:
    """Destroy her key and her rows; a salted tombstone stays.

    What this very unit of work owes to others is kept, and so is a farewell that does not name her as its
    `person`: it was written with the erasure in mind. Everything older that quotes her goes, wherever it was
    to be sent.
    """
    case_ids = _all(work, select(cases.c.id).where(cases.c.member_id == person.id))
    message_ids = _all(work, select(case_messages.c.id).where(case_messages.c.case_id.in_(case_ids)))
    offer_ids = _all(work, select(offers.c.id).where(offers.c.case_id.in_(case_ids)))

    _forget_owed(work, person, [person.id, *case_ids, *message_ids, *offer_ids])
    _forget_files(work, person)
    _forget_chat(work, person, message_ids, now)
    _forget_reminders(work, person, [person.id, *case_ids, *offer_ids])
    _forget_cases(work, person, case_ids)
    _leave_cases(work, person)
    _forget_person(work, person, now)
    work.scrub = True


def _all(work: Work, query: Select[Any]) -> list[str]:
    return list(work.connection.scalars(query))


def _forget_owed(work: Work, person: Person, words: Sequence[str]) -> None:
    """Whatever waits to be sent to her, and whatever quotes or concerns her; bodies are opened to see."""
    work.owed[:] = [owed for owed in work.owed if owed.message.person != person.id]
    marks = [word.encode() for word in words]
    chat_hash = work.blind(person.address)
    query = select(outbox.c.id, outbox.c.chat_hash, outbox.c.person_id, outbox.c.body_sealed).where(
        outbox.c.group_id == person.group_id
    )
    gone = []
    for row in work.connection.execute(query).all():
        body = work.service.sealer.open(row.body_sealed, "outbox", "body", row.id) if row.body_sealed else b""
        about_her = row.chat_hash == chat_hash or any(mark in body for mark in marks)
        if row.person_id == person.id or (about_her and row.id not in work.written):
            gone.append(row.id)
    work.connection.execute(delete(outbox).where(outbox.c.id.in_(gone)))
    work.touched.add(OUTBOX)


def _forget_files(work: Work, person: Person) -> None:
    """Files that the web chat kept for her: named by her messages, or by what her chat shows."""
    words = {*_references(work, person), *_shown(work, person)}
    work.connection.execute(delete(files).where(files.c.id.in_(words)))


def _references(work: Work, person: Person) -> Iterator[str]:
    query = (
        select(case_messages.c.id, case_messages.c.content_sealed)
        .join(cases, cases.c.id == case_messages.c.case_id)
        .where(cases.c.member_id == person.id)
    )
    for row_id, sealed in work.connection.execute(query).all():
        content = work.keys.of(person.id).open(sealed, "case_messages", "content", row_id)
        for attachment in wire.loads(content, tuple)[1]:
            if isinstance(attachment, Attachment):
                yield attachment.ref


def _shown(work: Work, person: Person) -> Iterator[str]:
    query = select(transcripts).where(transcripts.c.chat_hash == work.blind(person.address))
    for row in work.connection.execute(query).all():
        yield from named_in(work, row)


def _forget_chat(work: Work, person: Person, message_ids: Sequence[str], now: datetime) -> None:
    """What stands in her chat, copies of her messages elsewhere, and what she wrote that nobody has read.

    Inbox rows lose body and sender; the bare key stays, so that a repeat from the platform is still known.
    """
    chat_hash = work.blind(person.address)
    user_hash = work.service.blind(person.address.channel, person.address.account, person.user)
    hers = or_(sent.c.person_id == person.id, sent.c.chat_hash == chat_hash, sent.c.about.in_(message_ids))
    work.connection.execute(delete(sent).where(hers))
    work.connection.execute(delete(transcripts).where(transcripts.c.chat_hash == chat_hash))
    nothing = {
        "raw_sealed": None,
        "external_sealed": None,
        "sender_hash": None,
        "album": None,
        "reason": None,
    }
    work.connection.execute(
        update(inbox)
        .where(inbox.c.sender_hash.in_((chat_hash, user_hash)))
        .values(state=InboxState.DONE, ended_at=now, **nothing)
    )


def _forget_reminders(work: Work, person: Person, words: Sequence[str]) -> None:
    """Timers and buttons that are hers or name something of hers."""
    named_by_button = type_coerce(buttons.c.arguments, Text)
    for word in words:
        about_her = timers.c.subject.contains(word, autoescape=True)
        work.connection.execute(delete(timers).where(timers.c.group_id == person.group_id, about_her))
        about_her = named_by_button.contains(word, autoescape=True)
        work.connection.execute(delete(buttons).where(buttons.c.group_id == person.group_id, about_her))
    work.connection.execute(delete(buttons).where(buttons.c.person_id == person.id))


def _forget_cases(work: Work, person: Person, case_ids: Sequence[str]) -> None:
    run = work.connection.execute
    run(delete(case_messages).where(case_messages.c.case_id.in_(case_ids)))
    run(delete(offers).where(or_(offers.c.case_id.in_(case_ids), offers.c.volunteer_id == person.id)))
    marked = update(people).where(people.c.case_marked.in_(case_ids))
    run(marked.values(case_marked=None, case_marked_at=None))
    run(delete(cases).where(cases.c.id.in_(case_ids)))


def _leave_cases(work: Work, person: Person) -> None:
    """A volunteer who is forgotten holds no case: what she still held waits again."""
    held = and_(cases.c.assignee_id == person.id, cases.c.state == CaseState.ASSIGNED)
    again = {"state": CaseState.WAITING, "assigned_at": None}
    run = work.connection.execute
    run(update(cases).where(held).values(**again))
    run(update(cases).where(cases.c.assignee_id == person.id).values(assignee_id=None))
    run(update(cases).where(cases.c.last_assignee_id == person.id).values(last_assignee_id=None))


def _forget_person(work: Work, person: Person, now: datetime) -> None:
    run = work.connection.execute
    run(delete(dialogs).where(dialogs.c.person_id == person.id))
    run(delete(recordings).where(recordings.c.recorded_by == person.id))
    run(delete(invitations).where(invitations.c.used_by == person.id))
    run(update(invitations).where(invitations.c.invited_by == person.id).values(invited_by=None))
    # What she wrote for the library stays, and nobody knows any more that it was she.
    run(update(shelf_texts).where(shelf_texts.c.author_id == person.id).values(author_id=None))
    run(update(shelf_texts).where(shelf_texts.c.approved_by == person.id).values(approved_by=None))
    run(update(signatures).where(signatures.c.person_id == person.id).values(person_id=None))
    run(delete(people).where(people.c.id == person.id))
    work.keys.destroy(person.id)
    salt = secrets.token_bytes(16)
    digest = work.service.tombstone(person.id, salt)
    run(tombstones.insert().values(digest=digest, salt=salt, group_id=person.group_id, erased_at=now))
