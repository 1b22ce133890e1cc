"""Sentences by what they are about, finer than articles are: an article about every emergency is asked for by women whose
child has swallowed bleach and by women whose father has fallen, and no middle of the two is near to either. And "I want
to marry" is written as "I want to die" is: the word of danger must carry what is taken for danger, not those around it."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml

from content.articles import Article
from content.languages import ENGLISH

HEARING = Path(__file__).with_name("hearing.yaml")
MARK = "#"
"""Between an article's name and a subject's; neither a file nor a shelf can have it in a name."""

Sentences = Mapping[str, Mapping[str, list[str]]]
"""By subject and language; a danger has the names of its articles too."""


def beside(articles: Collection[Article]) -> tuple[Article, ...]:
    """The subjects that are searched along with these articles, each as an article without a text; none where no article
    is about danger."""
    countries = {article.slug: article.country for article in articles}
    if not any(article.is_about_danger for article in articles):
        return ()
    subjects = _read()
    dangers = (
        _known_by(subject, sentences, slug, countries[slug])
        for subject, sentences in subjects["danger"].items()
        for slug in sentences["articles"]
        if slug in countries
    )
    everyday = (_known_by(subject, sentences) for subject, sentences in subjects["everyday"].items())
    return tuple(article for each in (*dangers, *everyday) for article in each)


def stands_for(slug: str) -> str:
    """The name of the article that is given when this one is found; empty for what is everyday."""
    return slug.partition(MARK)[0]


@cache
def _read() -> Mapping[str, Sentences]:
    return yaml.safe_load(HEARING.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _known_by(
    subject: str, sentences: Mapping[str, list[str]], slug: str = "", country: str = ""
) -> Iterator[Article]:
    for language, (title, *asks) in sentences.items():
        if language != "articles":
            yield Article(
                slug=f"{slug}{MARK}{subject}",
                language=language,
                title=title,
                asks=tuple(asks),
                country=country,
                translated_from=None if language == ENGLISH else ENGLISH,
            )
