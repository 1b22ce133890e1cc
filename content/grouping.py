"""Put questions with their like, within one language.

Compared by character n-grams, the rarer the heavier. On public question sets (benchmarks/grouping.py: three sets in
four languages, twenty subjects at a time) .87 of what stands in a group belongs there, and .62 of what belongs together
stands together. The sentence model does no better: .86 and .63, and with both added up .86 and .65. So it is not asked,
and nobody's words become vectors.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from content.search.bm25 import grams
from content.search.vectors import Matrix, unit

ALIKE = 0.14
"""Mean cosine of a question with the questions of a group, from which on it belongs to it."""


def places(texts: Sequence[str], groups: Sequence[Sequence[str]] = ()) -> list[int]:
    """For each new text the number of its group: one of `groups`, or a new one, numbered on from there."""
    held = [text for group in groups for text in group]
    return grouped(likeness([*held, *texts]), [len(group) for group in groups])


def grouped(cosines: Matrix, sizes: Sequence[int], alike: float = ALIKE) -> list[int]:
    """The same, from the cosine of each text with each; the groups' own texts, `sizes` of each, come first."""
    starts = np.cumsum([0, *sizes])
    counts = [float(size) for size in sizes]
    # Of each group: how alike its texts, taken together, are to each text.
    totals = [cosines[first:end].sum(axis=0) for first, end in pairwise(starts)]
    found: list[int] = []
    for row in range(int(starts[-1]), len(cosines)):
        means = [total[row] / max(count, 1.0) for total, count in zip(totals, counts, strict=True)]
        nearest = int(np.argmax(means)) if means else 0
        if not means or means[nearest] < alike:
            nearest = len(totals)
            totals.append(np.zeros(len(cosines), dtype=np.float32))
            counts.append(0.0)
        totals[nearest] = totals[nearest] + cosines[row]
        counts[nearest] += 1
        found.append(nearest)
    return found


def likeness(texts: Sequence[str]) -> Matrix:
    """The cosine of each text with each: (texts, texts)."""
    each = [np.unique(grams(text)) for text in texts]
    if not each:
        return np.zeros((0, 0), dtype=np.float32)
    every, columns = np.unique(np.concatenate(each), return_inverse=True)
    rows = np.repeat(np.arange(len(each)), [len(held) for held in each])
    weights = np.zeros((len(each), len(every)), dtype=np.float32)
    weights[rows, columns] = 1.0
    weights *= np.log1p(len(each) / weights.sum(axis=0))
    vectors = unit(weights)
    return np.asarray(vectors @ vectors.T)
