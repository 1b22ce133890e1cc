"""BM25 on character n-grams: the search that needs no model and forgives spelling."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from content.search.text import bare, fold
from content.search.vectors import Vector

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]

K1 = 1.2
B = 0.75
SIZES = (3, 4, 5)  # characters of an n-gram; they run across words, with a space at both ends of a text
_MIXER = np.uint64(0x9E3779B97F4A7C15)


class CharacterIndex:
    """Scores a question against documents, each the joined phrasings and bodies of one article."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self._size = len(documents)
        each = [np.concatenate([_NO_GRAMS, *map(grams, texts)]) for texts in documents]
        lengths = np.array([len(held) for held in each], dtype=np.float32)
        # One row for each different n-gram of each document, sorted by n-gram: postings one after another.
        held = np.concatenate([_NO_GRAMS, *each])
        where = np.repeat(np.arange(self._size, dtype=np.int32), lengths.astype(int))
        order = np.lexsort((where, held))
        held, where = held[order], where[order]
        first = _changes(held, where)
        times = np.diff(np.append(first, len(held))).astype(np.float32)
        held, self._documents = held[first], where[first]
        starts = _changes(held)
        self._grams: Hashes = held[starts]
        self._starts = np.append(starts, len(held))
        frequency = np.diff(self._starts)
        self._idf = _idf(self._size, frequency)
        norms = K1 * (1 - B + B * lengths / max(float(lengths.mean()), 1.0)) if self._size else lengths
        weights = (K1 + 1) * times / (times + norms[self._documents]) * np.repeat(self._idf, frequency)
        self._weights = weights.astype(np.float32)

    def scores(self, text: str) -> Vector:
        """How much of the question each document holds: (documents,), 0 to about 2.

        The sum of BM25 weights, divided by the question's summed idf, so that long and short questions
        compare.
        """
        asked = np.unique(grams(text))
        if not len(asked) or not len(self._grams):
            return np.zeros(self._size, dtype=np.float32)
        places = np.minimum(np.searchsorted(self._grams, asked), len(self._grams) - 1)
        known = places[self._grams[places] == asked]
        total = float(self._idf[known].sum()) + float(_idf(self._size, 0)) * (len(asked) - len(known))
        rows = _ranges(self._starts[known], self._starts[known + 1])
        sums = np.bincount(self._documents[rows], self._weights[rows], self._size)
        return (sums / total).astype(np.float32)


_NO_GRAMS: Hashes = np.empty(0, dtype=np.uint64)


def grams(text: str) -> Hashes:
    """Every n-gram of the folded text without accents, each as a number of 64 bits."""
    letters = np.frombuffer(f" {bare(fold(text))} ".encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    found = []
    for size in SIZES:
        count = len(letters) - size + 1
        if count > 0:
            number = np.full(count, size, dtype=np.uint64)
            for place in range(size):
                number = (number ^ letters[place : place + count]) * _MIXER  # wraps, as a hash may
                number ^= number >> np.uint64(29)
            found.append(number)
    return np.concatenate([_NO_GRAMS, *found])


def _idf(size: int, frequency: Places | int) -> Vector:
    return np.log1p((size - frequency + 0.5) / (np.asarray(frequency) + 0.5)).astype(np.float32)


def _changes(*columns: NDArray[np.generic]) -> Places:
    """The places where a row differs from the one before, the first included."""
    if not len(columns[0]):
        return np.empty(0, dtype=np.int64)
    differs = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return np.flatnonzero(np.append(True, differs))


def _ranges(starts: Places, ends: Places) -> Places:
    """All whole numbers from each start up to its end, one range after another."""
    lengths = ends - starts
    shifts = np.repeat(starts - np.append(0, np.cumsum(lengths)[:-1]), lengths)
    return np.asarray(np.arange(len(shifts)) + shifts)
