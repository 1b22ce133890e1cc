"""Vectors of meaning: their arithmetic, and the small file they are kept in."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Matrix = NDArray[np.float32]
Rounded = NDArray[np.int8]

DIMENSIONS = 384


def unit(vectors: Matrix) -> Matrix:
    """Vectors made as long as 1, along the last axis; zeros stay zeros."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def rounded(vectors: Matrix) -> Rounded:
    """Vectors as whole numbers from -127 to 127, each scaled by its largest part."""
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
    return np.asarray(np.round(vectors * (127 / largest)), dtype=np.int8)


def restored(rows: Sequence[Rounded]) -> Matrix:
    """Rounded vectors as vectors of length one."""
    return unit(np.array(rows, dtype=np.float32).reshape(len(rows), DIMENSIONS))


def read_vectors(file: Path) -> dict[bytes, Rounded]:
    """Rounded vectors by key; none when the file is missing or spoiled: they can be computed again."""
    try:
        with file.open("rb") as raw, np.load(raw) as data:
            keys, vectors = data["keys"], data["vectors"]
    except (OSError, ValueError, KeyError, EOFError, TypeError, BadZipFile):
        return {}
    return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}


def write_vectors(file: Path, vectors: Mapping[bytes, Rounded]) -> None:
    """Write vectors so that a reader sees either the old file or the whole new one."""
    keys = sorted(vectors)
    rows = np.array([vectors[key] for key in keys], dtype=np.int8).reshape(-1, DIMENSIONS)
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    with partial.open("wb") as out:
        np.savez(out, keys=np.frombuffer(b"".join(keys), dtype="V8"), vectors=rows)
    partial.replace(file)
