"""The PO files themselves."""

import gettext
from pathlib import Path

import polib
import pytest
from babel import Locale

from content.catalog import PHRASES, audience_of, forms_of
from content.languages import LANGUAGES, near
from content.phrases_lint import faults
from content.phrases_sync import synchronise

FILES = sorted(PHRASES.glob("*.po"))
# Babel has no locale of these names.
BORROWED = {"pnb": "pa_Arab", "prs": "fa_AF", "ber": "zgh"}


@pytest.fixture(scope="session")
def files() -> dict[str, polib.POFile]:
    return {file.stem: polib.pofile(str(file)) for file in FILES}


def test_h21_every_language_has_every_phrase_that_a_member_can_read_and_none_is_broken() -> None:
    assert {file.stem for file in FILES} == LANGUAGES.keys()
    assert [str(fault) for fault in faults()] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_plural_forms_tell_numbers_apart_as_cldr_does(tag: str, files: dict[str, polib.POFile]) -> None:
    header = files[tag].metadata["Plural-Forms"]
    form_of = gettext.c2py(header.split("plural=", 1)[1].rstrip(";"))
    category_of = Locale.parse(BORROWED.get(tag, tag)).plural_form
    pairs = {(form_of(n), category_of(n)) for n in range(1001)}
    assert len(pairs) == len({form for form, _ in pairs}) == len({category for _, category in pairs})
    assert {form for form, _ in pairs} == set(range(len(pairs)))
    assert header.startswith(f"nplurals={len(pairs)};")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_emergency_numbers_are_the_same_in_every_language(tag: str, files: dict[str, polib.POFile]) -> None:
    numbers = {"emergency-no": ["112", "113", "110", "116 117", "116 006"], "emergency-dk": ["112", "1888"]}
    for key, expected in numbers.items():
        lines = next(entry.msgstr for entry in files[tag] if entry.msgid == key).splitlines()
        assert [line[: len(number)] for line, number in zip(lines, expected, strict=True)] == expected


@pytest.mark.parametrize("tag", LANGUAGES)
def test_each_file_says_how_it_addresses_her(tag: str, files: dict[str, polib.POFile]) -> None:
    assert files[tag].metadata["Language"] == tag
    assert files[tag].metadata["X-Polite-Form"]


def test_audiences_are_members_volunteers_and_coordinators(files: dict[str, polib.POFile]) -> None:
    assert all(audience_of(entry) for file in files.values() for entry in file)


def test_synchronising_changes_nothing_that_is_in_order(tmp_path: Path) -> None:
    for tag in ("en", "ar", "nb"):
        (tmp_path / f"{tag}.po").write_bytes((PHRASES / f"{tag}.po").read_bytes())
    assert synchronise(tmp_path) == {"en": [], "ar": [], "nb": []}
    for tag in ("en", "ar", "nb"):
        assert (tmp_path / f"{tag}.po").read_bytes() == (PHRASES / f"{tag}.po").read_bytes()


def test_no_text_stands_in_two_languages(files: dict[str, polib.POFile]) -> None:
    """The same long sentence in two files is one that was pasted into the wrong one, but for neighbours."""
    first: dict[str, str] = {}
    for tag, file in files.items():
        for text in (text for entry in file for text in forms_of(entry) if len(text) > 60):
            other = first.setdefault(text, tag)
            assert other == tag or other in near(tag), f"{text!r} stands in {other} and {tag}"
