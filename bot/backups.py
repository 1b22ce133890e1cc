"""A copy of the database by command, and the way back from it."""

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import settings
from bot.clock import SystemClock
from bot.errors import WrongSetting
from bot.opening import open_keys
from bot.settings import Settings
from dispatch.actions import departing
from dispatch.model.people import Tombstone
from dispatch.ports import Service
from dispatch.store import backups
from dispatch.store.database import Database
from dispatch.store.sealing import Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """How many people were forgotten again (None: nobody knows who should be), and where the old database is."""

    forgotten: int | None
    aside: Path | None


def back_up(arguments: argparse.Namespace) -> int:
    """Copy the database, beside a service that may be running."""
    chosen = settings.read()
    place, keys = _place(chosen), _known_keys(chosen)
    backups.copy(place, arguments.file, keys)
    print(f"{arguments.file} holds all that {place} held, and is read with the key {keys.fingerprint} only.")
    print("Keep that key elsewhere, and delete this file in time: who is forgotten now stays in it.")
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Put a copy in the place of the database."""
    chosen = settings.read()
    restored = asyncio.run(put_back(arguments.file, _place(chosen), _known_keys(chosen)))
    print(f"The database is that of {arguments.file}. `morsmal run` starts the service on it.")
    if restored.forgotten is None:
        print(
            "The database in its place could not be read: whoever was forgotten since is in this one again."
        )
    else:
        print(f"Forgotten since, and now again: {restored.forgotten}.")
    if restored.aside:
        print(f"The database that was in its place is {restored.aside}. Delete it when all is well.")
    return 0


async def put_back(file: Path, place: Path, keys: Keys) -> Restored:
    """The copy, of this release and without those who were forgotten since, takes the place of the database.

    Raises NoBackup, AlreadyRunning, NewerSchema; then the database is as it was.
    """
    fresh = place.with_name(f"{place.name}.restoring")
    with backups.alone_with(place):
        backups.discard(fresh)
        backups.copy(file, fresh, keys)
        try:
            gone = backups.forgotten_in(place, keys)
            forgotten = await _bring_up_to_date(fresh, keys, gone or ())
            backups.settle(fresh)
            aside = backups.replace(place, fresh)
        finally:
            backups.discard(fresh)
    return Restored(forgotten=None if gone is None else forgotten, aside=aside)


async def _bring_up_to_date(path: Path, keys: Keys, gone: Sequence[Tombstone]) -> int:
    now = SystemClock().now()

    def forget(service: Service) -> int:
        people = service.bury(gone)
        for person in people:
            departing.forget_again(service.within(person.group_id), person, now)
        return len(people)

    database = Database.open(f"sqlite:///{path}", keys=keys, exclusive=False)
    try:
        await database.migrate()
        return await database.run(forget)
    finally:
        await database.close()


def _place(chosen: Settings) -> Path:
    """Where the SQLite database is."""
    if not chosen.database_url.startswith("sqlite:///"):
        raise WrongSetting(
            "MORSMAL_DATABASE: a PostgreSQL database is copied by pg_dump, and put back by pg_restore"
        )
    return Path(chosen.database_url.removeprefix("sqlite:///"))


def _known_keys(chosen: Settings) -> Keys:
    """The keys; none is made, since a new one would read nothing."""
    if not chosen.key and not (chosen.data / "key").exists():
        raise WrongSetting(f"MORSMAL_KEY: there is no key; put the file `key` back into {chosen.data} first")
    return open_keys(chosen)
