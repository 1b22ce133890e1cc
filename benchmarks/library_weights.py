"""Fitting the weights of content/search/ranking.py on questions whose answers are known (benchmarks/library.py --fit)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from content.search.calibration import JUDGED, Logistic
from content.search.index import Index
from content.search.ranking import FEATURES, features_of, strangers
from content.search.vectors import Matrix, Vector

Question = tuple[str, str, str | None]  # a text, its language, and the slug of its article, if it has one

HOLD = 1.0  # how firmly fitted weights are held towards 0
SET_COUNTS = 200.0  # candidates that each set counts for, however many it has


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The features of questions' best candidates, which of them is right, and as how many each counts."""

    features: Matrix
    right: Vector
    counts: Vector


def judged(index: Index, questions: Sequence[Question]) -> Judged:
    """Every question of a set once, which counts the same as every other set."""
    known, available = strangers(index), np.ones(len(index.slugs), dtype=bool)
    asked = []
    for text, language, slug in questions:
        best, found = features_of(index.evidence(index.question(text, language)), available, known)
        row = index.row_of[slug] if slug else None
        asked.append((found[:JUDGED], best[:JUDGED] == row))
    features = np.concatenate([each for each, _ in asked])
    return Judged(
        features=features,
        right=np.concatenate([right for _, right in asked]).astype(np.float32),
        counts=np.full(len(features), SET_COUNTS / len(features), dtype=np.float32),
    )


def logistic(samples: Sequence[Judged]) -> Logistic:
    """Weights for these features alone."""
    features, right, counts = (
        np.concatenate([getattr(each, name) for each in samples]) for name in ("features", "right", "counts")
    )
    flat = Logistic(
        means=features.mean(axis=0),
        scales=features.std(axis=0) + np.float32(1e-6),
        weights=np.zeros(len(FEATURES) + 1, dtype=np.float32),
    )
    return flat.fitted(features, right, HOLD, counts)
