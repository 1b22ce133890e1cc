"""What an operator is told when the service cannot run, and what a command loads."""

import io
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.cli import WRONG_USE, main
from tests.content.library.folders import town


@pytest.fixture(autouse=True)
def _logs_go_where_they_went() -> Iterator[None]:
    """`run` lets the log write to this test's own standard error, which is closed when the test is over."""
    yield
    structlog.reset_defaults()


def test_a_port_in_use_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MORSMAL_MODEL", "0")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        monkeypatch.setenv("MORSMAL_PORT", port)
        assert main(["run"]) == WRONG_USE
    said = capsys.readouterr()
    assert port in said.err and "in use" in said.err
    assert "Traceback" not in said.err and "runs at" not in said.out


@pytest.mark.parametrize(
    "command",
    ["detect", "ask --library {folder}", "phrases coverage", "library check {folder}", "--help"],
)
def test_a_command_that_needs_no_bot_loads_no_bot_and_no_database(command: str, tmp_path: Path) -> None:
    words = command.format(folder=tmp_path).split()
    program = f"""
import atexit, sys
atexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr))
from bot.cli import main
sys.exit(main({words!r}))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], input="", capture_output=True, text=True, check=True
    )
    loaded = set(done.stderr.splitlines()[-1].split())
    assert "bot.cli" in loaded
    assert not loaded & {"telegram", "aiohttp", "sqlalchemy", "cryptography", "matplotlib", "bot.app"}
    assert "openpyxl" not in loaded or command.startswith(("phrases", "library"))


@pytest.mark.parametrize("command", ["detect", "ask"])
def test_every_line_of_a_pipe_is_answered_whatever_bytes_it_has(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    lines = [
        b'{"id": 1, "text": "how do i see a doctor\xff", "language": "en"}',
        b"not json",
        b'{"id": 3, "text": "how do i see a doctor \\ud83d", "language": "en"}',
    ]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\n".join(lines)), encoding="ascii"))
    library = ["--library", str(town(tmp_path))] if command == "ask" else []
    assert main([command, *library]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["id"] for each in found] == [1, None, 3]
    assert ["error" in each for each in found] == [False, True, False]
    said = [each["article" if command == "ask" else "language"] for each in found]
    assert said == (["no-doctor", None, "no-doctor"] if command == "ask" else ["en", None, "en"])
