"""Everyday sentences that only sound like danger: "I want to marry" is written as "I want to die" is. No article answers
them; the search knows them so that the word of danger must carry what is taken for danger, not the words around it."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml

from content.articles import Article
from content.languages import ENGLISH

EVERYDAY = Path(__file__).with_name("everyday.yaml")


@cache
def everyday() -> tuple[Article, ...]:
    """One article without a text for each subject and language of `everyday.yaml`; its name is none that a file can have."""
    subjects = yaml.safe_load(EVERYDAY.read_text(encoding="utf-8"))
    return tuple(
        _known_by(sentences, f"({subject})", language)
        for subject, languages in subjects.items()
        for language, sentences in languages.items()
    )


def beside(articles: Iterable[Article]) -> tuple[Article, ...]:
    """What is held against these articles: nothing where none of them is about danger."""
    return everyday() if any(article.is_about_danger for article in articles) else ()


def _known_by(sentences: list[str], slug: str, language: str) -> Article:
    title, *asks = sentences
    original = None if language == ENGLISH else ENGLISH
    return Article(slug=slug, language=language, title=title, asks=tuple(asks), translated_from=original)
