"""Half a header, held open, costs a connection for a moment and not for ever."""

import asyncio

import pytest
from aiohttp import web

from bot.web import connections
from bot.web.connections import Connections
from bot.web.server import CONNECTIONS, build_app, close_idle
from tests.chat_site import ChatSite, sitting


async def health() -> dict[str, object]:
    return {"ok": True}


def watched(site: ChatSite) -> tuple[Connections, web.Server]:
    assert site.server and site.server.runner and site.server.runner.server
    server = site.server.runner.server
    assert isinstance(server, web.Server)
    return site.server.app[CONNECTIONS], server


async def held_open(site: ChatSite, request: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    assert site.port
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(request)
    await writer.drain()
    return reader, writer


async def is_closed(reader: asyncio.StreamReader) -> bool:
    try:
        async with asyncio.timeout(20):
            return await reader.read() == b""
    except ConnectionResetError:
        return True


async def test_half_a_header_is_closed_at_the_second_sweep(site: ChatSite) -> None:
    reader, writer = await held_open(site, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
    watch, server = watched(site)
    while not server.connections:
        await asyncio.sleep(0)
    watch.sweep(server)
    assert not reader.at_eof()
    watch.sweep(server)
    assert await is_closed(reader)
    writer.close()


async def test_who_asked_between_two_sweeps_stays_until_the_next(site: ChatSite) -> None:
    request = b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    reader, writer = await held_open(site, request)
    watch, server = watched(site)
    await reader.readuntil(b"}")
    watch.sweep(server)
    writer.write(request)
    await reader.readuntil(b"}")
    watch.sweep(server)
    writer.write(request)
    await reader.readuntil(b"}")
    for _ in range(2):
        watch.sweep(server)
    assert await is_closed(reader)
    writer.close()


async def test_an_open_chat_is_never_idle(site: ChatSite) -> None:
    watch, server = watched(site)
    async with sitting(site, "amira", "amira") as amira:
        await amira.until(caught_up=True)
        for _ in range(3):
            watch.sweep(server)
        posted = await site.post("amira", "still here")
        assert (await amira.line(posted))["text"] == "still here"


async def test_beyond_the_cap_requests_are_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_CONNECTIONS", 0)
    runner = web.AppRunner(build_app(health=health))
    await runner.setup()
    close_idle(runner)
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    assert b" 503 " in await reader.readline()
    writer.close()
    await runner.cleanup()


async def test_sweeps_go_on_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "BETWEEN_SWEEPS", 0.0)
    runner = web.AppRunner(build_app(health=health))
    await runner.setup()
    close_idle(runner)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    reader, writer = await asyncio.open_connection("127.0.0.1", runner.addresses[0][1])
    writer.write(b"GET /health HTTP/1.1\r\n")
    assert await is_closed(reader)
    writer.close()
    await runner.cleanup()
