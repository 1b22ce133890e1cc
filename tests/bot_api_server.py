"""A fake of the Bot API over real HTTP, with people, chats and faults. It refuses what the real one refuses."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.bot_api_call import Call, Refusal, Upload
from tests.bot_api_changing import CHANGING
from tests.bot_api_chats import BotAccount, Chat, Json, Platform
from tests.bot_api_faults import Fault, half
from tests.bot_api_people import Group, Person
from tests.bot_api_sending import SENDING

TOKEN = "7000000001:AAF-fake-token-of-the-tests-0123456789"
LONGEST_POLL = 50.0
HOOK_PAUSE = 0.05
METHODS = SENDING | CHANGING
HOOKED = Refusal(
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
)


class BotApiServer:
    """One platform with one bot to begin with; an asynchronous context manager."""

    def __init__(self, now: Callable[[], int] | None = None) -> None:
        self.platform = Platform(now or self._seconds)
        self.bot = self.add_bot(TOKEN, "MorsmalTestBot")
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.adds_to_answers: Json = {}  # to every message that is an answer
        self.lost_files: set[str] = set()  # ids that are known and have no content any more
        self._started = 0.0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._open = AsyncExitStack()
        self._tasks = asyncio.TaskGroup()
        self._hooks: dict[str, asyncio.Task[None]] = {}
        self.url = ""

    def _seconds(self) -> int:
        return 1_790_000_000 + (int(self._loop.time() - self._started) if self._loop else 0)

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        self._started = self._loop.time()
        application = web.Application(client_max_size=60 * 2**20)
        application.router.add_route("*", "/bot{token}/{method}", self._answer)
        application.router.add_get("/file/bot{token}/{path:.+}", self._file)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        self._open.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        await self._open.enter_async_context(self._tasks)
        self._open.callback(self._stop_hooks)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open.aclose()

    def _stop_hooks(self) -> None:
        for task in self._hooks.values():
            task.cancel()

    def add_bot(self, token: str, username: str) -> BotAccount:
        """Another bot."""
        bot = self.platform.bots[token] = BotAccount(token, username)
        return bot

    def person(self, name: str, *, language: str | None = None, bot: BotAccount | None = None) -> Person:
        """Somebody new."""
        user: Json = {"id": self.platform.new_number(), "is_bot": False, "first_name": name}
        if language:
            user["language_code"] = language
        self.platform.people[user["id"]] = user
        return Person(self.platform, bot or self.bot, user)

    def group(
        self, title: str, *members: Person, bot: BotAccount | None = None, kind: str = "group"
    ) -> Group:
        """A group with these people in it, and not yet the bot."""
        number = self.platform.new_number()
        chat = Chat(-number if kind == "group" else -1_000_000_000_000 - number, kind, title)
        chat.members = {person.id for person in members}
        self.platform.groups[chat.id] = chat
        return Group(self.platform, bot or self.bot, chat)

    def fails(self, method: str, how: Any = "refuse", **more: Any) -> None:
        """Script a fault."""
        self.faults.append(Fault(method, how, **more))

    def called(self, method: str) -> list[Call]:
        """The calls of a method so far."""
        return [call for call in self.calls if call.method == method.lower()]

    async def until(self, holds: Callable[[], object], within: float = 15.0) -> None:
        """Wait for something to become true; fails when it does not."""
        async with asyncio.timeout(within):
            while not holds():
                self.platform.changed.clear()
                try:
                    async with asyncio.timeout(0.05):
                        await self.platform.changed.wait()
                except TimeoutError:
                    continue

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        bot = self.platform.bots.get(request.match_info["token"])
        call = await _call(request, self.platform, bot or self.bot)
        if bot is None:
            return _refused(Refusal(401, "Unauthorized"))
        self.calls.append(call)
        fault = next((fault for fault in self.faults if fault.hits(call)), None)
        if fault is None or fault.how == "half":
            body = await self._body(call)
            return body if fault is None else await half(request, body)
        if fault.how == "drop_after":
            await self._body(call)
        self.platform.changed.set()
        match fault.how:
            case "refuse":
                return _refused(Refusal(fault.status, fault.description or "fault", **fault.parameters))
            case "garbage":
                return web.Response(text="<html>Welcome</html>", content_type="text/html")
            case "page":
                return web.Response(text="<html>No</html>", content_type="text/html", status=fault.status)
            case "stall":
                await asyncio.sleep(3600)
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async def _body(self, call: Call) -> web.Response:
        try:
            if call.method == "getupdates":
                return await self._updates(call)
            function = METHODS.get(call.method)
            if function is None:
                raise Refusal(404, "Not Found: method not found")
            result = function(call)
        except Refusal as refusal:
            return _refused(refusal)
        finally:
            self.platform.changed.set()
        if call.method == "setwebhook" and call.bot.webhook and call.bot.token not in self._hooks:
            self._hooks[call.bot.token] = self._tasks.create_task(self._push(call.bot))
        if isinstance(result, dict) and "message_id" in result:
            result |= self.adds_to_answers
        return web.json_response({"ok": True, "result": result})

    async def _updates(self, call: Call) -> web.Response:
        """Long polling: the offset confirms all below it, for good."""
        bot = call.bot
        if bot.webhook:
            raise HOOKED
        offset, limit = call.number("offset", 0), min(call.number("limit", 100), 100)
        if "allowed_updates" in call.parameters:
            bot.allowed = call.sequence("allowed_updates") or None
        bot.updates[:] = [(number, raw) for number, raw in bot.updates if number >= offset]
        bot.poll += 1
        poll, deadline = (
            bot.poll,
            asyncio.get_running_loop().time() + min(call.number("timeout", 0), LONGEST_POLL),
        )
        bot.arrived.set()  # an earlier poll gives way
        while not bot.updates and asyncio.get_running_loop().time() < deadline:
            bot.arrived.clear()
            try:
                async with asyncio.timeout_at(deadline):
                    await bot.arrived.wait()
            except TimeoutError:
                break
            if poll != bot.poll:
                raise Refusal(409, "Conflict: terminated by other getUpdates request")
        if bot.webhook:
            raise HOOKED
        batch = b",".join(raw for _, raw in bot.updates[:limit])
        return web.Response(body=b'{"ok":true,"result":[' + batch + b"]}", content_type="application/json")

    async def _push(self, bot: BotAccount) -> None:
        """Call the bot's webhook with one update after another, each until it is taken."""
        async with aiohttp.ClientSession() as session:
            while True:
                if not bot.updates or not bot.webhook:
                    bot.arrived.clear()
                    await bot.arrived.wait()
                    continue
                if await self._pushed(session, bot, bot.updates[0][1]):
                    bot.updates.pop(0)
                else:
                    await asyncio.sleep(HOOK_PAUSE)
                self.platform.changed.set()

    async def _pushed(self, session: aiohttp.ClientSession, bot: BotAccount, raw: bytes) -> bool:
        headers = {
            "Content-Type": "application/json",
            "X-Telegram-Bot-Api-Secret-Token": bot.webhook.get("secret", ""),
        }
        try:
            async with session.post(bot.webhook["url"], data=raw, headers=headers) as response:
                return 200 <= response.status < 300
        except aiohttp.ClientError:
            return False

    async def _file(self, request: web.Request) -> web.Response:
        file = self.platform.files.get(request.match_info["path"].rpartition("/")[2])
        if (
            request.match_info["token"] not in self.platform.bots
            or file is None
            or file.file_id in self.lost_files
        ):
            return _refused(Refusal(404, "Not Found"))
        return web.Response(body=file.content)


async def _call(request: web.Request, platform: Platform, bot: BotAccount) -> Call:
    parameters: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        parameters |= await request.json()
    else:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = Upload(value.filename, value.file.read(), value.content_type)
            else:
                parameters[name] = value
    return Call(
        platform,
        bot,
        request.match_info["method"].lower(),
        parameters,
        uploads,
        asyncio.get_running_loop().time(),
    )


def _refused(refusal: Refusal) -> web.Response:
    answer: Json = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    if refusal.parameters:
        answer["parameters"] = refusal.parameters
    return web.json_response(answer, status=refusal.status)
