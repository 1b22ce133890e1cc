"""Shared by all tests: a world to tell stories in."""

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from content.catalog import Catalog
from content.detection.detector import Detector
from content.digests import ARTICLES
from content.library import Library
from tests.world import World

IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped library, searched by words."""
    return Library.load(ARTICLES, model=False)


@pytest.fixture(scope="session")
def detector() -> Detector:
    """The shipped detector."""
    return Detector.load()


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """Every phrase of the service."""
    return Catalog.load()


@pytest.fixture
async def world(library: Library, detector: Detector, catalog: Catalog) -> AsyncIterator[World]:
    """A group without people yet. Its database is in memory where it can be: stories write a lot, durably."""
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
        world = await World.open(Path(folder), library, detector, catalog)
        yield world
        await world.close()
