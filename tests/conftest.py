"""Shared by all tests: a world to tell stories in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import ARTICLES
from content.detection.detector import Detector
from content.library import Library
from tests.world import World


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped library, searched by words."""
    return Library.load(ARTICLES, model=False)


@pytest.fixture(scope="session")
def detector() -> Detector:
    """The shipped detector."""
    return Detector.load()


@pytest.fixture
async def world(tmp_path: Path, library: Library, detector: Detector) -> AsyncIterator[World]:
    """A group without people yet."""
    world = await World.open(tmp_path, library, detector)
    yield world
    await world.close()
