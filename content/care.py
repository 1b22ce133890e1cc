"""Which articles of a library somebody should look after."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from content.articles import THEMES, Article, Key

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """What needs care, in the order in which it should be taken up. `unchecked` counts articles a language, and
    `pictured` are the originals in which pictures are still missing."""

    expiring: tuple[Article, ...]  # or expired already
    past_review: tuple[Article, ...]
    stale: tuple[Article, ...]
    unchecked: Mapping[str, int]
    pictured: tuple[Article, ...]

    @property
    def count(self) -> int:
        """Articles that somebody should look at now; what only waits for a native speaker or for a
        picture is not counted."""
        return len({(each.slug, each.language) for each in (*self.expiring, *self.past_review, *self.stale)})


def here(articles: Mapping[Key, Article], country: str) -> list[Article]:
    """The articles that hold in a country, by theme, slug and language."""
    places = {theme: place for place, theme in enumerate(THEMES)}
    found = [each for each in articles.values() if each.country in {"", country}]
    return sorted(found, key=lambda each: (places.get(each.theme, len(places)), each.slug, each.language))


def care_for(articles: Mapping[Key, Article], country: str, today: date) -> Care:
    """What needs care in the library of a group in this country."""
    found = here(articles, country)
    dated = sorted((each for each in found if each.expires), key=lambda each: each.expires or date.max)
    due = sorted((each for each in found if each.review_by), key=lambda each: each.review_by or date.max)
    return Care(
        expiring=tuple(each for each in dated if each.expires and each.expires <= today + SOON),
        past_review=tuple(each for each in due if each.is_past_review(today)),
        stale=tuple(each for each in found if is_stale(each, articles)),
        unchecked=Counter(each.language for each in found if not each.is_checked),
        pictured=tuple(lacking_pictures(found)),
    )


def lacking_pictures(articles: Iterable[Article]) -> Iterator[Article]:
    """The originals with a place for a picture that nobody has taken yet."""
    return (each for each in articles if each.translated_from is None and each.places)


def is_stale(article: Article, articles: Mapping[Key, Article]) -> bool:
    """Was it translated from a text among these that has since changed?"""
    original = articles.get((article.slug, article.translated_from or ""))
    return original is not None and article.is_stale(original)


def unchecked(articles: Iterable[Article], language: str, today: date) -> list[Article]:
    """What nobody has checked in a language and is still given, in the order of `articles`."""
    return [
        each
        for each in articles
        if each.language == language and not each.is_checked and not each.is_expired(today)
    ]


def by_need(
    articles: Iterable[Article],
    answered: Mapping[tuple[str, str], int],
    missed: Mapping[tuple[str, str], int],
) -> list[Article]:
    """First what is asked for most in its language, then what is about danger, then the rest as it comes.

    `answered` says by language and slug how often an article was the answer, `missed` by language and theme how many
    questions had none.
    """

    def place(article: Article) -> tuple[int, int, bool]:
        given = answered.get((article.language, article.slug), 0)
        return -given, -missed.get((article.language, article.theme), 0), not article.is_about_danger

    return sorted(articles, key=place)
