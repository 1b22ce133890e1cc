"""A group's own shelf: its texts written as Markdown, and put beside and over the articles of the folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from content.articles import DANGEROUS, Article, Key, Source, parse_article
from content.bodies import steps_of
from content.phrasings import Phrasing, with_phrasings

REVIEW_AFTER = timedelta(days=365)
"""Rules and numbers mostly change with the year."""

_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Control signs, direction marks and half characters that come along when a text is copied from a chat."""

_JOINERS = "\u200c\u200d"
"""They shape letters and emoji, and are nothing by themselves."""

_NUMBERED = re.compile(r"^(\d+)[.)][ \t]+", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What a group has of its own: texts as (slug, language, Markdown, day of publishing), and the digests that its
    people signed, each with the day; and the phrasings that its coordinators approved."""

    texts: tuple[tuple[str, str, str, date], ...] = ()
    signed: Mapping[tuple[str, str, str], date]
    phrasings: tuple[Phrasing, ...] = ()
    group: str


def with_own(base: Mapping[Key, Article], own: Own) -> dict[Key, Article]:
    """The articles of a group's library: its own texts replace those of the same name, and what was signed is checked.

    Who signed stays in the group: members read its name. A text that cannot be read any more is left out.
    """
    articles = dict(base)
    for slug, language, text, day in own.texts:
        article, _ = parse_article(text, slug=slug, language=language, name=f"{slug}/{language}.md")
        if article:
            articles[slug, language] = replace(article, published=day)
    for key, article in articles.items():
        day_signed = own.signed.get((*key, article.digest))
        if day_signed and not article.is_checked:
            articles[key] = replace(article, checked_by=own.group, checked=day_signed)
    return {(each.slug, each.language): each for each in with_phrasings(articles.values(), own.phrasings)}


def clean(text: str) -> str:
    """What somebody wrote in a chat, without signs that nobody sees and without space around it; empty when nothing
    is left to see."""
    seen = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\x85", "\n")).strip()
    return seen if seen.strip(_JOINERS) else ""


def title_of(text: str) -> str:
    """What somebody wrote as a title: one line."""
    return " ".join(clean(text).split())


def source_of(line: str) -> Source | None:
    """A source as somebody writes it in a chat, publisher and address; None for a dash: from nowhere but ourselves."""
    publisher, _, address = line.rpartition(" ")
    if not line.strip("-–— "):
        return None
    return Source(publisher=publisher.strip(" :,-–"), address=address, read=None)


def with_theme(article: Article, theme: str) -> Article:
    """The article, about this. What a group writes about danger is given once a speaker of the language has checked it."""
    return replace(article, theme=theme, sensitive=article.sensitive or theme in DANGEROUS)


def looked_at(article: Article, today: date) -> Article:
    """Somebody has looked at it today: the next look is due in a year."""
    return replace(article, review_by=today + REVIEW_AFTER)


def rewritten(article: Article, *, title: str | None = None, body: str | None = None) -> Article:
    """The article with other words, which nobody has checked yet.

    A guide takes the form in which it is shown in a chat: numbered steps, each with its title on the first line.
    """
    title = title_of(title) if title is not None else article.title
    body = clean(body) if body is not None else article.body
    if article.kind == "guide" and not steps_of(body):
        body = _steps_from(body)
    steps = steps_of(body) if article.kind == "guide" else ()
    return replace(article, title=title, body=body, steps=steps, checked_by="", checked=None)


def _steps_from(body: str) -> str:
    """Sections from the numbers 1, 2, 3 … that open lines; a list within a step begins anew and stays in it."""
    cuts: list[re.Match[str]] = []
    for found in _NUMBERED.finditer(body):
        if int(found[1]) == len(cuts) + 1:
            cuts.append(found)
    ends = [*(found.start() for found in cuts[1:]), len(body)]
    return "\n\n".join(f"## {body[found.end() : end].strip()}" for found, end in zip(cuts, ends, strict=True))
