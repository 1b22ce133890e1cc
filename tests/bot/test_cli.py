"""What an operator is told when the service cannot run."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.cli import WRONG_USE, main


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
