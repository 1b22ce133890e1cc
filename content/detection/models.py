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
from content.detection.scripts import GROUPS, WRITTEN_IN_GROUP, groups, writable

MODEL = Path(__file__).parent / "model"
TABLES, CALIBRATION = "weights.npz", "calibration.json"

COURSE = 4  # letters: long enough to tell, short enough to be known
LENGTHS = 4  # classes of length, each with its own calibration: 1 word, 2-3, 4-8, more

# Of the slots of each table: a power of two, more than twice as many as there are rows.
SLOT_BITS = {"other": 19, "arabic": 19, "latin": 22}

Scores = NDArray[np.float32]
Sums = NDArray[np.int32]
Rows = NDArray[np.uint32]


class Table:
    """What n-grams and words in some scripts say, found by key. Reading changes nothing, so threads may share it."""

    def __init__(
        self, keys: Keys, weights: NDArray[np.int8], written: NDArray[np.bool_], slot_bits: int
    ) -> None:
        """`keys` has shape (n,), each in a slot of its own; `weights` (n + 1, labels written so + 1).

        The first row of weights is nothing, for what is not known; then follows one for each key. The last column is
        for all labels that are not `written` in these scripts.
        """
        self._weights = weights
        self._columns = np.where(written, written.cumsum() - 1, np.count_nonzero(written))
        self._slot_bits = np.uint32(slot_bits)
        # A slot holds the number of a row, and the bits of its key that do not say which slot.
        self._other_bits = np.uint32(32 - slot_bits)
        self._slots = np.zeros(1 << slot_bits, dtype=np.uint32)
        values = np.arange(1, len(keys) + 1, dtype=np.uint32)
        values |= keys << self._slot_bits
        self._slots[keys >> self._other_bits] = values

    def rows(self, keys: Keys) -> Rows:
        """The row of each key; 0, whose weights are none, when it is not known."""
        found = self._slots.take(keys >> self._other_bits)
        row = found ^ keys << self._slot_bits  # too large for a row when the slot is another key's
        return row * (row < len(self._weights))

    def added(self, rows: Rows, starts: list[int]) -> Sums:
        """What the rows from each start to the next say for each label, added, shape (starts, labels)."""
        said = np.add.reduceat(self._weights.take(rows, axis=0), starts, axis=0, dtype=np.int32)
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
        self._bias = np.array([calibration["bias"].get(label, 0.0) for label in LABELS], dtype=np.float32)

    @classmethod
    def load(cls, folder: Path = MODEL) -> Self:
        """Read the model files of a folder; a missing one is an error, a missing calibration is none.

        For each group the tables' file holds `gaps` between one key and the next, which are small, and `weights`.
        """
        with np.load(folder / TABLES) as saved:
            tables = {
                group: Table(
                    saved[f"{group}.gaps"].cumsum(dtype=np.uint32),
                    saved[f"{group}.weights"],
                    WRITTEN_IN_GROUP[group],
                    SLOT_BITS[group],
                )
                for group in GROUPS  # the largest first: the others fit into what its reading leaves free
            }
            step = float(saved["step"])
        calibration = folder / CALIBRATION
        return cls(tables, step, calibration.read_text() if calibration.exists() else "")

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
        """What n-grams and words say for each label, as logits that are not calibrated, shape (labels,).

        The known ones of each kind are added, over the root of their number.
        """
        ngrams = ngram_keys(text)
        said, known = self._added(text, np.concatenate([ngrams, word_keys(text)]), [0, len(ngrams)])
        scale = np.float32(self.step) / np.sqrt(np.maximum(known, 1))
        return (scale @ said).astype(np.float32)

    def course(self, text: str, cuts: list[int]) -> Sums:
        """What the n-grams of one length weigh before each of the cuts of a normalised text, and in all of it.

        Shape (cuts + 1, labels), in units of `step`. The difference of two rows is what lies between.
        """
        said, _ = self._added(text, keys_by_position(text, COURSE), [0, *cuts])
        return said.cumsum(axis=0)

    def _added(self, text: str, keys: Keys, starts: list[int]) -> tuple[Sums, Sums]:
        """What the keys from each start to the next say, and how many are known; a key counts in one table only."""
        first, *others = (self._tables[group] for group in groups(text))
        rows = first.rows(keys)
        said, known = first.added(rows, starts), rows > 0
        for table in others:
            rows = table.rows(keys) * ~known
            said, known = said + table.added(rows, starts), known | (rows > 0)
        return said, np.add.reduceat(known, starts, dtype=np.int32)


def length_class(text: str) -> int:
    """0 for one word, 1 for two or three, 2 for four to eight, 3 for more."""
    spaces = text.count(" ")
    return 0 if spaces == 0 else 1 if spaces < 3 else 2 if spaces < 8 else 3
