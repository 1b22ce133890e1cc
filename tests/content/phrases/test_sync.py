import shutil
from pathlib import Path

import polib
import pytest

from content.catalog import PHRASES
from content.phrases_sync import UNCHECKED, synchronise


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for tag in ("en", "ru", "nb"):
        shutil.copy(PHRASES / f"{tag}.po", tmp_path)
    return tmp_path


def with_english(folder: Path, *entries: polib.POEntry) -> None:
    po = polib.pofile(str(folder / "en.po"))
    for entry in entries:
        po.insert(1, entry)
    po.save(str(folder / "en.po"))


def test_a_new_key_comes_empty_into_the_files_of_those_who_read_it(folder: Path) -> None:
    plural = polib.POEntry(
        msgid="new-many",
        msgid_plural="new-many",
        msgstr_plural={0: "One", 1: "{count}"},
        comment="audience: m\nA note",
    )
    with_english(folder, plural, polib.POEntry(msgid="new-board", msgstr="Board", comment="audience: v"))
    assert synchronise(folder) == {"en": [], "nb": ["new-board", "new-many"], "ru": ["new-many"]}
    russian = polib.pofile(str(folder / "ru.po"))
    assert russian[1].msgid == "new-many" and russian[1].msgstr_plural == {0: "", 1: "", 2: ""}
    assert russian[1].comment == "audience: m\nA note" and UNCHECKED in russian[1].flags


def test_a_key_that_english_no_longer_has_is_dropped(folder: Path) -> None:
    po = polib.pofile(str(folder / "en.po"))
    po.remove(next(entry for entry in po if entry.msgid == "late"))
    po.save(str(folder / "en.po"))
    synchronise(folder)
    assert not any(entry.msgid == "late" for entry in polib.pofile(str(folder / "ru.po")))


def test_a_message_that_became_plural_is_emptied(folder: Path) -> None:
    po = polib.pofile(str(folder / "en.po"))
    late = next(entry for entry in po if entry.msgid == "late")
    late.msgid_plural, late.msgstr, late.msgstr_plural = "late", "", {0: "One", 1: "{count}"}
    po.save(str(folder / "en.po"))
    assert synchronise(folder)["ru"] == ["late"]
