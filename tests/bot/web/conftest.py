from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat_site import ChatSite, chat_site


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[ChatSite]:
    async with chat_site(tmp_path) as site:
        yield site
