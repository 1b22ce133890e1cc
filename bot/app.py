"""The composition root: the only place that builds objects. One TaskGroup runs them."""

import asyncio
import hashlib
import hmac
import signal
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from aiohttp import web

from bot import demo, logs
from bot.channels.channel import Channel
from bot.channels.errors import Rejected, Revoked, SendError
from bot.channels.telegram import Hook, TelegramChannel
from bot.channels.webchat import WebChat
from bot.clock import Clock, SystemClock
from bot.delivery import Outgoing
from bot.intake import Intake
from bot.libraries import Libraries
from bot.making import Maker
from bot.opening import StoredOffset, check_languages, ensure_group, open_database, open_keys
from bot.operating import REVOKED, Operation
from bot.profile import Introduction
from bot.settings import Settings, WrongSetting
from bot.timers import Timers
from bot.turns import Mind, Turns
from bot.wake import Wake
from bot.web.chat import Chat
from bot.web.seats import Seats
from bot.web.server import build_app, close_idle
from bot.web.words import spoken
from content.catalog import Catalog
from content.detection.detector import Detector
from content.directory import Directory, folder_beside
from dispatch.actions import joining
from dispatch.model.people import Role
from dispatch.model.queues import Account
from dispatch.ports import Service
from dispatch.store.database import Database, DatabaseFailed
from dispatch.store.sealing import Keys
from handlers.turn import Links

ARTICLES = Path(__file__).parent.parent / "content" / "articles"
HOOK_PATH = "/telegram"
START_PAUSE = 10.0  # seconds


def _tell(line: str) -> None:
    # At once: into a pipe or a file Python would keep it until the process ends, and a coordinator waits for her link.
    print(line, flush=True)


class App:
    """Everything that runs in one process."""

    def __init__(
        self, settings: Settings, database: Database, keys: Keys, clock: Clock | None = None
    ) -> None:
        self._settings = settings
        self._database = database
        self._keys = keys
        self._clock = clock or SystemClock()
        self._catalog = Catalog.load()
        check_languages(settings, self._catalog)
        self._intake = Intake(database, self._clock)
        self._inbox_wake = Wake()
        self._operations: dict[tuple[str, str], Operation] = {}
        self._channels: dict[tuple[str, str], Channel] = {}
        self._links: dict[tuple[str, str], Links] = {}
        self._telegram: TelegramChannel | None = None
        self._page = ""
        self._articles = settings.library or ARTICLES
        self._libraries = Libraries(
            database,
            self._articles,
            model=settings.model,
            cache=settings.data / "cache",
            show_unchecked=settings.show_unchecked,
        )
        self._maker = Maker(self._articles)
        self._log = logs.get("app")

    async def run(self, started: Callable[[str], None] = _tell) -> None:
        """Run until cancelled, or until a part fails: then all of it ends, and starts again from its rows.

        `started` gets the lines that an operator should see.
        """
        runner, site = await self._listen()
        try:
            detector = await asyncio.to_thread(Detector.load)
            await self._libraries.start()
            mind = Mind(
                detector=detector,
                library=self._libraries.of,
                directory=await asyncio.to_thread(Directory.load, folder_beside(self._articles)),
                catalog=self._catalog,
            )
            turns = Turns(self._database, self._clock, self._channels, self._links, mind, self._inbox_wake)
            self._database.listen(self._heard)
            await self._open(site)
            await self._announce(started)
            async with asyncio.TaskGroup() as group:
                group.create_task(turns.run(), name="turns")
                group.create_task(self._libraries.run(), name="libraries")
                group.create_task(Timers(self._database, self._clock).run(), name="timers")
                for operation in self._operations.values():
                    group.create_task(self._operate(operation, started), name=operation.channel.name)
        finally:
            await runner.cleanup()
            if self._telegram:
                await self._telegram.close()

    # Setting up

    async def _open(self, site: web.TCPSite) -> None:
        try:
            await site.start()
        except OSError as error:
            raise WrongSetting(
                f"MORSMAL_HOST, MORSMAL_PORT: there can be no pages: {error.strerror}"
            ) from error

    async def _listen(self) -> tuple[web.AppRunner, web.TCPSite]:
        settings = self._settings
        group_id = await self._database.run(lambda service: ensure_group(service, settings))
        if settings.telegram_token:
            await self._add_telegram(settings.telegram_token.get_secret_value(), group_id)
        chat = await self._add_webchat(group_id)
        routes = []
        if self._telegram and settings.telegram_webhook:
            routes.append(web.post(HOOK_PATH, self._telegram.webhook(self._intake.accept)))
        app = build_app(health=self.health, hosts=self._hosts(), chat=chat, routes=routes)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        close_idle(runner)
        site = web.TCPSite(runner, settings.host, settings.port)
        return runner, site

    def _hosts(self) -> frozenset[str]:
        """A demonstration answers to this machine's own names only."""
        local = {"127.0.0.1", "localhost", "::1"}
        return frozenset(local) if self._settings.runs_demo and self._settings.host in local else frozenset()

    async def _add_telegram(self, token: str, group_id: str) -> None:
        settings = self._settings
        hook = None
        if settings.telegram_webhook:
            hook = Hook(
                url=settings.telegram_webhook + HOOK_PATH, secret=self._derive("telegram webhook").hex()
            )
        account = token.partition(":")[0]
        telegram = TelegramChannel(
            token,
            offsets=StoredOffset(self._database, TelegramChannel.name, account),
            reject=self._reject(TelegramChannel.name, account),
            now=self._clock.now,
            api=settings.telegram_api,
            hook=hook,
        )
        self._telegram = telegram
        self._add(telegram, group_id, Links(to=telegram.link, platform="Telegram"))
        await self._database.run(
            lambda service: service.accounts.put(
                Account(channel=telegram.name, account=telegram.account, group_id=group_id)
            )
        )

    async def _add_webchat(self, group_id: str) -> Chat:
        settings = self._settings
        now = self._clock.now()
        account, panes = "web", demo.PANES[:0]
        if settings.runs_demo:
            group = await self._database.read(lambda service: service.within(group_id).group)
            group_id = await self._database.run(lambda service: demo.set_up(service, group, now))
            account, panes = demo.ACCOUNT, demo.PANES
        self._page = f"http://{settings.host}:{settings.port}/"
        webchat = WebChat(account=account, database=self._database, now=self._clock.now, page=self._page)
        self._add(webchat, group_id, Links(to=webchat.link))
        await self._database.run(
            lambda service: service.accounts.put(
                Account(channel=webchat.name, account=account, group_id=group_id)
            )
        )
        secret = self._derive("web chat")
        return Chat(
            database=self._database,
            account=account,
            seats=Seats(secret, panes),
            secret=secret,
            now=self._clock.now,
            name=settings.group,
            words=lambda accepted: spoken(self._catalog, accepted, settings.languages),
        )

    def _add(self, channel: Channel, group_id: str, links: Links) -> None:
        key = (channel.name, channel.account)
        wake = Wake()
        outgoing = Outgoing(
            self._database, self._clock, channel, self._channels, self._catalog, self._maker, wake
        )
        self._operations[key] = Operation(
            self._database, channel, group_id, outgoing, wake, self._intake.accept
        )
        self._channels[key] = channel
        self._links[key] = links

    def _derive(self, purpose: str) -> bytes:
        """A secret of its own for each purpose, the same after every start."""
        first = self._keys.by_id[min(self._keys.by_id)]
        return hmac.digest(first, purpose.encode(), hashlib.sha256)

    def _reject(self, channel: str, account: str) -> Callable[[bytes], Awaitable[None]]:
        async def keep(body: bytes) -> None:
            now = self._clock.now()
            await self._database.run(
                lambda service: service.accounts.reject(channel, account, body, "not an update", now)
            )

        return keep

    # Running

    def _heard(self, topic: str) -> None:
        """Something was committed, here or in another process."""
        if topic == "inbox":
            self._inbox_wake.ring()
        elif topic == "outbox":
            for operation in self._operations.values():
                operation.wake.ring()
        elif topic == "shelf":
            self._libraries.wake.ring()

    async def _operate(self, operation: Operation, started: Callable[[str], None]) -> None:
        if operation.channel is not self._telegram:
            await operation.run()
            return
        await self._start_telegram(self._telegram, started)
        introduction = Introduction(self._database, self._telegram, self._catalog)
        async with asyncio.TaskGroup() as group:
            group.create_task(introduction.run(operation.group_id), name="profile")
            group.create_task(operation.run(), name="telegram")

    async def _start_telegram(self, telegram: TelegramChannel, started: Callable[[str], None]) -> None:
        """Wait until the platform can be reached. Raises WrongSetting when it refuses the token."""
        while True:
            try:
                await telegram.start()
            except (Revoked, Rejected):
                raise WrongSetting(f"MORSMAL_TELEGRAM_TOKEN: {REVOKED}") from None
            except SendError as error:
                self._log.warning("Telegram cannot be reached yet", kind=type(error).__name__)
                await asyncio.sleep(START_PAUSE)
            else:
                break
        started(f"Telegram: @{telegram.username}")
        link = await self._first_coordinator(self._operations[telegram.name, telegram.account])
        if link:
            started(f"You become the first coordinator by opening this link, once, within a day:\n  {link}")

    async def health(self) -> Mapping[str, object]:
        """Is the database there, and does every platform know us?"""
        try:
            groups = len(await self._database.read(lambda service: service.groups()))
        except DatabaseFailed:
            return {"ok": False, "database": "away"}
        channels = {name: operation.state for (name, _), operation in self._operations.items()}
        return {
            "ok": "revoked" not in channels.values(),
            "database": "ok",
            "groups": groups,
            "channels": channels,
        }

    async def _announce(self, started: Callable[[str], None]) -> None:
        if self._settings.runs_demo:
            started(f"The demonstration runs at {self._page}")
        else:
            started(f"The chat page runs at {self._page}chat")
        started("Stop with Ctrl+C; nothing is lost.")

    async def _first_coordinator(self, operation: Operation) -> str | None:
        """A one-time link, as long as nobody coordinates the group."""
        now = self._clock.now()

        def invite(service: Service) -> str | None:
            tx = service.within(operation.group_id)
            return None if tx.people.coordinators() else joining.invite(tx, Role.COORDINATOR, None, now)

        start = await self._database.run(invite)
        return operation.channel.link(start) if start else None


async def run(settings: Settings) -> None:
    """Run the service until SIGINT or SIGTERM. Raises WrongSetting."""
    keys = open_keys(settings)
    database = await open_database(settings, keys)
    loop = asyncio.get_running_loop()
    try:
        serving = asyncio.ensure_future(App(settings, database, keys).run())
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, serving.cancel)
        await serving
    except asyncio.CancelledError:
        return
    except BaseExceptionGroup as failed:
        wrong = _wrong_setting(failed)
        if wrong is None:
            raise
        raise wrong from None
    finally:
        await database.close()


def _wrong_setting(failed: BaseException) -> WrongSetting | None:
    """What the operator can mend, if that is why the parts ended."""
    if isinstance(failed, WrongSetting):
        return failed
    parts = failed.exceptions if isinstance(failed, BaseExceptionGroup) else ()
    return next((found for part in parts if (found := _wrong_setting(part))), None)
