"""What lies between two messages of somebody: buttons, dialogs, invitations."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select, update

from dispatch.model.people import Invitation, Role
from dispatch.model.queues import Button, Dialog
from dispatch.store import wire
from dispatch.store.schema.owed import buttons
from dispatch.store.schema.people import dialogs, invitations
from dispatch.store.work import Work, new_secret


class SqlButtons:
    """What presses mean."""

    def __init__(self, work: Work, group_id: str) -> None:
        self._work = work
        self._group_id = group_id

    def put(self, action: str, *arguments: str, person: str | None = None) -> str:
        """A new token for this action."""
        token = new_secret()
        values = {"token": token, "action": action, "arguments": arguments, "person_id": person}
        self._work.connection.execute(buttons.insert().values(group_id=self._group_id, **values))
        return token

    def find(self, token: str) -> Button | None:
        """What this token means in this group."""
        query = select(buttons).where(buttons.c.token == token, buttons.c.group_id == self._group_id)
        row = self._work.connection.execute(query).first()
        if row is None:
            return None
        return Button(token=row.token, action=row.action, arguments=row.arguments, person=row.person_id)


class SqlDialogs:
    """Where somebody is in something that takes several messages; under her own key."""

    def __init__(self, work: Work, group_id: str) -> None:
        self._work = work
        self._group_id = group_id

    def find(self, person_id: str, kind: str) -> Dialog | None:
        """Where she is."""
        row = self._work.connection.execute(select(dialogs).where(*self._mine(person_id, kind))).first()
        return self._opened(row) if row else None

    def of(self, person_id: str) -> Sequence[Dialog]:
        """All of hers, by kind."""
        hers = (dialogs.c.person_id == person_id, dialogs.c.group_id == self._group_id)
        rows = self._work.connection.execute(select(dialogs).where(*hers).order_by(dialogs.c.kind)).all()
        return [self._opened(row) for row in rows]

    def _opened(self, row: Row[Any]) -> Dialog:
        place = ("dialogs", "state", row.person_id, row.kind)
        state = wire.load_json(self._work.keys.of(row.person_id).open(row.state_sealed, *place))
        return Dialog(person_id=row.person_id, kind=row.kind, state=state, updated_at=row.updated_at)

    def put(self, dialog: Dialog) -> None:
        """Keep where she is."""
        place = ("dialogs", "state", dialog.person_id, dialog.kind)
        sealed = self._work.keys.of(dialog.person_id).seal(wire.dump_json(dict(dialog.state)), *place)
        values = {
            "person_id": dialog.person_id,
            "kind": dialog.kind,
            "group_id": self._group_id,
            "state_sealed": sealed,
            "updated_at": dialog.updated_at,
        }
        self._work.upsert(dialogs, values, keys=("person_id", "kind"))

    def drop(self, person_id: str, kind: str) -> None:
        """She is done."""
        self._work.connection.execute(delete(dialogs).where(*self._mine(person_id, kind)))

    def _mine(self, person_id: str, kind: str) -> tuple[ColumnElement[bool], ...]:
        return (
            dialogs.c.person_id == person_id,
            dialogs.c.kind == kind,
            dialogs.c.group_id == self._group_id,
        )


class SqlInvitations:
    """Links that are used once."""

    def __init__(self, work: Work, group_id: str) -> None:
        self._work = work
        self._group_id = group_id

    def add(self, invitation: Invitation) -> None:
        """Keep an invitation."""
        self._work.connection.execute(
            invitations.insert().values(
                digest=invitation.digest,
                group_id=self._group_id,
                role=invitation.role,
                invited_by=invitation.invited_by,
                expires_at=invitation.expires_at,
                used_by=invitation.used_by,
            )
        )

    def find(self, digest: str) -> Invitation | None:
        """The invitation with this digest."""
        query = select(invitations).where(
            invitations.c.digest == digest, invitations.c.group_id == self._group_id
        )
        row = self._work.connection.execute(query).first()
        if row is None:
            return None
        return Invitation(
            digest=row.digest,
            role=Role(row.role),
            invited_by=row.invited_by,
            expires_at=row.expires_at,
            used_by=row.used_by,
        )

    def use(self, digest: str, person_id: str) -> bool:
        """Mark it used; False when somebody was quicker."""
        query = (
            update(invitations)
            .where(
                invitations.c.digest == digest,
                invitations.c.group_id == self._group_id,
                invitations.c.used_by.is_(None),
            )
            .values(used_by=person_id)
        )
        return self._work.connection.execute(query).rowcount == 1
