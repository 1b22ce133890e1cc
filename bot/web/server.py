"""The aiohttp application: health, the chat, and what every answer carries."""

from collections.abc import Awaitable, Callable, Iterable, Mapping

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from bot.web.chat import Chat, ChatPages
from bot.web.connections import Connections

LARGEST_BODY = 64 * 1024  # bytes, where a route does not set its own limit

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)

SECURITY_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), geolocation=(self), camera=(self)",
    "X-Robots-Tag": "noindex",
    "Server": "morsmal",
}

CONNECTIONS = web.AppKey("connections", Connections)

Health = Callable[[], Awaitable[Mapping[str, object]]]
"""What an operator should know; `ok` says whether members can be served."""


def build_app(
    *,
    health: Health,
    hosts: frozenset[str] = frozenset(),
    chat: Chat | None = None,
    routes: Iterable[web.AbstractRouteDef] = (),
) -> web.Application:
    """The application. `hosts` are the names it answers to, without a port; none given: to any.

    A page that only this machine should reach must name its hosts: else any site that a browser visits could
    point its own name at this machine and read the page.
    """
    connections = Connections()
    middlewares = [connections.middleware(), known_hosts(hosts)]
    app = web.Application(middlewares=middlewares, client_max_size=LARGEST_BODY)
    app.on_response_prepare.append(secure)
    app.on_cleanup.append(connections.stop)
    app[CONNECTIONS] = connections

    async def answer_health(_: web.Request) -> web.Response:
        state = await health()
        return web.json_response(dict(state), status=200 if state.get("ok") else 503)

    app.router.add_get("/health", answer_health)
    app.router.add_routes(routes)
    if chat is not None:
        pages = ChatPages(chat)
        app.router.add_routes(pages.routes())
        app.cleanup_ctx.append(pages.listen)
        app.on_shutdown.append(pages.close)
    return app


def close_idle(runner: web.AppRunner) -> None:
    """Watch over the connections of a runner that is set up; see `Connections`."""
    if runner.server is not None:
        runner.app[CONNECTIONS].watch(runner.server)


def known_hosts(hosts: frozenset[str]) -> Middleware:
    """Refuse requests under any other name."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        if hosts and (request.url.host or "") not in hosts:
            raise web.HTTPMisdirectedRequest
        return await handler(request)

    return check


async def secure(_: web.Request, response: web.StreamResponse) -> None:
    """What every answer carries. Nothing of a chat stays in a browser's cache."""
    for name, value in SECURITY_HEADERS.items():
        response.headers[name] = value
    response.headers.setdefault(
        hdrs.CACHE_CONTROL, "no-cache" if hdrs.ETAG in response.headers else "no-store"
    )
