"""Phrasings that people used, added to the articles that helped them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from content.articles import Article
from content.search.text import fold


class Phrasing(Protocol):
    """A question as somebody asked it, and the article, in one language, that helped."""

    @property
    def slug(self) -> str:
        """The article."""

    @property
    def language(self) -> str:
        """Its language tag."""

    @property
    def text(self) -> str:
        """The question."""


def with_phrasings(articles: Iterable[Article], rows: Iterable[Phrasing]) -> list[Article]:
    """The articles, each with the phrasings that were approved for it beside its own; none twice."""
    asked: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        asked[row.slug, row.language].append(row.text)
    return [
        replace(article, asks=(*article.asks, *new))
        if (new := _new(article, asked.get((article.slug, article.language), ())))
        else article
        for article in articles
    ]


def asks(article: Article, text: str) -> bool:
    """Is this question a phrasing of the article already?"""
    return fold(text) in {fold(each) for each in (article.title, *article.asks)}


def _new(article: Article, texts: Iterable[str]) -> list[str]:
    first = {fold(text): text for text in reversed([*texts])}
    return [text for text in reversed(first.values()) if not asks(article, text)]
