"""What was said in the cases of one group."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import BindParameter, Row, Select, and_, bindparam, delete, or_, select, update

from dispatch.model.cases import CaseMessage
from dispatch.model.errors import NotFound
from dispatch.model.messages import Address, Attachment
from dispatch.store import wire
from dispatch.store.schema.cases import case_messages, cases
from dispatch.store.schema.owed import sent
from dispatch.store.schema.people import people
from dispatch.store.work import Work

MINE = case_messages.c.group_id == bindparam("mine")
WANTED: BindParameter[Any] = bindparam("wanted")
MESSAGES = (
    select(case_messages, cases.c.member_id)
    .join(cases, cases.c.id == case_messages.c.case_id)
    .where(MINE)
    .order_by(case_messages.c.position)
)
BY_ID = MESSAGES.where(case_messages.c.id == WANTED)
OF_CASE = MESSAGES.where(case_messages.c.case_id == WANTED)
COPIES = select(sent.c.about).where(
    sent.c.group_id == bindparam("mine"), sent.c.chat_hash == bindparam("chat"), sent.c.external_id == WANTED
)
AUTHORS = select(people.c.id).where(
    people.c.group_id == bindparam("mine"), people.c.chat_hash == bindparam("chat")
)
AT = MESSAGES.where(
    or_(
        case_messages.c.id.in_(COPIES),
        and_(case_messages.c.external_id == WANTED, case_messages.c.author_id.in_(AUTHORS)),
    )
)
UPDATE = update(case_messages).where(case_messages.c.id == WANTED, MINE)
PURGE = delete(case_messages).where(case_messages.c.case_id == WANTED, MINE)
MEMBER = select(cases.c.member_id).where(cases.c.id == WANTED, cases.c.group_id == bindparam("mine"))


class SqlCaseMessages:
    """What was said in cases, under the key of the case's member, whoever wrote it."""

    def __init__(self, work: Work, group_id: str) -> None:
        self._work = work
        self._group_id = group_id

    def add(self, message: CaseMessage) -> None:
        """Keep a message. Raises NotFound when there is no such case."""
        values = {"id": message.id, "group_id": self._group_id, **self._columns(message)}
        self._work.connection.execute(case_messages.insert(), values)

    def get(self, message_id: str) -> CaseMessage:
        """The message. Raises NotFound."""
        message = self.find(message_id)
        if message is None:
            raise NotFound(f"no message {message_id}")
        return message

    def find(self, message_id: str) -> CaseMessage | None:
        """The message, or None when it was purged."""
        found = self._all(BY_ID, message_id)
        return found[0] if found else None

    def save(self, message: CaseMessage) -> None:
        """Keep the message. Raises NotFound."""
        mine = {"wanted": message.id, "mine": self._group_id}
        if not self._work.connection.execute(UPDATE, {**mine, **self._columns(message)}).rowcount:
            raise NotFound(f"no message {message.id}")

    def of(self, case_id: str) -> Sequence[CaseMessage]:
        """All of a case, in the order in which they came."""
        return self._all(OF_CASE, case_id)

    def at(self, chat: Address, external_id: str) -> CaseMessage | None:
        """The message that stands there: an original, or our copy of one."""
        found = self._all(AT, external_id, chat=self._work.blind(chat))
        return found[-1] if found else None

    def purge(self, case_id: str) -> None:
        """Remove all that was said in a case."""
        self._work.connection.execute(PURGE, {"wanted": case_id, "mine": self._group_id})
        self._work.scrub = True

    def _all(self, query: Select[Any], wanted: str, **more: bytes) -> list[CaseMessage]:
        rows = self._work.connection.execute(query, {"mine": self._group_id, "wanted": wanted, **more}).all()
        return [self._value(row) for row in rows]

    def _columns(self, message: CaseMessage) -> dict[str, Any]:
        member_id = self._work.connection.scalar(MEMBER, {"wanted": message.case_id, "mine": self._group_id})
        if member_id is None:
            raise NotFound(f"no case {message.case_id}")
        content = wire.dumps((message.text, message.attachments))
        return {
            "case_id": message.case_id,
            "author_id": message.author_id,
            "sent_at": message.sent_at,
            "content_sealed": self._work.keys.of(member_id).seal(
                content, "case_messages", "content", message.id
            ),
            "external_id": message.chat_external_id,
            "reply_to": message.reply_to,
            "edited_at": message.edited_at,
        }

    def _value(self, row: Row[Any]) -> CaseMessage:
        sealer = self._work.keys.of(row.member_id)
        text, attachments = wire.loads(
            sealer.open(row.content_sealed, "case_messages", "content", row.id), tuple
        )
        return CaseMessage(
            id=row.id,
            case_id=row.case_id,
            author_id=row.author_id,
            sent_at=row.sent_at,
            text=text,
            attachments=cast(tuple[Attachment, ...], attachments),
            chat_external_id=row.external_id,
            reply_to=row.reply_to,
            edited_at=row.edited_at,
        )
