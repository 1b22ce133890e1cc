"""Removing what nobody needs any more."""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, update

from dispatch.store.inbox import InboxState
from dispatch.store.outbox import OutboxState
from dispatch.store.schema.cases import case_messages
from dispatch.store.schema.owed import buttons, outbox, pauses, sent
from dispatch.store.schema.people import dialogs, invitations
from dispatch.store.schema.process import inbox, inbox_rejected
from dispatch.store.work import Work

DIALOGS_KEPT = timedelta(days=30)
"""Nobody goes on with a form after a month."""

BUTTONS_KEPT = timedelta(days=100)
"""A card that is three months old may still be pressed (reliability: bad inputs)."""


def purge(work: Work, now: datetime, keep_keys: timedelta, keep_sent: timedelta) -> None:
    """Keys and bodies of the inbox go after `keep_keys`, what was sent or given up after `keep_sent`; where the copies
    of a case's messages stand is known as long as the messages are kept."""
    run = work.connection.execute
    run(delete(inbox).where(inbox.c.state != InboxState.WAITING, inbox.c.ended_at < now - keep_keys))
    run(delete(inbox_rejected).where(inbox_rejected.c.rejected_at < now - keep_keys))
    is_copy = exists().where(case_messages.c.id == sent.c.about)
    run(delete(sent).where(sent.c.sent_at < now - keep_sent, ~is_copy))
    ended = outbox.c.state.in_((OutboxState.GIVEN_UP, OutboxState.UNREADABLE))
    run(delete(outbox).where(ended, outbox.c.ended_at < now - keep_sent))
    run(delete(pauses).where(pauses.c.until < now))
    run(delete(dialogs).where(dialogs.c.updated_at < now - DIALOGS_KEPT))
    run(delete(invitations).where(invitations.c.expires_at < now - DIALOGS_KEPT))
    run(delete(buttons).where(buttons.c.noticed_at < now - BUTTONS_KEPT))
    run(update(buttons).where(buttons.c.noticed_at.is_(None)).values(noticed_at=now))
    work.scrub = True
