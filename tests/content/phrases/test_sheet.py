import shutil
import zipfile
from pathlib import Path

import polib
import pytest
from openpyxl import load_workbook

from content import sheets
from content.catalog import PHRASES
from content.phrases_lint import faults
from content.phrases_sheet import COLUMNS, Imported, export, take_back
from content.phrases_sync import UNCHECKED, checked_by
from content.sheets import LARGEST_FILE, LARGEST_UNPACKED, MOST_ROWS, NotASheet


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for tag in ("en", "ru", "so", "ar"):
        shutil.copy(PHRASES / f"{tag}.po", tmp_path)
    return tmp_path


def message(folder: Path, tag: str, key: str) -> polib.POEntry:
    return next(entry for entry in polib.pofile(str(folder / f"{tag}.po")) if entry.msgid == key)


def translated(
    folder: Path, tag: str, texts: dict[tuple[str, str], str], right: str = "", name: str = "Hodan"
) -> Imported:
    """What a translator sends back who writes `texts`, by key and form, into the sheet."""
    file = folder / f"{tag}.xlsx"
    export(folder, tag, file)
    workbook = load_workbook(file)
    for row in workbook.worksheets[0].iter_rows(min_row=2):
        if (text := texts.get((str(row[0].value), str(row[1].value or "")))) is not None:
            row[4].value, row[5].value = text, right
    workbook.save(file)
    return take_back(folder, file, checked_by=name)


def test_a_sheet_has_a_row_for_each_plural_form_beside_its_english(folder: Path) -> None:
    rows = export(folder, "ru", folder / "ru.xlsx")
    sheet = load_workbook(folder / "ru.xlsx").worksheets[0]
    values = list(sheet.iter_rows(values_only=True))
    assert sheet.title == "ru" and list(values[0]) == list(COLUMNS) and len(values) == rows + 1
    lately = [row for row in values if row[0] == "waiting-lately"]
    assert [row[1] for row in lately] == ["one", "few", "many"]
    assert "one minute" in str(lately[0][2]) and "{count} minutes" in str(lately[2][2])
    assert not any(row[0] == "offer-taken" for row in values)


def test_a_right_to_left_sheet_opens_from_the_right(folder: Path) -> None:
    export(folder, "ar", folder / "ar.xlsx")
    assert load_workbook(folder / "ar.xlsx").worksheets[0].sheet_view.rightToLeft


def test_a_sheet_that_comes_back_untouched_changes_nothing(folder: Path) -> None:
    before = (folder / "ar.po").read_bytes()
    assert translated(folder, "ar", {}) == Imported(language="ar", changed=(), confirmed=(), faults={})
    assert (folder / "ar.po").read_bytes() == before


def test_a_better_text_is_taken_and_still_counts_as_unchecked(folder: Path) -> None:
    imported = translated(folder, "so", {("late", ""): "Raalli ahow."})
    assert imported.changed == ("late",) and not imported.confirmed
    assert message(folder, "so", "late").msgstr == "Raalli ahow."
    assert UNCHECKED in message(folder, "so", "late").flags


def test_what_a_native_speaker_calls_right_names_her_and_is_unchecked_again_when_it_changes(
    folder: Path,
) -> None:
    assert translated(folder, "so", {("late", ""): "Raalli ahow."}, right="Yes").confirmed == ("late",)
    assert UNCHECKED not in message(folder, "so", "late").flags
    assert checked_by(message(folder, "so", "late")) == "Hodan"
    assert not [fault for fault in faults(folder) if "late" in fault.message]
    translated(folder, "so", {("late", ""): "Waan ka xumahay."})
    assert UNCHECKED in message(folder, "so", "late").flags
    assert not message(folder, "so", "late").tcomment


def test_what_nobody_stands_behind_stays_unchecked(folder: Path) -> None:
    imported = translated(folder, "so", {("late", ""): "Raalli ahow."}, right="Yes", name="")
    assert (imported.changed, imported.confirmed) == (("late",), ())
    assert UNCHECKED in message(folder, "so", "late").flags


def test_plural_forms_come_back_to_their_places(folder: Path) -> None:
    texts = {
        ("waiting-lately", form): f"{form} {{count}}".replace("one", "один").replace("few", "два")
        for form in ("one", "few")
    }
    assert translated(folder, "ru", texts).changed == ("waiting-lately",)
    plural = message(folder, "ru", "waiting-lately").msgstr_plural
    assert (plural[0], plural[1]) == ("один {count}", "два {count}") and "минут" in plural[2]


@pytest.mark.parametrize(
    ("key", "form", "text", "fault"),
    [
        ("waiting", "", "⏳ waan sugayaa", "instead of ['language']"),
        ("button-yes", "", "H" * 41, "at most 40 fit"),
        ("emergency-dk", "", "112 ambalaas\n188 guriga", "other numbers"),
        ("late", "", "Sorry for the wait.", "still English"),
        ("consent", "other", "{group}", "instead of"),
    ],
)
def test_a_text_that_fails_the_checks_is_refused_and_the_old_one_stays(
    folder: Path, key: str, form: str, text: str, fault: str
) -> None:
    before = (folder / "so.po").read_bytes()
    imported = translated(folder, "so", {(key, form): text})
    assert imported.changed == () and fault in imported.faults[key][0]
    assert (folder / "so.po").read_bytes() == before


def test_a_key_that_we_do_not_have_is_refused(folder: Path) -> None:
    export(folder, "so", folder / "so.xlsx")
    workbook = load_workbook(folder / "so.xlsx")
    workbook.worksheets[0].append(["no-such-key", "", "", "", "x", ""])
    workbook.save(folder / "so.xlsx")
    assert take_back(folder, folder / "so.xlsx", checked_by="").faults == {
        "no-such-key": ("English does not have this key",)
    }


def test_an_emptied_cell_keeps_the_old_text(folder: Path) -> None:
    assert translated(folder, "so", {("late", ""): ""}).changed == ()
    assert message(folder, "so", "late").msgstr


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+47 1",
        "-nin",
        "@sum",
        "＝1+1",
        "\u00a0=1",
        "\u200b＠sum",
        "\u202e\u3000－2",
        '=HYPERLINK("x")',
    ],
)
def test_no_cell_is_a_formula_and_the_text_comes_back_as_it_was(folder: Path, text: str) -> None:
    po = polib.pofile(str(folder / "so.po"))
    next(entry for entry in po if entry.msgid == "words-help").msgstr = text
    po.save(str(folder / "so.po"))
    export(folder, "so", folder / "so.xlsx")
    cells = [cell for row in load_workbook(folder / "so.xlsx").worksheets[0] for cell in row if cell.value]
    assert [cell.value for cell in cells if str(cell.value).endswith(text)] == [f"'{text}"]
    assert all(cell.data_type != "f" for cell in cells)
    assert take_back(folder, folder / "so.xlsx", checked_by="").changed == ()
    assert message(folder, "so", "words-help").msgstr == text


def test_something_else_than_our_sheet_is_refused(folder: Path) -> None:
    (folder / "notes.xlsx").write_bytes(b"not a spreadsheet")
    with pytest.raises(NotASheet, match="not a spreadsheet"):
        take_back(folder, folder / "notes.xlsx", checked_by="")
    (folder / "big.xlsx").write_bytes(b"\0" * (LARGEST_FILE + 1))
    with pytest.raises(NotASheet, match="too big"):
        take_back(folder, folder / "big.xlsx", checked_by="")
    export(folder, "so", folder / "so.xlsx")
    workbook = load_workbook(folder / "so.xlsx")
    workbook.worksheets[0].title = "xx"
    workbook.save(folder / "so.xlsx")
    with pytest.raises(NotASheet, match="named after a language"):
        take_back(folder, folder / "so.xlsx", checked_by="")
    workbook.worksheets[0]["A1"] = "Keys"
    workbook.save(folder / "so.xlsx")
    with pytest.raises(NotASheet, match="does not begin with the columns"):
        take_back(folder, folder / "so.xlsx", checked_by="")


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(folder: Path) -> None:
    export(folder, "so", folder / "so.xlsx")
    with zipfile.ZipFile(folder / "so.xlsx", "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/more.xml", b"\0" * (LARGEST_UNPACKED + 1))
    assert (folder / "so.xlsx").stat().st_size < LARGEST_FILE
    with pytest.raises(NotASheet, match="too big"):
        take_back(folder, folder / "so.xlsx", checked_by="")


def test_rows_that_are_not_there_are_not_read(folder: Path) -> None:
    export(folder, "so", folder / "so.xlsx")
    workbook = load_workbook(folder / "so.xlsx")
    workbook.worksheets[0].cell(row=1_048_576, column=1).value = "late"
    workbook.save(folder / "so.xlsx")
    _, rows = sheets.read(folder / "so.xlsx", COLUMNS)
    assert len(rows) < MOST_ROWS


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_sheet_that_is_broken_inside_is_refused_in_words(folder: Path, part: str) -> None:
    export(folder, "so", folder / "so.xlsx")
    with zipfile.ZipFile(folder / "so.xlsx") as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    files[part] = files[part][: len(files[part]) // 2]
    with zipfile.ZipFile(folder / "so.xlsx", "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    with pytest.raises(NotASheet, match="not a spreadsheet"):
        take_back(folder, folder / "so.xlsx", checked_by="")


def test_a_language_without_a_file_cannot_be_exported(folder: Path) -> None:
    with pytest.raises(FileNotFoundError):
        export(folder, "ti", folder / "ti.xlsx")
