"""`python -m bot run` as a process of its own, that can be killed and started again on the same data."""

import asyncio
import os
import re
import signal
import socket
import sys
from pathlib import Path
from typing import Self

import aiohttp

ROOT = Path(__file__).parents[1]
STARTS_WITHIN = 90.0  # seconds, on a busy machine


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class ServiceProcess:
    """The service on this data folder; `settings` are its MORSMAL_… variables."""

    def __init__(self, data: Path, **settings: str) -> None:
        self.port = free_port()
        self.output = ""
        self._data = data
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Future[None] | None = None

    @property
    def url(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start it, and wait until it answers."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MORSMAL_")}
        environment |= {
            "MORSMAL_DATA": str(self._data),
            "MORSMAL_PORT": str(self.port),
            "MORSMAL_MODEL": "0",
            "PYTHONPATH": str(ROOT),
            **{f"MORSMAL_{name.upper()}": value for name, value in self._settings.items()},
        }
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            cwd=self._data,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._reading = asyncio.ensure_future(self._read())
        await self._answers()

    async def _read(self) -> None:
        assert self._process and self._process.stdout
        while line := await self._process.stdout.readline():
            self.output += line.decode()

    async def _answers(self) -> None:
        async with asyncio.timeout(STARTS_WITHIN), aiohttp.ClientSession() as session:
            while True:
                assert self._process
                if self._process.returncode is not None:
                    raise AssertionError(f"the service ended:\n{self.output}")
                try:
                    async with session.get(f"{self.url}/health") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    await asyncio.sleep(0.1)

    async def says(self, pattern: str, within: float = STARTS_WITHIN) -> str:
        """Wait for a line of its output; what the pattern's first group matched."""
        async with asyncio.timeout(within):
            while not (found := re.search(pattern, self.output)):
                await asyncio.sleep(0.05)
        return found[1]

    async def kill(self) -> None:
        """kill -9: no farewell."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """As an operator stops it."""
        await self._end(signal.SIGTERM)

    async def _end(self, number: int) -> None:
        if self._process and self._process.returncode is None:
            self._process.send_signal(number)
            await self._process.wait()
        if self._reading:
            await self._reading
