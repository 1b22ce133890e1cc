"""How the tables find what they know."""

import numpy as np
import pytest

from content.detection.families import INDEX, LABELS
from content.detection.models import MODEL, TABLES, Model, Table, packed
from content.detection.ngrams import Keys, ngram_keys, word_keys
from content.detection.scripts import GROUPS, WRITTEN_IN_GROUP

KNOWN = np.array([0x00000000, 0x12345678, 0xFFFFFFFF], dtype=np.uint32)


def a_table(group: str, keys: Keys, weights: list[int], elsewhere: int = 0) -> Table:
    """Each key says its weight for the first label of the group, and something for all that are written otherwise."""
    written = WRITTEN_IN_GROUP[group]
    rows = np.zeros((len(keys) + 1, np.count_nonzero(written) + 1), dtype=np.int8)
    rows[:-1, 0], rows[:-1, -1] = weights, elsewhere
    order = np.argsort(keys)
    return Table(keys[order], packed(rows[[*order, len(keys)]]), written)


def a_model(**tables: Table) -> Model:
    nothing = {group: a_table(group, KNOWN[:0], []) for group in GROUPS}
    return Model(nothing | tables, step=0.5)


def first_of(group: str) -> int:
    return int(WRITTEN_IN_GROUP[group].argmax())


def test_a_key_is_found_and_its_neighbours_are_not() -> None:
    table = a_table("latin", KNOWN, [1, 2, 4])
    assert table.rows(KNOWN).tolist() == [0, 1, 2]
    assert table.rows(KNOWN ^ np.uint32(1)).tolist() == [table.unknown] * 3


@pytest.mark.parametrize("weight", [-7, -1, 0, 7])
def test_a_weight_is_read_as_it_was_packed_and_what_is_unknown_says_nothing(weight: int) -> None:
    table = a_table("latin", KNOWN, [weight, 0, 1])
    first, rows = first_of("latin"), table.rows(np.array([KNOWN[0], 5, KNOWN[2]], dtype=np.uint32))
    assert table.added(rows, [0, 1, 2])[:, first].tolist() == [weight, 0, 1]


@pytest.mark.parametrize("group", GROUPS)
def test_every_key_of_the_model_is_found_where_its_weights_are(group: str) -> None:
    with np.load(MODEL / TABLES) as saved:
        keys, weights = saved[f"{group}.gaps"].cumsum(dtype=np.uint32), saved[f"{group}.weights"]
    table = Table(keys, weights, WRITTEN_IN_GROUP[group])
    assert np.array_equal(table.rows(keys), np.arange(len(weights) - 1))
    assert not table.added(np.array([table.unknown]), [0]).any()


def test_n_grams_and_words_are_averaged_each_by_themselves_and_what_is_unknown_does_not_count() -> None:
    letters, word = ngram_keys("og")[1:3], word_keys("og")
    table = a_table("latin", np.concatenate([letters, word]), [2, 4, 1])
    scores = a_model(latin=table).scores("og")
    assert scores[first_of("latin")] == np.float32(0.5 * (2 + 4) / 2**0.5 + 0.5 * 1)
    assert np.count_nonzero(scores) == 1


def test_a_text_in_one_script_is_looked_up_in_its_own_table_alone() -> None:
    word = word_keys("og")
    model = a_model(arabic=a_table("arabic", word, [1]), other=a_table("other", word, [1]))
    assert not model.scores("og").any()


def test_in_mixed_scripts_each_word_also_says_that_it_is_not_written_in_the_other_one() -> None:
    model = a_model(
        latin=a_table("latin", word_keys("og"), [3], elsewhere=-2),
        arabic=a_table("arabic", word_keys("مرحبا"), [5], elsewhere=-4),
    )
    scores = model.scores("og مرحبا")
    root = 2**0.5
    assert np.allclose(scores[first_of("latin")], 0.5 * (3 - 4) / root)
    assert np.allclose(scores[first_of("arabic")], 0.5 * (5 - 2) / root)
    assert np.allclose(scores[INDEX["th"]], 0.5 * (-2 - 4) / root)


def test_a_name_in_latin_letters_within_another_script_counts_as_that_script_knows_it_and_once() -> None:
    name = word_keys("covid")
    model = a_model(
        latin=a_table("latin", name, [7], elsewhere=-6), other=a_table("other", name, [4], elsewhere=-2)
    )
    scores = model.scores("covid маска")
    assert scores[first_of("other")] == 0.5 * 4
    assert scores[INDEX["fr"]] == 0.5 * -2


def test_letters_that_only_one_language_uses_need_no_table() -> None:
    chances = a_model().read("ภาษาไทย")
    assert chances[LABELS.index("th")] == chances.sum() == 1
