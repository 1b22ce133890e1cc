"""How sure the model may be, by the length of a text and by language: fitted on texts that it has not seen."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.training_texts import Example
from content.detection.families import LABELS, family
from content.detection.models import CALIBRATION, LENGTHS, Model, length_class
from content.detection.scripts import writable

_COLLECTIVE = {"nb": "no", "bs": "hbs"}  # what the data call these families in `also`
BIAS_STRENGTH = 1e-3


def fit(tune: Sequence[Example], model: Model, out: Path) -> None:
    """Minimise the cross-entropy, giving every language the same weight, and write the calibration."""
    scores = np.array([model.scores(example.text) for example in tune], dtype=np.float64)
    possible = np.array([writable(example.text) for example in tune])
    classes = np.array([length_class(example.text) for example in tune])
    right = np.array([_right(example) for example in tune])
    counts = Counter(example.label for example in tune)
    weights = np.array([1 / counts[example.label] for example in tune])
    weights /= weights.sum()

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        share, bias = flat[:LENGTHS], flat[LENGTHS:]
        logits = np.where(possible, share[classes, None] * scores + bias, -np.inf)
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        of_right = np.maximum((chances * right).sum(axis=1), 1e-12)
        slope = weights[:, None] * (chances - chances * right / of_right[:, None])
        by_share = np.bincount(classes, weights=(slope * scores).sum(axis=1), minlength=LENGTHS)
        gradient = np.concatenate([by_share, slope.sum(axis=0) + 2 * BIAS_STRENGTH * bias])
        return float(-(weights * np.log(of_right)).sum() + BIAS_STRENGTH * (bias**2).sum()), gradient

    start = np.concatenate([np.ones(LENGTHS), np.zeros(len(LABELS))])
    found = minimize(loss, start, jac=True, method="L-BFGS-B")
    fitted = {
        "shares": np.round(found.x[:LENGTHS], 4).tolist(),
        "bias": dict(zip(LABELS, np.round(found.x[LENGTHS:], 4).tolist(), strict=True)),
    }
    (out / CALIBRATION).write_text(json.dumps(fitted, indent=1) + "\n")


def _right(example: Example) -> list[bool]:
    accepted = {_COLLECTIVE.get(family(example.label), family(example.label)), *example.also}
    return [_COLLECTIVE.get(family(label), family(label)) in accepted for label in LABELS]
