"""A group's chat that got a new id on its platform (H44)."""

from dataclasses import replace

from sqlalchemy import delete, select, update

from dispatch.model.messages import Address
from dispatch.store.groups import SqlGroups
from dispatch.store.outbox import ROW, OutboxState, columns, message_of
from dispatch.store.schema.owed import outbox, pauses, sent
from dispatch.store.schema.people import groups
from dispatch.store.schema.process import inbox
from dispatch.store.work import OUTBOX, Work


def move_chat(work: Work, old: Address, new: Address) -> None:
    """Rewrite what names the old chat. Its messages stayed behind: the new one is numbered afresh."""
    old_hash, new_hash = work.blind(old), work.blind(new)
    if old_hash == new_hash:
        return
    kept = SqlGroups(work)
    for group_id in work.connection.scalars(select(groups.c.id).where(groups.c.chat_hash == old_hash)).all():
        kept.put(replace(kept.get(group_id), chat=new))
    _move_outbox(work, old_hash, new)
    work.connection.execute(delete(sent).where(sent.c.chat_hash == old_hash))
    work.connection.execute(delete(pauses).where(pauses.c.chat_hash == old_hash))
    work.connection.execute(update(inbox).where(inbox.c.sender_hash == old_hash).values(sender_hash=new_hash))
    work.touched.add(OUTBOX)


def _move_outbox(work: Work, old_hash: bytes, new: Address) -> None:
    work.lock(work.blind(new))
    waiting = outbox.c.state.in_((OutboxState.QUEUED, OutboxState.SENDING))
    query = select(outbox).where(outbox.c.chat_hash == old_hash, waiting)
    for row in work.connection.execute(query).all():
        moved = columns(work, replace(message_of(work, row), to=new), row.id)
        work.connection.execute(ROW, {"row_id": row.id, **moved})
