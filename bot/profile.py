"""What a bot says of itself to whom has not written yet, in each language: sent when it has changed, at leisure."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import orjson

from bot import logs
from bot.channels.channel import Profile
from bot.channels.errors import Revoked, SendError, Throttled
from bot.channels.telegram import TelegramChannel
from content.catalog import Catalog
from content.languages import ENGLISH
from content.phrases import Phrase
from dispatch.model.people import Group
from dispatch.store.database import Database, DatabaseFailed
from handlers import menus

DEFAULT = ""
"""The code for everybody whose telephone is in none of the others: English, which most of them read best."""

NAME = "name"
"""Kept beside the codes: what the group calls itself, in all languages."""

CODE_LETTERS = 2  # Telegram takes ISO 639-1 and nothing else: Dari, Sorani and Tamazight fall out
MORE_CODES = {"no": "nb"}  # telephones say either of Norwegian

PAUSE = 1.0  # seconds between two changes: nobody waits for them, and answers to people come first
LONGEST_WAIT = 3600.0  # seconds; when the platform asks for more, the next start goes on
TRIES = 3

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that the platform does not have yet. `digest` is remembered when it does; None: forgotten."""

    key: str
    digest: str | None
    make: Callable[[], Awaitable[None]]


def profiles(catalog: Catalog, group: Group) -> dict[str, Profile]:
    """What the group's bot says, by the platform's language codes; the default first."""
    codes = {tag: tag for tag in group.languages if len(tag) == CODE_LETTERS}
    codes |= {code: tag for code, tag in MORE_CODES.items() if tag in group.languages}
    return {code: _profile(catalog, tag) for code, tag in {DEFAULT: ENGLISH, **codes}.items()}


def _profile(catalog: Catalog, language: str) -> Profile:
    say = partial(catalog.render, language=language)
    return Profile(
        about=say(Phrase("bot-about")),
        description=say(Phrase("bot-description")),
        commands=tuple((name, say(phrase)) for name, phrase in menus.for_strangers()),
    )


class Introduction:
    """Tells the platform. What fails is logged and tried again at the next start; the service goes on without."""

    def __init__(
        self, database: Database, channel: TelegramChannel, catalog: Catalog, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._database = database
        self._channel = channel
        self._catalog = catalog
        self._sleep = sleep
        self._account = (channel.name, channel.account)
        self._log = logs.get("profile").bind(channel=channel.name)

    async def run(self, group_id: str) -> None:
        """Send what the platform does not have yet, and take back what is offered no more."""
        try:
            group = await self._database.read(lambda service: service.within(group_id).group)
            known = await self._database.read(lambda service: service.accounts.introduced(*self._account))
            for change in self._changes(group, known):
                if not await self._made(change):
                    return
                await self._sleep(PAUSE)
        except DatabaseFailed as error:
            self._log.error("the database is away; what the bot says of itself waits", error=error)

    def _changes(self, group: Group, known: Mapping[str, str]) -> Iterator[Change]:
        wanted = profiles(self._catalog, group)
        for code, profile in wanted.items():
            if known.get(code) != (digest := _digest(profile)):
                make = partial(self._channel.introduce, code, profile)
                yield Change(key=code, digest=digest, make=make)
        for code in sorted(known.keys() - wanted.keys() - {NAME}):
            yield Change(key=code, digest=None, make=partial(self._channel.introduce, code, None))
        if known.get(NAME) != (digest := _digest(group.name)):
            yield Change(key=NAME, digest=digest, make=partial(self._channel.rename, group.name))

    async def _made(self, change: Change) -> bool:
        """Make one change; False when there is no use in going on for now."""
        for _ in range(TRIES):
            try:
                await change.make()
            except Throttled as error:
                if error.retry_after > LONGEST_WAIT:
                    break
                await self._sleep(error.retry_after)
            except Revoked:
                return False
            except SendError as error:
                self._log.warning("not taken into the bot's profile", part=change.key, error=error)
                return True
            else:
                await self._remember(change)
                return True
        self._log.warning("the platform wants no more changes of the bot's profile for now")
        return False

    async def _remember(self, change: Change) -> None:
        await self._database.run(
            lambda service: service.accounts.introduce(*self._account, change.key, change.digest)
        )


def _digest(said: Profile | str) -> str:
    """The same texts have the same one."""
    return hashlib.sha256(orjson.dumps(said)).hexdigest()
