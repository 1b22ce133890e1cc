"""The model: what each n-gram and each word says for each language, added up and calibrated.

N-grams recognise words that were never seen; words settle what their letters leave open. The weights began as naive
Bayes and were refined by gradient (`benchmarks/train_detection.py`).
"""

import json
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from content.detection.families import LABELS
from content.detection.ngrams import Keys, keys_by_position, ngram_keys, word_keys
from content.detection.scripts import writable

MODEL = Path(__file__).parent / "model"
TABLE, CALIBRATION = "weights.npz", "calibration.json"

COURSE = 4  # letters: long enough to tell, short enough to be known
LENGTHS = 4  # classes of length, each with its own calibration: 1 word, 2-3, 4-8, more

# A slot holds 20 bits of a row and 10 bits of its key; the other 22 bits of the key say which slot.
SLOT_BITS, ROW_BITS = 22, 20
_CHECK = np.uint32((1 << (32 - SLOT_BITS)) - 1)
_ROW = np.uint32((1 << ROW_BITS) - 1)

Scores = NDArray[np.float32]


class Table:
    """The weights of known n-grams and words, found by key. Reading changes nothing, so threads may share it."""

    def __init__(self, keys: Keys, weights: NDArray[np.int8], step: float) -> None:
        """`keys` has shape (n,), each in a slot of its own; `weights` (n + 1, labels), in units of `step`.

        The first row of weights is nothing, for what is not known; then follows one for each key.
        """
        self.step = step
        self._weights = weights
        self._slots = np.zeros(1 << SLOT_BITS, dtype=np.uint32)
        rows = np.arange(1, len(keys) + 1, dtype=np.uint32)
        self._slots[keys >> (32 - SLOT_BITS)] = (keys & _CHECK) << ROW_BITS | rows

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a file of `gaps` between one key and the next, which are small, `weights` and `step`."""
        with np.load(path) as saved:
            keys = saved["gaps"].cumsum(dtype=np.uint32)
            return cls(keys, saved["weights"], float(saved["step"]))

    def rows(self, keys: Keys) -> NDArray[np.intp]:
        """The row of each key; 0, whose weights are none, when it is not known."""
        found = self._slots.take(keys >> (32 - SLOT_BITS))
        row = found ^ (keys & _CHECK) << ROW_BITS  # too large for a row when the slot is another key's
        return np.where(row <= _ROW, row, 0).astype(np.intp)

    def weights(self, rows: NDArray[np.intp]) -> NDArray[np.int8]:
        """What the keys of these rows say for each label, in units of `step`, shape (rows, labels)."""
        return self._weights.take(rows, axis=0)

    def averages(self, first: Keys, second: Keys) -> Scores:
        """What the known ones of each kind of keys weigh, over the root of their number, added; shape (labels,)."""
        rows = self.rows(np.concatenate([first, second]))
        summed = np.add.reduceat(self.weights(rows), [0, len(first)], axis=0, dtype=np.int32)
        known = np.add.reduceat(rows > 0, [0, len(first)], dtype=np.int32)
        scale = np.float32(self.step) / np.sqrt(np.maximum(known, 1))
        return (scale @ summed).astype(np.float32)


class Model:
    """The table and its calibration. Reading changes nothing, so threads may share it."""

    def __init__(self, table: Table, fitted: str = "") -> None:
        """`fitted` is the calibration as JSON; without it nothing is calibrated."""
        self.table = table
        calibration: dict[str, Any] = (
            json.loads(fitted) if fitted else {"shares": [1.0] * LENGTHS, "bias": {}}
        )
        self._shares = np.array(calibration["shares"], dtype=np.float32)
        self._bias = np.array([calibration["bias"].get(label, 0.0) for label in LABELS], dtype=np.float32)

    @classmethod
    def load(cls, folder: Path = MODEL) -> Self:
        """Read the model files of a folder; a missing one is an error, a missing calibration is none."""
        calibration = folder / CALIBRATION
        return cls(Table.load(folder / TABLE), calibration.read_text() if calibration.exists() else "")

    def read(self, text: str) -> Scores:
        """The chance of each label for a normalised text that is not empty, shape (labels,)."""
        possible = writable(text)
        if np.count_nonzero(possible) == 1:
            return possible.astype(np.float32)
        logits = self._shares[length_class(text)] * self.scores(text) + self._bias
        logits = np.where(possible, logits, -np.inf)
        chances = np.exp(logits - logits.max())
        return np.asarray(chances / chances.sum())

    def scores(self, text: str) -> Scores:
        """What n-grams and words say for each label, as logits that are not calibrated, shape (labels,)."""
        return self.table.averages(ngram_keys(text), word_keys(text))

    def course(self, text: str, cuts: list[int]) -> NDArray[np.int32]:
        """What the n-grams of one length weigh before each of the cuts of a normalised text, and in all of it.

        Shape (cuts + 1, labels), in units of the table's `step`. The difference of two rows is what lies between.
        """
        weights = self.table.weights(self.table.rows(keys_by_position(text, COURSE)))
        return np.add.reduceat(weights, [0, *cuts], axis=0, dtype=np.int32).cumsum(axis=0)


def length_class(text: str) -> int:
    """0 for one word, 1 for two or three, 2 for four to eight, 3 for more."""
    spaces = text.count(" ")
    return 0 if spaces == 0 else 1 if spaces < 3 else 2 if spaces < 8 else 3
