"""Hints that rows are waiting. They carry no data: who is woken looks, and a lost hint costs a moment, not a message."""

import asyncio


class Wake:
    """One waiter, any number of ringers."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """There may be something to do."""
        self._event.set()

    async def wait(self, timeout: float) -> None:
        """Return when it rings, or has rung since the last wait, or after `timeout` seconds."""
        try:
            async with asyncio.timeout(timeout):
                await self._event.wait()
        except TimeoutError:
            return
        finally:
            self._event.clear()
