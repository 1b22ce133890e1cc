"""What is missing, stale, expired or broken in a folder of articles: every fault with file and line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from content.articles import THEMES, Article, Key, article_files, is_there, parse_article, read_folder
from content.attachments import ENDINGS
from content.bodies import ADDRESS, sentences_of, without_pictures
from content.comparing import links_of, numbers_of
from content.directory import DIRECTORY, read_services
from content.front_matter import Fault
from content.lines import Lines

COUNTRIES = {"no": "NO", "dk": "DK"}  # by the first part of the slug
FEWEST_ASKS = 5
LARGEST_ATTACHMENT = 10_000_000  # bytes; 10 MB is what the smallest of the channels takes
# A body is three to eight short sentences or steps. The longest that ships has 1,302 characters, and 13 sentences.
LONGEST_BODY, MOST_SENTENCES = 1_500, 16
LONGEST_STEP = 600  # characters: with its sources it must fit under a picture (Telegram: 1,024)
MOST_STEPS = 12

_LINK = re.compile(r"https?://[^\s)>\]]+")
_PICTURE = re.compile(r"!?\[[^\[\]]*\]\(([^()\s]+)\)")


def check(folder: Path, *, today: date | None = None, strict: bool = True) -> list[Fault]:
    """Every fault of a folder of articles, and of a folder `directory` of services beside it, by file and line.

    `strict` also asks for all that a published article needs, not only for a title. Without `today`
    nothing is said about days that have passed. Raises NotADirectoryError when there is no such folder.
    """
    articles, faults = read_folder(folder)
    faults += _strays(folder)
    faults += _services(folder, articles)
    faults += _twins(articles)
    for article in articles.values():
        lines = Lines.of_file(folder, article)
        faults += _links(folder, article, articles, lines)
        faults += _against_original(article, articles, lines)
        if today is not None:
            faults += _days(article, today, lines)
        if strict:
            faults += _missing(article, lines)
    return sorted(faults, key=lambda fault: (fault.file, fault.line, fault.message))


def unsound(folder: Path, articles: Mapping[Key, Article], read: Sequence[Fault]) -> list[Fault]:
    """The faults for which a running service keeps the library that it has, given what was read of the folder.

    Files that cannot be used, that are too big or belong nowhere, articles that nobody can tell apart, links that
    lead nowhere, translations with another number or link than their original, of whatever day that is. What only
    needs a person's care, a translation that is stale for example, hinders nobody.
    """
    faults = [*(fault for fault in read if fault.unusable), *_strays(folder), *_twins(articles)]
    for article in articles.values():
        lines = Lines.of_file(folder, article)
        faults += _links(folder, article, articles, lines)
        if original := _original(article, articles):
            faults += _differences(article, original, lines)
    return sorted(faults, key=lambda fault: (fault.file, fault.line, fault.message))


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What stands against giving a text to members, and what somebody should know who gives it all the same."""

    hindrances: tuple[Fault, ...]
    remarks: tuple[Fault, ...]


def check_text(
    text: str,
    articles: Mapping[Key, Article],
    *,
    slug: str,
    language: str,
    today: date,
    folder: Path | None = None,
) -> tuple[Article | None, Checked]:
    """A text that a group wrote itself, held against the other articles of its library, by the same rules as a file.

    It may be without sources: then the group itself stands for it. Without a `folder` nothing is said about files
    that go with it.
    """
    name = f"{slug}/{language}.md"
    article, read = parse_article(text, slug=slug, language=language, name=name)
    if article is None:
        return None, Checked(hindrances=tuple(read), remarks=())
    lines = Lines(name, lambda: text)
    beside = {**articles, (slug, language): article}
    missing = _missing(article, lines, own=True)
    twins = (fault for fault in _twins(beside) if fault.file == name)
    hindrances = (*read, *missing, *_links(folder, article, beside, lines), *twins)
    remarks = (*_against_original(article, beside, lines), *_days(article, today, lines))
    return article, Checked(hindrances=hindrances, remarks=remarks)


def _missing(article: Article, lines: Lines, *, own: bool = False) -> Iterator[Fault]:
    """What a published article needs beyond its title; what a group writes itself may be without sources."""
    for name in ("kind", "theme", "country", "review_by"):
        if not getattr(article, name) or lines.field(name, "").line == 1:
            yield lines.field(name, f"`{name}` is missing")
    if article.theme and article.theme not in THEMES:
        yield lines.field("theme", f"unknown theme {article.theme!r}; one of {', '.join(THEMES)}")
    if article.country and COUNTRIES.get(article.slug.partition("-")[0]) != article.country:
        yield lines.field("country", f"{article.country!r} does not go with the slug {article.slug!r}")
    asks = {" ".join(ask.casefold().split()) for ask in article.asks}
    if len(asks) < FEWEST_ASKS:
        yield lines.field("asks", f"{len(asks)} different phrasings of at least {FEWEST_ASKS}")
    if not article.body:
        yield lines.field("title", "the body is missing")
    if article.kind == "guide" and len(article.steps) < 2:
        yield lines.field("kind", "a guide needs steps: sections that open with `## title`")
    yield from _too_long(article, lines)
    if not article.sources and not own:
        yield lines.field("sources", "no source is named")
    for source in article.sources:
        if not source.publisher:
            yield lines.fault(source.address, "a source's `publisher` is missing", "sources")
        if not source.address:
            yield lines.fault(source.publisher, "a source's `address` is missing", "sources")
    if bool(article.checked_by) != (article.checked is not None):
        yield lines.field("checked_by", "`checked_by` and `checked` go together")


def _too_long(article: Article, lines: Lines) -> Iterator[Fault]:
    if len(article.steps) > MOST_STEPS:
        yield lines.fault("## ", f"{len(article.steps)} steps, at most {MOST_STEPS}", "length")
    for step in article.steps:
        if len(step.body) > LONGEST_STEP or sentences_of(step.body) > MOST_SENTENCES // 2:
            yield lines.fault(step.title, f"the step {step.title!r} is too long", "length")
    body = "" if article.steps else without_pictures(article.body)
    if len(body) > LONGEST_BODY or sentences_of(body) > MOST_SENTENCES:
        said = f"{len(body):,} characters in {sentences_of(body)} sentences"
        most = f"at most {LONGEST_BODY:,} in {MOST_SENTENCES}"
        yield lines.fault(body.splitlines()[0], f"the text is too long: {said}, {most}", "length")


def _days(article: Article, today: date, lines: Lines) -> Iterator[Fault]:
    if article.is_expired(today):
        expired = lines.field("expires", f"expired after {article.expires}: it is not given any more")
        yield replace(expired, passed=True)
    if article.is_past_review(today):
        due = lines.field("review_by", f"should have been looked at by {article.review_by}")
        yield replace(due, passed=True)
    for name in ("checked", *("read" for source in article.sources)):
        days = [article.checked] if name == "checked" else [source.read for source in article.sources]
        if any(day is not None and day > today for day in days):
            yield lines.field(name if name == "checked" else "sources", f"`{name}` lies in the future")
            break


def _links(
    folder: Path | None, article: Article, articles: Mapping[Key, Article], lines: Lines
) -> Iterator[Fault]:
    slugs = {slug for slug, _ in articles}
    for slug in article.related:
        if slug == article.slug:
            yield lines.field("related", "is related to itself")
        elif slug not in slugs:
            yield lines.fault(slug, f"related article {slug!r} is not in the library")
    for source in article.sources:
        if source.address and not ADDRESS.fullmatch(source.address):
            yield lines.fault(source.address, f"not a web address: {source.address!r}", "sources")
    if "]()" in article.said:
        yield lines.fault("]()", "a link without an address, or a picture without a file and without words")
    for link in _LINK.findall(article.body):
        if not ADDRESS.fullmatch(link):
            yield lines.fault(link, f"not a web address: {link!r}")
    if folder is None:
        return
    for target in _PICTURE.findall(article.body):
        if not _LINK.match(target) and not is_there(folder / article.slug / target):
            yield lines.fault(target, f"the link {target!r} leads nowhere")
    for name in article.attachments:
        if not is_there(folder / article.slug / name) or "/" in name:
            yield lines.fault(name, f"attachment {name!r} is not in the article's folder")


def _against_original(article: Article, articles: Mapping[Key, Article], lines: Lines) -> Iterator[Fault]:
    """A translation must say the same numbers, links and telephone numbers as its original."""
    if article.translated_from is None:
        return
    original = _original(article, articles)
    if original is None:
        yield lines.field("translated_from", f"there is no original in {article.translated_from!r}")
        return
    if original.translated_from is not None:
        yield lines.field("translated_from", f"{article.translated_from!r} is itself a translation")
    if not article.source_digest:
        yield lines.field(
            "source_digest", "`source_digest` is missing: `python -m content.digests` fills it in"
        )
    elif article.is_stale(original):
        yield lines.field("source_digest", f"stale: the original is now {original.digest}")
    yield from _differences(article, original, lines)
    for name in ("country", "theme", "sensitive", "expires", "kind"):
        if getattr(article, name) != getattr(original, name):
            yield lines.field(name, f"`{name}` differs from the original's")
    if len(article.steps) != len(original.steps):
        yield lines.field("kind", f"{len(article.steps)} steps, the original has {len(original.steps)}")


def _original(article: Article, articles: Mapping[Key, Article]) -> Article | None:
    original = articles.get((article.slug, article.translated_from or ""))
    return original if original is not article else None


def _differences(article: Article, original: Article, lines: Lines) -> Iterator[Fault]:
    """The numbers and links in which a translation's title and text differ from the original's: it is not given."""
    for kind, of in (("links", links_of), ("numbers", numbers_of)):
        there, here = of(_words(original)), of(_words(article))
        for extra in sorted((here - there).elements()):
            message = f"{extra} is not among the original's {kind}"
            yield replace(lines.saying(extra, of, message), unusable=True)
        for absent in sorted((there - here).elements()):
            message = f"{absent} is missing among the {kind} of the original"
            yield replace(lines.field("title", message), unusable=True)


def _words(article: Article) -> str:
    return f"{article.title}\n{without_pictures(article.body)}"


def _strays(folder: Path) -> Iterator[Fault]:
    """Files that belong to no article, or that are too large to send."""
    named = set(article_files(folder))
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file in named or any(part.startswith(".") for part in file.parts) or not is_there(file):
            continue
        if (size := file.stat().st_size) >= LARGEST_ATTACHMENT:
            yield Fault(file=name, line=1, message=f"{size / 1e6:.0f} MB is too large (at most 10 MB)")
        elif file.suffix.casefold() not in ENDINGS and name != "README.md":
            yield Fault(
                file=name, line=1, message="is neither an article (<slug>/<tag>.md) nor an attachment"
            )


def _twins(articles: Mapping[Key, Article]) -> Iterator[Fault]:
    """Two articles that a reader could not tell apart."""
    same: dict[tuple[str, str, str], list[Article]] = defaultdict(list)
    for article in articles.values():
        title = " ".join(article.title.casefold().split())
        same[article.language, article.country, title].append(article)
    for twins in same.values():
        for article in twins[1:]:
            name = f"{article.slug}/{article.language}.md"
            yield Fault(file=name, line=2, message=f"has the same title as {twins[0].slug!r}", field="twin")


def _services(folder: Path, articles: Mapping[Key, Article]) -> Iterator[Fault]:
    """What is wrong in the directory of services, and articles that name one which is not there."""
    directory = folder.parent / DIRECTORY.name
    if not directory.is_dir():
        return
    services, faults = read_services(directory)
    yield from faults
    known = {service.id for service in services}
    for article in articles.values():
        lines = Lines.of_file(folder, article)
        for service in (each for each in article.services if each not in known):
            yield lines.fault(service, f"there is no service {service!r}")
