"""What people do at random: anything that they could do in a chat at this moment, often something that leads on."""

import re
from collections.abc import Callable
from random import Random

from bot.channels.channel import Button
from dispatch.model.messages import AttachmentKind, InboundMessage, Kind
from tests.fake_channel import Shown
from tests.simulation.fragile_world import FragileWorld
from tests.world import CHAT, FORMS, LANGUAGES, Human

COMMANDS = (
    "/start",
    "/help",
    "/library",
    "/language",
    "/danger",
    "/person",
    "/stop",
    "/forget",
    "/free",
    "/off",
    "/cases",
    "/check",
    "/shelf",
)
COORDINATORS_COMMANDS = (
    "/queue",
    "/people",
    "/cases",
    "/help",
    "/gaps",
    "/phrasings",
    "/shelf",
    "/check",
    "/greeting",
    "/links",
    "/library",
)
QUESTIONS = ("Zxqv wplk", "Zxqv wplk", "Where can I see a doctor?", "مرحبا", "ring me 912 34 567")
EMOJI = ("❤", "👍", None)
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
    "button-helped",
    "button-ask-person",
    "button-done-next",
    "button-stuck",
    "button-reword-keep",
    "button-write-answer",
    "button-phrasing-add",
    "button-new-text",
    "button-propose",
    "button-write-it",
    "button-done",
    "button-look",
    "button-title",
    "button-text",
    "button-approve-text",
    "button-publish",
    "button-right",
    "button-wrong",
    "button-whole-text",
    "button-remark",
    "button-use",
    "button-undo",
)
FORWARD_LABELS = {form for tag in LANGUAGES for key in FORWARD for form in FORMS.get((tag, key), ())}
"""Buttons that lead on to something. By chance alone few would ever get far."""

GAP = re.compile(r"\d+\. ")
"""A gap of the library on a coordinator's list."""


class Chance:
    """Decides what somebody does next. `diary` remembers it; `helpers` see the volunteers' group, the first leads it."""

    def __init__(self, world: FragileWorld, random: Random) -> None:
        self.diary: list[str] = []
        self.helpers: list[Human] = []
        self._world = world
        self._random = random
        self._words = 0
        self._written: dict[str, list[str]] = {}

    def act(self, human: Human) -> InboundMessage | None:
        """Something that this person could do now; None when she could not."""
        if human.user in self._world.channel.blocked:
            return self._returns(human) if self._random.random() < 0.5 else None
        acts: tuple[tuple[Callable[[Human], InboundMessage | None], int], ...] = (
            (self._presses, 45),
            (self._writes, 30),
            (self._replies, 10),
            (self._edits, 8),
            (self._reacts, 6),
            (self._shows, 6),
            (self._commands, 25 if human is self.helpers[0] else 5),
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
        for shown in self._world.channel.visible(message.chat.chat):
            for row in shown.buttons:
                for button in row:
                    if message.pressed and button.token == message.pressed:
                        return f"{button.label!r} in {shown.text[:60]!r}"
        return f"{message.attachments[0].kind} " if message.attachments else ""

    def words(self) -> str:
        """A text like no other."""
        self._words += 1
        number = "".join("abcdefghij"[int(digit)] for digit in str(self._words))
        return f"{self._random.choice(QUESTIONS)} zq{number}x"

    def _writes(self, human: Human) -> InboundMessage:
        return human._message(Kind.SAID, text=self.words())

    def _commands(self, human: Human) -> InboundMessage:
        is_coordinator = human is self.helpers[0]
        return human._message(
            Kind.SAID, text=self._random.choice(COORDINATORS_COMMANDS if is_coordinator else COMMANDS)
        )

    def _shows(self, human: Human) -> InboundMessage:
        kind = self._random.choice(list(AttachmentKind))
        return human._message(Kind.SAID, text=self.words(), attachments=(self._world.attachment(kind),))

    def _replies(self, human: Human) -> InboundMessage | None:
        shown = self._seen(human)
        return human._message(Kind.SAID, text=self.words(), reply_to=shown.external_id) if shown else None

    def _edits(self, human: Human) -> InboundMessage | None:
        written = self._written.get(human.user)
        if not written:
            return None
        return human._message(Kind.EDITED, text=self.words(), external_id=self._random.choice(written[-5:]))

    def _reacts(self, human: Human) -> InboundMessage | None:
        shown = self._seen(human)
        if shown is None:
            return None
        emoji = self._random.choice(EMOJI)
        return human._message(Kind.REACTED, reaction=emoji, external_id=shown.external_id)

    def _presses(self, human: Human) -> InboundMessage | None:
        chats = [None, None, None, CHAT] if human in self.helpers else [None]
        chat = self._random.choice(chats)
        pressable = [(shown, button) for shown in human.seen(chat)[-8:] for button in _buttons(shown)]
        if not pressable:
            return None
        forward = [each for each in pressable if each[1].label in FORWARD_LABELS or GAP.match(each[1].label)]
        shown, button = self._random.choice(
            forward[-4:] if forward and self._random.random() < 0.7 else pressable
        )
        return human.press_token(button.token, shown, chat)

    def _blocks(self, human: Human) -> InboundMessage:
        self._world.channel.blocked.add(human.user)
        return human._message(Kind.REMOVED)

    def _returns(self, human: Human) -> InboundMessage:
        self._world.channel.blocked.discard(human.user)
        return human._message(Kind.RETURNED)

    def _seen(self, human: Human) -> Shown | None:
        seen = human.seen()[-6:]
        return self._random.choice(seen) if seen else None


def _buttons(shown: Shown) -> list[Button]:
    return [button for row in shown.buttons for button in row if button.token]
