"""The model: what each n-gram and each word says for each language, added up and calibrated.

N-grams recognise words that were never seen; words settle what their letters leave open. The weights began as naive
Bayes and were refined by gradient (`benchmarks/train_detection.py`).
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from content.detection.families import LABELS
from content.detection.ngrams import Keys, keys_by_position, ngram_keys, word_keys
from content.detection.places import Places
from content.detection.scripts import GROUPS, WRITTEN_IN_GROUP, groups, writable

MODEL = Path(__file__).parent / "model"
TABLES, CALIBRATION = "weights.npz", "calibration.json"

COURSE = 4  # letters: long enough to tell, short enough to be known
LENGTHS = 4  # classes of length, each with its own calibration: 1 word, 2-3, 4-8, more
MORE = 2  # the first class of more than three words

MIDDLE = 8  # of half a byte: what stands for a weight of nothing

Scores = NDArray[np.float32]
Sums = NDArray[np.int32]
Rows = NDArray[np.intp]
Packed = NDArray[np.uint8]

_BYTES = np.arange(256, dtype=np.uint8)
_HALVES = np.stack([_BYTES >> 4, _BYTES & 15], axis=1).astype(np.int8) - np.int8(MIDDLE)


def packed(weights: NDArray[np.int8]) -> Packed:
    """Whole weights from -7 to 7, shape (n, columns), two in a byte."""
    halves = (weights + MIDDLE).astype(np.uint8)
    if halves.shape[1] % 2:
        halves = np.pad(halves, ((0, 0), (0, 1)), constant_values=MIDDLE)
    return np.ascontiguousarray(halves[:, ::2] << 4 | halves[:, 1::2])


class Table:
    """What n-grams and words in some scripts say, found by key. Reading changes nothing, so threads may share it."""

    def __init__(self, keys: Keys, weights: Packed, written: NDArray[np.bool_]) -> None:
        """`keys` has shape (n,), in order; `weights` has a row for each, as `packed`, and a last one of nothing.

        A row is of the labels `written` in these scripts, and then of all that are written otherwise.
        """
        self._places = Places(keys)
        self._weights = weights
        self._columns = np.where(written, written.cumsum() - 1, np.count_nonzero(written))
        self.unknown = len(keys)

    def rows(self, keys: Keys) -> Rows:
        """The row of each key; `unknown`, whose weights are none, when it is not known."""
        return self._places.of(keys)

    def added(self, rows: Rows, starts: list[int]) -> Sums:
        """What the rows from each start to the next say for each label, added, shape (starts, labels)."""
        weights = _HALVES.take(self._weights.take(rows, axis=0), axis=0).reshape(len(rows), -1)
        said = np.add.reduceat(weights, starts, axis=0, dtype=np.int32)
        return said.take(self._columns, axis=1)


class Model:
    """The tables and their calibration. Reading changes nothing, so threads may share it."""

    def __init__(self, tables: Mapping[str, Table], step: float, fitted: str = "") -> None:
        """One table for each group of scripts, their weights in units of `step`.

        `fitted` is the calibration as JSON; without it nothing is calibrated.
        """
        self.step = step
        self._tables = tables
        calibration: dict[str, Any] = (
            json.loads(fitted) if fitted else {"shares": [1.0] * LENGTHS, "bias": {}}
        )
        self._shares = np.array(calibration["shares"], dtype=np.float32)
        bias = [calibration["bias"].get(label, [0.0] * LENGTHS) for label in LABELS]
        self._bias = np.array(bias, dtype=np.float32).T.copy()

    @classmethod
    def load(cls, folder: Path = MODEL) -> Self:
        """Read the model files of a folder; a missing one is an error, a missing calibration is none.

        For each group the tables' file holds `gaps` between one key and the next, which are small, and `weights`.
        """
        with np.load(folder / TABLES) as saved:
            step = float(saved["step"])
            # The largest first: what its reading leaves free is enough for the others.
            weights = {group: saved[f"{group}.weights"] for group in reversed(GROUPS)}
            tables = {
                group: Table(_summed(saved[f"{group}.gaps"]), of_group, WRITTEN_IN_GROUP[group])
                for group, of_group in weights.items()
            }
        calibration = folder / CALIBRATION
        return cls(tables, step, calibration.read_text() if calibration.exists() else "")

    def read(self, text: str) -> Scores:
        """The chance of each label for a normalised text that is not empty, shape (labels,)."""
        possible = writable(text)
        if np.count_nonzero(possible) == 1:
            return possible.astype(np.float32)
        length = length_class(text)
        logits = self._shares[length] * self.scores(text) + self._bias[length]
        logits = np.where(possible, logits, -np.inf)
        chances = np.exp(logits - logits.max())
        return np.asarray(chances / chances.sum())

    def scores(self, text: str) -> Scores:
        """What n-grams and words say for each label, as logits that are not calibrated, shape (labels,).

        The known ones of each kind are added, over the root of their number.
        """
        ngrams = ngram_keys(text)
        said, known = self._added(text, np.concatenate([ngrams, word_keys(text)]), [0, len(ngrams)])
        counts = [np.count_nonzero(known[: len(ngrams)]), np.count_nonzero(known[len(ngrams) :])]
        scale = np.float32(self.step) / np.sqrt(np.maximum(counts, 1))
        return (scale @ said).astype(np.float32)

    def course(self, text: str, cuts: list[int]) -> Sums:
        """What the n-grams of one length weigh before each of the cuts of a normalised text, and in all of it.

        Shape (cuts + 1, labels), in units of `step`. The difference of two rows is what lies between.
        """
        said, _ = self._added(text, keys_by_position(text, COURSE), [0, *cuts])
        return said.cumsum(axis=0)

    def _added(self, text: str, keys: Keys, starts: list[int]) -> tuple[Sums, NDArray[np.bool_]]:
        """What the keys from each start to the next say, and which are known; a key counts in one table only."""
        first, *others = (self._tables[group] for group in groups(text))
        rows = first.rows(keys)
        said, known = first.added(rows, starts), rows != first.unknown
        for table in others:
            rows = np.where(known, table.unknown, table.rows(keys))
            said, known = said + table.added(rows, starts), known | (rows != table.unknown)
        return said, known


def _summed(gaps: Keys) -> Keys:
    """Where each gap ends, in the memory of the gaps."""
    return gaps.cumsum(out=gaps)


def length_class(text: str) -> int:
    """0 for one word, 1 for two or three, 2 for four to eight, 3 for more."""
    spaces = text.count(" ")
    return 0 if spaces == 0 else 1 if spaces < 3 else 2 if spaces < 8 else 3
