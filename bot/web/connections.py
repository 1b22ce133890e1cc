"""Connections on which nobody asks anything: half a request held open would be kept for ever by aiohttp."""

import asyncio
from collections import Counter

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

BETWEEN_SWEEPS = 20.0  # seconds; so a request's head has 20 to 40 seconds to arrive
MOST_CONNECTIONS = 4000  # of one process; most systems allow no more open files by themselves


class Connections:
    """Knows what each connection has asked, and closes those that ask nothing between two sweeps."""

    def __init__(self) -> None:
        self._asked: Counter[web.RequestHandler] = Counter()
        self._answering: Counter[web.RequestHandler] = Counter()
        self._idle: dict[web.RequestHandler, int] = {}
        self._server: web.Server | None = None
        self._next: asyncio.TimerHandle | None = None

    def middleware(self) -> Middleware:
        """Counts, and sends requests away when there are more connections than one process can serve."""

        @web.middleware
        async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
            connection = request.protocol
            self._asked[connection] += 1
            self._answering[connection] += 1
            try:
                if self._server is not None and len(self._server.connections) > MOST_CONNECTIONS:
                    raise web.HTTPServiceUnavailable(headers={"Retry-After": "10", "Connection": "close"})
                return await handler(request)
            finally:
                self._answering[connection] -= 1

        return count

    def watch(self, server: web.Server) -> None:
        """Sweep this server's connections from now on."""
        self._server = server
        self._next = asyncio.get_running_loop().call_later(BETWEEN_SWEEPS, self._tick)

    def sweep(self, server: web.Server) -> None:
        """Close those that were idle before, and have asked nothing since."""
        idle = {one: self._asked[one] for one in server.connections if not self._answering[one]}
        for connection, asked in idle.items():
            if self._idle.get(connection) == asked:
                connection.force_close()
        self._idle = idle
        for counter in (self._asked, self._answering):
            for gone in counter.keys() - set(server.connections):
                del counter[gone]

    async def stop(self, _: web.Application) -> None:
        """The application ends."""
        if self._next is not None:
            self._next.cancel()

    def _tick(self) -> None:
        if self._server is not None:
            self.sweep(self._server)
            self.watch(self._server)
