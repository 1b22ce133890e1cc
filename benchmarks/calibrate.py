"""How much each model's word counts, and how sure their sum may be: fitted on texts that neither has seen."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.training_texts import Example
from content.detection.families import LABELS, family
from content.detection.models import CALIBRATION, LENGTHS, Models, length_class

_COLLECTIVE = {"nb": "no", "bs": "hbs"}  # what the data call these families in `also`
BIAS_STRENGTH = 1e-3


def fit(tune: Sequence[Example], models: Models, out: Path) -> None:
    """Minimise the cross-entropy, giving every language the same weight, and write the calibration."""
    first, second = (np.array(scores) for scores in zip(*(models.scores(e.text) for e in tune), strict=True))
    classes = np.array([length_class(example.text) for example in tune])
    right = np.array([_right(example) for example in tune])
    counts = {label: sum(example.label == label for example in tune) for label in LABELS}
    weights = np.array([1 / counts[example.label] for example in tune])
    weights /= weights.sum()

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        share, bias = flat[: 2 * LENGTHS].reshape(LENGTHS, 2), flat[2 * LENGTHS :]
        logits = share[classes, :1] * first + share[classes, 1:] * second + bias
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        of_right = np.maximum((chances * right).sum(axis=1), 1e-12)
        slope = weights[:, None] * (chances - chances * right / of_right[:, None])
        by_share = np.zeros((LENGTHS, 2))
        np.add.at(by_share, classes, np.stack([(slope * first).sum(1), (slope * second).sum(1)], axis=1))
        gradient = np.concatenate([by_share.ravel(), slope.sum(axis=0) + 2 * BIAS_STRENGTH * bias])
        return float(-(weights * np.log(of_right)).sum() + BIAS_STRENGTH * (bias**2).sum()), gradient

    start = np.concatenate([np.full(2 * LENGTHS, 0.5), np.zeros(len(LABELS))])
    found = minimize(loss, start, jac=True, method="L-BFGS-B")
    share, bias = found.x[: 2 * LENGTHS].reshape(LENGTHS, 2), found.x[2 * LENGTHS :]
    fitted = {
        "shares": np.round(share, 4).tolist(),
        "bias": dict(zip(LABELS, np.round(bias, 4).tolist(), strict=True)),
    }
    (out / CALIBRATION).write_text(json.dumps(fitted, indent=1) + "\n")


def _right(example: Example) -> list[bool]:
    accepted = {_COLLECTIVE.get(family(example.label), family(example.label)), *example.also}
    return [_COLLECTIVE.get(family(label), family(label)) in accepted for label in LABELS]
