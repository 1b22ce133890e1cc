"""A message in two languages: where the second begins, if there is one."""

import numpy as np
from numpy.typing import NDArray

from content.detection.families import FAMILY_COLUMN, LABELS, spoken
from content.detection.models import Model, Scores
from content.detection.scripts import writable

_PART = 2  # words that a part has at least
_SURE = 0.95
# What two labels explain better than one, as a sum of n-gram weights: 7 % of the texts in one language gain as much
# by chance, and 95 % of those in two do.
_GAIN = 5.0

# Mistaken for each other, or mixed within a sentence by those who speak one of them.
_PAIRS = (
    "da nb|da sv|nb sv|es pt|ur pnb|ur fa|ur ar|ps fa|ps ar|ckb fa|ckb ar|fa ar|pnb fa|pnb ar|hi ne|ru uk|ru bs|"
    "uk bs|am ti|hi ur|hi en|ur en|tl en|pnb ps|ur ps|rw sw|ln sw|ln fr|wo fr|ber fr|ar fr"
)
_BLURRED = frozenset(frozenset(pair.split()) for pair in _PAIRS.split("|"))


def two_parts(text: str, model: Model) -> tuple[Scores, Scores] | None:
    """The chances of each label in a normalised text's first and second part when their languages differ for certain."""
    spaces = [position for position, letter in enumerate(text) if letter == " "]
    cuts = spaces[_PART - 1 : len(spaces) - _PART + 1]
    if not cuts or np.count_nonzero(writable(text)) == 1:
        return None
    at = _border(cuts, model.course(text, cuts), _GAIN / model.step)
    if at is None:
        return None
    first, second = model.read(text[:at]), model.read(text[at + 1 :])
    if not (_certain(first) and _certain(second)):
        return None
    pair = frozenset(spoken(LABELS[FAMILY_COLUMN[chances.argmax()]]) for chances in (first, second))
    return (first, second) if len(pair) == 2 and pair not in _BLURRED else None


def _border(cuts: list[int], course: NDArray[np.int32], least_gain: float) -> int | None:
    """Of the places to cut, the one that lets the best label of each part say most, if they gain by it."""
    before, everything = course[:-1], course[-1]
    said = before.max(axis=1) + (everything - before).max(axis=1)
    at = int(said.argmax())
    return cuts[at] if said[at] - everything.max() >= least_gain else None


def _certain(chances: Scores) -> bool:
    return bool(chances[FAMILY_COLUMN[chances.argmax()] == FAMILY_COLUMN].sum() >= _SURE)
