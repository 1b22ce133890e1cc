"""A night: members, volunteers and a coordinator act at random while processes die and the platform stumbles.

One seed is one night; the same seed is the same night.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from structlog.testing import capture_logs

from bot.channels.channel import Button
from content.catalog import Catalog
from content.detection.detector import Detector
from content.library import Library
from dispatch.model.messages import AttachmentKind, Envelope, InboundMessage, Kind
from tests.fake_channel import Shown
from tests.simulation.faults import Fate, Storm
from tests.simulation.fragile_world import FragileWorld
from tests.simulation.invariants import violations
from tests.world import CHAT, FORMS, LANGUAGES, Human

EVENINGS = (
    datetime(2026, 11, 23, 17, 0, tzinfo=UTC),
    datetime(2027, 3, 27, 17, 0, tzinfo=UTC),  # clocks go forward in Oslo, at two in the morning
    datetime(2027, 10, 30, 16, 0, tzinfo=UTC),  # and back, at three
)

ROUNDS = 30
COMMANDS = (
    "/start",
    "/help",
    "/language",
    "/danger",
    "/person",
    "/stop",
    "/forget",
    "/free",
    "/off",
    "/cases",
)
COORDINATORS_COMMANDS = ("/queue", "/people", "/cases", "/help")
QUESTIONS = ("Zxqv wplk", "Zxqv wplk", "Where can I see a doctor?", "مرحبا", "ring me 912 34 567")
EMOJI = ("❤", "👍", None)
PAUSES = ((0, 5), (0, 5), (5, 60), (5, 60), (60, 300), (300, 1200), (1200, 5400))
"""Seconds between two rounds."""

FORWARD = (
    "button-yes",
    "button-person",
    "button-send",
    "button-take",
    "button-hand-over",
    "button-finish",
    "button-ask-again",
    "button-another-woman",
    "button-free-hour",
    "button-free-two",
    "button-forget",
    "button-cancel",
    "board-button",
)
FORWARD_LABELS = {form for tag in LANGUAGES for key in FORWARD for form in FORMS.get((tag, key), ())}
"""Buttons that lead on to something. By chance alone few would ever get far."""


class NightFailed(AssertionError):
    """A promise was broken. Says how to see it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nights:
    """What every night needs."""

    library: Library
    detector: Detector
    catalog: Catalog
    folder: str | None = None  # where databases live

    async def pass_one(self, seed: int) -> "Night":
        """Live through one night. Raises NightFailed."""
        with TemporaryDirectory(dir=self.folder) as folder:
            world = await FragileWorld.open(Path(folder), self.library, self.detector, self.catalog)
            night = Night(world, seed)
            try:
                with capture_logs() as logs:
                    await night.passes(logs)
            except Exception as error:
                raise NightFailed(night.report(error)) from error
            finally:
                await world.close()
            return night


class Night:
    """One night; `diary` says what people did in it."""

    def __init__(self, world: FragileWorld, seed: int) -> None:
        self.world = world
        self.seed = seed
        self.diary: list[str] = []
        self._random = Random(seed)
        self._words = 0
        self._helpers: list[Human] = []
        self._people: list[Human] = []
        self._written: dict[str, list[str]] = {}
        self._delivered: list[Envelope] = []

    def report(self, error: Exception) -> str:
        """What went wrong, and how to see it again."""
        diary = "\n".join(self.diary[-40:])
        again = f"Again: python -m benchmarks.nights --first {self.seed} 1"
        return f"night {self.seed}: {error}\nWhat people did:\n{diary}\n{again}"

    async def passes(self, logs: list[Any]) -> None:
        """The whole night. Raises AssertionError when a promise is broken."""
        await self._begin()
        self.world.meets(self._storm())
        for _ in range(ROUNDS):
            await self._round()
            _no_errors(logs)
            assert not self.world.witness.broken, self.world.witness.broken
        self.world.meets(Fate())
        await self.world.passes(minutes=10)
        await self._is_at_rest(logs)
        await self.world.passes(hours=14)
        await self._is_at_rest(logs)

    async def _is_at_rest(self, logs: list[Any]) -> None:
        _no_errors(logs)
        broken = await violations(self.world)
        assert not broken, broken

    async def _begin(self) -> None:
        self.world.clock.set(EVENINGS[self.seed % len(EVENINGS)])
        self._helpers = [await self.world.coordinator("kari")]
        for name, speaks in (("hodan", ("so", "en")), ("leyla", ("en", "ar")), ("olena", ("uk", "en"))):
            self._helpers.append(await self.world.volunteer(name, speaks=speaks, free="stop"))
        members = [
            await self.world.member(name, speaks=tag) for name, tag in (("amina", "so"), ("berit", "en"))
        ]
        for member in members:
            await member.asks_people(self._text())
        self._people = [*self._helpers, *members, *members, self.world.person("chen")]

    def _storm(self) -> Storm:
        kills, throttles, failures = (self._random.choice((0.0, 0.005, 0.02)) for _ in range(3))
        return Storm(self._random, kills=kills, throttles=throttles, failures=failures)

    # What happens

    async def _round(self) -> None:
        """Some people do something, the platform brings it in whatever order, and time goes by."""
        messages = [self._act(self._random.choice(self._people)) for _ in range(self._random.randint(1, 4))]
        envelopes = [self.world.envelope(message) for message in messages if message]
        envelopes = self._shuffled(envelopes)
        self._delivered += envelopes
        if self._delivered and self._random.random() < 0.2:
            envelopes.append(self._random.choice(self._delivered))
        await self.world.deliver(envelopes)
        if self._random.random() < 0.7:
            await self.world.settles()
        else:
            self.diary.append("  nobody handles it yet")
        if self._random.random() < 0.5:
            seconds = self._random.uniform(*self._random.choice(PAUSES))
            self.diary.append(f"  {seconds:.0f} seconds go by")
            await self.world.passes(seconds=seconds)

    def _shuffled(self, envelopes: list[Envelope]) -> list[Envelope]:
        """Those of one sender stay in order; others may overtake them."""
        order = [envelope.sender for envelope in envelopes]
        self._random.shuffle(order)
        lines = {sender: [each for each in envelopes if each.sender == sender] for sender in order}
        return [lines[sender].pop(0) for sender in order]

    def _act(self, human: Human) -> InboundMessage | None:
        """Something that this person could do now; None when she could not."""
        if human.user in self.world.channel.blocked:
            return self._returns(human) if self._random.random() < 0.5 else None
        acts: tuple[tuple[Callable[[Human], InboundMessage | None], int], ...] = (
            (self._presses, 45),
            (self._writes, 30),
            (self._replies, 10),
            (self._edits, 8),
            (self._reacts, 6),
            (self._shows, 6),
            (self._commands, 5),
            (self._blocks, 1),
        )
        (act,) = self._random.choices([act for act, _ in acts], [weight for _, weight in acts])
        message = act(human)
        if message:
            self._written.setdefault(human.user, [])
            if message.kind is Kind.SAID:
                self._written[human.user].append(message.external_id)
            what = message.text or message.reaction or ""
            self.diary.append(f"{human.user} {message.kind} {self._label(message)}{what}")
        return message

    def _label(self, message: InboundMessage) -> str:
        for shown in self.world.channel.visible(message.chat.chat):
            for row in shown.buttons:
                for button in row:
                    if message.pressed and button.token == message.pressed:
                        return f"{button.label!r} in {shown.text[:60]!r}"
        return f"{message.attachments[0].kind} " if message.attachments else ""

    def _text(self) -> str:
        self._words += 1
        return f"{self._random.choice(QUESTIONS)} zq{self._words}x"

    def _writes(self, human: Human) -> InboundMessage:
        return human._message(Kind.SAID, text=self._text())

    def _commands(self, human: Human) -> InboundMessage:
        is_coordinator = human is self._helpers[0]
        return human._message(
            Kind.SAID, text=self._random.choice(COORDINATORS_COMMANDS if is_coordinator else COMMANDS)
        )

    def _shows(self, human: Human) -> InboundMessage:
        kind = self._random.choice(list(AttachmentKind))
        return human._message(Kind.SAID, text=self._text(), attachments=(self.world.attachment(kind),))

    def _replies(self, human: Human) -> InboundMessage | None:
        shown = self._seen(human)
        return human._message(Kind.SAID, text=self._text(), reply_to=shown.external_id) if shown else None

    def _edits(self, human: Human) -> InboundMessage | None:
        written = self._written.get(human.user)
        if not written:
            return None
        return human._message(Kind.EDITED, text=self._text(), external_id=self._random.choice(written[-5:]))

    def _reacts(self, human: Human) -> InboundMessage | None:
        shown = self._seen(human)
        if shown is None:
            return None
        emoji = self._random.choice(EMOJI)
        return human._message(Kind.REACTED, reaction=emoji, external_id=shown.external_id)

    def _presses(self, human: Human) -> InboundMessage | None:
        chats = [None, None, None, CHAT] if human in self._helpers else [None]
        chat = self._random.choice(chats)
        pressable = [(shown, button) for shown in human.seen(chat)[-8:] for button in _buttons(shown)]
        if not pressable:
            return None
        forward = [each for each in pressable if each[1].label in FORWARD_LABELS]
        shown, button = self._random.choice(
            forward[-4:] if forward and self._random.random() < 0.7 else pressable
        )
        return human.press_token(button.token, shown, chat)

    def _blocks(self, human: Human) -> InboundMessage:
        self.world.channel.blocked.add(human.user)
        return human._message(Kind.REMOVED)

    def _returns(self, human: Human) -> InboundMessage:
        self.world.channel.blocked.discard(human.user)
        return human._message(Kind.RETURNED)

    def _seen(self, human: Human) -> Shown | None:
        seen = human.seen()[-6:]
        return self._random.choice(seen) if seen else None


def _buttons(shown: Shown) -> list[Button]:
    return [button for row in shown.buttons for button in row if button.token]


def _no_errors(logs: list[Any]) -> None:
    errors = [entry for entry in logs if entry["log_level"] == "error"]
    if errors:
        error = errors[0].get("error")
        raise AssertionError(f"{errors[0]}") from (error if isinstance(error, BaseException) else None)
