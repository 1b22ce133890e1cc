"""Character n-grams as hashed rows of one table, computed for a whole text at once."""

import numpy as np
from numpy.typing import NDArray

LONGEST = 5
BITS = 18  # of the hash, so of the number of rows

_FACTOR = np.uint64(1_000_003)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: Knuth's multiplicative hash
_SHIFT = np.uint64(64 - BITS)


def rows(text: str) -> NDArray[np.int64]:
    """The rows of all n-grams of a normalised text, one to five characters long, shape (n,).

    A space stands before and after the text, so that short words are n-grams themselves.
    """
    return _hashed(np.concatenate(_rolled(text)))


def rows_by_position(text: str, length: int) -> NDArray[np.int64]:
    """The rows of the n-grams of one length, in the order of the text."""
    return _hashed(_rolled(text)[length - 1])


def _rolled(text: str) -> list[NDArray[np.uint64]]:
    codes = np.frombuffer(f" {text} ".encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    rolled = [codes]
    for n in range(1, min(LONGEST, len(codes))):
        rolled.append(rolled[-1][:-1] * _FACTOR + codes[n:])
    return rolled


def _hashed(ngrams: NDArray[np.uint64]) -> NDArray[np.int64]:
    return (ngrams * _GOLDEN >> _SHIFT).view(np.int64)
