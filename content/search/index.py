"""What speaks for each article when somebody asks: meaning, letters and glossed words, added up.

An article is written in several languages. Each language of a library is a part with its own meaning
vectors and its own character n-grams; a question is held against the part in its own language and,
more weakly the more phrasings that part has, against the originals and the languages the asker reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from content.articles import Article
from content.search.bm25 import CharacterIndex
from content.search.embedding import PASSAGE, QUERY, Embeddings
from content.search.gloss import GlossIndex, lexicon
from content.search.text import fold, language_of
from content.search.vectors import DIMENSIONS, Matrix, Vector, unit

LEXICAL = 0.4  # weight of character n-grams beside meaning, whose cosines are smaller
GLOSS = 0.8
EXACT = 1.0  # for a question that is a stored phrasing, letter for letter
FOREIGN = 0.8  # for articles that are not in the asker's language while others are
SHRINKAGE = 8.0
FEW_PHRASINGS = 100
FEW_TEXTS = 20

CENTRES = Path(__file__).with_name("centres.npz")

_NOTHING = np.empty((0, DIMENSIONS), dtype=np.float32)

# Languages whose readers understand each other's texts well enough to be shown them, and whose words match.
RELATIVES = {
    "nb": ("nn", "da", "sv"),
    "nn": ("nb", "da", "sv"),
    "da": ("nb", "nn", "sv"),
    "sv": ("nb", "da", "nn"),
    "bs": ("hr", "sr"),
    "hr": ("bs", "sr"),
    "sr": ("bs", "hr"),
    "prs": ("fa",),
    "fa": ("prs",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for each article: arrays of one number an article."""

    score: Vector
    lexical: Vector
    own: np.ndarray  # bool: is there a version in the asker's language?


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question made ready once for every part of the index."""

    text: str
    language: str
    vector: Vector | None  # None without the sentence model


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A part's articles as vectors of length one; `middle` is what its questions have in common."""

    middle: Vector
    asked: Matrix  # of the phrasings of each article
    told: Matrix  # of its body; zeros where there is none

    def scores(self, vector: Vector, middle: Vector, whitening: Matrix) -> Vector:
        """The cosine of a question with each article's phrasings, or its body where that is nearer."""
        turned = unit(unit(vector - middle) @ whitening)
        return np.maximum(self.asked @ turned, self.told @ turned)


class Part:
    """The articles of a library in one language."""

    def __init__(self, language: str, size: int, versions: Mapping[int, Sequence[Article]]) -> None:
        self.language = language
        self.rows = np.array(sorted(versions), dtype=np.int32)
        self.phrasings = [
            [text for article in versions[row] for text in (article.title, *article.asks)] for row in self.rows
        ]
        self.bodies = [[article.body for article in versions[row] if article.body] for row in self.rows]
        texts = [[*asks, *bodies] for asks, bodies in zip(self.phrasings, self.bodies, strict=True)]
        self.letters = CharacterIndex(texts)
        self.has = np.zeros(size, dtype=bool)
        self.has[self.rows] = True
        self.count = np.zeros(size, dtype=np.float32)
        self.count[self.rows] = [len(asks) for asks in self.phrasings]
        self.meaning: Meaning | None = None
        self._size = size

    def spread(self, values: Vector) -> Vector:
        """Numbers of this part's articles among those of all: (articles,), 0 where there is no version."""
        out = np.zeros(self._size, dtype=np.float32)
        out[self.rows] = values
        return out


class Index:
    """Every article of a library, searchable in any language."""

    def __init__(self, articles: Sequence[Article], embeddings: Embeddings | None) -> None:
        self.slugs = sorted({article.slug for article in articles})
        row_of = {slug: row for row, slug in enumerate(self.slugs)}
        versions: dict[str, dict[int, list[Article]]] = defaultdict(lambda: defaultdict(list))
        for article in articles:
            versions[language_of(article.language)][row_of[article.slug]].append(article)
        self.parts = {
            language: Part(language, len(self.slugs), rows) for language, rows in sorted(versions.items())
        }
        originals = {language_of(a.language) for a in articles if a.translated_from is None}
        self._pivots = sorted(originals | ({"en"} & self.parts.keys()))
        self._english = GlossIndex(self.parts["en"].phrasings) if "en" in self.parts else None
        self._embeddings = embeddings
        self._exact: dict[str, set[int]] = defaultdict(set)
        for part in self.parts.values():
            for row, asks in zip(part.rows, part.phrasings, strict=True):
                for ask in asks:
                    self._exact[fold(ask)].add(int(row))
        self._whitening = np.eye(DIMENSIONS, dtype=np.float32)
        if embeddings is not None:
            self._embed(embeddings)

    def _embed(self, embeddings: Embeddings) -> None:
        """Give every part its meaning, in a space where phrasings of one article lie close."""
        asked: dict[str, list[Matrix]] = {}
        for language, part in self.parts.items():
            vectors = [embeddings.of([QUERY + text for text in texts]) for texts in part.phrasings]
            middle = _middle(language, np.concatenate(vectors))
            asked[language] = [unit(each - middle) for each in vectors]
            part.meaning = Meaning(middle=middle, asked=_NOTHING, told=_NOTHING)
        self._whitening = _whitening([each for vectors in asked.values() for each in vectors])
        for language, part in self.parts.items():
            means = [unit(each @ self._whitening).mean(axis=0) for each in asked[language]]
            told = self._told(part, embeddings)
            part.meaning = replace(part.meaning, asked=unit(np.stack(means)), told=told)

    def _told(self, part: Part, embeddings: Embeddings) -> Matrix:
        told = np.zeros((len(part.rows), DIMENSIONS), dtype=np.float32)
        bodied = [row for row, bodies in enumerate(part.bodies) if bodies]
        if bodied:
            vectors = embeddings.of([PASSAGE + part.bodies[row][0] for row in bodied])
            told[bodied] = unit(unit(vectors - _middle(part.language, vectors)) @ self._whitening)
        return told

    @property
    def has_model(self) -> bool:
        """Is there a sentence model, or only letters and glossed words?"""
        return self._embeddings is not None

    def question(self, text: str, language: str) -> Question:
        """A question made ready; this is where the time goes when there is a model."""
        vector = self._embeddings.once(QUERY + text) if self._embeddings is not None else None
        return Question(text=text, language=language_of(language), vector=vector)

    def evidence(self, question: Question, also: Sequence[str] = ()) -> Evidence:
        """What speaks for each article; `also` names other languages that the asker reads."""
        size = len(self.slugs)
        own = self.parts.get(question.language)
        others = dict.fromkeys((*RELATIVES.get(question.language, ()), *map(language_of, also), *self._pivots))
        cross = [self.parts[name] for name in others if name in self.parts and name != question.language]
        score, lexical = np.zeros(size, dtype=np.float32), np.zeros(size, dtype=np.float32)
        has = np.zeros(size, dtype=bool)
        if cross:
            meanings = [part.spread(self._meaning(part, question)) for part in cross]
            letters = [part.spread(part.letters.scores(question.text)) for part in cross]
            lexical = np.max(letters, axis=0)
            gloss = self._gloss(question)
            score = np.max(meanings, axis=0) + LEXICAL * lexical + GLOSS * gloss
        if own is not None:
            has = own.has
            letters_own = own.spread(own.letters.scores(question.text))
            score_own = own.spread(self._meaning(own, question)) + LEXICAL * letters_own
            elsewhere = np.any([part.has for part in cross], axis=0) if cross else np.zeros(size, dtype=bool)
            weight = elsewhere / np.maximum(own.count, 1)
            score = np.where(has, (score_own + weight * score) / (1 + weight), FOREIGN * score)
            lexical = np.where(has, letters_own, lexical)
        for row in self._exact.get(fold(question.text), ()):
            score[row] += EXACT
        return Evidence(score=score, lexical=lexical, own=has)

    def _meaning(self, part: Part, question: Question) -> Vector:
        if question.vector is None or part.meaning is None:
            return np.zeros(len(part.rows), dtype=np.float32)
        home = part.language == question.language
        middle = part.meaning.middle if home else _centre(question.language)
        return part.meaning.scores(question.vector, middle, self._whitening)

    def _gloss(self, question: Question) -> Vector:
        known = lexicon(question.language)
        if known is None or self._english is None:
            return np.zeros(len(self.slugs), dtype=np.float32)
        return self.parts["en"].spread(self._english.scores(known.gloss(question.text)))


@cache
def _centres() -> dict[str, Vector]:
    if not CENTRES.is_file():
        return {}
    with np.load(CENTRES) as data:
        return {name: data[name].astype(np.float32) for name in data.files}


def _centre(language: str) -> Vector:
    """The mean vector of questions in a language, or of all languages where it was not measured."""
    centres = _centres()
    if language in centres:
        return centres[language]
    return np.mean(list(centres.values()), axis=0) if centres else np.zeros(DIMENSIONS, dtype=np.float32)


def _middle(language: str, vectors: Matrix) -> Vector:
    """The mean of a part's phrasings, held near the language's mean while they are few."""
    return (vectors.sum(axis=0) + FEW_TEXTS * _centre(language)) / (len(vectors) + FEW_TEXTS)


def _whitening(articles: Sequence[Matrix]) -> Matrix:
    """A map after which directions in which phrasings of one article differ count less.

    Linear discriminant analysis with a covariance within articles that is shrunk towards the identity.
    """
    rests = np.concatenate([each - each.mean(axis=0) for each in articles])
    freedom = len(rests) - len(articles)
    if freedom <= 0:
        return np.eye(DIMENSIONS, dtype=np.float32)
    within = rests.T @ rests / (freedom + FEW_PHRASINGS)
    mean = np.trace(rests.T @ rests) / freedom / DIMENSIONS
    values, directions = np.linalg.eigh(within + SHRINKAGE * mean * np.eye(DIMENSIONS))
    whitening: Matrix = (directions / np.sqrt(values)).astype(np.float32)
    return whitening
