"""Telegram: one bot account, by long polling or through a webhook.

python-telegram-bot's `Bot` makes the calls. Its `Updater` and `Application` are not used: they confirm updates before
anything has stored them.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web
from telegram import Bot
from telegram.error import TelegramError

from bot.channels import telegram_profile, telegram_reading, telegram_receiving, telegram_sending
from bot.channels.channel import Accept, Deed, Limits, Profile
from bot.channels.errors import Rejected
from bot.channels.telegram_failures import failure
from bot.channels.telegram_planning import LONGEST_CAPTION
from bot.channels.telegram_receiving import Offsets, Polling, Reject, Sleep
from bot.channels.telegram_request import AiohttpRequest
from bot.channels.telegram_updates import WANTED
from dispatch.model.messages import Address, Attachment, Envelope, InboundMessage

API = "https://api.telegram.org"
# How much longer than the platform's own waiting we wait for the answer to a long poll.
POLL_MARGIN = timedelta(seconds=10)

LIMITS = Limits(
    longest_text=4096,
    longest_caption=LONGEST_CAPTION,
    longest_label=60,  # what a phone shows; the platform names no limit
    largest_download=20 * 2**20,
    largest_upload=50 * 2**20,
    per_second=28,  # of about 30
    per_second_chat=1,
    burst_chat=3,
    per_minute_group=20,
    ogg_voices=True,
)
"""Telegram's documented figures; the rates are elastic and undocumented, so that `Throttled` still comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """Where Telegram shall call us, and the secret by which we know that it is Telegram."""

    url: str
    secret: str


class TelegramChannel:
    """One bot. `start` before anything else, `close` at the end."""

    name = telegram_reading.NAME
    limits = LIMITS

    def __init__(
        self,
        token: str,
        *,
        offsets: Offsets,
        reject: Reject,
        now: Callable[[], datetime],
        api: str = API,
        hook: Hook | None = None,
        longest_poll: timedelta = timedelta(seconds=50),
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.account = token.partition(":")[0]
        self.username = ""
        self._request = AiohttpRequest()
        self._url = f"{api.rstrip('/')}/bot{token}"
        self._telegram = Bot(
            token,
            base_url=f"{api.rstrip('/')}/bot",
            base_file_url=f"{api.rstrip('/')}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )
        self._offsets = offsets
        self._reject = reject
        self._now = now
        self._hook = hook
        self._longest_poll = longest_poll
        self._sleep = sleep

    async def start(self) -> None:
        """Learn our name, and tell the platform where to call us, if it shall. Raises a SendError; may be repeated."""
        await self._request.initialize()
        try:
            self.username = (await self._telegram.get_me()).username or ""
            if self._hook:
                await self._telegram.set_webhook(
                    self._hook.url, secret_token=self._hook.secret, allowed_updates=WANTED
                )
        except TelegramError as error:
            raise failure(error, self._address("")) from None

    async def close(self) -> None:
        """Let go of all connections."""
        await self._request.shutdown()

    async def receive(self, accept: Accept) -> None:
        """Poll for ever; with a webhook return at once. Raises Revoked, or Rejected when somebody else polls."""
        if self._hook:
            return
        polling = Polling(
            get_updates=self._get_updates,
            unhook=self._telegram.delete_webhook,
            offsets=self._offsets,
            reject=self._reject,
            sleep=self._sleep,
        )
        await polling.run(accept, self._envelope)

    async def _get_updates(self, offset: int, limit: int) -> bytes:
        seconds = int(self._longest_poll.total_seconds())
        parameters = {"offset": offset, "limit": limit, "timeout": seconds, "allowed_updates": WANTED}
        waits = (self._longest_poll + POLL_MARGIN).total_seconds()
        return await self._request.raw(f"{self._url}/getUpdates", parameters, waits)

    def webhook(self, accept: Accept) -> Callable[[web.Request], Awaitable[web.Response]]:
        """What answers at the hook's address."""
        if self._hook is None:
            raise ValueError("no webhook is configured")
        return telegram_receiving.webhook(accept, self._envelope, self._reject, self._hook.secret)

    def _envelope(self, update: object, raw: bytes | None = None) -> Envelope:
        return telegram_receiving.envelope(update, self.account, self._now(), raw)

    def read(self, raw: bytes) -> InboundMessage | None:
        """What a stored update says; None for kinds that we have no use for. Raises ValueError when unreadable."""
        return telegram_reading.read(raw, self.account)

    async def perform(self, to: Address, deed: Deed) -> tuple[str, ...]:
        """Do it; the ids of the messages that a Post made. Raises a SendError."""
        try:
            chat = int(to.chat)
        except ValueError:
            raise Rejected("not a chat of Telegram's") from None
        try:
            return await telegram_sending.perform(self._telegram, chat, deed)
        except TelegramError as error:
            raise failure(error, to) from None

    async def introduce(self, code: str, profile: Profile | None) -> None:
        """Say this of ourselves to whose app is in this language (ISO 639-1; empty: in any other). None: nothing.

        May be repeated. Raises a SendError.
        """
        try:
            await telegram_profile.introduce(self._telegram, code, profile)
        except TelegramError as error:
            raise failure(error, self._address("")) from None

    async def rename(self, name: str) -> None:
        """Have this name in every language. Raises a SendError."""
        try:
            await telegram_profile.rename(self._telegram, name)
        except TelegramError as error:
            raise failure(error, self._address("")) from None

    async def fetch(self, attachment: Attachment) -> bytes:
        """The bytes of a file of up to 20 MB. Raises a SendError."""
        if attachment.size > self.limits.largest_download:
            raise Rejected("larger than Telegram lets bots fetch")
        try:
            return await telegram_sending.fetch(self._telegram, attachment)
        except TelegramError as error:
            raise failure(error, self._address("")) from None

    def link(self, start: str) -> str:
        """An address that opens a private chat with the bot and sends `/start <start>`."""
        return f"https://t.me/{self.username}?start={start}"

    def _address(self, chat: str) -> Address:
        return Address(channel=self.name, account=self.account, chat=chat)
