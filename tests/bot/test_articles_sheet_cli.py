import argparse
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot import library_cli
from content.digests import ARTICLES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for slug in ("no-interpreter", "dk-interpreter-health"):
        shutil.copytree(ARTICLES / slug, tmp_path / "library" / slug)
    return tmp_path / "library"


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    library_cli.add_arguments(parser)
    return library_cli.run(parser.parse_args(words))


def test_check_names_file_and_line_and_fails_for_what_leads_nowhere_too(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", str(folder)) == 1
    assert "is not in the library" in capsys.readouterr().out
    (folder / "no-interpreter" / "xx.md").write_bytes(b"\x00\xff")
    assert run("check", str(folder)) == 1
    assert "no-interpreter/xx.md:1: error: is a binary file" in capsys.readouterr().out


def test_a_sheet_goes_out_and_comes_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder.parent / "th.xlsx"
    assert run("sheet", "th", str(file), "--folder", str(folder), "--country", "no") == 0
    slugs = {row[0] for row in load_workbook(file).worksheets[0].iter_rows(min_row=2, values_only=True)}
    assert slugs == {"no-interpreter"}
    assert run("take", str(file), "--folder", str(folder)) == 0
    assert "th: 0 articles written" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["nothing.xlsx", "picture.xlsx"])
def test_what_is_no_sheet_is_refused_in_one_sentence(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder.parent / "picture.xlsx").write_bytes(b"\x89PNG")
    assert run("take", str(folder.parent / name), "--folder", str(folder)) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
