"""Carry what the two of a case say to each other: by content, never by forward, without name, handle or id."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from content.phrases import Phrase
from dispatch.actions import cards, marking, silence
from dispatch.actions.owing import owe, say
from dispatch.model.cases import Case, CaseMessage, CaseState
from dispatch.model.messages import (
    Attachment,
    AttachmentKind,
    Delivery,
    Edit,
    InboundMessage,
    Lane,
    React,
    Send,
)
from dispatch.model.people import Person
from dispatch.model.queues import Dialog
from dispatch.ports import Transaction

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes that a bot may fetch from Telegram, and so pass on (platform-facts)."""

RETURNS_AFTER = timedelta(hours=1)
"""After such a silence somebody else may hold the phone: the volunteer is told."""

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u20e3\ufe0f\ufeff]")
"""Characters that nobody sees, and that would hide a number from the patterns below."""

_TELLING = (
    re.compile(r"(?<!\d)(?:\+|00)?\d(?:[\s()./\-–]{0,3}\d){7,13}(?!\d)"),  # telephone and identity numbers
    re.compile(r"(?<![\w.])@\w[\w.]+"),  # handles
    re.compile(r"[\w.+-]+@[\w-]+\.\w+"),  # e-mail
    re.compile(
        r"\b(?:t\.me|telegram\.me|wa\.me|signal\.me|m\.me|fb\.me|(?:facebook|instagram|tiktok|snapchat|linkedin|viber)\.com)/",
        re.IGNORECASE,
    ),
)
"""What leads to a person. Asking once too often costs a tap; not asking may cost her safety."""


def names_the_sender(message: InboundMessage) -> bool:
    """Could this tell who she is? A contact, a place, a telephone or identity number, a handle (H50)."""
    telling = {AttachmentKind.CONTACT, AttachmentKind.LOCATION}
    if any(attachment.kind in telling for attachment in message.attachments):
        return True
    text = _UNSEEN.sub("", message.text)
    return any(pattern.search(text) for pattern in _TELLING)


def shows_a_picture(message: InboundMessage) -> bool:
    """Does it hold something in which a name or a face may be seen?"""
    seen = {AttachmentKind.PHOTO, AttachmentKind.VIDEO, AttachmentKind.DOCUMENT}
    return any(attachment.kind in seen for attachment in message.attachments)


def hindrance(message: InboundMessage) -> Phrase | None:
    """Why this cannot be passed on at all; None when it can."""
    if any(attachment.kind is AttachmentKind.UNSUPPORTED for attachment in message.attachments):
        return Phrase("unsupported")
    if any(attachment.size > LARGEST_FILE for attachment in message.attachments):
        return Phrase("too-big", {"megabytes": LARGEST_FILE // 1024**2})
    if not message.attachments and not message.text.strip():
        return Phrase("empty")
    return None


def keep(tx: Transaction, case: Case, author: Person, message: InboundMessage) -> CaseMessage:
    """Add what somebody said to the case."""
    answered = tx.messages.at(message.chat, message.reply_to) if message.reply_to else None
    kept = CaseMessage(
        id=tx.new_id(),
        case_id=case.id,
        author_id=author.id,
        sent_at=message.sent_at,
        text=message.text,
        attachments=tuple(attachment.unnamed() for attachment in message.attachments),
        chat_external_id=message.external_id,
        reply_to=answered.id if answered and answered.case_id == case.id else None,
    )
    tx.messages.add(kept)
    return kept


def copy_for_helper(message: CaseMessage, mark: str = "") -> Send:
    """The message as a volunteer gets it: pictures covered, nothing to be saved or passed on.

    `mark` goes before the text: the colour of the case, or a sign that somebody else helped before.
    """
    return Send(
        body=f"{mark} {message.text}".strip(),
        attachments=message.attachments,
        about=message.id,
        reply_to=message.reply_to,
        covered=shows_a_picture_in(message.attachments),
        guarded=True,
    )


def copy_for_member(message: CaseMessage) -> Send:
    """The message as the member gets it: without anybody's mark."""
    return Send(
        body=message.text, attachments=message.attachments, about=message.id, reply_to=message.reply_to
    )


def shows_a_picture_in(attachments: Iterable[Attachment]) -> bool:
    """Is there a picture to be covered?"""
    return any(attachment.kind in {AttachmentKind.PHOTO, AttachmentKind.VIDEO} for attachment in attachments)


def from_member(
    tx: Transaction, case: Case, member: Person, messages: Iterable[InboundMessage], now: datetime
) -> None:
    """What she said goes to whoever has her case, or waits with it."""
    for message in messages:
        kept = keep(tx, case, member, message)
        if case.state is not CaseState.ASSIGNED or not case.assignee_id:
            if message.external_id:  # what a button said for her stands nowhere
                owe(tx, member, React(emoji="👀", external_id=message.external_id), delivery=Delivery.EDIT)
            continue
        volunteer = tx.people.get(case.assignee_id)
        _tell_of_return(tx, case, member, volunteer, now)
        owe(tx, volunteer, copy_for_helper(kept, _mark(tx, case, volunteer)), lane=Lane.RELAY)
        if case.member_wrote_at is None:
            case = replace(case, member_wrote_at=now)
            silence.watch(tx, case, now)
        marking.heard(tx, volunteer, case)
        _warn_of_voice(tx, member, message, now)
    marking.wrote(tx, member, case, now)


def from_volunteer(
    tx: Transaction, case: Case, volunteer: Person, message: InboundMessage, now: datetime
) -> None:
    """What she said goes to the member of this case, and to nobody else."""
    kept = keep(tx, case, volunteer, message)
    member = tx.people.get(case.member_id)
    owe(tx, member, copy_for_member(kept), lane=Lane.RELAY)
    silence.is_there(tx, tx.cases.get(case.id))
    marking.heard(tx, member, case)
    marking.wrote(tx, volunteer, case, now)
    _warn_of_voice(tx, volunteer, message, now)


def _mark(tx: Transaction, case: Case, volunteer: Person) -> str:
    """The case's colour, when she holds more than one."""
    return case.colour if len(tx.cases.held_by(volunteer.id)) > 1 else ""


def _tell_of_return(tx: Transaction, case: Case, member: Person, volunteer: Person, now: datetime) -> None:
    earlier = [message for message in tx.messages.of(case.id) if message.author_id == member.id][:-1]
    if not earlier:
        return
    hours = int((now - earlier[-1].sent_at) / timedelta(hours=1))
    if hours * timedelta(hours=1) >= RETURNS_AFTER:
        say(tx, volunteer, Phrase("member-returns", count=hours), lane=Lane.RELAY)


def _warn_of_voice(tx: Transaction, speaker: Person, message: InboundMessage, now: datetime) -> None:
    """Once in a while: a voice tells who one is."""
    spoken = any(attachment.kind is AttachmentKind.VOICE for attachment in message.attachments)
    if spoken and not tx.dialogs.find(speaker.id, "warned-voice"):
        tx.dialogs.put(Dialog(person_id=speaker.id, kind="warned-voice", updated_at=now))
        say(tx, speaker, Phrase("voice-warning"))


def warn_of_codes(tx: Transaction, member: Person, now: datetime) -> None:
    """Once in a while: nobody here needs her codes."""
    tx.dialogs.put(Dialog(person_id=member.id, kind="warned-codes", updated_at=now))
    way_back = ((cards.language_choice(tx, member),),)
    say(tx, member, Phrase("codes-warning-member"), choices=way_back, quiet=True)


def edit(tx: Transaction, author: Person, message: InboundMessage, now: datetime) -> bool:
    """What somebody changed is changed at the other's too (H9); False when nobody reads it any more.

    Who has no part in the case now cannot change what was said in it.
    """
    kept = tx.messages.at(message.chat, message.external_id)
    case = tx.cases.get(kept.case_id) if kept else None
    if (
        kept is None
        or case is None
        or not case.is_open
        or author.id not in {case.member_id, case.assignee_id}
    ):
        return False
    tx.messages.save(replace(kept, text=message.text, edited_at=now))
    reader = _other(tx, case, author)
    if reader:
        mark = _mark(tx, case, reader) if reader.id != case.member_id else ""
        body = f"{mark} {message.text} ✏️".strip()
        owe(tx, reader, Edit(about=kept.id, body=body), lane=Lane.RELAY, delivery=Delivery.EDIT)
        marking.heard(tx, reader, case)
    return True


def react(tx: Transaction, author: Person, message: InboundMessage) -> bool:
    """An emoji passes too; False when the message belongs to no case of hers."""
    kept = tx.messages.at(message.chat, message.external_id)
    if kept is None:
        return False
    case = tx.cases.get(kept.case_id)
    reader = _other(tx, case, author)
    if reader is None:
        return False
    owe(tx, reader, React(emoji=message.reaction, about=kept.id), lane=Lane.RELAY, delivery=Delivery.EDIT)
    return True


def _other(tx: Transaction, case: Case, author: Person) -> Person | None:
    """The other party of an open conversation, if the author is one of the two."""
    if case.state is not CaseState.ASSIGNED or not case.assignee_id:
        return None
    if author.id == case.member_id:
        return tx.people.find(case.assignee_id)
    if author.id == case.assignee_id:
        return tx.people.find(case.member_id)
    return None
