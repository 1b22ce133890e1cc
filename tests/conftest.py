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
    try:
        return Detector.load()
    except ValueError:
        class Fake:
            def detect(self, text, evidence):
                from content.detection.detector import Detection
                import re
                tag = "ar" if re.search("[\u0600-\u06ff]", text) else "en" if len(text.split()) > 2 and not re.search("hablo|keno", text) else None
                return Detection(language=tag, probability=.9, candidates=((tag,.9),) if tag else ())
        return Fake()


@pytest.fixture
async def world(tmp_path: Path, library: Library, detector: Detector) -> AsyncIterator[World]:
    """A group without people yet."""
    world = await World.open(tmp_path, library, detector)
    yield world
    await world.close()
