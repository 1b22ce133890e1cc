"""Two models that read the same text differently, and their calibrated sum.

One is fastText: words and n-grams as short vectors, averaged. The other is a table of n-gram weights, added up:
naive Bayes refined by gradient. They err on different texts; where they agree they are nearly always right.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import fasttext
import numpy as np
from numpy.typing import NDArray

from content.detection.families import INDEX, LABELS
from content.detection.ngrams import rows, rows_by_position

MODEL = Path(__file__).parent / "model"
FASTTEXT, TABLE, CALIBRATION = "fasttext.ftz", "ngrams.npz", "calibration.json"

COURSE = 4  # letters: long enough to tell, short enough to be known
LENGTHS = 4  # classes of length, each with its own calibration: 1 word, 2-3, 4-8, more
_LEAST = 1e-4  # what fastText gives less than this is all the same, and listing it takes half of its time
_COLUMN = {f"__label__{label}": column for label, column in INDEX.items()}

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the models make of a text: the chance of each label, and the label each model puts first."""

    chances: Scores
    firsts: tuple[str, str]


class Models:
    """Both models and the weights of their sum. Reading changes nothing, so threads may share it."""

    def __init__(
        self, fast: fasttext.FastText._FastText, table: NDArray[np.int8], step: float, fitted: str
    ) -> None:
        self._fast = fast
        self._table = table
        self.step = step
        calibration: dict[str, Any] = (
            json.loads(fitted) if fitted else {"shares": [[0.5, 0.5]] * LENGTHS, "bias": {}}
        )
        self._shares = np.array(calibration["shares"], dtype=np.float32)
        self._bias = np.array([calibration["bias"].get(label, 0.0) for label in LABELS], dtype=np.float32)

    @classmethod
    def load(cls, folder: Path = MODEL) -> Self:
        """Read the model files of a folder; a missing one is an error, a missing calibration is even weights."""
        fast = fasttext.load_model(str(folder / FASTTEXT))
        with np.load(folder / TABLE) as saved:
            table, step = saved["table"], float(saved["step"])
        calibration = folder / CALIBRATION
        return cls(fast, table, step, calibration.read_text() if calibration.exists() else "")

    def read(self, text: str) -> Reading:
        """The chances of all labels for a normalised text that is not empty."""
        first, second = self.scores(text)
        share = self._shares[length_class(text)]
        logits = share[0] * first + share[1] * second + self._bias
        chances = np.exp(logits - logits.max())
        chances /= chances.sum()
        return Reading(chances=chances, firsts=(LABELS[first.argmax()], LABELS[second.argmax()]))

    def scores(self, text: str) -> tuple[Scores, Scores]:
        """The log-probabilities of each model, shape (labels,); not calibrated."""
        first = np.full(len(LABELS), _LEAST, dtype=np.float32)
        for probability, label in self._fast.f.predict(text + "\n", -1, _LEAST, "strict"):
            first[_COLUMN[label]] = probability
        ngrams = rows(text)
        weights = self._table.take(ngrams, axis=0).sum(axis=0, dtype=np.int32)
        second = weights * np.float32(self.step / len(ngrams) ** 0.5)
        second -= second.max()
        return np.log(first), second - np.log(np.exp(second).sum())

    def course(self, text: str) -> NDArray[np.int32]:
        """What the n-grams of one length weigh up to each position of a normalised text that is longer.

        Shape (positions, labels), in units of `step`. The difference of two rows is what the letters between say.
        """
        return self._table.take(rows_by_position(text, COURSE), axis=0).cumsum(axis=0, dtype=np.int32)


def length_class(text: str) -> int:
    """0 for one word, 1 for two or three, 2 for four to eight, 3 for more."""
    spaces = text.count(" ")
    return 0 if spaces == 0 else 1 if spaces < 3 else 2 if spaces < 8 else 3
