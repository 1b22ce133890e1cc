"""From evidence to a ranked list with probabilities: is the best article really the answer?

A raw score says little: in a library of near-twins strangers score high. So each library is first asked
its own phrasings with their article taken away; how far a score stands above what such strangers get,
with its lead over the next and the support of the letters, goes into a logistic probability whose
weights were fitted on public question sets (benchmarks/library.py --fit).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from content.search.index import Evidence, Index
from content.search.vectors import Matrix, Vector

PRIOR = Path(__file__).with_name("prior.json")
BEST = 10  # candidates that are looked at
SAMPLE = 300  # phrasings that a library is asked to know its strangers
FEATURES = (
    "score",
    "lead",
    "rise",
    "z",
    "lexical",
    "lexical lead",
    "own",
    "words",
    "articles",
    "not first",
    "strange",
    "beyond high",
    "own strange",
    "own lead",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strangers:
    """The best score of questions that no article of a library answers: mean, deviation, ninth decile."""

    mean: float
    deviation: float
    high: float


# What strangers score in a library of middling size, and the weight of that, in questions.
USUAL = {True: Strangers(mean=0.45, deviation=0.2, high=0.7), False: Strangers(mean=0.12, deviation=0.08, high=0.23)}
USUAL_WEIGHT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article's row in the index and the probability that it answers the question."""

    row: int
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Logistic:
    """A probability from features: weights and bias after each feature is centred and scaled."""

    means: Vector
    scales: Vector
    weights: Vector
    bias: float

    def probabilities(self, features: Matrix) -> Vector:
        """One probability for each row of features."""
        sums = (features - self.means) / self.scales @ self.weights + self.bias
        probabilities: Vector = 1 / (1 + np.exp(-np.clip(sums, -30, 30)))
        return probabilities


def strangers(index: Index) -> Strangers:
    """Ask a sample of a library's phrasings, each with its own article taken away."""
    phrasings = [
        (int(row), language, text)
        for language, part in index.parts.items()
        for row, texts in zip(part.rows, part.phrasings, strict=True)
        for text in texts
    ]
    step = max(1, len(phrasings) // SAMPLE)
    usual = USUAL[index.has_model]
    best = [
        np.delete(index.evidence(index.question(text, language)).score, row).max()
        for row, language, text in phrasings[::step]
        if len(index.slugs) > 1
    ]
    share = len(best) / (len(best) + USUAL_WEIGHT)
    if not best:
        return usual
    return Strangers(
        mean=share * float(np.mean(best)) + (1 - share) * usual.mean,
        deviation=share * float(np.std(best)) + (1 - share) * usual.deviation,
        high=share * float(np.quantile(best, 0.9)) + (1 - share) * usual.high,
    )


def rank(evidence: Evidence, available: np.ndarray, words: int, known: Strangers, *, model: bool) -> list[Candidate]:
    """The best articles among those available, best first."""
    rows, features = features_of(evidence, available, words, known)
    if not len(rows):
        return []
    probabilities = prior(model).probabilities(features)
    # Whatever the sum says, only one of them can be the answer that was sought.
    probabilities /= max(1.0, float(probabilities.sum()))
    return [
        Candidate(row=int(row), probability=float(probability))
        for row, probability in zip(rows, probabilities, strict=True)
    ]


def features_of(
    evidence: Evidence, available: np.ndarray, words: int, known: Strangers
) -> tuple[Sequence[int], Matrix]:
    """The rows of the best articles, best first, and their features: (candidates, FEATURES)."""
    rows = np.flatnonzero(available)
    scores, lexical = evidence.score[rows], evidence.lexical[rows]
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order]
    best = order[:BEST]
    features = np.zeros((len(best), len(FEATURES)), dtype=np.float32)
    if not len(best):
        return rows, features
    score, own = ranked[:BEST], evidence.own[rows[best]].astype(np.float32)
    lead = score - _rival(score, ranked)
    strange = (score - known.mean) / known.deviation
    later = ranked[3:15].mean() if len(ranked) > 3 else 0.0
    columns = (
        score,
        lead,
        score - later,
        np.minimum((score - ranked.mean()) / (ranked.std() + 1e-6), 12.0),
        lexical[best],
        lexical[best] - _rival(lexical[best], np.sort(lexical)[::-1]),
        own,
        np.log1p(words),
        np.log1p(len(rows)),
        np.arange(len(best)) > 0,
        strange,
        score - known.high,
        own * strange,
        own * lead,
    )
    for place, column in enumerate(columns):
        features[:, place] = column
    return rows[best], features


def _rival(values: Vector, ranked: Vector) -> Vector:
    """For each value the best of the others; 0 where there is no other."""
    if len(ranked) < 2:
        return np.zeros_like(values)
    return np.where(values >= ranked[0], ranked[1], ranked[0])


@cache
def prior(model: bool) -> Logistic:
    """The shipped weights, with the sentence model or without it."""
    data = json.loads(PRIOR.read_text(encoding="utf-8"))["meaning" if model else "letters"]
    return Logistic(
        means=np.array(data["means"], dtype=np.float32),
        scales=np.array(data["scales"], dtype=np.float32),
        weights=np.array(data["weights"], dtype=np.float32),
        bias=data["bias"],
    )
