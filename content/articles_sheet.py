"""What a language's library lacks, as a spreadsheet for a translator, and back again with checks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from content import sheets
from content.article_writing import written
from content.articles import Article, Key, read_folder
from content.languages import ENGLISH
from content.lint import check_text

COLUMNS = {"Article": 24, "Part": 8, "Original": 60, "English": 60, "Translation": 60, "Right? (yes)": 12}
"""The header row, with the width of each column in characters."""

TITLE, ASKS, BODY = "title", "asks", "body"
PARTS = (TITLE, ASKS, BODY)
"""An article is three rows: its title; how people ask, a phrasing a line; its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a sheet: articles that were written, those of them that were signed, and faults by article."""

    language: str
    changed: tuple[str, ...]
    signed: tuple[str, ...]
    faults: Mapping[str, tuple[str, ...]]


def export(folder: Path, language: str, target: Path, *, unchecked: bool = False, country: str = "") -> int:
    """Write what a language has not got, or has from a text that changed since; returns the articles.

    With `unchecked`, what nobody who speaks the language has confirmed is there too; with `country`, only what holds
    there. Raises NotADirectoryError.
    """
    articles, _ = read_folder(folder)
    wanted = [
        original
        for original in _wanted(articles, language, unchecked)
        if not country or original.country in {"", country}
    ]
    sheets.write(
        target,
        language,
        COLUMNS,
        (row for original in wanted for row in _rows(original, articles, language)),
    )
    return len(wanted)


def _wanted(articles: Mapping[Key, Article], language: str, unchecked: bool) -> Iterator[Article]:
    """The originals of what is to be translated or looked at."""
    for original in articles.values():
        if original.translated_from is not None or original.language == language:
            continue
        there = articles.get((original.slug, language))
        if there is None or there.is_stale(original) or (unchecked and not there.is_checked):
            yield original


def _rows(original: Article, articles: Mapping[Key, Article], language: str) -> Iterator[list[str]]:
    english = articles.get((original.slug, ENGLISH))
    there = articles.get((original.slug, language))
    right = "yes" if there and there.is_checked and not there.is_stale(original) else ""
    for part in PARTS:
        yield [
            original.slug,
            part,
            _part(original, part),
            _part(english, part) if english and english is not original else "",
            _part(there, part) if there else "",
            right,
        ]


def _part(article: Article, part: str) -> str:
    return {TITLE: article.title, ASKS: "\n".join(article.asks), BODY: article.body}[part]


def take_back(folder: Path, file: Path, *, checked_by: str, today: date) -> Imported:
    """Write the translations of a sheet as files, where they pass the checks; the rest stays as it was.

    What is marked as right in all its rows is signed by `checked_by`, today. Raises sheets.NotASheet and
    NotADirectoryError.
    """
    language, rows = sheets.read(file, COLUMNS)
    articles, _ = read_folder(folder)
    changed: list[str] = []
    signed: list[str] = []
    faults: dict[str, tuple[str, ...]] = {}
    for slug, own in _by_slug(rows).items():
        parts = {row[1]: row[4] for row in own}
        if not parts.get(TITLE) or not parts.get(BODY):
            continue  # not translated yet
        original = _original(articles, slug)
        if original is None:
            faults[slug] = ("the library does not have this article",)
            continue
        right = all(sheets.is_yes(row[5]) for row in own)
        article = _translation(original, language, parts, checked_by if right else "", today)
        if found := _faults(article, original, articles, folder, today):
            faults[slug] = found
            continue
        if _same(article, articles.get((slug, language))):
            continue
        (folder / slug / f"{language}.md").write_text(written(article), encoding="utf-8", newline="\n")
        changed.append(slug)
        if article.is_checked:
            signed.append(slug)
    return Imported(language=language, changed=tuple(changed), signed=tuple(signed), faults=faults)


def _by_slug(rows: Sequence[list[str]]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for row in rows:
        if row[0]:
            found.setdefault(row[0], []).append(row)
    return found


def _original(articles: Mapping[Key, Article], slug: str) -> Article | None:
    return next(
        (article for (of, _), article in articles.items() if of == slug and article.translated_from is None),
        None,
    )


def _translation(
    original: Article, language: str, parts: Mapping[str, str], checked_by: str, today: date
) -> Article:
    """All that is not words is the original's: theme, sources, dates, services."""
    return replace(
        original,
        language=language,
        title=" ".join(parts[TITLE].split()),
        asks=tuple(line.strip() for line in parts.get(ASKS, "").splitlines() if line.strip()),
        body=parts[BODY],
        translated_from=original.language,
        source_digest=original.digest,
        checked_by=checked_by,
        checked=today if checked_by else None,
    )


def _faults(
    article: Article, original: Article, articles: Mapping[Key, Article], folder: Path, today: date
) -> tuple[str, ...]:
    """What the file would be blamed for, beyond what its original is blamed for too."""
    inherited = _blamed(original, articles, folder, today)
    return tuple(fault for fault in _blamed(article, articles, folder, today) if fault not in inherited)


def _blamed(article: Article, articles: Mapping[Key, Article], folder: Path, today: date) -> dict[str, None]:
    _, checked = check_text(
        written(article), articles, slug=article.slug, language=article.language, today=today, folder=folder
    )
    return dict.fromkeys(fault.message for fault in (*checked.hindrances, *checked.remarks))


def _same(article: Article, there: Article | None) -> bool:
    """Does the library say just this already? Its own signature is not taken away."""
    if there is None:
        return False
    words = (article.title, article.asks, article.body, article.source_digest)
    same = words == (there.title, there.asks, there.body, there.source_digest)
    return same and (there.is_checked or not article.is_checked)
