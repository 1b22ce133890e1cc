"""A language's phrases as a spreadsheet for a translator, and back again with checks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polib

from content import sheets
from content.catalog import forms_of
from content.languages import ENGLISH
from content.phrases_lint import plural_categories, text_faults
from content.phrases_sync import CHECKED_BY, UNCHECKED, WIDTH, empty, wanted

COLUMNS = {"Key": 24, "Form": 8, "English": 60, "Note": 40, "Translation": 60, "Right? (yes)": 12}
"""The header row, with the width of each column in characters."""


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
    rows = (
        row for entry in wanted(english, language) for row in _rows(entry, present.get(entry.msgid), language)
    )
    return sheets.write(target, language, COLUMNS, rows)


def take_back(folder: Path, file: Path, *, checked_by: str) -> Imported:
    """Put the texts of a sheet into the language's PO file, where they pass the checks; the rest stays as it was.

    What is marked as right in all its rows counts as checked by that name, if there is one; a text that has changed
    otherwise counts as unchecked. Raises NotASheet.
    """
    language, rows = sheets.read(file, COLUMNS)
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
        name = checked_by if right else ""
        if _put(present[key], texts, name):
            changed.append(key)
        if name:
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


def _by_key(rows: list[list[str]], language: str) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Each key with its texts in the order of the plural forms, and whether every row of it is marked as right."""
    order = {category: index for index, category in enumerate(plural_categories(language))}
    keys: dict[str, list[list[str]]] = {}
    for row in rows:
        if row[0]:
            keys.setdefault(row[0], []).append(row)
    for key, own in keys.items():
        own.sort(key=lambda row: order.get(row[1], 0))
        yield key, tuple(row[4] for row in own), all(sheets.is_yes(row[5]) for row in own)


def _put(entry: polib.POEntry, texts: tuple[str, ...], name: str) -> bool:
    """Give it these texts; `name` is whoever says that they are right."""
    changed = forms_of(entry) != texts
    if entry.msgid_plural:
        entry.msgstr_plural = dict(enumerate(texts))
    else:
        entry.msgstr = texts[0]
    if name and (changed or UNCHECKED in entry.flags):
        entry.flags = [flag for flag in entry.flags if flag != UNCHECKED]
        entry.tcomment = f"{CHECKED_BY}{name}"
    elif changed and not name:
        entry.flags = list(dict.fromkeys([*entry.flags, UNCHECKED]))
        entry.tcomment = ""
    return changed
