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
# Rohingya is recognised so that it is not taken for a language of the service; nobody is answered in it. English is written
# by people of every language, and its titles and names stand in texts of all others, which speak against it.
WEIGHTS = {"rhg": 0.2, "en": 4.0}
# How strongly a bias is drawn to nothing, and that of one length to the one for all; chosen by fitting on one fifth of
# the unseen texts and judging on another.
BIAS_STRENGTH, LENGTH_STRENGTH = 1e-3, 3e-4


def fit(tune: Sequence[Example], model: Model, out: Path) -> None:
    """Minimise the cross-entropy, giving every language the same weight, and write the calibration.

    A bias depends on the length too: Arabic in Latin letters is likelier in a sentence than as a single word.
    """
    scores = np.array([model.scores(example.text) for example in tune], dtype=np.float64)
    possible = np.array([writable(example.text) for example in tune])
    classes = np.array([length_class(example.text) for example in tune])
    right = np.array([_right(example) for example in tune])
    counts = Counter(example.label for example in tune)
    weights = np.array([WEIGHTS.get(example.label, 1.0) / counts[example.label] for example in tune])
    weights /= weights.sum()
    of_length = np.eye(LENGTHS)[classes]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        share, bias, own = _parts(flat)
        logits = np.where(possible, share[classes, None] * scores + bias + own[classes], -np.inf)
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        of_right = np.maximum((chances * right).sum(axis=1), 1e-12)
        slope = weights[:, None] * (chances - chances * right / of_right[:, None])
        gradient = np.concatenate(
            [
                of_length.T @ (slope * scores).sum(axis=1),
                slope.sum(axis=0) + 2 * BIAS_STRENGTH * bias,
                (of_length.T @ slope + 2 * LENGTH_STRENGTH * own).ravel(),
            ]
        )
        drawn = BIAS_STRENGTH * (bias**2).sum() + LENGTH_STRENGTH * (own**2).sum()
        return float(drawn - (weights * np.log(of_right)).sum()), gradient

    start = np.concatenate([np.ones(LENGTHS), np.zeros((1 + LENGTHS) * len(LABELS))])
    share, bias, own = _parts(minimize(loss, start, jac=True, method="L-BFGS-B").x)
    fitted = {
        "shares": np.round(share, 4).tolist(),
        "bias": dict(zip(LABELS, np.round(bias + own, 4).T.tolist(), strict=True)),
    }
    (out / CALIBRATION).write_text(json.dumps(fitted) + "\n")


def _parts(flat: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """The share of each length, the bias of each label, and what is added to it at each length."""
    share, bias, own = np.split(flat, [LENGTHS, LENGTHS + len(LABELS)])
    return share, bias, own.reshape(LENGTHS, len(LABELS))


def _right(example: Example) -> list[bool]:
    accepted = {_COLLECTIVE.get(family(example.label), family(example.label)), *example.also}
    return [_COLLECTIVE.get(family(label), family(label)) in accepted for label in LABELS]
