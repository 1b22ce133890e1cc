"""Where each of millions of keys stands in a table."""

import numpy as np
from numpy.typing import NDArray

from content.detection.ngrams import Keys

FEW = 2  # bits: so many keys begin alike that a few halvings tell them apart


class Places:
    """Finds keys that are spread evenly, as hashes are, several hundred at a time. Reading changes nothing.

    A binary search that begins where the first bits of a key say: half of the time of NumPy's over the whole.
    """

    def __init__(self, keys: Keys) -> None:
        """The keys in order, shape (n,), each once."""
        bits = max(len(keys).bit_length() - FEW, 1)
        self._rest = np.uint32(32 - bits)
        beginnings = np.arange(1 << bits, dtype=np.uint32) << self._rest
        self._starts = keys.searchsorted(beginnings).astype(np.int32)
        longest = int(np.diff(self._starts, append=len(keys)).max())
        self._halvings = [1 << step for step in reversed(range(longest.bit_length()))]
        self._keys = keys

    def __len__(self) -> int:
        """How many keys there are."""
        return len(self._keys)

    def of(self, keys: Keys) -> NDArray[np.intp]:
        """The place of each key, from 0; where it is not known, as many as there are known keys."""
        if not len(self):
            return np.zeros(len(keys), dtype=np.intp)
        place = self._starts.take(keys >> self._rest).astype(np.intp)
        for half in self._halvings:
            further = place + half
            place = np.where(self._keys.take(further, mode="clip") <= keys, further, place)
        # Beyond the last key lies nothing; behind a clipped place it stood itself.
        place = np.minimum(place, len(self) - 1)
        return np.where(self._keys.take(place) == keys, place, len(self))
