"""A copy of the database by command, and the way back from it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from bot.cli import BROKEN, WRONG_USE, main
from dispatch.model.cases import CaseState
from dispatch.model.people import Standing
from dispatch.ports import Service
from dispatch.store.database import Database
from dispatch.store.sealing import Keys
from tests.contracts.databases import KEYS, fresh_url
from tests.contracts.samples import ACCOUNT, CHANNEL, MINUTE, NOW, OSLO, a_case, a_message, a_person, words

T = TypeVar("T")


class Station:
    """A data folder, its database with Amira, Hodan and the volunteer Noor in it, and a folder for copies."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.place = self.data / "morsmal.db"
        self.copy = folder / "monday.db"

    @asynccontextmanager
    async def open(self, path: Path | None = None) -> AsyncIterator[Database]:
        """The database as the service has it."""
        database = Database.open(f"sqlite:///{path or self.place}", keys=KEYS)
        try:
            yield database
        finally:
            await database.close()

    def run(self, function: Callable[[Service], T], path: Path | None = None) -> T:
        """Open, do this, close."""

        async def work() -> T:
            async with self.open(path) as database:
                return await database.run(function)

        return asyncio.run(work())

    def names(self, path: Path | None = None) -> set[str]:
        """Who is there."""

        def look(service: Service) -> set[str]:
            found = (service.within("oslo").people.find(name) for name in ("amira", "hodan", "noor", "zahra"))
            return {person.name for person in found if person}

        return self.run(look, path)

    def forget(self, person: str) -> None:
        """As /forget does it."""
        self.run(lambda service: service.within("oslo").people.erase(person, NOW))


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Station:
    found = Station(tmp_path)
    found.data.mkdir()
    (found.data / "key").write_text(KEYS.text())
    with fresh_url("sqlite", tmp_path) as url:
        Path(url.removeprefix("sqlite:///")).rename(found.place)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MORSMAL_DATA", str(found.data))

    def fill(service: Service) -> None:
        service.put_group(OSLO)
        tx = service.within("oslo")
        for person in (a_person("Amira"), a_person("Hodan"), a_person("Noor", volunteer=Standing.ACTIVE)):
            tx.people.add(person)
        tx.cases.add(a_case("amira", 1, state=CaseState.ASSIGNED, assignee_id="noor"))
        tx.messages.add(a_message("hers", "case-1"))
        tx.cases.add(a_case("hodan", 2))
        tx.outbox.add(words("to her", person="amira"))

    found.run(fill)
    return found


def test_a_copy_is_made_while_the_service_runs_and_holds_all_that_was_committed(station: Station) -> None:
    async def work() -> int:
        async with station.open() as database:
            await database.run(lambda service: service.within("oslo").people.add(a_person("Zahra")))
            return await asyncio.to_thread(main, ["backup", str(station.copy)])

    assert asyncio.run(work()) == 0
    assert station.copy.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in station.copy.parent.glob("monday*")) == ["monday.db"]
    assert station.names(station.copy) == {"Amira", "Hodan", "Noor", "Zahra"}


def test_a_copy_names_the_key_that_reads_it_and_does_not_hold_it(
    station: Station, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(station.copy)]) == 0
    assert KEYS.fingerprint in capsys.readouterr().out
    assert main(["check"]) == 0
    assert KEYS.fingerprint in capsys.readouterr().out
    assert KEYS.by_id[1] not in station.copy.read_bytes()
    assert Keys.generate().fingerprint != KEYS.fingerprint


def test_a_copy_replaces_no_other(station: Station, capsys: pytest.CaptureFixture[str]) -> None:
    station.copy.write_text("of yesterday")
    assert main(["backup", str(station.copy)]) == BROKEN
    assert "exists already" in capsys.readouterr().err
    assert station.copy.read_text() == "of yesterday"


def test_what_the_key_does_not_read_is_no_backup(
    station: Station, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Keys.generate()
    (station.data / "key").write_text(other.text())
    assert main(["backup", str(station.copy)]) == BROKEN
    assert f"is not read with the key {other.fingerprint}" in capsys.readouterr().err
    assert not list(station.copy.parent.glob("monday*"))


def test_without_a_key_none_is_made(station: Station, capsys: pytest.CaptureFixture[str]) -> None:
    main(["backup", str(station.copy)])
    (station.data / "key").unlink()
    for command in ("backup", "restore"):
        assert main([command, str(station.copy)]) == WRONG_USE
    assert "put the file `key` back" in capsys.readouterr().err
    assert not (station.data / "key").exists()


def test_postgresql_has_a_tool_of_its_own(
    station: Station, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MORSMAL_DATABASE", "postgresql://nowhere/morsmal")
    assert main(["backup", str(station.copy)]) == WRONG_USE
    assert "pg_dump" in capsys.readouterr().err


def test_who_was_forgotten_since_is_forgotten_again_and_hears_nothing(
    station: Station, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["backup", str(station.copy)])
    station.forget("amira")
    station.run(lambda service: service.within("oslo").people.add(a_person("Zahra")))
    station.forget("zahra")  # whom the copy never knew
    assert main(["restore", str(station.copy)]) == 0
    assert "now again: 1." in capsys.readouterr().out
    assert station.names() == {"Hodan", "Noor"}

    def look(service: Service) -> tuple[object, int, set[str]]:
        told = set()
        while leased := service.deliveries.lease(CHANNEL, ACCOUNT, NOW, NOW + MINUTE, (), False):
            told.add(leased.message.to.chat)
            service.deliveries.sent(leased, (), NOW)
        tx = service.within("oslo")
        return tx.cases.find("case-1"), len({stone.digest for stone in service.tombstones()}), told

    case, stones, told = station.run(look)
    assert case is None
    assert stones >= 2  # an even older copy would be told of both
    assert "amira" not in told


def test_a_case_of_a_volunteer_who_is_forgotten_again_waits_for_another(station: Station) -> None:
    main(["backup", str(station.copy)])
    station.forget("noor")
    assert main(["restore", str(station.copy)]) == 0
    case = station.run(lambda service: service.within("oslo").cases.get("case-1"))
    assert (case.state, case.assignee_id) == (CaseState.WAITING, None)


def test_what_was_in_place_lies_aside_until_somebody_deletes_it(
    station: Station, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["backup", str(station.copy)])
    station.run(lambda service: service.within("oslo").people.add(a_person("Zahra")))
    assert main(["restore", str(station.copy)]) == 0
    aside = station.data / "morsmal.db.replaced"
    assert str(aside) in capsys.readouterr().out
    assert "Zahra" in station.names(aside)
    assert "Zahra" not in station.names()
    assert main(["restore", str(station.copy)]) == BROKEN
    assert "move it away" in capsys.readouterr().err
    assert not list(station.data.glob("*restoring*"))


def test_nothing_is_put_back_under_a_running_service(
    station: Station, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["backup", str(station.copy)])

    async def work() -> int:
        async with station.open():
            return await asyncio.to_thread(main, ["restore", str(station.copy)])

    assert asyncio.run(work()) == BROKEN
    assert "another process is running" in capsys.readouterr().err


def test_a_disk_that_died_costs_the_list_of_the_forgotten_and_this_is_said(
    station: Station, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["backup", str(station.copy)])
    station.forget("amira")
    station.place.write_bytes(b"not a database " * 999)
    assert main(["restore", str(station.copy)]) == 0
    assert "could not be read" in capsys.readouterr().out
    assert station.names() == {"Amira", "Hodan", "Noor"}


def test_on_a_new_machine_a_copy_is_all_that_is_needed_beside_the_key(station: Station) -> None:
    main(["backup", str(station.copy)])
    for file in station.data.glob("morsmal.db*"):
        file.unlink()
    assert main(["restore", str(station.copy)]) == 0
    assert station.names() == {"Amira", "Hodan", "Noor"}


def test_a_damaged_copy_is_refused_and_changes_nothing(
    station: Station, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["backup", str(station.copy)])
    with sqlite3.connect(station.copy) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    whole = bytearray(station.copy.read_bytes())
    whole[5 * size : 6 * size] = b"\xff" * size
    station.copy.write_bytes(whole)
    assert main(["restore", str(station.copy)]) == BROKEN
    assert capsys.readouterr().err.strip()
    assert station.names() == {"Amira", "Hodan", "Noor"}
    assert sorted(path.name for path in station.data.glob("*.db*")) == ["morsmal.db", "morsmal.db.lock"]
