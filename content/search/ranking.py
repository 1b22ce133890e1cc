"""From evidence to a ranked list of articles, and what distinguishes a right first from a wrong one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from content.search.index import Evidence, Index
from content.search.vectors import Matrix, Vector

Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]
Item = TypeVar("Item")

BEST = 10  # candidates that are looked at
SMALLEST = 28  # articles: of the smallest library that weights were fitted on; nothing is known below
SAMPLE = 200  # phrasings that a library is asked to know its strangers
FEATURES = (
    "score",
    "lead",  # over the best other
    "rise",  # over ranks 4 to 15
    "z",
    "lexical",
    "lexical lead",
    "own",  # is there a version in the asker's language?
    "words",
    "articles",
    "not first",
    "strange",  # how far above what strangers get
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


# What strangers score in libraries of middling size with the model and without it, weighed as so many.
USUAL_WITH_MODEL = Strangers(mean=0.45, deviation=0.2, high=0.7)
USUAL = Strangers(mean=0.12, deviation=0.08, high=0.23)
USUAL_WEIGHT = 20


def strangers(index: Index) -> Strangers:
    """Ask a sample of a library's phrasings, each with its own article taken away.

    A raw score says little: in a library of near-twins, questions that have no article score high too.
    """
    usual = USUAL_WITH_MODEL if index.has_model else USUAL
    asked = sample([*index.phrasings()], SAMPLE)
    best = [
        float(index.evidence(index.question(text, language), exact=False).score[others].max())
        for row, language, text in asked
        if (others := index.beside(row)).any()
    ]
    if not best:
        return usual
    share = len(best) / (len(best) + USUAL_WEIGHT)
    return Strangers(
        mean=share * float(np.mean(best)) + (1 - share) * usual.mean,
        deviation=share * float(np.std(best)) + (1 - share) * usual.deviation,
        high=share * float(np.quantile(best, 0.9)) + (1 - share) * usual.high,
    )


def sample(items: Sequence[Item], most: int) -> Sequence[Item]:
    """At most about so many of the items, evenly spread and always the same."""
    return items[:: max(1, len(items) // most)]


def features_of(evidence: Evidence, available: Mask, words: int, known: Strangers) -> tuple[Rows, Matrix]:
    """The rows of the best articles among those available, best first, and their features.

    Shapes: (candidates,) and (candidates, FEATURES).
    """
    rows = np.flatnonzero(available)
    scores, lexical = evidence.score[rows], evidence.lexical[rows]
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order]
    best = order[:BEST]
    if not len(best):
        return rows, np.zeros((0, len(FEATURES)), dtype=np.float32)
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
        np.log1p(max(len(rows), SMALLEST)),
        np.arange(len(best)) > 0,
        strange,
        score - known.high,
        own * strange,
        own * lead,
    )
    features = np.empty((len(best), len(FEATURES)), dtype=np.float32)
    for place, column in enumerate(columns):
        features[:, place] = column
    return rows[best], features


def _rival(values: Vector, ranked: Vector) -> Vector:
    """For each value the best of the others; 0 where there is no other."""
    if len(ranked) < 2:
        return np.zeros_like(values)
    return np.asarray(np.where(values >= ranked[0], ranked[1], ranked[0]))
