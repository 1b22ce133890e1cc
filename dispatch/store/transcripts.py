"""What the web chat shows: its transcript and its files."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, exists, select, update

from dispatch.model.messages import Address
from dispatch.model.queues import ChatLine, StoredFile
from dispatch.store import wire
from dispatch.store.recordings import sounds
from dispatch.store.schema.cases import case_messages
from dispatch.store.schema.owed import sent
from dispatch.store.schema.people import people
from dispatch.store.schema.process import files, revisions, transcripts
from dispatch.store.work import TRANSCRIPTS, Work

IS_SAID_IN_A_CASE = exists().where(
    people.c.chat_hash == transcripts.c.chat_hash,
    people.c.id == case_messages.c.author_id,
    case_messages.c.external_id == transcripts.c.external_id,
)
IS_COPY = exists().where(
    sent.c.chat_hash == transcripts.c.chat_hash,
    sent.c.external_id == transcripts.c.external_id,
    sent.c.about == case_messages.c.id,
)


class SqlTranscripts:
    """Lines and files, under the service's key."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._seal = work.service.sealer

    def put(self, line: ChatLine) -> ChatLine:
        """Keep a line, or its new state; returned with its new revision."""
        chat_hash = self._work.blind(line.address)
        line = replace(line, revision=self._next_revision(line.address))
        body = wire.dump_json({"author": line.author, "content": dict(line.content)})
        values = {
            "chat_hash": chat_hash,
            "external_id": line.external_id,
            "channel": line.address.channel,
            "account": line.address.account,
            "line_sealed": self._seal.seal(body, *place(chat_hash, line.external_id)),
            "at": line.at,
            "removed": line.removed,
            "revision": line.revision,
        }
        self._work.upsert(transcripts, values, keys=("chat_hash", "external_id"))
        self._work.touched.add(TRANSCRIPTS)
        return line

    def since(self, address: Address, revision: int, limit: int = 500) -> Sequence[ChatLine]:
        """Lines that changed after this revision, oldest change first."""
        query = select(transcripts).where(
            transcripts.c.chat_hash == self._work.blind(address), transcripts.c.revision > revision
        )
        rows = self._work.connection.execute(query.order_by(transcripts.c.revision).limit(limit)).all()
        return [self._line(row, address) for row in rows]

    def line(self, address: Address, external_id: str) -> ChatLine | None:
        """One line."""
        query = select(transcripts).where(
            transcripts.c.chat_hash == self._work.blind(address), transcripts.c.external_id == external_id
        )
        row = self._work.connection.execute(query).first()
        return None if row is None else self._line(row, address)

    def put_file(self, file: StoredFile) -> None:
        """Keep a file."""
        values = {
            "id": file.id,
            "content_type": file.content_type,
            "content_sealed": self._seal.seal(file.content, "files", "content", file.id),
            "stored_at": file.stored_at,
            "name_sealed": self._seal.seal(file.name.encode(errors="replace"), "files", "name", file.id),
        }
        self._work.upsert(files, values, keys=("id",))

    def file(self, file_id: str) -> StoredFile | None:
        """A file."""
        row = self._work.connection.execute(select(files).where(files.c.id == file_id)).first()
        if row is None:
            return None
        name = self._seal.open(row.name_sealed, "files", "name", row.id) if row.name_sealed else b""
        return StoredFile(
            id=row.id,
            content_type=row.content_type,
            content=self._seal.open(row.content_sealed, "files", "content", row.id),
            stored_at=row.stored_at,
            name=name.decode(),
        )

    def purge(self, until: datetime, spare: Collection[str]) -> None:
        """Remove lines from before then, but not those that were said in a case that is still kept, nor `spare` ones;
        and files that no line and no recording names any more."""
        run = self._work.connection.execute
        is_old = (transcripts.c.at < until, transcripts.c.external_id.not_in(spare))
        run(delete(transcripts).where(*is_old, ~IS_SAID_IN_A_CASE, ~IS_COPY))
        old = set(self._work.connection.scalars(select(files.c.id).where(files.c.stored_at < until)))
        old -= {sound.ref for sound in sounds(self._work)}
        if old:
            for row in run(select(transcripts)).all():
                old.difference_update(named_in(self._work, row))
            run(delete(files).where(files.c.id.in_(old)))
        self._work.touched.add(TRANSCRIPTS)
        self._work.scrub = True

    def _next_revision(self, address: Address) -> int:
        """One more than the account's last; nobody else gets one before this transaction ends."""
        mine = {"channel": address.channel, "account": address.account}
        self._work.insert_new(revisions, {**mine, "revision": 0})
        query = (
            update(revisions)
            .where(revisions.c.channel == address.channel, revisions.c.account == address.account)
            .values(revision=revisions.c.revision + 1)
            .returning(revisions.c.revision)
        )
        return int(self._work.connection.execute(query).scalar_one())

    def _line(self, row: Row[Any], address: Address) -> ChatLine:
        body = wire.load_json(self._seal.open(row.line_sealed, *place(row.chat_hash, row.external_id)))
        return ChatLine(
            address=address,
            external_id=row.external_id,
            author=body["author"],
            content=body["content"],
            at=row.at,
            removed=row.removed,
            revision=row.revision,
        )


def named_in(work: Work, row: Row[Any]) -> Iterator[str]:
    """What a line may name a file by: every string in it, without the path that may stand in front."""
    line = work.service.sealer.open(row.line_sealed, *place(row.chat_hash, row.external_id))
    return _last_segments(wire.load_json(line))


def _last_segments(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value.rpartition("/")[2]
        case list():
            for each in value:
                yield from _last_segments(each)
        case dict():
            yield from _last_segments(list(value.values()))


def place(chat_hash: bytes, external_id: str) -> tuple[str, str, str, str]:
    """What a sealed line is bound to."""
    return "transcripts", "line", chat_hash.hex(), external_id
