"""Articles as vectors of meaning, in a space made for one library.

Two corrections to the raw model do most for weak languages and for short requests. What all questions of
a language have in common is subtracted, from the question and from the phrasings alike. And directions in
which phrasings of one article differ among themselves are made to count less: linear discriminant
analysis, with the library's own articles as classes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from content.search.embedding import PASSAGE, QUERY, Embeddings
from content.search.vectors import DIMENSIONS, Matrix, Vector, unit

CENTRES = Path(__file__).with_name("centres.npz")
SHRINKAGE = 8.0  # of the differences within articles towards no preferred direction
FEW_DIFFERENCES = 100  # below this many phrasings, the directions found are mostly chance
FEW_TEXTS = 20  # a mean of fewer is held near the language's usual one


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A language's articles as vectors of length one: (articles, 384)."""

    middle: Vector  # what its questions have in common
    turn: Matrix  # into the library's space: (384, 384)
    asked: Matrix  # the phrasings of each article
    told: Matrix  # its body; zeros where there is none

    def scores(self, vector: Vector, middle: Vector | None = None) -> Vector:
        """The cosine of a question with each article's phrasings, or with its body where that is nearer.

        `middle` is what questions in the asker's language have in common, if that is another one.
        """
        turned = unit(unit(vector - (self.middle if middle is None else middle)) @ self.turn)
        return np.asarray(np.maximum(self.asked @ turned, self.told @ turned))


def meanings(
    texts: Mapping[str, tuple[Sequence[Sequence[str]], Sequence[str]]], embeddings: Embeddings
) -> dict[str, Meaning]:
    """The meaning of each language's articles, given their phrasings and bodies, in one common space."""
    asked, middles = {}, {}
    for language, (phrasings, _) in texts.items():
        vectors = [embeddings.of([QUERY + text for text in group]) for group in phrasings]
        middles[language] = _middle(language, np.concatenate(vectors))
        asked[language] = [unit(each - middles[language]) for each in vectors]
    turn = _turn([each for vectors in asked.values() for each in vectors])
    return {
        language: Meaning(
            middle=middles[language],
            turn=turn,
            asked=unit(np.stack([unit(each @ turn).mean(axis=0) for each in asked[language]])),
            told=_told(language, bodies, turn, embeddings),
        )
        for language, (_, bodies) in texts.items()
    }


def _told(language: str, bodies: Sequence[str], turn: Matrix, embeddings: Embeddings) -> Matrix:
    told = np.zeros((len(bodies), DIMENSIONS), dtype=np.float32)
    there = [row for row, body in enumerate(bodies) if body]
    if there:
        vectors = embeddings.of([PASSAGE + bodies[row] for row in there])
        told[there] = unit(unit(vectors - _middle(language, vectors)) @ turn)
    return told


def _turn(articles: Sequence[Matrix]) -> Matrix:
    """The map after which directions in which phrasings of one article differ count less."""
    rests = np.concatenate([each - each.mean(axis=0) for each in articles])
    freedom = len(rests) - len(articles)
    if freedom <= 0:
        return np.eye(DIMENSIONS, dtype=np.float32)
    scatter = rests.T @ rests
    within = scatter / (freedom + FEW_DIFFERENCES)
    usual = np.trace(scatter) / freedom / DIMENSIONS
    values, directions = np.linalg.eigh(within + SHRINKAGE * usual * np.eye(DIMENSIONS))
    return np.asarray(directions / np.sqrt(values), dtype=np.float32)


def _middle(language: str, vectors: Matrix) -> Vector:
    """The mean of a language's texts, held near that of its questions at large while they are few."""
    return np.asarray((vectors.sum(axis=0) + FEW_TEXTS * centre(language)) / (len(vectors) + FEW_TEXTS))


@cache
def centre(language: str) -> Vector:
    """The mean vector of questions in a language, or of all languages where it was not measured: (384,)."""
    with np.load(CENTRES) as data:
        if language in data.files:
            return np.asarray(data[language], dtype=np.float32)
        return np.asarray(np.mean([data[name] for name in data.files], axis=0, dtype=np.float32))
