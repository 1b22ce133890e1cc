"""Groups, our bots, and how far each has read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select

from dispatch.model.errors import NotFound
from dispatch.model.messages import Address
from dispatch.model.people import Group
from dispatch.model.queues import Account
from dispatch.store import wire
from dispatch.store.schema.people import groups
from dispatch.store.schema.process import accounts, inbox_rejected, offsets, profiles
from dispatch.store.work import Work, new_id

BY_ID = select(groups).where(groups.c.id == bindparam("wanted"))


class SqlGroups:
    """The groups themselves."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def all(self) -> Sequence[Group]:
        """All groups, oldest id first."""
        rows = self._work.connection.execute(select(groups).order_by(groups.c.id)).all()
        return [self._value(row) for row in rows]

    def get(self, group_id: str) -> Group:
        """One group. Raises NotFound."""
        row = self._work.connection.execute(BY_ID, {"wanted": group_id}).first()
        if row is None:
            raise NotFound(f"no group {group_id}")
        return self._value(row)

    def put(self, group: Group) -> None:
        """Keep a group, new or changed."""
        sealed = None
        if group.chat is not None:
            sealed = self._work.service.sealer.seal(wire.dumps(group.chat), "groups", "chat", group.id)
        values = {
            "id": group.id,
            "name": group.name,
            "country": group.country,
            "zone": group.zone,
            "language": group.language,
            "languages": group.languages,
            "chat_hash": None if group.chat is None else self._work.blind(group.chat),
            "chat_sealed": sealed,
            "demo": group.demo,
            "two_approve": group.two_approve,
        }
        self._work.upsert(groups, values, keys=("id",))

    def _value(self, row: Row[Any]) -> Group:
        chat = None
        if row.chat_sealed is not None:
            chat = wire.loads(
                self._work.service.sealer.open(row.chat_sealed, "groups", "chat", row.id), Address
            )
        return Group(
            id=row.id,
            name=row.name,
            country=row.country,
            zone=row.zone,
            language=row.language,
            languages=row.languages,
            chat=chat,
            demo=row.demo,
            two_approve=row.two_approve,
        )


class SqlAccounts:
    """Our bots."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def put(self, account: Account) -> None:
        """Say to which group a bot belongs."""
        values = {"channel": account.channel, "account": account.account, "group_id": account.group_id}
        self._work.upsert(accounts, values, keys=("channel", "account"))

    def group_of(self, channel: str, account: str) -> str | None:
        """The group a bot belongs to."""
        query = select(accounts.c.group_id).where(
            accounts.c.channel == channel, accounts.c.account == account
        )
        return self._work.connection.scalar(query)

    def offset(self, channel: str, account: str) -> int | None:
        """How far its updates were read."""
        query = select(offsets.c.offset).where(offsets.c.channel == channel, offsets.c.account == account)
        return self._work.connection.scalar(query)

    def set_offset(self, channel: str, account: str, offset: int) -> None:
        """Its updates were read so far."""
        values = {"channel": channel, "account": account, "offset": offset}
        self._work.upsert(offsets, values, keys=("channel", "account"))

    def introduced(self, channel: str, account: str) -> Mapping[str, str]:
        """By the platform's language codes, the digest of what a bot says of itself there."""
        query = select(profiles.c.code, profiles.c.digest).where(
            profiles.c.channel == channel, profiles.c.account == account
        )
        return {row.code: row.digest for row in self._work.connection.execute(query)}

    def introduce(self, channel: str, account: str, code: str, digest: str | None) -> None:
        """It says this of itself in that language now; None: nothing."""
        values = {"channel": channel, "account": account, "code": code}
        if digest is not None:
            self._work.upsert(profiles, {**values, "digest": digest}, keys=("channel", "account", "code"))
            return
        of_code = [profiles.c[name] == value for name, value in values.items()]
        self._work.connection.execute(delete(profiles).where(*of_code))

    def reject(self, channel: str, account: str, body: bytes, reason: str, now: datetime) -> None:
        """Keep a body that is not even JSON, for the operator."""
        row_id = new_id()
        self._work.connection.execute(
            inbox_rejected.insert().values(
                id=row_id,
                channel=channel,
                account=account,
                body_sealed=self._work.service.sealer.seal(body, "inbox_rejected", "body", row_id),
                reason=reason,
                rejected_at=now,
            )
        )
