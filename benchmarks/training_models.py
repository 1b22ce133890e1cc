"""How the table of the recogniser learns. How it is used is in `content/detection/models.py`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from zipfile import ZIP_LZMA, ZipFile

import numba
import numpy as np
from numpy.typing import NDArray

from benchmarks.training_texts import Example
from content.detection.families import INDEX, LABELS
from content.detection.models import MIDDLE, TABLES, packed
from content.detection.ngrams import Keys, ngram_keys, word_keys
from content.detection.scripts import GROUPS, WRITTEN_IN_GROUP, groups, writable

SMOOTHING = 0.05  # added to every count of the naive Bayes that the table starts from
SHARE = 0.5  # of the naive Bayes log-probabilities at the start
EPOCHS, RATE, DROPPED = 3, 0.1, 0.5
FEWEST = 3  # times that an n-gram occurs; a word that occurs once is kept, lists of words have each once
STEP = 0.7  # of a weight as it is written, of which there are seven up and down
LEAST = 0.6  # steps that a weight has at least, or nothing is written
LEAST_SAID = 4  # steps of all weights of a row together, or it is left out

Rows = NDArray[np.int32]
Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The keys of all texts one after the other, and where those of each text end, from 0."""

    keys: Keys
    ends: NDArray[np.int64]

    @classmethod
    def by(cls, keys_of: Callable[[str], Keys], data: Sequence[Example]) -> Self:
        """All keys of one kind."""
        found = [keys_of(example.text) for example in data]
        return cls(keys=np.concatenate(found), ends=np.cumsum([0, *map(len, found)]))

    def frequent(self, fewest: int) -> Keys:
        """The keys that occur so often, in order."""
        keys, counts = np.unique(self.keys, return_counts=True)
        return keys[counts >= fewest]

    def rows(self, known: Keys) -> Rows:
        """Each key's place among the known ones, from 1; 0 if it is not known."""
        at = np.minimum(np.searchsorted(known, self.keys), len(known) - 1)
        return np.where(known[at] == self.keys, at + 1, 0).astype(np.int32)


def train_table(data: Sequence[Example], out: Path) -> None:
    """Weights of n-grams and words: naive Bayes, refined by gradient while half of them are hidden, and written."""
    ngrams, words = Found.by(ngram_keys, data), Found.by(word_keys, data)
    known = np.union1d(ngrams.frequent(FEWEST), words.frequent(1))
    ngram_rows, word_rows = ngrams.rows(known), words.rows(known)
    labels = np.array([INDEX[example.label] for example in data])
    table = _naive_bayes(ngram_rows, np.repeat(labels, np.diff(ngrams.ends)), len(known) + 1)
    table += _naive_bayes(word_rows, np.repeat(labels, np.diff(words.ends)), len(known) + 1)
    masks, mask_of = _masks(data)
    bias, squares = np.zeros(len(LABELS), np.float32), np.full_like(table, 1e-2)
    order = np.random.default_rng(1)
    _seed(1)
    for epoch in range(EPOCHS):
        rate = np.float32(RATE * (1 - epoch / EPOCHS))
        _learn(ngram_rows, ngrams.ends, word_rows, words.ends, labels, order.permutation(len(data)), table, squares,
               bias, rate, masks, mask_of)  # fmt: skip
    seen = _seen(data, ngram_rows, ngrams.ends, len(table)) | _seen(data, word_rows, words.ends, len(table))
    _write(known, table[1:], seen[:, 1:], out / TABLES)


def _seen(data: Sequence[Example], rows: Rows, ends: NDArray[np.int64], size: int) -> NDArray[np.bool_]:
    """Whether each row occurs in texts in each group of scripts, shape (groups, size).

    Texts whose letters leave one language only are never looked up.
    """
    seen = np.zeros((len(GROUPS), size), dtype=np.bool_)
    undecided = np.array([np.count_nonzero(writable(example.text)) > 1 for example in data])
    lengths = np.diff(ends)
    for of_group, group in zip(seen, GROUPS, strict=True):
        inside = undecided & np.array([group in groups(example.text) for example in data])
        of_group[rows[np.repeat(inside, lengths)]] = True
    return seen


def _naive_bayes(rows: Rows, labels: NDArray[np.int64], size: int) -> Weights:
    table = np.zeros((size, len(LABELS)), dtype=np.float32)
    for column in range(len(LABELS)):
        table[:, column] = np.bincount(rows[labels == column], minlength=size)
    table[0] = 0
    seen = table.any(axis=1)
    table = np.log((table + SMOOTHING) / (table.sum(axis=0) + SMOOTHING * np.count_nonzero(seen)))
    table -= table.mean(axis=1, keepdims=True)
    table[~seen] = 0
    return np.asarray(SHARE * table, dtype=np.float32)


def _masks(data: Sequence[Example]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which labels are in question for each text, by its letters: every distinct mask, and which of them."""
    everything = np.ones(len(LABELS), dtype=np.bool_)
    masks = [writable(example.text) for example in data]
    masks = [
        mask if mask[INDEX[example.label]] else everything for mask, example in zip(masks, data, strict=True)
    ]
    number = {mask.tobytes(): 0 for mask in masks}
    number = {mask: row for row, mask in enumerate(number)}
    distinct = np.array([np.frombuffer(mask, dtype=np.bool_) for mask in number])
    return distinct, np.array([number[mask.tobytes()] for mask in masks])


@numba.njit
def _seed(seed: int) -> None:
    np.random.seed(seed)


@numba.njit(fastmath=True)
def _learn(ngrams, ngram_ends, words, word_ends, labels, order, table, squares, bias, rate, masks, mask_of):  # type: ignore[no-untyped-def]
    """One pass of stochastic gradient descent on the cross-entropy, with Adagrad's step sizes."""
    kept = np.zeros(8_000, np.int64)
    for text in order:
        count = _keep(ngrams, ngram_ends[text], ngram_ends[text + 1], kept, 0)
        both = _keep(words, word_ends[text], word_ends[text + 1], kept, count)
        if both == 0:
            continue
        of_ngram, of_word = (
            np.float32(1 / np.sqrt(max(count, 1))),
            np.float32(1 / np.sqrt(max(both - count, 1))),
        )
        error, mask = bias.copy(), masks[mask_of[text]]
        for position in range(both):
            share = of_ngram if position < count else of_word
            for column in range(len(error)):
                error[column] += share * table[kept[position], column]
        error = np.where(mask, np.exp(error - error[mask].max()), np.float32(0))
        error /= error.sum()
        error[labels[text]] -= 1
        for position in range(both):
            row, share = kept[position], of_ngram if position < count else of_word
            for column in range(len(error)):
                if mask[column]:
                    gradient = share * error[column]
                    squares[row, column] += gradient * gradient
                    table[row, column] -= rate * gradient / np.sqrt(squares[row, column])


@numba.njit
def _keep(rows, start, end, kept, count):  # type: ignore[no-untyped-def]
    """Put the known rows that are not hidden this time behind those that are kept; how many there are then."""
    for position in range(start, end):
        if rows[position] > 0 and np.random.random() >= DROPPED:
            kept[count] = rows[position]
            count += 1
    return count


def _write(keys: Keys, table: Weights, seen: NDArray[np.bool_], path: Path) -> None:
    """Write what says something in each group of scripts: the distances of the keys, and two weights in a byte, after them
    a row of nothing for what is not known.

    Compressed as tightly as Python can: half of a file is keys, which are random numbers.
    """
    arrays: dict[str, NDArray[Any]] = {"step": np.array(STEP, dtype=np.float32)}
    for group, of_group in zip(GROUPS, seen, strict=True):
        steps = _in_steps(table[of_group], WRITTEN_IN_GROUP[group])
        telling = np.abs(steps).sum(axis=1, dtype=np.int16) >= LEAST_SAID
        arrays[f"{group}.gaps"] = np.diff(keys[of_group][telling], prepend=np.uint32(0))
        arrays[f"{group}.weights"] = packed(np.vstack([steps[telling], np.zeros_like(steps[:1])]))
    with ZipFile(path, "w", ZIP_LZMA) as file:
        for name, array in arrays.items():
            with file.open(f"{name}.npy", "w") as entry:
                np.lib.format.write_array(entry, array)


def _in_steps(table: Weights, written: NDArray[np.bool_]) -> NDArray[np.int8]:
    """The weights of the labels written so and, last, of all others, in whole steps."""
    own = table[:, written]
    # What all labels have in common says nothing; the middle, not the mean, leaves most of the weights near zero.
    middle = np.median(own, axis=1, keepdims=True)
    elsewhere = table[:, ~written].mean(axis=1, keepdims=True)
    weights = np.hstack([own, elsewhere]) - middle
    steps = np.where(np.abs(weights) < LEAST * STEP, 0, np.round(weights / STEP))
    return np.asarray(steps.clip(1 - MIDDLE, MIDDLE - 1), dtype=np.int8)
