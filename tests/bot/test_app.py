"""What an operator is told by the running service: at its start, and by /health."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.app import App
from bot.opening import open_database, open_keys
from bot.settings import Settings
from tests.clock import MONDAY_NOON, FakeClock
from tests.content.library.folders import simple, town


class Running:
    """A service that has started; `said` is what it told its operator."""

    def __init__(self, app: App, port: int) -> None:
        self.app = app
        self.said: list[str] = []
        self._address = f"http://127.0.0.1:{port}/health"

    async def health(self) -> tuple[int, dict[str, Any]]:
        """The status, and what stands in the answer."""
        async with aiohttp.ClientSession() as session, session.get(self._address) as answer:
            return answer.status, await answer.json()


@asynccontextmanager
async def running(folder: Path, clock: FakeClock | None = None, **settings: Any) -> AsyncIterator[Running]:
    """The service on a folder of its own, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    chosen = Settings(_env_file=None, data=folder / "data", port=port, model=False, log="error", **settings)
    keys = open_keys(chosen)
    database = await open_database(chosen, keys)
    service = Running(App(chosen, database, keys, clock), port)
    begun = asyncio.Event()

    def told(line: str) -> None:
        service.said.append(line)
        if line.startswith("Stop with"):  # the last line of the start
            begun.set()

    async with asyncio.TaskGroup() as group:
        serving = group.create_task(service.app.run(told))
        await begun.wait()
        yield service
        serving.cancel()
    await database.close()


async def test_health_names_the_folder_that_is_gone_and_how_old_the_library_in_use_is(tmp_path: Path) -> None:
    folder, clock = town(tmp_path / "articles"), FakeClock()
    async with running(tmp_path, clock, library=folder) as service:
        read = MONDAY_NOON.isoformat()
        assert (await service.health())[1]["library"] == {"folder": "ok", "read_at": read}
        shutil.move(folder, tmp_path / "elsewhere")
        clock.advance(timedelta(hours=5))
        await service.app.libraries.look()
        status, state = await service.health()
        assert state["library"] == {"folder": "the folder of articles is gone", "read_at": read}
        assert (status, state["ok"]) == (200, True)  # members are still answered
        shutil.move(tmp_path / "elsewhere", folder)
        simple(folder, "no-rent", "en", "Rent, mended")
        await service.app.libraries.look()
        mended = {"folder": "ok", "read_at": (MONDAY_NOON + timedelta(hours=5)).isoformat()}
        assert (await service.health())[1]["library"] == mended


async def test_the_demonstration_is_not_counted_as_a_group(tmp_path: Path) -> None:
    async with running(tmp_path, library=town(tmp_path / "articles")) as service:
        assert (await service.health())[1]["groups"] == 1


async def test_a_language_that_volunteers_read_in_part_only_is_named_at_the_start(tmp_path: Path) -> None:
    async with running(tmp_path, library=town(tmp_path / "articles"), language="so") as service:
        (line,) = [line for line in service.said if line.startswith("MORSMAL_LANGUAGE: so ")]
        assert "comes in en" in line and "da, en, nb, sv" in line


async def test_a_language_that_volunteers_read_throughout_needs_no_word(tmp_path: Path) -> None:
    async with running(tmp_path, library=town(tmp_path / "articles")) as service:
        assert not [line for line in service.said if "MORSMAL_LANGUAGE" in line]
