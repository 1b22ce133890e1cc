"""Spreadsheets for translators: how they are written, so that no cell is a formula, and how they are read back."""

import io
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from content.languages import LANGUAGES, direction

LARGEST_FILE = 5_000_000  # bytes; a full sheet of phrases has about 30,000, one of articles 200,000
LARGEST_UNPACKED = 50_000_000  # bytes; such a file is packed, and 5 MB of it can hold 5 GB
MOST_ROWS = 20_000  # of articles there are a thousand; a row may call itself the thousand-millionth
YES = frozenset({"yes", "ja", "y", "x", "ok", "✓", "✔", "✔️", "1", "true"})
"""What a translator may write beside a text that she found right or has made right."""

# A cell that begins so can be a formula in the program that opens it; an apostrophe says that it is text.
# Programs also take the wide forms of these signs, and look past what stands before them unseen.
_FORMULA = ("=", "+", "-", "@")

Columns = Mapping[str, int]
"""The header row, with the width of each column in characters."""


class NotASheet(ValueError):
    """The file is not a spreadsheet that we exported."""


def write(target: Path, language: str, columns: Columns, rows: Iterable[Iterable[str]]) -> int:
    """A sheet named after a language, one line a row under the header; returns the rows."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)  # a new workbook has exactly one
    sheet.title = language
    sheet.sheet_view.rightToLeft = direction(language) == "rtl"
    sheet.append(list(columns))
    for row in rows:
        sheet.append([_as_text(cell) for cell in row])
    _style(sheet, columns)
    workbook.save(target)
    return sheet.max_row - 1


def read(file: Path, columns: Columns) -> tuple[str, list[list[str]]]:
    """The language of a sheet and its rows. Raises NotASheet."""
    if file.stat().st_size > LARGEST_FILE:
        raise NotASheet(f"{file.name} is too big for such a sheet")
    try:
        title, rows = _unpacked(file, len(columns))
    except NotASheet:
        raise
    except Exception as error:  # openpyxl raises whatever the broken file makes its parsers raise
        raise NotASheet(f"{file.name} is not a spreadsheet (.xlsx)") from error
    if not rows or rows[0] != list(columns):
        raise NotASheet(f"{file.name} does not begin with the columns {', '.join(columns)}")
    if title not in LANGUAGES:
        raise NotASheet(f"the sheet must be named after a language of the service, not {title!r}")
    return title, rows[1:]


def _unpacked(file: Path, columns: int) -> tuple[str, list[list[str]]]:
    packed = io.BytesIO(file.read_bytes())
    if sum(part.file_size for part in zipfile.ZipFile(packed).infolist()) > LARGEST_UNPACKED:
        raise NotASheet(f"{file.name} is too big for such a sheet")
    sheet = load_workbook(packed, read_only=True, data_only=True).worksheets[0]
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=columns, values_only=True)
    return sheet.title, [[_as_written(cell) for cell in row] for row in rows]


def is_yes(cell: str) -> bool:
    """Has the translator written that the row is right?"""
    return cell.casefold() in YES


def _as_text(cell: str) -> str:
    cell = ILLEGAL_CHARACTERS_RE.sub("", cell)
    return f"'{cell}" if _is_formula(cell) else cell


def _as_written(cell: object) -> str:
    text = "" if cell is None else str(cell).replace("\r\n", "\n").strip()
    return text[1:] if text.startswith("'") and _is_formula(text[1:]) else text


def _is_formula(cell: str) -> bool:
    seen = "".join(sign for sign in cell if unicodedata.category(sign) not in {"Cc", "Cf"})
    return unicodedata.normalize("NFKC", seen).lstrip().startswith(_FORMULA)


def _style(sheet: Worksheet, columns: Columns) -> None:
    for number, width in enumerate(columns.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=cell.row == 1)
    sheet.freeze_panes = "A2"
