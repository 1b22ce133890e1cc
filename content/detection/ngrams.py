"""Character n-grams as hashed rows of one table, computed for a whole text at once."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

# The length of an n-gram and how many bits its hash has. Words are separated by spaces, so that the short
# ones are n-grams themselves.
BITS: Mapping[int, int] = MappingProxyType({1: 12, 2: 14, 3: 16, 4: 16, 5: 16})
START = MappingProxyType({n: sum(1 << BITS[shorter] for shorter in BITS if shorter < n) for n in BITS})
ROWS = sum(1 << bits for bits in BITS.values())

_FACTOR = np.uint64(1_000_003)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: Knuth's multiplicative hash
_SHIFT = {n: np.uint64(64 - bits) for n, bits in BITS.items()}
_START = {n: np.uint64(start) for n, start in START.items()}


def rows(text: str) -> NDArray[np.int64]:
    """The rows of all n-grams of a normalised text, shape (n,); an end of the text counts as a space."""
    codes = np.frombuffer(f" {text} ".encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    found = []
    rolling = np.zeros(len(codes), dtype=np.uint64)
    for n in BITS:
        if n > len(codes):
            break
        rolling = rolling[: len(codes) - n + 1] * _FACTOR + codes[n - 1 :]
        found.append((rolling * _GOLDEN >> _SHIFT[n]) + _START[n])
    return np.concatenate(found).astype(np.int64)
