"""Articles and guides: one Markdown file for each subject and language, `<slug>/<tag>.md`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from content.bodies import Step, places_of, steps_of, without_places
from content.front_matter import Fault, FrontMatterError, Reader, parse

# A body is three to eight sentences; a file beyond this is something else with the wrong name.
LONGEST_FILE = 256 * 1024  # bytes

# What an article may be about and its sign on buttons, in the order in which themes are shown.
THEMES = {
    "emergency": "🆘",
    "health": "🩺",
    "mind": "💛",
    "pregnancy": "🤰",
    "children": "🧒",
    "school": "🎒",
    "money": "💰",
    "work": "💼",
    "home": "🏠",
    "residence": "🛂",
    "language": "🔤",
    "rights": "⚖️",
    "violence": "✋",
    "digital": "📱",
    "letters": "✉️",
}

DANGEROUS = frozenset({"emergency", "violence"})
"""Themes in which a wrong word can hurt somebody."""

SLUG = re.compile(r"[a-z0-9-]+")
TAG = re.compile(r"[A-Za-z]{1,8}([-_][A-Za-z0-9]{1,8})*")

Kind = Literal["article", "guide"]
Key = tuple[str, str]  # slug, language tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An official page that facts were taken from; `read` is the day a person opened the live page."""

    publisher: str
    address: str
    read: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One answer in one language.

    `asks` are phrasings as people ask; `country` and `area` are empty where it holds everywhere;
    `translated_from` is the tag of the original, which itself has none.
    """

    slug: str
    language: str
    title: str
    kind: Kind = "article"
    theme: str = ""
    country: str = ""
    area: str = ""
    asks: tuple[str, ...] = ()
    body: str = ""
    steps: tuple[Step, ...] = ()
    sources: tuple[Source, ...] = ()
    checked_by: str = ""
    checked: date | None = None
    review_by: date | None = None
    expires: date | None = None
    translated_from: str | None = None
    source_digest: str = ""
    sensitive: bool = False
    related: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    published: date | None = None  # by a group, on its own shelf; None for what comes from a folder

    @property
    def said(self) -> str:
        """The body without the places of pictures that are still missing."""
        return without_places(self.body)

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits over what a translator translates: title and body."""
        text = "\n".join(line.strip() for line in f"{self.title}\n{self.said}".splitlines())
        return hashlib.sha256(text.strip().encode()).hexdigest()[:16]

    @property
    def places(self) -> tuple[str, ...]:
        """What the pictures will show that are still missing."""
        return places_of(self.body)

    @property
    def is_checked(self) -> bool:
        """Has a native speaker read this text and signed it?"""
        return bool(self.checked_by) and self.checked is not None

    @property
    def is_about_danger(self) -> bool:
        """Is it about danger or violence, where a wrong word can hurt somebody?"""
        return self.sensitive or self.theme in DANGEROUS

    @property
    def is_unchecked_translation(self) -> bool:
        """Has no native speaker confirmed what was translated?"""
        return self.translated_from is not None and not self.is_checked

    def is_expired(self, today: date) -> bool:
        """Is the last day on which this holds over? An expired article is never given."""
        return self.expires is not None and today > self.expires

    def is_past_review(self, today: date) -> bool:
        """Should somebody have looked at this again by now?"""
        return self.review_by is not None and today > self.review_by

    def is_stale(self, original: Article) -> bool:
        """Was this translated from a text that has since changed?"""
        return self.translated_from is not None and self.source_digest != original.digest


def read_folder(path: Path) -> tuple[dict[Key, Article], list[Fault]]:
    """Every article of a folder that can be used, and every fault found on the way.

    Only `title` must be there. A file that cannot be used is named and left out; it hides no other.
    Raises NotADirectoryError when there is no such folder.
    """
    if not path.is_dir():
        raise NotADirectoryError(path)
    articles: dict[Key, Article] = {}
    faults: list[Fault] = []
    taken: dict[tuple[str, str], str] = {}
    for file in article_files(path):
        name = file.relative_to(path).as_posix()
        article, found = read_article(file, name)
        faults += found
        if article is None:
            continue
        same = (article.slug, article.language.replace("_", "-").casefold())
        if same in taken:
            faults.append(_unusable(name, 1, f"the same article and language as {taken[same]}"))
            continue
        taken[same] = name
        articles[article.slug, article.language] = article
    return articles, faults


def article_files(path: Path) -> Iterator[Path]:
    """The Markdown files that stand where articles stand, in a fixed order."""
    for folder in sorted(path.iterdir()):
        if folder.name.startswith(".") or not folder.is_dir():
            continue
        try:
            yield from sorted(file for file in folder.iterdir() if file.suffix == ".md")
        except OSError:  # who may not look into it is told so: read as a file, the folder itself is a fault
            yield folder


def is_there(file: Path) -> bool:
    """Is there such a file? A name that no file can have, or that leads in a circle, is none."""
    try:
        return file.is_file()
    except OSError:
        return False


def read_article(file: Path, name: str) -> tuple[Article | None, list[Fault]]:
    """One file's article, or None where it cannot be used, and its faults; `name` is what they call it."""
    text = _text(file, name)
    if isinstance(text, Fault):
        return None, [text]
    return parse_article(text, slug=file.parent.name, language=file.stem, name=name)


def parse_article(text: str, *, slug: str, language: str, name: str) -> tuple[Article | None, list[Fault]]:
    """The article that a file's text holds, or None where it cannot be used, and its faults."""
    faults: list[Fault] = []
    if not SLUG.fullmatch(slug):
        faults.append(_unusable(name, 1, f"the folder's name may hold only a-z, 0-9 and hyphens: {slug!r}"))
    if not TAG.fullmatch(language):
        faults.append(_unusable(name, 1, f"the file's name is not a language tag: {language!r}"))
    try:
        matter = parse(text)
    except FrontMatterError as error:
        return None, [*faults, _unusable(name, error.line, str(error))]
    article = _article(Reader(matter.fields, name, faults), slug, language, matter.body)
    return (None if any(fault.unusable for fault in faults) else article), faults


def _text(file: Path, name: str) -> str | Fault:
    try:
        if not file.is_file():
            return _unusable(name, 1, "is not a file")
        if (size := file.stat().st_size) > LONGEST_FILE:
            return _unusable(name, 1, f"{size / 1e6:.1f} MB is too long for an article (at most 0.26 MB)")
        data = file.read_bytes()
        if b"\0" in data:
            return _unusable(name, 1, "is a binary file, not text")
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return _unusable(name, line, "is not text in UTF-8")
    except OSError as error:
        return _unusable(name, 1, f"cannot be read: {error.strerror}")


def _unusable(name: str, line: int, message: str) -> Fault:
    return Fault(file=name, line=line, message=message, unusable=True)


def _article(fields: Reader, slug: str, language: str, body: str) -> Article:
    fields.strangers(_FIELDS)
    if not (title := fields.word("title")):
        fields.note("title", "`title` is missing", unusable=True)
    kind = _kind(fields)
    return Article(
        slug=slug,
        language=language,
        title=title,
        kind=kind,
        theme=fields.word("theme"),
        country=_country(fields),
        area=fields.word("area"),
        asks=fields.words("asks"),
        body=body,
        steps=steps_of(body) if kind == "guide" else (),
        sources=tuple(_source(each) for each in fields.groups("sources")),
        checked_by=fields.word("checked_by"),
        checked=fields.day("checked"),
        review_by=fields.day("review_by"),
        # Without a readable last day nobody can say that the text still holds.
        expires=fields.day("expires", unusable=True),
        translated_from=fields.word("translated_from") or None,
        source_digest=fields.word("source_digest"),
        sensitive=fields.flag("sensitive"),
        related=fields.words("related"),
        services=fields.words("services"),
        attachments=fields.words("attachments"),
    )


# What may stand in the front matter; the slug and the language are the names of folder and file.
_FIELDS = frozenset(Article.__dataclass_fields__) - {"slug", "language", "body", "steps", "published"}


def _kind(fields: Reader) -> Kind:
    match fields.word("kind"):
        case "" | "article":
            return "article"
        case "guide":
            return "guide"
        case other:
            fields.note("kind", f"`kind` is article or guide, not {other!r}")
            return "article"


def _country(fields: Reader) -> str:
    country = fields.word("country")
    if country == "NO" and fields.is_bare("country"):
        fields.note("country", '`country: NO` means "false" in YAML: write "NO" in quotes')
    return country


def _source(fields: Reader) -> Source:
    return Source(publisher=fields.word("publisher"), address=fields.word("address"), read=fields.day("read"))
