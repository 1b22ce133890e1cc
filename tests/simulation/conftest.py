"""A small library, so that a question without an answer has none whatever articles are written."""

from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from content.catalog import Catalog
from content.detection.detector import Detector
from content.library import Library
from tests.conftest import IN_MEMORY
from tests.content.library.folders import town
from tests.simulation.fragile_world import FragileWorld


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Three articles."""
    return Library.load(town(tmp_path_factory.mktemp("town")), model=False)


@pytest.fixture
async def world(library: Library, detector: Detector, catalog: Catalog) -> AsyncIterator[FragileWorld]:
    """A world that may break."""
    with TemporaryDirectory(dir=IN_MEMORY) as folder:
        world = await FragileWorld.open(Path(folder), library, detector, catalog)
        yield world
        await world.close()
