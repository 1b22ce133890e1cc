"""Many nights, each from a seed. `benchmarks/nights.py` lives through more of them."""

import pytest

from content.catalog import Catalog
from content.detection.detector import Detector
from content.library import Library
from tests.conftest import IN_MEMORY
from tests.simulation.nights import Nights

SEEDS = 10


@pytest.fixture
def nights(library: Library, detector: Detector, catalog: Catalog) -> Nights:
    return Nights(library=library, detector=detector, catalog=catalog, folder=IN_MEMORY)


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_whatever_happens_in_a_night_every_promise_is_kept(nights: Nights, seed: int) -> None:
    await nights.pass_one(seed)


async def test_a_seed_is_always_the_same_night(nights: Nights) -> None:
    once, again = await nights.pass_one(1002), await nights.pass_one(1002)
    assert once.diary == again.diary
