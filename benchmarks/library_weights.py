"""Fitting the weights of content/search/ranking.py on questions whose answers are known (benchmarks/library.py --fit)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from content.search.calibration import JUDGED, Logistic
from content.search.index import Index
from content.search.ranking import FEATURES, features_of, strangers
from content.search.vectors import Matrix, Vector

Question = tuple[str, str, str | None]  # a text, its language, and the slug of its article, if it has one

HOLD = 1.0  # how firmly fitted weights are held towards 0
SET_COUNTS = 200.0  # candidates that each set counts for, however many it has
AWAY_COUNTS = 60.0  # what its questions count for while their own article is away
IDENTITY = Logistic(
    means=np.zeros(1, np.float32), scales=np.ones(1, np.float32), weights=np.array([1, 0], np.float32)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The features of questions' best candidates, which of them is right, and as how many each counts."""

    features: Matrix
    right: Vector
    counts: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A set as it was asked, and those of its questions that have an article while that one is away."""

    asked: Judged
    away: Judged


def judged(index: Index, questions: Sequence[Question]) -> Sample:
    """Every question of a set once, and those with an article once more while it is away."""
    known, available = strangers(index), np.ones(len(index.slugs), dtype=bool)
    asked, away = [], []
    for text, language, slug in questions:
        evidence = index.evidence(index.question(text, language))
        best, found = features_of(evidence, available, known)
        row = index.row_of[slug] if slug else None
        asked.append((found[:JUDGED], best[:JUDGED] == row))
        if row is not None:
            others = available.copy()
            others[row] = False
            found = features_of(evidence, others, known)[1][:JUDGED]
            away.append((found, np.zeros(len(found))))
    return Sample(asked=_together(asked, SET_COUNTS), away=_together(away, AWAY_COUNTS))


def _together(pairs: Sequence[tuple[Matrix, np.ndarray]], count: float) -> Judged:
    features = np.concatenate([each for each, _ in pairs])
    return Judged(
        features=features,
        right=np.concatenate([right for _, right in pairs]).astype(np.float32),
        counts=np.full(len(features), count / len(features), dtype=np.float32),
    )


def logistic(samples: Sequence[Sample]) -> Logistic:
    """Weights for these features alone, each set counting the same.

    Questions whose own article is away teach what tells right from nearly right. How likely that is they do not
    say, there are too many of them: the level and the steepness come from the real questions.
    """
    real = [each.asked for each in samples]
    fitted = _fitted(_flat(real), [*real, *(each.away for each in samples)])
    scaled = [replace(each, features=fitted.logits(each.features)[:, None]) for each in real]
    slope, bias = _fitted(IDENTITY, scaled).weights
    weights = slope * fitted.weights
    weights[-1] += bias
    return replace(fitted, weights=weights)


def _flat(samples: Sequence[Judged]) -> Logistic:
    features = np.concatenate([each.features for each in samples])
    return Logistic(
        means=features.mean(axis=0),
        scales=features.std(axis=0) + np.float32(1e-6),
        weights=np.zeros(len(FEATURES) + 1, dtype=np.float32),
    )


def _fitted(start: Logistic, samples: Sequence[Judged]) -> Logistic:
    features, right, counts = (
        np.concatenate([getattr(each, name) for each in samples]) for name in ("features", "right", "counts")
    )
    return start.fitted(features, right, HOLD, counts)
