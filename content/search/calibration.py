"""How likely is it that an article answers a question?

A logistic probability over the features of content/search/ranking.py. Its weights were fitted on public
question sets (benchmarks/library.py --fit) and are then bent towards the library at hand, which is asked
itself: one phrasing of each article is held out and asked, once of the others (its article should be
found) and once with its article taken away (none should be).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from content.articles import Article
from content.search.embedding import Embeddings
from content.search.index import Evidence, Index
from content.search.ranking import Mask, Strangers, features_of, sample, strangers
from content.search.text import language_of
from content.search.vectors import Matrix, Vector

PRIOR = Path(__file__).with_name("prior.json")
HOLD = 500.0  # how firmly the shipped weights are held: about as that many questions
JUDGED = 3  # candidates of each question that weights are fitted on
FEWEST_ASKS = 2  # an article with fewer has no phrasing to spare
FEWEST_HELD_OUT = 20  # phrasings; fewer say nothing about a library
ENOUGH_HELD_OUT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Logistic:
    """A probability from features, each centred and scaled first; the last weight is the bias."""

    means: Vector
    scales: Vector
    weights: Vector

    def probabilities(self, features: Matrix) -> Vector:
        """One probability for each row of features."""
        return _probabilities(self._scaled(features), self.weights)

    def fitted(self, features: Matrix, right: Vector, hold: float, counts: Vector | float = 1.0) -> Self:
        """Weights that also fit these features, 1 where right and 0 where not, held towards the present ones.

        Newton's method on the penalised likelihood; each row counts as `counts` rows, and `hold` 0 would
        forget the present weights.
        """
        rows, weights = self._scaled(features), self.weights.astype(np.float64)
        present = weights.copy()
        for _ in range(30):
            likely = _probabilities(rows, weights)
            slope = rows.T @ (counts * (likely - right)) + hold * (weights - present)
            curve = (rows * (counts * likely * (1 - likely))[:, None]).T @ rows + hold * np.eye(len(weights))
            weights -= np.linalg.solve(curve, slope)
        return replace(self, weights=weights.astype(np.float32))

    def _scaled(self, features: Matrix) -> Matrix:
        scaled = (features - self.means) / self.scales
        return np.hstack([scaled, np.ones((len(scaled), 1), dtype=np.float32)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article's row in the index and the probability that it answers the question."""

    row: int
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """What is known of one library: how strangers score in it, and what its scores are worth."""

    strangers: Strangers
    logistic: Logistic

    def rank(self, evidence: Evidence, available: Mask) -> list[Candidate]:
        """The best articles among those available, best first."""
        rows, features = features_of(evidence, available, self.strangers)
        # What scores less is never called likelier, and only one of them is the answer that was sought.
        probabilities = np.minimum.accumulate(self.logistic.probabilities(features))
        left, others = 1 - probabilities[:1].sum(), probabilities[1:].sum()
        if others > left:
            probabilities[1:] *= left / others
        pairs = zip(rows, probabilities, strict=True)
        return [Candidate(row=int(row), probability=float(likely)) for row, likely in pairs]

    def likely_among(self, evidence: Evidence, available: Mask, best: Sequence[Candidate]) -> float:
        """The probability that one of the best articles answers: that of the first, were the others not its rivals.

        Two articles about nearly the same make each other unlikely; that one of them is right is likely all the same.
        """
        rest = available.copy()
        rest[[each.row for each in best[1:]]] = False
        _, features = features_of(evidence, rest, self.strangers)
        return float(self.logistic.probabilities(features[:1])[0])


def judge(
    index: Index, articles: Sequence[Article], embeddings: Embeddings | None, shipped: Logistic | None = None
) -> Judge:
    """The judge of a library: the shipped weights, bent towards it where it has phrasings to spare."""
    shipped = shipped or prior("meaning" if index.has_model else "letters")
    known = strangers(index)
    some = _fullest(articles)
    held = [article for article in some if _can_spare(article)]
    if len(held) < FEWEST_HELD_OUT:
        return Judge(strangers=known, logistic=shipped)
    rest = Index([_without_last(article) for article in some], embeddings)
    of_rest = strangers(rest)
    judged = [pair for article in sample(held, ENOUGH_HELD_OUT) for pair in _held_out(rest, article, of_rest)]
    features = np.concatenate([each for each, _ in judged])
    right = np.concatenate([each for _, each in judged])
    return Judge(strangers=known, logistic=shipped.fitted(features, right, HOLD))


def _fullest(articles: Sequence[Article]) -> list[Article]:
    """The articles of the languages with most to spare, as many languages as it takes: the start is to be quick."""
    spare = Counter(language_of(article.language) for article in articles if _can_spare(article))
    chosen: set[str] = set()
    for language, _ in sorted(spare.items(), key=lambda item: (-item[1], item[0])):
        if sum(spare[name] for name in chosen) < ENOUGH_HELD_OUT:
            chosen.add(language)
    return [article for article in articles if language_of(article.language) in chosen]


def _can_spare(article: Article) -> bool:
    return len(article.asks) >= FEWEST_ASKS


def _without_last(article: Article) -> Article:
    return replace(article, asks=article.asks[:-1]) if _can_spare(article) else article


def _held_out(index: Index, article: Article, known: Strangers) -> Iterator[tuple[Matrix, Vector]]:
    """The features and rights of an article's last phrasing, with its article there and without."""
    text = article.asks[-1]
    row = index.row_of[article.slug]
    evidence = index.evidence(index.question(text, article.language), exact=False)
    there = index.beside(row)
    there[row] = True
    for available in (there, index.beside(row)):
        rows, features = features_of(evidence, available, known)
        yield features[:JUDGED], (rows[:JUDGED] == row).astype(np.float32)


@cache
def prior(name: str) -> Logistic:
    """The shipped weights: `meaning` with the sentence model, `letters` without it."""
    data = json.loads(PRIOR.read_text(encoding="utf-8"))[name]
    return Logistic(**{field: np.array(values, dtype=np.float32) for field, values in data.items()})


def _probabilities(rows: Matrix, weights: NDArray[np.floating]) -> Vector:
    return np.asarray(1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30))), dtype=np.float32)
