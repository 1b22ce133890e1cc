"""What coordinators have spoken for members. A voice tells who one is: it is sealed under the key of who spoke."""

from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, delete, select

from dispatch.model.messages import Attachment, Recording
from dispatch.store import wire
from dispatch.store.schema.library import recordings
from dispatch.store.work import Work


class SqlRecordings:
    """One of a kind in each language."""

    def __init__(self, work: Work, group_id: str) -> None:
        self._work = work
        self._group_id = group_id

    def put(self, recording: Recording) -> None:
        """Keep it, instead of an earlier one."""
        sealer = self._work.keys.of(recording.recorded_by)
        sound = sealer.seal(
            wire.dumps(recording.sound.unnamed()), *self._place(recording.kind, recording.language)
        )
        values = {
            "group_id": self._group_id,
            "kind": recording.kind,
            "language": recording.language,
            "sound_sealed": sound,
            "recorded_by": recording.recorded_by,
            "recorded_at": recording.recorded_at,
        }
        self._work.upsert(recordings, values, keys=("group_id", "kind", "language"))

    def find(self, kind: str, language: str) -> Recording | None:
        """The recording in this language."""
        row = self._work.connection.execute(select(recordings).where(*self._that(kind, language))).first()
        if row is None:
            return None
        sound = self._work.keys.of(row.recorded_by).open(row.sound_sealed, *self._place(kind, language))
        return Recording(
            kind=kind,
            language=language,
            sound=wire.loads(sound, Attachment),
            recorded_by=row.recorded_by,
            recorded_at=row.recorded_at,
        )

    def languages(self, kind: str) -> Collection[str]:
        """The languages in which there is one."""
        query = select(recordings.c.language).where(
            recordings.c.group_id == self._group_id, recordings.c.kind == kind
        )
        return frozenset(self._work.connection.scalars(query))

    def remove(self, kind: str, language: str) -> None:
        """There is none any more."""
        self._work.connection.execute(delete(recordings).where(*self._that(kind, language)))

    def _that(self, kind: str, language: str) -> tuple[ColumnElement[bool], ...]:
        return (
            recordings.c.group_id == self._group_id,
            recordings.c.kind == kind,
            recordings.c.language == language,
        )

    def _place(self, kind: str, language: str) -> tuple[str, ...]:
        return place(self._group_id, kind, language)


def sounds(work: Work) -> Iterator[Attachment]:
    """Those of all groups."""
    for row in work.connection.execute(select(recordings)).all():
        sealer = work.keys.of(row.recorded_by)
        sound = sealer.open(row.sound_sealed, *place(row.group_id, row.kind, row.language))
        yield wire.loads(sound, Attachment)


def place(group_id: str, kind: str, language: str) -> tuple[str, ...]:
    """What a sealed sound is bound to."""
    return "recordings", "sound", group_id, kind, language
