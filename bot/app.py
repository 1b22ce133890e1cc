"""The composition root: builds what one process is made of, with its `accounts`. One TaskGroup runs it."""

import asyncio
import signal
from collections.abc import Callable, Mapping

from aiohttp import web

from bot import logs
from bot.accounts import HOOK_PATH, Accounts, page_of
from bot.channels.errors import Rejected, Revoked, SendError
from bot.channels.telegram import TelegramChannel
from bot.clock import Clock, SystemClock
from bot.errors import WrongSetting
from bot.intake import Intake
from bot.libraries import Libraries
from bot.making import Maker
from bot.opening import check_languages, ensure_group, half_spoken, open_database, open_keys
from bot.operating import REVOKED, Operation
from bot.profile import Introduction
from bot.settings import Settings
from bot.timers import Timers
from bot.turns import Mind, Turns
from bot.wake import Wake
from bot.web.server import build_app, close_idle
from content.catalog import Catalog
from content.detection.detector import Detector
from content.digests import ARTICLES
from content.directory import Directory, folder_beside
from dispatch.actions import joining
from dispatch.model.people import Role
from dispatch.ports import Service
from dispatch.store.database import Database, DatabaseFailed
from dispatch.store.sealing import Keys

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
        self._clock = clock or SystemClock()
        self._catalog = Catalog.load()
        check_languages(settings, self._catalog)
        self._intake = Intake(database, self._clock)
        self._inbox_wake = Wake()
        self._telegram: TelegramChannel | None = None
        self._articles = settings.library or ARTICLES
        self.libraries = Libraries(
            database,
            self._articles,
            model=settings.model,
            cache=settings.data / "cache",
            show_unchecked=settings.show_unchecked,
            clock=self._clock,
        )
        self._accounts = Accounts(
            settings,
            database,
            keys,
            self._clock,
            self._catalog,
            Maker(self._articles),
            self._intake.accept,
        )
        self._log = logs.get("app")

    async def run(self, started: Callable[[str], None] = _tell) -> None:
        """Run until cancelled, or until a part fails: then all of it ends, and starts again from its rows.

        `started` gets the lines that an operator should see.
        """
        runner, site = await self._listen()
        try:
            detector = await asyncio.to_thread(Detector.load)
            await self.libraries.start()
            mind = Mind(
                detector=detector,
                library=self.libraries.of,
                directory=await asyncio.to_thread(Directory.load, folder_beside(self._articles)),
                catalog=self._catalog,
            )
            accounts = self._accounts
            turns = Turns(
                self._database, self._clock, accounts.channels, accounts.links, mind, self._inbox_wake
            )
            self._database.listen(self._heard)
            await self._open(site)
            await self._announce(started)
            async with asyncio.TaskGroup() as group:
                group.create_task(turns.run(), name="turns")
                group.create_task(self.libraries.run(), name="libraries")
                group.create_task(Timers(self._database, self._clock).run(), name="timers")
                for operation in accounts.operations.values():
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
            token = settings.telegram_token.get_secret_value()
            self._telegram = await self._accounts.add_telegram(token, group_id)
        chat = await self._accounts.add_webchat(group_id)
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

    # Running

    def _heard(self, topic: str) -> None:
        """Something was committed, here or in another process."""
        if topic == "inbox":
            self._inbox_wake.ring()
        elif topic == "outbox":
            for operation in self._accounts.operations.values():
                operation.wake.ring()
        elif topic == "shelf":
            self.libraries.wake.ring()

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
        link = await self._first_coordinator(self._accounts.operations[telegram.name, telegram.account])
        if link:
            started(f"You become the first coordinator by opening this link, once, within a day:\n  {link}")

    async def health(self) -> Mapping[str, object]:
        """What an operator should look at. `ok` as long as members can be served: an old library serves them too."""
        try:
            groups = await self._database.read(lambda service: service.groups())
        except DatabaseFailed:
            return {"ok": False, "database": "away"}
        channels = {name: operation.state for (name, _), operation in self._accounts.operations.items()}
        return {
            "ok": "revoked" not in channels.values(),
            "database": "ok",
            "groups": sum(not group.demo for group in groups),
            "channels": channels,
            "library": self.libraries.state,
        }

    async def _announce(self, started: Callable[[str], None]) -> None:
        if line := half_spoken(self._settings, self._catalog):
            started(line)
        page = page_of(self._settings)
        if self._settings.runs_demo:
            started(f"The demonstration runs at {page}")
        else:
            started(f"The chat page runs at {page}chat")
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
