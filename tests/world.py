"""People, a platform and the whole service between them, in one process with a clock that stands still.

A story says who writes what and presses what, and looks at what each sees. Words are named by their keys, so that a
story holds in every language.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

import polib

from bot.channels.channel import Upload
from bot.delivery import Outgoing
from bot.intake import Intake
from bot.libraries import Libraries
from bot.making import Maker
from bot.timers import Timers
from bot.turns import Mind, Turns
from bot.wake import Wake
from content.catalog import PHRASES, Catalog, forms_of
from content.detection.detector import Detector
from content.digests import ARTICLES
from content.directory import Directory
from content.library import Library
from dispatch.actions import joining
from dispatch.model.cases import Case
from dispatch.model.messages import Attachment, AttachmentKind, Envelope, InboundMessage, Kind
from dispatch.model.people import Group, Person, Role
from dispatch.model.queues import Account
from dispatch.ports import Service
from dispatch.store.database import Database
from dispatch.store.sealing import Keys
from handlers import menus
from handlers.turn import Links
from tests.clock import FakeClock
from tests.fake_channel import FakeChannel, Shown

LANGUAGES = ("nb", "en", "ar", "so", "uk", "tr")
DIRECTORY = Directory.load()
GROUP = "Bydelsmødrene"
PLACEHOLDER = re.compile(r"\\\{\w+\\\}")  # as re.escape leaves it
FORMS = {
    (file.stem, entry.msgid): forms
    for file in PHRASES.glob("*.po")
    for entry in polib.pofile(str(file))
    if (forms := forms_of(entry))  # what is not translated is said in another language
}
CHAT = "-100"  # the volunteers' group


class Human:
    """Somebody with a phone."""

    def __init__(self, world: "World", user: str, *, name: str = "", app_language: str | None = None) -> None:
        self.world = world
        self.user = user
        self.name = name or user.capitalize()
        self.app_language = app_language
        self.language = "en"  # in which the story looks for words

    # What she does

    async def says(self, text: str = "", **details: object) -> str:
        """Write to the bot; the platform's id of what she wrote."""
        message = await self.writes(text, **details)
        await self.world.settles()
        return message.external_id

    async def writes(self, text: str = "", **details: object) -> InboundMessage:
        """Like `says`, but nothing is handled yet."""
        message = self._message(Kind.SAID, text=text, **details)
        await self.world.arrive(message)
        return message

    async def shows(
        self, kind: AttachmentKind, text: str = "", *, size: int = 1000, **details: object
    ) -> str:
        """Send a picture, a voice, a document."""
        return await self.says(text, attachments=(self.world.attachment(kind, size=size),), **details)

    async def edits(self, external_id: str, text: str) -> None:
        """Change what she wrote."""
        await self.world.arrive(self._message(Kind.EDITED, text=text, external_id=external_id))
        await self.world.settles()

    async def reacts(self, shown: Shown, emoji: str | None) -> None:
        """Put an emoji on a message."""
        message = self._message(Kind.REACTED, reaction=emoji, external_id=shown.external_id)
        await self.world.arrive(message)
        await self.world.settles()

    async def replies(self, shown: Shown, text: str) -> str:
        """Answer a particular message."""
        return await self.says(text, reply_to=shown.external_id)

    async def presses(self, key: str, *, chat: str | None = None, containing: str = "") -> None:
        """Press the newest button whose label is this phrase (or, without such a phrase, this text)."""
        await self.world.arrive(self.press(key, chat=chat, containing=containing))
        await self.world.settles()

    def press(self, key: str, *, chat: str | None = None, containing: str = "") -> InboundMessage:
        """The press, not yet on its way."""
        for shown in reversed(self.seen(chat)):
            for row in shown.buttons:
                for button in row:
                    if self.world.says(key, button.label, self.language) and containing in button.label:
                        return self.press_token(button.token, shown, chat)
        raise AssertionError(f"{self.name} has no button {key!r}; she sees\n{self.screen(chat)}")

    def press_token(self, token: str, shown: Shown, chat: str | None = None) -> InboundMessage:
        """The press of a button with this token."""
        return self._message(
            Kind.PRESSED,
            pressed=token,
            press_id=self.world.channel.next_id(),
            external_id=shown.external_id,
            chat=chat,
        )

    async def blocks(self) -> None:
        """Block the bot."""
        self.world.channel.blocked.add(self.user)
        await self.world.arrive(self._message(Kind.REMOVED))
        await self.world.settles()

    def _message(
        self, kind: Kind, *, chat: str | None = None, external_id: str = "", **details: object
    ) -> InboundMessage:
        return InboundMessage(
            kind=kind,
            chat=self.world.channel.address(chat or self.user),
            user=self.user,
            private=chat is None,
            external_id=external_id or self.world.channel.next_id(),
            sent_at=details.pop("sent_at", None) or self.world.clock.now(),  # type: ignore[arg-type]
            name=self.name,
            app_language=self.app_language,
            **details,  # type: ignore[arg-type]
        )

    # What she sees

    def seen(self, chat: str | None = None) -> list[Shown]:
        """All messages of her chat with the bot, or of another chat."""
        return list(self.world.channel.visible(chat or self.user))

    def last(self, chat: str | None = None) -> Shown:
        """The newest message."""
        return self.seen(chat)[-1]

    def screen(self, chat: str | None = None) -> str:
        """Her chat as text."""
        return "\n---\n".join(
            f"{shown.text}  {shown.labels() or ''}{' 📎' * len(shown.files)}" for shown in self.seen(chat)
        )

    def find(self, key: str, chat: str | None = None) -> Shown | None:
        """The newest message that says this phrase, or holds this text."""
        for shown in reversed(self.seen(chat)):
            if self.world.says(key, shown.text, self.language):
                return shown
        return None

    def sees(self, *keys: str, chat: str | None = None) -> Shown:
        """She sees all of these phrases or texts; the message with the last of them."""
        found = None
        for key in keys:
            found = self.find(key, chat)
            assert found is not None, f"{self.name} does not see {key!r}:\n{self.screen(chat)}"
        assert found is not None
        return found

    def does_not_see(self, *keys: str, chat: str | None = None) -> None:
        """None of these phrases or texts is there."""
        for key in keys:
            assert self.find(key, chat) is None, f"{self.name} sees {key!r}:\n{self.screen(chat)}"

    def has_button(self, key: str, chat: str | None = None) -> bool:
        """Could she press this?"""
        labels = [label for shown in self.seen(chat) for label in shown.labels()]
        return any(self.world.says(key, label, self.language) for label in labels)

    # Longer stretches that many stories begin with

    async def chooses(self, language: str) -> Self:
        """Choose a language by its button."""
        await self.says("/language")
        await self.presses(self.world.autonym(language))
        self.language = language
        return self

    async def turns_to(self, label: str) -> None:
        """Turn the pages of her newest card until it has this button."""
        while label not in self.last().labels():
            await self.presses("•••")

    async def asks_people(self, text: str = "Zxqv wplk?") -> Case:
        """Ask what the library does not know, and agree that a woman sees it; the case that waits."""
        await self.says("/person")
        await self.presses("button-yes")
        await self.says(text)
        case = await self.case()
        assert case
        return case

    async def row(self) -> Person | None:
        """What the service knows of her."""
        channel = self.world.channel
        return await self.world.within(lambda tx: tx.people.at(channel.name, channel.account, self.user))

    async def case(self) -> Case | None:
        """Her latest case."""
        person = await self.row()
        return await self.world.within(lambda tx: tx.cases.last_of(person.id)) if person else None


class World:
    """One group, its people, and the service."""

    def __init__(
        self, database: Database, clock: FakeClock, library: Library, detector: Detector, catalog: Catalog
    ) -> None:
        self.database = database
        self.clock = clock
        self.catalog = catalog
        self.channel = FakeChannel()
        self.group_id = ""
        self.articles = ARTICLES
        self._library = library
        self.libraries: Libraries | None = None  # where a story changes the library
        self._detector = detector
        self._serial = itertools.count(1)
        self.start_service()

    def start_service(self) -> None:
        """A process begins: what it remembers in memory is new."""
        key = (self.channel.name, self.channel.account)
        channels = {key: self.channel}
        mind = Mind(
            detector=self._detector,
            library=self.library_of,
            directory=DIRECTORY,
            catalog=self.catalog,
        )
        links = {key: Links(to=self.channel.link, platform="Telegram")}
        self.intake = Intake(self.database, self.clock)
        self.turns = Turns(self.database, self.clock, channels, links, mind, Wake())
        self.outgoing = Outgoing(
            self.database, self.clock, self.channel, channels, self.catalog, Maker(self.articles), Wake()
        )
        self.timers = Timers(self.database, self.clock)

    def library_of(self, group_id: str) -> Library:
        """What the group's members are answered from."""
        return self.libraries.of(group_id) if self.libraries else self._library

    def reads(self, folder: Path) -> None:
        """From now on the library is what this folder holds."""
        self.articles = folder
        self._library = Library.load(folder, model=False)
        self.start_service()

    async def follows(self, folder: Path) -> None:
        """From now on the library is that of this folder, and of the group's own shelf."""
        self.articles = folder
        self.libraries = Libraries(self.database, folder, model=False)
        await self.libraries.start()
        self.start_service()

    @classmethod
    async def open(cls, path: Path, library: Library, detector: Detector, catalog: Catalog) -> Self:
        """A new world with an empty group; its database is in this folder."""
        database = Database.open(f"sqlite:///{path / 'world.db'}", keys=Keys.generate())
        await database.migrate()
        world = cls(database, FakeClock(), library, detector, catalog)

        def begin(service: Service) -> str:
            group_id = service.new_id()
            service.put_group(
                Group(
                    id=group_id,
                    name=GROUP,
                    country="NO",
                    zone="Europe/Oslo",
                    language="en",
                    languages=LANGUAGES,
                    chat=world.channel.address(CHAT),
                )
            )
            account = Account(channel=world.channel.name, account=world.channel.account, group_id=group_id)
            service.accounts.put(account)
            return group_id

        world.group_id = await database.run(begin)
        world.clock.advance(timedelta(seconds=1))  # buckets start empty
        return world

    async def close(self) -> None:
        """The world ends."""
        await self.database.close()

    async def within(self, function):  # type: ignore[no-untyped-def]
        """Run a function in a transaction of the group."""
        return await self.database.run(lambda service: function(service.within(self.group_id)))

    async def serves(self, *languages: str) -> None:
        """The group offers members these languages, and no others."""
        await self.within(lambda tx: tx.save_group(replace(tx.group, languages=languages)))

    # People

    def person(self, user: str, **details: object) -> Human:
        """Somebody who has not written yet."""
        return Human(self, user, **details)  # type: ignore[arg-type]

    async def member(self, user: str, *, speaks: str = "so") -> Human:
        """A member who has chosen her language."""
        return await self.person(user).chooses(speaks)

    async def coordinator(self, user: str) -> Human:
        """A coordinator, who came by a link."""
        human = self.person(user)
        start = await self.within(lambda tx: joining.invite(tx, Role.COORDINATOR, None, self.clock.now()))
        await human.says(f"/start {start}")
        await human.chooses("en")
        return human

    async def volunteer(
        self, user: str, *, speaks: Sequence[str] = ("so", "en"), free: str | None = "hour"
    ) -> Human:
        """An approved volunteer, free for an hour unless told otherwise."""
        human = self.person(user)
        start = await self.within(lambda tx: joining.invite(tx, Role.VOLUNTEER, None, self.clock.now()))
        await human.says(f"/start {start}")
        await human.chooses("en")
        row = await human.row()
        assert row
        await self.within(lambda tx: _approve(tx, row.id, tuple(speaks), self.clock.now()))
        await self.settles()
        if free:
            await human.presses(
                {"hour": "button-free-hour", "two": "button-free-two", "stop": "button-free-stop"}[free]
            )
        return human

    # What goes on

    async def arrive(self, *messages: InboundMessage) -> None:
        """The platform hands these over, each as an update of its own."""
        await self.intake.accept([self.envelope(message) for message in messages])

    def envelope(self, message: InboundMessage, external_id: str = "") -> Envelope:
        """A message as the channel stores it."""
        wait = timedelta(seconds=2) if message.album else None
        return Envelope(
            channel=self.channel.name,
            account=self.channel.account,
            external_id=external_id or f"{message.kind}:{next(self._serial)}",
            sender=message.user,
            raw=self.channel.write(message),
            album=message.album,
            not_before=self.clock.now() + wait if wait else None,
        )

    async def settles(self) -> None:
        """Everything that can be handled and sent now is."""
        await self.turns.drain()
        await self._sends()
        if self.libraries:
            await self.libraries.look()

    async def _sends(self) -> None:
        """At the platform's pace: a moment goes by between two messages."""
        asked = -1
        while asked != self.channel.asked:
            asked = self.channel.asked
            self.clock.advance(timedelta(milliseconds=5))
            await self.outgoing.drain()

    async def passes(self, **span: float) -> None:
        """Time goes by, and what is due happens."""
        await self.settles()
        end = self.clock.now() + timedelta(**span)
        while self.clock.now() < end:
            self.clock.set(
                min(end, max(await self._next(end), self.clock.now() + timedelta(milliseconds=10)))
            )
            await self.timers.tick()
            await self.settles()

    async def _next(self, end: datetime) -> datetime:
        due = await self.database.read(lambda service: service.due.next_at())
        waiting = await self.database.read(lambda service: service.inbox.next_at())
        owed = await self.database.read(
            lambda service: service.deliveries.next_at(self.channel.name, self.channel.account)
        )
        return min([at for at in (due, waiting, owed) if at] + [end])

    # Words

    def says(self, key: str, text: str, language: str) -> bool:
        """Does this text say that phrase in the language? What is no key is looked for as it stands."""
        pattern = self._pattern(key, language)
        return bool(re.search(pattern, text)) if pattern else key in text

    def _pattern(self, key: str, language: str) -> str | None:
        forms = FORMS.get((language, key)) or FORMS.get(("en", key))
        if not forms:
            return None
        filled = [PLACEHOLDER.sub(r"[\\s\\S]+?", re.escape(form)) for form in forms]
        return "|".join(f"(?:{form})" for form in filled)

    @staticmethod
    def autonym(tag: str) -> str:
        """A language's own name."""
        from content.languages import autonym

        return autonym(tag)

    def attachment(self, kind: AttachmentKind, *, size: int = 1000) -> Attachment:
        """A file on this platform."""
        ref = f"file-{self.channel.next_id()}"
        self.channel.files[ref] = b"bytes of " + ref.encode()
        return Attachment(
            kind=kind,
            channel=self.channel.name,
            account=self.channel.account,
            ref=ref,
            name="Fatima Hassan passport.pdf",
            content_type="application/octet-stream",
            size=size,
        )


def _approve(tx, person_id: str, languages: tuple[str, ...], now: datetime) -> None:  # type: ignore[no-untyped-def]
    person = replace(tx.people.get(person_id), languages=languages)
    tx.people.save(person)
    joining.decide(tx, person, approved=True, now=now)
    menus.show(tx, tx.people.get(person_id))


def uploads(shown: Shown) -> list[Upload]:
    """The files of a message that went out as bytes."""
    return [file for file in shown.files if isinstance(file, Upload)]
