import argparse
import shutil
from pathlib import Path

import polib
import pytest

from content import phrases_cli
from content.catalog import PHRASES
from content.languages import LANGUAGES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PHRASES, tmp_path / "phrases"))


def run(folder: Path, *words: str) -> int:
    parser = argparse.ArgumentParser()
    phrases_cli.add_arguments(parser)
    return phrases_cli.run(parser.parse_args(["--folder", str(folder), *words]))


def test_coverage_has_a_line_for_each_language(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(LANGUAGES) + 1


def test_coverage_fails_where_something_is_missing(folder: Path) -> None:
    (folder / "so.po").unlink()
    assert run(folder, "coverage") == 1


def test_check_names_the_fault(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "check") == 0
    po = polib.pofile(str(folder / "so.po"))
    po.remove(next(entry for entry in po if entry.msgid == "late"))
    po.save(str(folder / "so.po"))
    capsys.readouterr()
    assert run(folder, "check") == 1
    assert "so.po:1: error: late: is missing" in capsys.readouterr().out
    assert run(folder, "sync") == 1
    assert "so: late" in capsys.readouterr().out


def test_a_sheet_goes_out_and_comes_back(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "so.xlsx"
    assert run(folder, "export", "so", str(sheet)) == 0
    assert run(folder, "import", str(sheet)) == 0
    assert "so: 0 changed, 0 confirmed, 0 refused." in capsys.readouterr().err
    assert run(folder, "import", str(tmp_path / "none.xlsx")) == 1


def test_a_phrase_counts_as_checked_when_a_name_stands_behind_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def checked() -> str:
        run(folder, "coverage")
        return next(line.split()[4] for line in capsys.readouterr().out.splitlines() if line[:3] == "so ")

    po = polib.pofile(str(folder / "so.po"))
    late = next(entry for entry in po if entry.msgid == "late")
    late.flags.remove("unchecked")
    po.save(str(folder / "so.po"))
    assert checked() == "0"
    late.tcomment = "checked by Hodan"
    po.save(str(folder / "so.po"))
    assert checked() == "1"
    assert run(folder, "check") == 0
