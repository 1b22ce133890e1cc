"""What speaks for each article when somebody asks: meaning, letters and glossed words, added up.

An article is written in several languages. Each language of a library is a part with its own meaning
vectors and its own character n-grams; a question is held against the part in its own language and,
more weakly the more phrasings that part has, against the originals and the languages the asker reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from content.articles import Article
from content.search.bm25 import CharacterIndex
from content.search.embedding import QUERY, Embeddings
from content.search.gloss import GlossIndex, lexicon, load_lexicons
from content.search.meaning import Meaning, centre, meanings
from content.search.text import fold, language_of, readable
from content.search.vectors import Vector

LEXICAL = 0.35  # weight of character n-grams beside meaning
LEXICAL_MOSTLY = 0.8  # without a sentence model, or in a language that it knows poorly: those with a lexicon
GLOSS = 0.8
AS_GOOD = 4  # so many phrasings of her own language, or fewer, say as much as all those of another
EXACT = 1.0  # for a question that is a stored phrasing, letter for letter
FOREIGN = 0.75  # for articles that are not in the asker's language while others are


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for each article: arrays of one number an article."""

    score: Vector
    lexical: Vector
    glossed: Vector
    own: NDArray[np.bool_]  # is there a version in the asker's language?


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question made ready once for every part of the index."""

    text: str
    language: str
    vector: Vector | None  # None without the sentence model


class Part:
    """The articles of a library in one language; `rows` are their places among all its articles."""

    def __init__(self, language: str, size: int, versions: Mapping[int, Sequence[Article]]) -> None:
        self.language = language
        self.rows = np.array(sorted(versions), dtype=np.int64)
        ordered = [versions[row] for row in self.rows]
        self.phrasings = [[text for each in group for text in (each.title, *each.asks)] for group in ordered]
        self.bodies = [next((each.said for each in group if each.said), "") for group in ordered]
        texts = [[*asks, body] for asks, body in zip(self.phrasings, self.bodies, strict=True)]
        self.letters = CharacterIndex(texts)
        self.has = np.zeros(size, dtype=bool)
        self.has[self.rows] = True
        self.count = self.spread(np.array([len(asks) for asks in self.phrasings], dtype=np.float32))
        self.meaning: Meaning | None = None

    def spread(self, values: Vector) -> Vector:
        """Numbers of this part's articles among those of all: (articles,), 0 where there is no version."""
        out = np.zeros(len(self.has), dtype=np.float32)
        out[self.rows] = values
        return out


class Index:
    """Every article of a library, searchable in any language."""

    def __init__(self, articles: Sequence[Article], embeddings: Embeddings | None) -> None:
        self.slugs = sorted({article.slug for article in articles})
        self.row_of = {slug: row for row, slug in enumerate(self.slugs)}
        versions: dict[str, dict[int, list[Article]]] = defaultdict(lambda: defaultdict(list))
        countries = {}
        for article in articles:
            versions[language_of(article.language)][self.row_of[article.slug]].append(article)
            countries[article.slug] = article.country
        self._countries = np.array([countries[slug] for slug in self.slugs])
        self.parts = {name: Part(name, len(self.slugs), rows) for name, rows in sorted(versions.items())}
        originals = {language_of(each.language) for each in articles if each.translated_from is None}
        self._pivots = sorted(originals | ({"en"} & self.parts.keys()))
        self._english = GlossIndex(self.parts["en"].phrasings) if "en" in self.parts else None
        if self._english is not None:
            load_lexicons()
        self._exact: dict[str, set[int]] = defaultdict(set)
        for row, _, text in self.phrasings():
            self._exact[fold(text)].add(row)
        self._embeddings = embeddings
        if embeddings is not None and articles:
            texts = {name: (part.phrasings, part.bodies) for name, part in self.parts.items()}
            for name, meaning in meanings(texts, embeddings).items():
                self.parts[name].meaning = meaning

    @property
    def has_model(self) -> bool:
        """Is there a sentence model, or only letters and glossed words?"""
        return self._embeddings is not None

    def phrasings(self) -> Iterator[tuple[int, str, str]]:
        """Every title and phrasing with its article's row and its language."""
        for part in self.parts.values():
            for row, texts in zip(part.rows, part.phrasings, strict=True):
                for text in texts:
                    yield int(row), part.language, text

    def beside(self, row: int) -> NDArray[np.bool_]:
        """The other articles that a reader in an article's country is shown: (articles,)."""
        here = np.asarray((self._countries == self._countries[row]) | (self._countries == ""))
        here[row] = False
        return here

    def within(self, country: str | None) -> NDArray[np.bool_]:
        """The articles of a country and those that hold everywhere: (articles,); all without a country."""
        if not country:
            return np.ones(len(self.slugs), dtype=bool)
        return np.asarray((self._countries == country) | (self._countries == ""))

    def question(self, text: str, language: str) -> Question:
        """A question made ready; this is where the time goes when there is a model."""
        vector = self._embeddings.once(QUERY + text) if self._embeddings is not None else None
        return Question(text=text, language=language_of(language), vector=vector)

    def evidence(self, question: Question, also: Sequence[str] = (), *, exact: bool = True) -> Evidence:
        """What speaks for each article; `also` names other languages that the asker reads.

        Without `exact` a stored phrasing is not favoured for being stored.
        """
        own = self.parts.get(question.language)
        near = (*readable(question.language), *map(language_of, also), *self._pivots)
        cross = [self.parts[name] for name in dict.fromkeys(near) if name in self.parts]
        cross = [part for part in cross if part is not own]
        glossed = self._gloss(question)
        lexical_weight = self._lexical_weight(question.language)
        meaning, lexical, there = self._across(question, cross)
        score = meaning + lexical_weight * lexical + GLOSS * glossed
        has = np.zeros(len(self.slugs), dtype=bool)
        if own is not None:
            letters = own.spread(own.letters.scores(question.text))
            at_home = own.spread(_meaning(own, question)) + lexical_weight * letters
            weight = there * AS_GOOD / np.maximum(own.count, AS_GOOD)
            score = np.where(own.has, (at_home + weight * score) / (1 + weight), FOREIGN * score)
            lexical = np.where(own.has, letters, lexical)
            has = own.has
        if exact:
            score[list(self._exact.get(fold(question.text), ()))] += EXACT
        return Evidence(score=score, lexical=lexical, glossed=glossed, own=has)

    def _across(self, question: Question, parts: Sequence[Part]) -> tuple[Vector, Vector, NDArray[np.bool_]]:
        """Meaning and letters from other languages than the asker's, and which articles have any there."""
        if not parts:
            nothing = np.zeros(len(self.slugs), dtype=np.float32)
            return nothing, nothing, nothing.astype(bool)
        lexical = np.max([part.spread(part.letters.scores(question.text)) for part in parts], axis=0)
        meaning = np.max([part.spread(_meaning(part, question)) for part in parts], axis=0)
        return meaning, lexical, np.any([part.has for part in parts], axis=0)

    def _lexical_weight(self, language: str) -> float:
        return LEXICAL if self.has_model and lexicon(language) is None else LEXICAL_MOSTLY

    def _gloss(self, question: Question) -> Vector:
        known = lexicon(question.language)
        if known is None or self._english is None:
            return np.zeros(len(self.slugs), dtype=np.float32)
        return self.parts["en"].spread(self._english.scores(known.gloss(question.text)))


def _meaning(part: Part, question: Question) -> Vector:
    if question.vector is None or part.meaning is None:
        return np.zeros(len(part.rows), dtype=np.float32)
    at_home = part.language == question.language
    return part.meaning.scores(question.vector, None if at_home else centre(question.language))
