"""Translators get what is missing as a spreadsheet, and what comes back is checked before it is an article."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from content import lint
from content.article_writing import written
from content.articles import Article, parse_article, read_folder
from content.articles_sheet import Imported, export, take_back
from content.digests import ARTICLES
from content.sheets import NotASheet

TODAY = date(2026, 11, 21)
SLUG = "no-child-benefit"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for slug in (SLUG, "no-interpreter"):
        shutil.copytree(ARTICLES / slug, tmp_path / "library" / slug)
    return tmp_path / "library"


def sheet_of(folder: Path, language: str, *, unchecked: bool = False) -> tuple[Path, list[list[str]]]:
    file = folder.parent / f"{language}.xlsx"
    export(folder, language, file, unchecked=unchecked)
    rows = load_workbook(file).worksheets[0].iter_rows(min_row=2, values_only=True)
    return file, [[str(cell or "") for cell in row] for row in rows]


def sent_back(
    folder: Path, language: str, parts: dict[tuple[str, str], str], right: str = "", **options: bool
) -> Imported:
    """A translator fills in these parts, by article and part, and says whether they are right."""
    file, _ = sheet_of(folder, language, **options)
    workbook = load_workbook(file)
    for row in workbook.worksheets[0].iter_rows(min_row=2):
        if (text := parts.get((str(row[0].value), str(row[1].value)))) is not None:
            row[4].value = text
        if right and str(row[0].value) in {slug for slug, _ in parts}:
            row[5].value = right
    workbook.save(file)
    return take_back(folder, file, checked_by="Bydelsmødrene", today=TODAY)


def of(folder: Path, slug: str, language: str) -> Article:
    articles, faults = read_folder(folder)
    assert not faults
    return articles[slug, language]


def translation(folder: Path, language: str = "th") -> dict[tuple[str, str], str]:
    """Words that pass for a translation: the English ones, since numbers and links are what is compared."""
    english = of(folder, SLUG, "en")
    return {
        (SLUG, "title"): f"{english.title} {language}",
        (SLUG, "asks"): "\n".join(english.asks),
        (SLUG, "body"): english.body,
    }


@pytest.mark.parametrize(("slug", "tag"), [(SLUG, "en"), ("no-guide-bankid", "nb"), ("no-debt", "ur")])
def test_a_written_article_is_read_back_as_it_was(slug: str, tag: str) -> None:
    articles, _ = read_folder(ARTICLES)
    article = articles[slug, tag]
    again, faults = parse_article(written(article), slug=slug, language=tag, name="again")
    assert (again, faults) == (article, [])


def test_what_yaml_would_misread_is_written_so_that_it_is_not() -> None:
    awkward = Article(
        slug="no-x",
        language="en",
        title="No: 'yes' #1",
        asks=("NO", "- dash", "[list", "2027-01-01", "{x"),
        body="Text.",
    )
    again, faults = parse_article(written(awkward), slug="no-x", language="en", name="x")
    assert again is not None and (again.title, again.asks) == (awkward.title, awkward.asks) and not faults


def test_a_sheet_holds_what_the_language_lacks_beside_original_and_english(folder: Path) -> None:
    _, rows = sheet_of(folder, "th")
    assert [(row[0], row[1]) for row in rows[:3]] == [(SLUG, "title"), (SLUG, "asks"), (SLUG, "body")]
    assert rows[0][2] == of(folder, SLUG, "nb").title and rows[0][3] == of(folder, SLUG, "en").title
    assert not any(row[4] for row in rows)


def test_what_is_there_and_not_checked_comes_only_when_asked_for(folder: Path) -> None:
    assert sheet_of(folder, "so")[1] == []
    _, rows = sheet_of(folder, "so", unchecked=True)
    assert rows[0][4] == of(folder, SLUG, "so").title


def test_a_translation_from_a_text_that_changed_comes_again(folder: Path) -> None:
    original = folder / SLUG / "nb.md"
    original.write_text(original.read_text() + "Én setning til.\n")
    assert {row[0] for row in sheet_of(folder, "so")[1]} == {SLUG}


def test_a_translation_becomes_a_file_that_passes_the_check_and_is_unchecked(folder: Path) -> None:
    came = sent_back(folder, "th", translation(folder))
    assert (came.changed, came.signed, came.faults) == ((SLUG,), (), {})
    article = of(folder, SLUG, "th")
    assert (
        article.translated_from == "nb"
        and not article.is_stale(of(folder, SLUG, "nb"))
        and not article.is_checked
    )
    blamed = {fault.message for fault in lint.check(folder, today=TODAY) if fault.file == f"{SLUG}/th.md"}
    assert blamed <= {
        fault.message for fault in lint.check(folder, today=TODAY) if fault.file == f"{SLUG}/nb.md"
    }


def test_a_translator_who_says_that_it_is_right_signs_it(folder: Path) -> None:
    came = sent_back(folder, "th", translation(folder), right="Yes")
    article = of(folder, SLUG, "th")
    assert came.signed == (SLUG,) and (article.checked_by, article.checked) == ("Bydelsmødrene", TODAY)


def test_the_same_sheet_again_changes_nothing(folder: Path) -> None:
    sent_back(folder, "th", translation(folder), right="yes")
    again = sent_back(folder, "th", translation(folder), unchecked=True)
    assert again.changed == () and of(folder, SLUG, "th").is_checked


def test_another_telephone_number_is_named_and_not_taken(folder: Path) -> None:
    wrong = translation(folder)
    wrong[SLUG, "body"] = wrong[SLUG, "body"].replace("55 55 33 33", "55 55 33 34")
    came = sent_back(folder, "th", wrong)
    assert came.changed == () and any("55553334" in fault for fault in came.faults[SLUG])
    assert not (folder / SLUG / "th.md").exists()


@pytest.mark.parametrize(
    ("part", "added", "named"),
    [
        ("body", " evil.example.com", "evil.example.com is not among the original's links"),
        ("title", " 888", "888 is not among the original's numbers"),
        ("title", " evil.no", "evil.no is not among the original's links"),
    ],
)
def test_what_the_original_does_not_say_is_not_taken(folder: Path, part: str, added: str, named: str) -> None:
    wrong = translation(folder)
    wrong[SLUG, part] += added
    came = sent_back(folder, "th", wrong)
    assert (came.changed, came.faults) == ((), {SLUG: (named,)})


def test_too_few_phrasings_are_named(folder: Path) -> None:
    came = sent_back(folder, "th", translation(folder) | {(SLUG, "asks"): "one\ntwo"})
    assert any("phrasings" in fault for fault in came.faults[SLUG])


def test_an_article_that_the_library_does_not_have_is_named(folder: Path) -> None:
    file, _ = sheet_of(folder, "th")
    shutil.rmtree(folder / "no-interpreter")
    workbook = load_workbook(file)
    for row in workbook.worksheets[0].iter_rows(min_row=2):
        row[4].value = "x"
    workbook.save(file)
    came = take_back(folder, file, checked_by="", today=TODAY)
    assert "does not have" in came.faults["no-interpreter"][0]


def test_a_picture_is_not_a_sheet(folder: Path) -> None:
    file = folder.parent / "th.xlsx"
    file.write_bytes(b"\x89PNG\r\n")
    with pytest.raises(NotASheet):
        take_back(folder, file, checked_by="", today=TODAY)


def test_a_sign_that_no_spreadsheet_takes_does_not_stop_the_others(folder: Path) -> None:
    original = folder / SLUG / "nb.md"
    original.write_text(original.read_text(encoding="utf-8") + "\x0bEnd\x07\n", encoding="utf-8")
    _, rows = sheet_of(folder, "th")
    assert any(row[2].endswith("End") for row in rows)


def test_a_file_that_ships_is_written_as_the_program_would_write_it() -> None:
    """So whoever signs or imports a text changes no line but those that say so."""
    articles, _ = read_folder(ARTICLES)
    other = [
        key
        for key, article in articles.items()
        if (ARTICLES / key[0] / f"{key[1]}.md").read_bytes() != written(article).encode()
    ]
    assert articles and not other


@pytest.mark.parametrize("language", ["ar", "da", "my", "th", "ti", "zh"])
def test_a_sheet_that_comes_back_as_it_went_out_changes_nothing(language: str, tmp_path: Path) -> None:
    """Whatever signs, line ends and numbers the whole library has in these scripts."""
    folder = tmp_path / "library"
    shutil.copytree(ARTICLES, folder)
    before = contents(folder)
    file, rows = sheet_of(folder, language, unchecked=True)
    assert len(rows) > 100
    taken = take_back(folder, file, checked_by="Bydelsmødrene", today=TODAY)
    assert (taken.changed, taken.signed, taken.faults) == ((), (), {})
    assert contents(folder) == before


def contents(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*.md")}


def test_who_signs_a_whole_sheet_changes_nothing_but_the_signatures(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    shutil.copytree(ARTICLES, folder)
    before = contents(folder)
    _, rows = sheet_of(folder, "ku", unchecked=True)
    parts = {(row[0], row[1]): row[4] for row in rows if row[4]}
    taken = sent_back(folder, "ku", parts, right="yes", unchecked=True)
    assert len(taken.signed) == len(parts) // 3 and not taken.faults
    for name, text in contents(folder).items():
        old, new = before[name].decode().splitlines(), text.decode().splitlines()
        changed = [line for was, line in zip(old, new, strict=True) if was != line]
        signed = ["checked_by: Bydelsmødrene", "checked: 2026-11-21"]
        assert changed == (signed if name.removesuffix("/ku.md") in taken.signed and "/ku." in name else [])
