import shutil
from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from content.catalog import PHRASES
from content.languages import LANGUAGES
from content.phrases_lint import faults, plural_categories

Change = Callable[[polib.POFile], None]


def entry(po: polib.POFile, key: str) -> polib.POEntry:
    return next(entry for entry in po if entry.msgid == key)


def says(key: str, text: str) -> Change:
    def change(po: polib.POFile) -> None:
        entry(po, key).msgstr = text

    return change


def says_form(key: str, index: int, text: str) -> Change:
    def change(po: polib.POFile) -> None:
        entry(po, key).msgstr_plural[index] = text

    return change


def heads(name: str, value: str) -> Change:
    def change(po: polib.POFile) -> None:
        po.metadata[name] = value

    return change


def lacks(key: str) -> Change:
    def change(po: polib.POFile) -> None:
        po.remove(entry(po, key))

    return change


def loses_its_mark(po: polib.POFile) -> None:
    entry(po, "late").flags.remove("unchecked")


def has_more(po: polib.POFile) -> None:
    po.append(polib.POEntry(msgid="no-such-key", msgstr="x"))


@pytest.mark.parametrize(
    ("tag", "change", "message"),
    [
        ("so", lacks("consent"), "consent: is missing"),
        ("so", loses_its_mark, "late: is neither marked unchecked nor says who stands behind it"),
        ("so", says("late", ""), "late: is missing"),
        ("so", has_more, "no-such-key: English does not have this key"),
        ("so", says("waiting", "⏳ {languag}"), "has ['languag'] instead of ['language']"),
        ("so", says("waiting", "⏳ waan sugayaa"), "has [] instead of ['language']"),
        ("so", says("late", "Waan ka xumahay {0}."), "has a brace that belongs to no placeholder"),
        ("so", says("late", "Sorry for the wait."), "is still English"),
        ("so", says("button-yes", "H" * 41), "has 41 characters, at most 40 fit"),
        ("so", says("late", "a" * 766), "takes 6 SMS, at most 5 are sent"),
        ("ru", says("late", "я" * 336), "takes 6 SMS, at most 5 are sent"),
        ("so", says("late", "Waan ka xumahay\u202e."), "has an invisible character"),
        ("so", says("late", "Waan ka xumahay. "), "has a space too many"),
        ("so", says("late", "Waan ka xumahay 💛."), "has other emoji than English"),
        ("so", says("emergency-dk", "113 ambalaas\n1888 guriga"), "has other numbers than English"),
        ("so", says("emergency-dk", "112 ambalaas, 1888 guriga"), "has other line breaks than English"),
        ("so", says("unknown-command", "Erayga ma aqaan. /caawi"), "has other commands than English"),
        ("so", says("codes-warning-member", "Cidna ha siin."), "has other names than English"),
        ("so", says("words-stop", "jooji||stop"), "has an empty word between |"),
        ("so", says("words-stop", "jooji|Jooji"), "says twice: jooji"),
        ("so", says("words-stop", "jooji|haa"), "'haa' already stands in words-yes"),
        ("ar", says("late", "آسف على delay التأخير."), "has letters of another script: delay"),
        ("ru", says_form("waiting-lately", 0, "Одну минуту."), "has [] instead of ['count']"),
        ("ru", heads("Plural-Forms", "nplurals=3; plural=(n == 1 ? 0 : n < 5 ? 1 : 2);"), "differ from CLDR"),
        ("ru", heads("Plural-Forms", "nplurals=3; plural=n.real"), "cannot be read"),
        ("ru", heads("Language", "uk"), "the header says Language: uk"),
        ("ru", heads("X-Polite-Form", ""), "does not say which form of address"),
        ("ru", heads("X-Plural-Categories", "one, other"), "must be: one, few, many"),
    ],
)
def test_a_fault_is_found_and_named(tmp_path: Path, tag: str, change: Change, message: str) -> None:
    shutil.copy(PHRASES / "en.po", tmp_path)
    po = polib.pofile(str(PHRASES / f"{tag}.po"))
    change(po)
    po.save(str(tmp_path / f"{tag}.po"))
    found = [str(fault) for fault in faults(tmp_path) if fault.file == f"{tag}.po"]
    assert len(found) == 1 or "Plural" in message, found
    assert any(message in fault for fault in found), found


def test_h21_a_language_without_a_file_is_a_fault(tmp_path: Path) -> None:
    shutil.copy(PHRASES / "en.po", tmp_path)
    assert {fault.file for fault in faults(tmp_path)} == {f"{tag}.po" for tag in LANGUAGES} - {"en.po"}


def test_a_file_of_no_language_and_a_broken_file_are_faults(tmp_path: Path) -> None:
    for file in PHRASES.glob("*.po"):
        shutil.copy(file, tmp_path)
    shutil.copy(PHRASES / "so.po", tmp_path / "soo.po")
    (tmp_path / "ti.po").write_text('msgid "a', encoding="utf-8")
    assert {(fault.file, fault.message[:14]) for fault in faults(tmp_path)} == {
        ("soo.po", "is not a langu"),
        ("ti.po", "cannot be read"),
    }


def test_plural_categories_are_those_that_whole_numbers_take() -> None:
    assert plural_categories("ar") == ("zero", "one", "two", "few", "many", "other")
    assert plural_categories("ru") == ("one", "few", "many")
    assert plural_categories("fr") == ("one", "other")
    assert plural_categories("ber") == ("other",)
