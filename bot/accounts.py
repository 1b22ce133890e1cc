"""The accounts of this process on their platforms: each with its channel, its links, and what sends for it."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable

from bot import demo
from bot.channels.channel import Accept, Channel
from bot.channels.telegram import Hook, TelegramChannel
from bot.channels.webchat import WebChat
from bot.clock import Clock
from bot.delivery import Outgoing
from bot.making import Maker
from bot.opening import StoredOffset
from bot.operating import Operation
from bot.settings import Settings
from bot.wake import Wake
from bot.web.chat import Chat
from bot.web.seats import Seats
from bot.web.words import spoken
from content.catalog import Catalog
from dispatch.model.queues import Account
from dispatch.store.database import Database
from dispatch.store.sealing import Keys
from handlers.turn import Links

HOOK_PATH = "/telegram"


def page_of(settings: Settings) -> str:
    """Where the pages are on this machine."""
    return f"http://{settings.host}:{settings.port}/"


class Accounts:
    """Accounts by channel and name."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        keys: Keys,
        clock: Clock,
        catalog: Catalog,
        maker: Maker,
        accept: Accept,
    ) -> None:
        """`accept` takes what a channel receives."""
        self.operations: dict[tuple[str, str], Operation] = {}
        self.channels: dict[tuple[str, str], Channel] = {}
        self.links: dict[tuple[str, str], Links] = {}
        self._settings = settings
        self._database = database
        self._keys = keys
        self._clock = clock
        self._catalog = catalog
        self._maker = maker
        self._accept = accept

    async def add_telegram(self, token: str, group_id: str) -> TelegramChannel:
        """The bot with this token, for this group."""
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
        await self._add(telegram, group_id, Links(to=telegram.link, platform="Telegram"))
        return telegram

    async def add_webchat(self, group_id: str) -> Chat:
        """The chat page: of this group, or of the demonstration's own where that runs."""
        settings = self._settings
        now = self._clock.now()
        account, panes = "web", demo.PANES[:0]
        if settings.runs_demo:
            group = await self._database.read(lambda service: service.within(group_id).group)
            group_id = await self._database.run(lambda service: demo.set_up(service, group, now))
            account, panes = demo.ACCOUNT, demo.PANES
        webchat = WebChat(
            account=account, database=self._database, now=self._clock.now, page=page_of(settings)
        )
        await self._add(webchat, group_id, Links(to=webchat.link))
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

    async def _add(self, channel: Channel, group_id: str, links: Links) -> None:
        key = (channel.name, channel.account)
        wake = Wake()
        outgoing = Outgoing(
            self._database, self._clock, channel, self.channels, self._catalog, self._maker, wake
        )
        self.operations[key] = Operation(self._database, channel, group_id, outgoing, wake, self._accept)
        self.channels[key] = channel
        self.links[key] = links
        account = Account(channel=channel.name, account=channel.account, group_id=group_id)
        await self._database.run(lambda service: service.accounts.put(account))

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
