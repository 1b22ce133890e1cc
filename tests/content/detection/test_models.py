"""How the table finds what it knows."""

import numpy as np

from content.detection.families import LABELS
from content.detection.models import SLOT_BITS, Model, Table

KNOWN = np.array([0x00000000, 0x12345678, 0xFFFFFFFF], dtype=np.uint32)
WEIGHTS = np.zeros((4, len(LABELS)), dtype=np.int8)
WEIGHTS[1:, 0] = 1, 2, 4


def a_table() -> Table:
    return Table(KNOWN, WEIGHTS, step=0.5)


def test_a_key_is_found_and_its_neighbours_in_the_same_slot_are_not() -> None:
    other = KNOWN ^ np.uint32(1)
    assert a_table().rows(KNOWN).tolist() == [1, 2, 3]
    assert a_table().rows(other).tolist() == [0, 0, 0]
    assert np.array_equal(other >> (32 - SLOT_BITS), KNOWN >> (32 - SLOT_BITS))


def test_n_grams_and_words_are_averaged_each_by_themselves_and_what_is_unknown_does_not_count() -> None:
    unknown = np.array([7], dtype=np.uint32)
    scores = a_table().averages(np.append(KNOWN[1:], unknown), KNOWN[:1])
    assert scores[0] == np.float32(0.5 * ((2 + 4) / 2**0.5 + 1))
    assert not scores[1:].any()


def test_letters_that_only_one_language_uses_need_no_table() -> None:
    nothing = Table(np.zeros(0, dtype=np.uint32), WEIGHTS[:1], step=1.0)
    chances = Model(nothing).read("ภาษาไทย")
    assert chances[LABELS.index("th")] == chances.sum() == 1
