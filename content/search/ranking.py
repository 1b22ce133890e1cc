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
SAMPLE = 200  # phrasings that a library is asked to know its strangers
FEATURES = (
    "lead",  # over the ten nearest others together
    "lead over all",  # over every other together
    "z",
    "lexical",
    "lexical lead",
    "glossed",
    "own",  # is there a version in the asker's language?
    "strange",  # how far above what this article gets from questions that it does not answer
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
WITHOUT_MODEL = Heat(near=0.02, all=0.03)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strangers:
    """What each article scores when it is asked what it does not answer, and how to compare scores.

    `mean` and `deviation` have one number an article.
    """

    mean: Vector
    deviation: Vector
    heat: Heat


# What strangers score in libraries of middling size with the model and without it, weighed as so many.
USUAL_WITH_MODEL = (0.06, 0.13)
USUAL = (0.02, 0.03)
USUAL_WEIGHT = 20


def strangers(index: Index) -> Strangers:
    """Ask a sample of a library's phrasings, and look at every article but their own.

    A raw score says little: some articles are near to whatever is asked.
    """
    mean, deviation = USUAL_WITH_MODEL if index.has_model else USUAL
    count = np.full(len(index.slugs), USUAL_WEIGHT, dtype=np.float64)
    sums, squares = count * mean, count * (mean**2 + deviation**2)
    for row, language, text in sample([*index.phrasings()], SAMPLE):
        others = index.beside(row)
        score = index.evidence(index.question(text, language), exact=False).score[others]
        count[others] += 1
        sums[others] += score
        squares[others] += score**2
    means = sums / count
    return Strangers(
        mean=means.astype(np.float32),
        deviation=np.sqrt(squares / count - means**2).astype(np.float32),
        heat=WITH_MODEL if index.has_model else WITHOUT_MODEL,
    )


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
        np.minimum((score - every.mean()) / (every.std() + 1e-6), 12.0),
        lexical[:BEST],
        lexical[:BEST] - _rival(lexical),
        evidence.glossed[best],
        evidence.own[best],
        (score - known.mean[best]) / known.deviation[best],
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
