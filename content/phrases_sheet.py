"""A language's phrases as a spreadsheet for a translator, and back again with checks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polib
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from content.catalog import forms_of
from content.languages import ENGLISH, LANGUAGES, direction
from content.phrases_lint import plural_categories, text_faults
from content.phrases_sync import UNCHECKED, WIDTH, empty, wanted

COLUMNS = {"Key": 24, "Form": 8, "English": 60, "Note": 40, "Translation": 60, "Right? (yes)": 12}
"""The header row, with the width of each column in characters."""

LARGEST_FILE = 5_000_000  # bytes; a full sheet has about 30,000
YES = frozenset({"yes", "ja", "y", "x", "ok", "✓", "✔", "✔️", "1", "true"})
"""What a translator may write beside a text that she found right or has made right."""

# A cell that begins so can be a formula in the program that opens it; an apostrophe says that it is text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class NotASheet(ValueError):
    """The file is not a spreadsheet that we exported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a sheet: keys whose text changed, keys confirmed as right, and faults by key (left as they were)."""

    language: str
    changed: tuple[str, ...]
    confirmed: tuple[str, ...]
    faults: Mapping[str, tuple[str, ...]]


def export(folder: Path, language: str, target: Path) -> int:
    """Write a language's phrases, a row for each plural form, and what is still missing; returns the rows.

    Raises FileNotFoundError for a language without a file.
    """
    english = polib.pofile(str(folder / f"{ENGLISH}.po"))
    present = {entry.msgid: entry for entry in _open(folder, language)}
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)  # a new workbook has exactly one
    sheet.title = language
    sheet.sheet_view.rightToLeft = direction(language) == "rtl"
    sheet.append(list(COLUMNS))
    for entry in wanted(english, language):
        for row in _rows(entry, present.get(entry.msgid), language):
            sheet.append([_as_text(cell) for cell in row])
    _style(sheet)
    workbook.save(target)
    return sheet.max_row - 1


def take_back(folder: Path, file: Path) -> Imported:
    """Put the texts of a sheet into the language's PO file, where they pass the checks; the rest stays as it was.

    A text that has changed counts as unchecked unless its row says that it is right. Raises NotASheet.
    """
    language, rows = _read(file)
    po = _open(folder, language)
    english = {entry.msgid: entry for entry in polib.pofile(str(folder / f"{ENGLISH}.po"))}
    present = {entry.msgid: entry for entry in po}
    changed: list[str] = []
    confirmed: list[str] = []
    faults: dict[str, tuple[str, ...]] = {}
    for key, texts, right in _by_key(rows, language):
        if key not in english:
            faults[key] = ("English does not have this key",)
            continue
        if not all(texts):
            continue
        if found := tuple(dict.fromkeys(text_faults(texts, english[key], language))):
            faults[key] = found
            continue
        if key not in present:
            present[key] = empty(english[key], len(plural_categories(language)))
            po.append(present[key])
        if _put(present[key], texts, right=right):
            changed.append(key)
        if right:
            confirmed.append(key)
    po.save(str(folder / f"{language}.po"), newline="\n")
    return Imported(language=language, changed=tuple(changed), confirmed=tuple(confirmed), faults=faults)


def _open(folder: Path, language: str) -> polib.POFile:
    file = folder / f"{language}.po"
    if not file.exists():  # polib would read the name itself as a file's text
        raise FileNotFoundError(file)
    return polib.pofile(str(file), wrapwidth=WIDTH)


def _rows(english: polib.POEntry, entry: polib.POEntry | None, language: str) -> Iterator[list[str]]:
    forms = dict(zip(plural_categories(ENGLISH), forms_of(english), strict=False))
    texts = forms_of(entry) if entry else ()
    right = "yes" if entry and texts and UNCHECKED not in entry.flags else ""
    notes = [line for line in english.comment.splitlines() if not line.startswith("audience:")]
    categories = plural_categories(language) if english.msgid_plural else ("",)
    for index, category in enumerate(categories):
        source = forms.get(category, forms_of(english)[-1]) if category else forms_of(english)[0]
        text = texts[index] if index < len(texts) else ""
        yield [english.msgid, category, source, "\n".join(notes), text, right]


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _as_written(cell: object) -> str:
    text = "" if cell is None else str(cell).replace("\r\n", "\n").strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _style(sheet: Worksheet) -> None:
    for column, width in zip("ABCDEF", COLUMNS.values(), strict=True):
        sheet.column_dimensions[column].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=cell.row == 1)
    sheet.freeze_panes = "A2"


def _read(file: Path) -> tuple[str, list[list[str]]]:
    if file.stat().st_size > LARGEST_FILE:
        raise NotASheet(f"{file.name} is too big for a sheet of phrases")
    try:
        workbook = load_workbook(file, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever the broken file makes its parsers raise
        raise NotASheet(f"{file.name} is not a spreadsheet (.xlsx)") from error
    sheet = workbook.worksheets[0]
    rows = [[_as_written(cell) for cell in row[: len(COLUMNS)]] for row in sheet.iter_rows(values_only=True)]
    if not rows or rows[0] != list(COLUMNS):
        raise NotASheet(f"{file.name} does not begin with the columns {', '.join(COLUMNS)}")
    if sheet.title not in LANGUAGES:
        raise NotASheet(f"the sheet must be named after a language of the service, not {sheet.title!r}")
    return sheet.title, rows[1:]


def _by_key(rows: list[list[str]], language: str) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Each key with its texts in the order of the plural forms, and whether every row of it is marked as right."""
    order = {category: index for index, category in enumerate(plural_categories(language))}
    keys: dict[str, list[list[str]]] = {}
    for row in rows:
        if row[0]:
            keys.setdefault(row[0], []).append(row)
    for key, own in keys.items():
        own.sort(key=lambda row: order.get(row[1], 0))
        yield key, tuple(row[4] for row in own), all(row[5].casefold() in YES for row in own)


def _put(entry: polib.POEntry, texts: tuple[str, ...], *, right: bool) -> bool:
    changed = forms_of(entry) != texts
    if entry.msgid_plural:
        entry.msgstr_plural = dict(enumerate(texts))
    else:
        entry.msgstr = texts[0]
    if right and UNCHECKED in entry.flags:
        entry.flags.remove(UNCHECKED)
    elif changed and not right and UNCHECKED not in entry.flags:
        entry.flags.append(UNCHECKED)
    return changed
