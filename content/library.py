"""The library: find the article for a question, or say that there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

from content import hearing
from content.articles import THEMES, Article, read_folder
from content.front_matter import Fault
from content.languages import ENGLISH
from content.search.calibration import Candidate, judge
from content.search.embedding import PASSAGE, QUERY, Embeddings, sentence_model
from content.search.gloss import lexicon
from content.search.index import Evidence, Index
from content.search.text import language_of, readable, words

# Chosen on public question sets, each judged by weights of the others (content/search/README.md).
ANSWER = 0.83
# That one of three titles is right; below it three titles only cost her time. By letters alone nonsense comes near.
SUGGEST, SUGGEST_BY_LETTERS = 0.18, 0.25
TITLES = 3
LONGEST_QUESTION = 400  # characters that are searched for; the model needs a millisecond for each few

Outcome = Literal["answer", "suggest", "person"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article and the probability that it answers the question."""

    article: Article
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What to do with a question: give the first candidate, offer three titles, or fetch a person.

    `candidates` are the best ten, best first, whatever the outcome. `by_letters`: without the sentence model.
    """

    outcome: Outcome
    candidates: tuple[Found, ...]
    by_letters: bool = False


NOTHING = Finding(outcome="person", candidates=())


class Library:
    """Articles of one moment: a change makes a new library. May be asked from many threads at once."""

    def __init__(
        self,
        articles: Iterable[Article],
        embeddings: Embeddings | None = None,
        faults: Sequence[Fault] = (),
        hidden: Iterable[Article] = (),
    ) -> None:
        """`hidden` are articles that no member is given; who looks after the library finds them in `every`."""
        self.faults = tuple(faults)
        self._articles = {(article.slug, article.language): article for article in articles}
        self.every = {**{(each.slug, each.language): each for each in hidden}, **self._articles}
        self._versions: dict[str, list[Article]] = {}
        for article in self._articles.values():
            self._versions.setdefault(article.slug, []).append(article)
        every = list(self._articles.values())
        self._index = Index([*every, *hearing.beside(every)], embeddings)
        self._judge = judge(self._index, every, embeddings)
        versions = [self._versions.get(hearing.stands_for(slug), ()) for slug in self._index.slugs]
        self._last_days = np.array([_last_day(each) for each in versions])
        self._is_everyday = np.array([not each for each in versions], dtype=bool)
        self._is_danger = np.array([any(a.is_about_danger for a in each) for each in versions], dtype=bool)

    @classmethod
    def load(
        cls,
        folder: Path,
        *,
        model: bool = True,
        cache: Path | None = None,
        shows: Callable[[Article], bool] = lambda article: True,
    ) -> Self:
        """The library of a folder; what could not be read is in `faults`.

        `cache` is a folder in which new vectors are kept; `shows` leaves out articles that are not to be
        given. Raises NotADirectoryError when there is no such folder.
        """
        articles, faults = read_folder(folder)
        return cls.of([article for article in articles.values() if shows(article)], model, cache, faults)

    @classmethod
    def of(
        cls,
        articles: Sequence[Article],
        model: bool = True,
        cache: Path | None = None,
        faults: Sequence[Fault] = (),
    ) -> Self:
        """The library of these articles; without an installed model, `model` changes nothing."""
        encoder = sentence_model() if model else None
        if encoder is None:
            return cls(articles, None, faults)
        embeddings = Embeddings(encoder, cache)
        library = cls(articles, embeddings, faults)
        embeddings.keep(texts_of(articles))
        return library

    def with_faults(self, faults: Sequence[Fault]) -> Self:
        """The same library, with what is wrong now where it came from."""
        other = copy(self)
        other.faults = tuple(faults)
        return other

    def find(
        self,
        text: str,
        language: str,
        *,
        country: str | None = None,
        today: date,
        languages: tuple[str, ...] = (),
    ) -> Finding:
        """The articles that may answer a question asked in a language, and what to do with them.

        `languages` are others that she reads. An article of another country, or past its last day, is
        never found.
        """
        text = text[:LONGEST_QUESTION]
        if not words(text) or not self._index.slugs:
            return NOTHING
        evidence = self._index.evidence(self._index.question(text, language), languages)
        available = self._unlike_everyday(evidence, self._available(country, today))
        ranked = self._judge.rank(evidence, available)
        candidates = self._found(ranked, (language, *languages), today)
        if not candidates or not self._may_guess(candidates[0].article, language, languages):
            outcome: Outcome = "person"
        elif candidates[0].probability >= ANSWER:
            outcome = "answer"
        else:
            needed = SUGGEST if self._index.has_model else SUGGEST_BY_LETTERS
            among = self._judge.likely_among(evidence, available, ranked[:TITLES])
            outcome = "suggest" if among >= needed else "person"
        return Finding(outcome=outcome, candidates=candidates, by_letters=not self._index.has_model)

    def _unlike_everyday(self, evidence: Evidence, available: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """What may be found: no danger where an everyday sentence is nearer. Such sentences are rivals to danger alone."""
        nearest = int(np.argmax(np.where(available, evidence.score, -np.inf)))
        if self._is_danger[nearest]:
            return available
        rest = available & ~self._is_everyday
        return np.asarray(rest & ~self._is_danger) if self._is_everyday[nearest] else rest

    def _found(self, ranked: Sequence[Candidate], languages: Sequence[str], today: date) -> tuple[Found, ...]:
        """The articles of these rows, best first; one that was found by several subjects of its own counts once."""
        likely: dict[str, float] = {}
        for candidate in ranked:
            slug = hearing.stands_for(self._index.slugs[candidate.row])
            likely[slug] = likely.get(slug, 0.0) + candidate.probability
        found = [
            Found(article=article, probability=probability)
            for slug, probability in likely.items()
            if (article := self._given(slug, languages, today))
        ]
        return tuple(sorted(found, key=lambda each: -each.probability))

    def article(self, slug: str, language: str, *, today: date, also: tuple[str, ...] = ()) -> Article | None:
        """An article in her language, else one near to it, else one that she may read `also`, else English, else the
        original; None when unknown or expired."""
        return self._given(slug, (language, *also), today)

    def themes(self, language: str, country: str | None, today: date) -> tuple[str, ...]:
        """The themes about which there is anything, in the order in which they are shown."""
        here = {article.theme for article in self._shelf(language, country, today)}
        return tuple(theme for theme in THEMES if theme in here)

    def in_theme(
        self, theme: str, language: str, country: str | None, today: date, also: tuple[str, ...] = ()
    ) -> tuple[Article, ...]:
        """The articles of a theme, those in her own language first; the others as `article` gives them."""
        here = self._shelf(language, country, today, also)
        found = [article for article in here if article.theme == theme]
        return tuple(
            sorted(found, key=lambda article: language_of(article.language) != language_of(language))
        )

    def _shelf(
        self, language: str, country: str | None, today: date, also: tuple[str, ...] = ()
    ) -> list[Article]:
        available = self._available(country, today)
        slugs = [slug for slug, here in zip(self._index.slugs, available, strict=True) if here]
        return [article for slug in slugs if (article := self._given(slug, (language, *also), today))]

    def _available(self, country: str | None, today: date) -> NDArray[np.bool_]:
        return self._index.within(country) & (self._last_days >= today.toordinal())

    def _given(self, slug: str, languages: Sequence[str], today: date) -> Article | None:
        """The version to show to a reader of these languages; the first is her own."""
        versions = [article for article in self._versions.get(slug, ()) if not article.is_expired(today)]
        return min(versions, key=lambda article: _distance(article, languages), default=None)

    def _may_guess(self, article: Article, language: str, languages: Sequence[str]) -> bool:
        """Without the model, letters prove nothing between languages that share no words."""
        near = {language_of(tag) for tag in (language, *languages)} | {*readable(language_of(language))}
        known = self._index.has_model or lexicon(language_of(language)) is not None
        return known or language_of(article.language) in near


def texts_of(articles: Iterable[Article]) -> list[str]:
    """The texts of which a library needs vectors."""
    given = tuple(articles)
    return [
        text
        for article in (*given, *hearing.beside(given))
        for text in (
            *(QUERY + ask for ask in (article.title, *article.asks)),
            *([PASSAGE + article.said] if article.said else []),
        )
    ]


def _last_day(versions: Sequence[Article]) -> int:
    """The last day on which any version of an article may be given, as an ordinal."""
    return max((article.expires or date.max for article in versions), default=date.max).toordinal()


def _distance(article: Article, languages: Sequence[str]) -> tuple[int, str]:
    """How far a version is from a reader: her tag, her language, one near it, others that she reads, English, the
    original, any. Who has come from elsewhere is likelier to read English than the language of the original."""
    tag, language = article.language, language_of(article.language)
    own, *others = languages
    chain = [
        *(own, language_of(own)),
        *readable(language_of(own)),
        *(near for name in others for near in (name, language_of(name))),
        ENGLISH,
    ]
    for place, near in enumerate(chain):
        if near in (tag, language):
            return place, tag
    return len(chain) + (article.translated_from is not None), tag
