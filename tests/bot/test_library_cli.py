"""A group's own texts on their way between the database and a folder, by command."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from openpyxl import load_workbook

from bot import demo
from bot.cli import main
from bot.clock import SystemClock
from bot.opening import ensure_group, open_database, open_keys
from bot.settings import read
from content.digests import ARTICLES
from dispatch.model.shelf import ShelfText, TextState
from dispatch.ports import Service, Transaction
from tests.content.library.folders import COMPLETE, town, write

T = TypeVar("T")


@pytest.fixture(autouse=True)
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MORSMAL_GROUP", "Oslo")
    monkeypatch.setenv("MORSMAL_LIBRARY", str(town(tmp_path / "articles")))
    within(lambda tx: None)


def of_service(function: Callable[[Service], T]) -> T:
    async def work() -> T:
        chosen = read()
        database = await open_database(chosen, open_keys(chosen))
        try:
            return await database.run(function)
        finally:
            await database.close()

    return asyncio.run(work())


def within(function: Callable[[Transaction], T]) -> T:
    return of_service(lambda service: function(service.within(ensure_group(service, read()))))


def published() -> list[ShelfText]:
    return list(within(lambda tx: list(tx.shelf.published())))


def in_hand() -> list[ShelfText]:
    return list(within(lambda tx: list(tx.shelf.in_hand())))


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


def own(folder: Path) -> Path:
    """Two texts, one of them with a mark and line ends of another system."""
    write(folder, "no-own-1/en.md", COMPLETE.format(title="Our café"))
    text = "\ufeff" + COMPLETE.format(title="Kafeen vår").replace("\n", "\r\n")
    (folder / "no-own-1" / "nb.md").write_bytes(text.encode())
    return folder


def test_what_is_exported_imported_and_exported_again_is_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = own(tmp_path / "first")
    assert main(["library", "import", str(first), "--publish"]) == 0
    assert "2 texts taken in, 0 of them as drafts; 0 unchanged" in capsys.readouterr().out
    assert main(["library", "export", str(tmp_path / "second")]) == 0
    assert files(tmp_path / "second") == files(first)
    assert main(["library", "import", str(tmp_path / "second"), "--publish"]) == 0
    assert "0 texts taken in, 0 of them as drafts; 2 unchanged" in capsys.readouterr().out
    assert [text.version for text in published()] == [1, 1]
    assert main(["library", "export", str(tmp_path / "third"), "--group", "Oslo"]) == 0
    assert files(tmp_path / "third") == files(first)


def test_the_whole_library_that_ships_comes_out_as_it_went_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MORSMAL_LIBRARY", str(ARTICLES))

    def say_yes(tx: Transaction) -> None:
        """As a coordinator does to what is about danger."""
        now = SystemClock().now()
        assert all(
            tx.shelf.move(text, TextState.PUBLISHED, now, approved_by="kari") for text in tx.shelf.in_hand()
        )

    assert main(["library", "import", str(ARTICLES), "--publish"]) == 0
    within(say_yes)
    assert main(["library", "export", str(tmp_path / "first")]) == 0
    assert files(tmp_path / "first") == files(ARTICLES)
    assert main(["library", "import", str(tmp_path / "first"), "--publish"]) == 0
    assert in_hand() == []
    assert main(["library", "export", str(tmp_path / "second")]) == 0
    assert files(tmp_path / "second") == files(ARTICLES)


def test_a_translator_gets_what_a_group_wrote_itself_and_it_comes_back_as_a_draft(tmp_path: Path) -> None:
    write(tmp_path / "own", "no-own-1/en.md", COMPLETE.format(title="Our café"))
    assert main(["library", "import", str(tmp_path / "own"), "--publish"]) == 0
    shelf, sheet = tmp_path / "shelf", tmp_path / "so.xlsx"
    assert main(["library", "export", str(shelf)]) == 0
    assert main(["library", "sheet", "so", str(sheet), "--folder", str(shelf)]) == 0
    workbook = load_workbook(sheet)
    for row in workbook.worksheets[0].iter_rows(min_row=2):
        row[4].value = {"title": "Maqaaxideenna", "asks": row[2].value, "body": row[2].value}[row[1].value]
    workbook.save(sheet)
    assert main(["library", "take", str(sheet), "--folder", str(shelf)]) == 0
    assert main(["library", "import", str(shelf)]) == 0
    (draft,) = in_hand()
    assert (draft.slug, draft.language, draft.state) == ("no-own-1", "so", TextState.DRAFT)
    assert "title: Maqaaxideenna" in draft.text and "translated_from: en" in draft.text
    assert [text.language for text in published()] == ["en"]


def test_texts_come_in_as_drafts_unless_they_are_to_be_published(tmp_path: Path) -> None:
    folder = own(tmp_path / "own")
    assert main(["library", "import", str(folder)]) == 0
    assert [text.state for text in in_hand()] == [TextState.DRAFT, TextState.DRAFT]
    assert published() == []
    assert main(["library", "import", str(folder)]) == 0
    assert [text.version for text in in_hand()] == [1, 1]


def test_a_changed_text_is_a_new_version(tmp_path: Path) -> None:
    folder = own(tmp_path / "own")
    main(["library", "import", str(folder), "--publish"])
    write(folder, "no-own-1/en.md", COMPLETE.format(title="Our new café"))
    main(["library", "import", str(folder), "--publish"])
    assert sorted(text.version for text in published()) == [1, 2]


def test_nothing_is_taken_in_when_anything_cannot_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = own(tmp_path / "own")
    write(folder, "no-own-2/en.md", "---\ntitle: [open\n---\n")
    (folder / "no-own-2" / "nb.md").write_bytes(b"\0\1")
    assert main(["library", "import", str(folder)]) == 1
    told = capsys.readouterr()
    assert "no-own-2/en.md:3: error: YAML" in told.out
    assert "no-own-2/nb.md:1: error: is a binary file" in told.out
    assert "Nothing was taken in" in told.err
    assert in_hand() == published() == []


def test_what_lacks_something_comes_in_as_a_draft_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "own"
    write(folder, "no-own-1/en.md", "---\ntitle: Our café\nkind: article\n---\nOpen on Tuesdays.")
    assert main(["library", "import", str(folder), "--publish"]) == 1
    assert "no-own-1/en.md:1: error: 0 different phrasings of at least 5" in capsys.readouterr().out
    assert published() == []
    assert main(["library", "import", str(folder)]) == 0
    assert "no-own-1/en.md:1: warning: 0 different phrasings" in capsys.readouterr().out
    assert len(in_hand()) == 1


def test_where_two_must_say_yes_a_command_publishes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def ask_for_two(tx: Transaction) -> None:
        tx.save_group(replace(tx.group, two_approve=True))

    within(ask_for_two)
    folder = own(tmp_path / "own")
    assert main(["library", "import", str(folder), "--publish"]) == 1
    assert "two must say yes" in capsys.readouterr().out
    assert main(["library", "import", str(folder)]) == 0
    assert within(lambda tx: tx.group.two_approve)  # a start of the service leaves it as it is


def test_a_text_about_danger_waits_for_a_coordinator_even_when_the_rest_is_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = own(tmp_path / "own")
    write(folder, "no-own-2/en.md", COMPLETE.format(title="Shelter").replace("money", "violence", 1))
    assert main(["library", "import", str(folder), "--publish"]) == 0
    told = capsys.readouterr().out
    assert "3 texts taken in, 1 of them as drafts" in told and "until a coordinator has read them" in told
    assert [text.slug for text in in_hand()] == ["no-own-2"]
    assert [text.slug for text in published()] == ["no-own-1", "no-own-1"]
    assert main(["library", "import", str(folder), "--publish"]) == 0
    assert "0 texts taken in, 0 of them as drafts; 3 unchanged" in capsys.readouterr().out


def test_a_wrong_folder_or_group_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["library", "import", str(tmp_path / "nowhere")]) == 2
    assert "is not a folder" in capsys.readouterr().err
    full = town(tmp_path / "full")
    assert main(["library", "export", str(full)]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert main(["library", "export", str(tmp_path / "out"), "--group", "Bergen"]) == 2
    assert "there are: Oslo" in capsys.readouterr().err


def test_the_library_of_the_service_is_checked_unless_another_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["library", "check"]) == 1
    assert "no-doctor/en.md" in capsys.readouterr().out
    assert main(["library", "check", str(own(tmp_path / "own"))]) == 0
    assert "no-doctor" not in capsys.readouterr().out


def test_the_library_that_ships_has_no_fault() -> None:
    assert main(["library", "check", str(ARTICLES)]) == 0


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("so.md", "55 55 33 33", "55 55 33 34", "error: 55553334 is not among the original's numbers"),
        ("so.md", "nav.no/barnetrygd", "evil.example.com", "error: evil.example.com is not among"),
        ("so.md", "title: ", "title: 888 ", "so.md:2: error: 888 is not among"),
        ("nb.md", "title: Barnetrygd", "title: Barnetrygden", "warning: stale: the original is now"),
        ("nb.md", "theme: money", "theme: cars", "nb.md:4: warning: unknown theme 'cars'"),
    ],
)
def test_a_fault_of_the_content_is_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, old: str, new: str, says: str
) -> None:
    copy = tmp_path / "copy" / "no-child-benefit"
    copy.mkdir(parents=True)
    for file in (ARTICLES / copy.name).glob("*.md"):
        text = file.read_text(encoding="utf-8").replace(
            "related: [no-kindergarten, no-single-parent, no-parental-benefit]", "related: []"
        )
        (copy / file.name).write_text(text, encoding="utf-8")
    assert main(["library", "check", str(copy.parent)]) == 0
    text = (copy / name).read_text(encoding="utf-8")
    assert old in text
    (copy / name).write_text(text.replace(old, new), encoding="utf-8")
    assert main(["library", "check", str(copy.parent)]) == 1
    assert says in capsys.readouterr().out


def test_a_day_that_has_passed_is_named_and_is_no_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = COMPLETE.format(title="Our café").replace("review_by: 2027", "review_by: 2026")
    write(tmp_path / "own", "no-own-1/en.md", text.replace("expires:", "expires: 2026-06-01"))
    assert main(["library", "check", str(tmp_path / "own")]) == 0
    told = capsys.readouterr().out
    assert "should have been looked at by 2026-05-21" in told and "expired after 2026-06-01" in told


def test_a_picture_that_is_missing_is_named_and_is_no_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = COMPLETE.format(title="Our café") + "\n![The door]()\n"
    write(tmp_path / "own", "no-own-1/en.md", text)
    assert main(["library", "check", str(tmp_path / "own")]) == 0
    told = capsys.readouterr()
    assert told.out == "no-own-1/en.md: a picture is still missing: The door\n"
    assert told.err == "0 faults.\n"


def test_a_text_of_a_group_may_say_another_number_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "own"
    write(folder, "no-own-1/en.md", COMPLETE.format(title="Our café"))
    text = COMPLETE.format(title="Kafeen vår").replace("55 55 33 33", "22 22 22 22")
    write(folder, "no-own-1/nb.md", text.replace("expires:", "expires:\ntranslated_from: en"))
    assert main(["library", "import", str(folder), "--publish"]) == 0
    assert "no-own-1/nb.md:26: warning: 22222222 is not among" in capsys.readouterr().out


def test_in_the_demonstration_its_own_texts_are_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def demonstrate(service: Service) -> str:
        group = service.within(ensure_group(service, read())).group
        return demo.set_up(service, group, SystemClock().now())

    demonstration = of_service(demonstrate)
    assert main(["library", "import", str(own(tmp_path / "own")), "--publish", "--group", "Oslo"]) == 0
    assert len(of_service(lambda service: service.within(demonstration).shelf.published())) == 2
    assert published() == []
    monkeypatch.setenv("MORSMAL_TELEGRAM_TOKEN", "1234567:" + "A" * 35)
    assert main(["library", "export", str(tmp_path / "out")]) == 0
    assert "0 texts" in capsys.readouterr().out
