"""The two models of the recogniser: how they learn. How they are used is in `content/detection/models.py`."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import fasttext
import numba
import numpy as np
from numpy.typing import NDArray

from benchmarks.training_texts import Example
from content.detection.families import INDEX, LABELS
from content.detection.models import FASTTEXT, TABLE
from content.detection.ngrams import BITS, rows

SMOOTHING = 0.05  # added to every count of the naive Bayes that the table starts from
SHARE = 0.5  # of the naive Bayes log-probabilities at the start
EPOCHS, RATE, DROPPED = 3, 0.1, 0.5


def train_fasttext(data: Iterable[Example], out: Path) -> None:
    """Words and character n-grams of one to five letters, averaged as vectors of 32, then quantised."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as lines:
        lines.writelines(f"__label__{example.label} {example.text}\n" for example in data)
        lines.flush()
        model = fasttext.train_supervised(
            lines.name,
            dim=32,
            minn=1,
            maxn=5,
            bucket=250_000,
            epoch=10,
            lr=0.5,
            minCount=3,
            thread=1,
            verbose=0,
        )
        model.quantize(input=lines.name, qnorm=True, cutoff=150_000, retrain=False, dsub=2)
    model.save_model(str(out / FASTTEXT))


def train_table(data: Iterable[Example], out: Path) -> None:
    """Weights of hashed n-grams: naive Bayes, then refined by gradient while half of the n-grams are hidden."""
    data = list(data)
    found = [rows(example.text) for example in data]
    ends = np.zeros(len(found) + 1, dtype=np.int64)
    ends[1:] = np.cumsum([len(of_text) for of_text in found])
    ngrams = np.concatenate(found)
    labels = np.array([INDEX[example.label] for example in data])
    table = SHARE * _naive_bayes(ngrams, np.repeat(labels, np.diff(ends)))
    bias, squares = np.zeros(len(LABELS), np.float32), np.full_like(table, 1e-2)
    order = np.random.default_rng(1)
    _seed(1)
    for epoch in range(EPOCHS):
        rate = np.float32(RATE * (1 - epoch / EPOCHS))
        _learn(ngrams, ends, labels, order.permutation(len(data)), table, squares, bias, rate)
    _write(table, out / TABLE)


def _naive_bayes(ngrams: NDArray[np.int64], labels: NDArray[Any]) -> NDArray[np.float32]:
    table = np.zeros((1 << BITS, len(LABELS)), dtype=np.float32)
    for column in range(len(LABELS)):
        table[:, column] = np.bincount(ngrams[labels == column], minlength=1 << BITS)
    table = np.log((table + SMOOTHING) / (table.sum(axis=0) + SMOOTHING * len(table)))
    centred: NDArray[np.float32] = table - table.mean(axis=1, keepdims=True)
    return centred


@numba.njit
def _seed(seed: int) -> None:
    np.random.seed(seed)


@numba.njit(fastmath=True)
def _learn(ngrams, ends, labels, order, table, squares, bias, rate):  # type: ignore[no-untyped-def]
    """One pass of stochastic gradient descent on the cross-entropy, with Adagrad's step sizes."""
    kept = np.zeros(8_000, np.int64)
    for text in order:
        count = 0
        for position in range(ends[text], ends[text + 1]):
            if np.random.random() >= DROPPED:
                kept[count] = ngrams[position]
                count += 1
        if count == 0:
            continue
        share = np.float32(1 / np.sqrt(count))
        error = bias.copy()
        for position in range(count):
            row = kept[position]
            for column in range(len(error)):
                error[column] += share * table[row, column]
        error = np.exp(error - error.max())
        error /= error.sum()
        error[labels[text]] -= 1
        for position in range(count):
            row = kept[position]
            for column in range(len(error)):
                gradient = share * error[column]
                squares[row, column] += gradient * gradient
                table[row, column] -= rate * gradient / np.sqrt(squares[row, column])


def _write(table: NDArray[np.float32], path: Path) -> None:
    table -= table.mean(axis=1, keepdims=True)
    step = np.float32(np.quantile(np.abs(table), 0.9995) / 44)
    np.savez_compressed(path, table=np.clip(np.round(table / step), -127, 127).astype(np.int8), step=step)
