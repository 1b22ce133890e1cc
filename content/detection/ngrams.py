"""What the model knows a text by: its character n-grams and its whole words, as 32-bit keys."""

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

LONGEST = 5

_FACTOR = np.uint64(1_000_003)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: Knuth's multiplicative hash
_HALF = np.uint64(32)

Keys = NDArray[np.uint32]


def ngram_keys(text: str) -> Keys:
    """The keys of all n-grams of a normalised text, one to five characters long, shape (n,).

    A space stands before and after the text, so that short words are n-grams themselves.
    """
    return _hashed(np.concatenate(_rolled(text, LONGEST)))


def keys_by_position(text: str, length: int) -> Keys:
    """The keys of the n-grams of one length, in the order of a normalised text that is longer."""
    return _hashed(_rolled(text, length)[-1])


def word_keys(text: str) -> Keys:
    """The keys of the words of a normalised text, shape (words,)."""
    return _hashed(np.array([crc32(word.encode()) for word in text.split(" ")], dtype=np.uint64))


def _rolled(text: str, longest: int) -> list[NDArray[np.uint64]]:
    codes = np.frombuffer(f" {text} ".encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    rolled = [codes]
    for n in range(1, min(longest, len(codes))):
        rolled.append(rolled[-1][:-1] * _FACTOR + codes[n:])
    return rolled


def _hashed(numbers: NDArray[np.uint64]) -> Keys:
    return (numbers * _GOLDEN >> _HALF).astype(np.uint32)
