"""From evidence to a ranked list of articles, and what distinguishes a right first from a wrong one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from content.search.index import Evidence, Index
from content.search.vectors import Matrix, Vector

Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]
Item = TypeVar("Item")

BEST = 10  # candidates that are looked at
SMALLEST = 28  # articles: of the smallest library that weights were fitted on; a smaller one is filled up
NEAREST = 10  # others whose scores say how crowded it is around the best
ENOUGH = 12.0  # deviations; more say no more
SAMPLE = 200  # phrasings that a library is asked to know its strangers
FEATURES = (
    "lead",  # over the ten nearest others together
    "lead over all",  # over every other together
    "z",
    "lexical",
    "lexical lead",
    "glossed",
    "own",  # is there a version in the asker's language?
    "above strangers",  # above what this article gets from questions that it does not answer, in deviations
    "above their best",  # above what the best article gets from questions that none answers, in deviations
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """How much lower a score has to be until it hardly counts beside a higher one.

    `near` among the ten nearest others, `all` among every other, of which there are many.
    """

    near: float
    all: float


# Cosines and shares of letters spread differently; chosen with the weights, on other sets than were fitted on.
WITH_MODEL = Heat(near=0.07, all=0.1)
WITHOUT_MODEL = Heat(near=0.06, all=0.1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strangers:
    """What questions score that an article, or the whole library, does not answer, and how to compare scores.

    `mean` and `deviation` have one number an article; `best` and `best_deviation` are of the highest score
    that such a question gets anywhere.
    """

    mean: Vector
    deviation: Vector
    best: float
    best_deviation: float
    heat: Heat


# What strangers and the best of them score in libraries of middling size, with the model and without it,
# mean and deviation, each weighed as so many questions.
USUAL_WITH_MODEL = ((0.06, 0.13), (0.45, 0.2))
USUAL = ((0.06, 0.1), (0.25, 0.16))
USUAL_WEIGHT = 20


def strangers(index: Index) -> Strangers:
    """Ask a sample of a library's phrasings, and look at every article but their own.

    A raw score says little: some articles are near to whatever is asked, and in a library of near-twins
    questions that have no article score high too.
    """
    usual, usual_best = USUAL_WITH_MODEL if index.has_model else USUAL
    each, best = Tally(len(index.slugs), *usual), Tally(1, *usual_best)
    for row, language, text in sample([*index.phrasings()], SAMPLE):
        others = np.flatnonzero(index.beside(row))
        if len(others):
            score = index.evidence(index.question(text, language), exact=False).score[others]
            each.add(others, score)
            best.add(0, score.max())
    return Strangers(
        mean=each.mean,
        deviation=each.deviation,
        best=float(best.mean[0]),
        best_deviation=float(best.deviation[0]),
        heat=WITH_MODEL if index.has_model else WITHOUT_MODEL,
    )


class Tally:
    """Means and deviations of several quantities, each beginning with the usual ones."""

    def __init__(self, size: int, mean: float, deviation: float) -> None:
        self._count = np.full(size, USUAL_WEIGHT, dtype=np.float64)
        self._sum = self._count * mean
        self._squares = self._count * (mean**2 + deviation**2)

    def add(self, places: Rows | int, values: Vector | np.float32) -> None:
        """Count one more value of each quantity named."""
        self._count[places] += 1
        self._sum[places] += values
        self._squares[places] += values**2

    @property
    def mean(self) -> Vector:
        """The mean of each quantity."""
        return (self._sum / self._count).astype(np.float32)

    @property
    def deviation(self) -> Vector:
        """The standard deviation of each quantity."""
        return np.sqrt(self._squares / self._count - (self._sum / self._count) ** 2).astype(np.float32)


def sample(items: Sequence[Item], most: int) -> Sequence[Item]:
    """At most about so many of the items, evenly spread and always the same."""
    return items[:: max(1, len(items) // most)]


def features_of(evidence: Evidence, available: Mask, known: Strangers) -> tuple[Rows, Matrix]:
    """The rows of the best articles among those available, best first, and their features.

    Shapes: (candidates,) and (candidates, FEATURES).
    """
    rows = np.flatnonzero(available)
    scores, lexical = evidence.score[rows], evidence.lexical[rows]
    order = np.argsort(-scores, kind="stable")
    rows, ranked, lexical = rows[order], scores[order], lexical[order]
    best, score = rows[:BEST], ranked[:BEST]
    missing = _missing(len(rows), known)
    every = np.append(ranked, missing)
    columns = (
        _leads(ranked, missing, known.heat.near, NEAREST),
        _leads(ranked, missing, known.heat.all, len(every)),
        np.minimum((score - every.mean()) / (every.std() + 1e-6), ENOUGH),
        lexical[:BEST],
        lexical[:BEST] - _rival(lexical),
        evidence.glossed[best],
        evidence.own[best],
        np.minimum((score - known.mean[best]) / known.deviation[best], ENOUGH),
        np.minimum((score - known.best) / known.best_deviation, ENOUGH),
    )
    return best, np.column_stack(columns).astype(np.float32)


def _missing(there: int, known: Strangers) -> Vector:
    """Scores of the articles that a small library lacks: spread as strangers' are.

    Being the best of three says little; it is the best of three and of those nobody has written yet.
    """
    count = max(0, SMALLEST - there)
    spread = [NormalDist().inv_cdf((place + 0.5) / count) for place in range(count)]
    return np.asarray(known.mean.mean() + known.deviation.mean() * np.array(spread), dtype=np.float32)


def _leads(ranked: Vector, missing: Vector, heat: float, most: int) -> Vector:
    """How far each of the best is above so many others together, the nearest counting most: (candidates,).

    The log-odds of a softmax, in the scores' own unit.
    """
    leads = []
    for place, score in enumerate(ranked[:BEST]):
        others = np.sort(np.concatenate([np.delete(ranked, place), missing]))[-most:]
        leads.append(score - others[-1] - heat * np.log(np.exp((others - others[-1]) / heat).sum()))
    return np.array(leads, dtype=np.float32)


def _rival(values: Vector) -> Vector:
    """For each of the best the highest value of the others; 0 where there is no other: (candidates,)."""
    if len(values) < 2:
        return np.zeros_like(values[:BEST])
    second, first = np.sort(values)[-2:]
    return np.asarray(np.where(values[:BEST] >= first, second, first))
