"""Long work that the end of the process does not wait for."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar, cast

T = TypeVar("T")


async def in_background(function: Callable[[], T]) -> T:
    """What a long function returns, from a thread that the end of the process does not wait for."""
    loop = asyncio.get_running_loop()
    result: asyncio.Future[T] = loop.create_future()

    def work() -> None:
        try:
            value = function()
        except Exception as error:
            outcome = partial(_settle, result, error=error)
        else:
            outcome = partial(_settle, result, value=value)
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(outcome)

    threading.Thread(target=work, daemon=True).start()
    return await result


def _settle(result: asyncio.Future[T], *, value: T | None = None, error: Exception | None = None) -> None:
    if result.done():
        return
    if error:
        result.set_exception(error)
    else:
        result.set_result(cast(T, value))
