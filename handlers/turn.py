"""One message being handled, and all that a handler may use."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import wraps

from content.catalog import Catalog
from content.directory import Directory
from content.library import Library
from content.phrases import Autonym, Body, Phrase
from dispatch.actions import owing
from dispatch.actions.cards import danger_choice, language_choice, library_choice
from dispatch.model.cases import Case
from dispatch.model.messages import AnswerPress, Choice, Choices, Delivery, InboundMessage, Lane, Made, Style
from dispatch.model.people import Person
from dispatch.model.queues import Button
from dispatch.ports import Transaction
from handlers.thinking import Thought


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """How a private chat with the bot is opened, and who can read along there."""

    to: Callable[[str], str] = str  # the address that sends `/start <start>`
    platform: str = ""  # named in the consent, when the platform can read along


@dataclass(slots=True, kw_only=True)
class Turn:
    """The message, who sent it, and the unit of work. `sender` is None for strangers in a group."""

    tx: Transaction
    message: InboundMessage
    now: datetime
    sender: Person | None
    library: Library
    directory: Directory
    catalog: Catalog
    links: Links = field(default_factory=Links)
    button: Button | None = None
    thought: Thought = field(default_factory=Thought)
    answered: bool = False  # the press itself

    @property
    def person(self) -> Person:
        """Who sent it; only routes that need no person are reached without one."""
        assert self.sender is not None
        return self.sender

    @property
    def today(self) -> date:
        """The day on the group's wall calendar."""
        return self.tx.group.local(self.now).date()

    @property
    def arguments(self) -> tuple[str, ...]:
        """What the pressed button carries."""
        return self.button.arguments if self.button else ()

    @property
    def language(self) -> str:
        """The language to speak to her in."""
        return self.person.language or self.tx.group.language

    def becomes(self, **changes: object) -> Person:
        """The sender is changed, and kept."""
        self.sender = replace(self.tx.people.get(self.person.id), **changes)  # type: ignore[arg-type]
        self.tx.people.save(self.sender)
        return self.sender

    def refreshed(self) -> Person:
        """The sender as she is after what actions did."""
        self.sender = self.tx.people.get(self.person.id)
        return self.sender

    def reply(
        self,
        body: Body,
        *,
        title: Body | None = None,
        choices: Choices = (),
        made: tuple[Made, ...] = (),
        card: str | None = None,
        fresh: bool = False,
        lane: Lane = Lane.ANSWER,
        language: str | None = None,
        way_back: bool = True,
    ) -> None:
        """Say something to the sender, in her private chat; in `language` as long as hers is not known.

        Under what a member reads stands 🌐 (H18), unless the way back is elsewhere or comes with the next message.
        """
        leads_back = any(map(_leads_back, itertools.chain(*choices)))
        if way_back and self.person.is_member and not leads_back:
            choices = (*choices, self.language_choices())
        owing.say(
            self.tx,
            self.person,
            body,
            title=title,
            choices=choices,
            made=made,
            card=card,
            fresh=fresh,
            lane=lane,
            language=language,
        )

    def choice(self, label: Body, action: str, *arguments: str, style: Style = Style.PLAIN) -> Choice:
        """A button that only the sender may press."""
        return owing.choice(self.tx, label, action, *arguments, person=self.person, style=style)

    def language_choice(self) -> Choice:
        """🌐 with her language's own name."""
        return language_choice(self.tx, self.person)

    def language_choices(self, spoken: str | None = None) -> tuple[Choice, ...]:
        """🌐 of the language that is spoken, and by its own name the other one that she has just written in."""
        way = language_choice(self.tx, self.person, spoken)
        if self.thought.also is None:
            return (way,)
        return way, self.choice(Autonym(self.thought.also), "language", self.thought.also)

    def library_choice(self) -> Choice:
        """📚: read without asking."""
        return library_choice(self.tx, self.person)

    def danger_choice(self) -> Choice:
        """🆘: whom to call now."""
        return danger_choice(self.tx)

    def toast(self, body: Body | None) -> None:
        """Answer the press itself, for a moment on the screen."""
        if self.message.press_id and not self.answered:
            self.answered = True
            answer = AnswerPress(press_id=self.message.press_id, body=body)
            owing.owe_chat(
                self.tx,
                self.message.chat,
                answer,
                lane=Lane.RELAY,
                delivery=Delivery.ONCE,
                language=self._reads,
            )

    @property
    def _reads(self) -> str | None:
        return self.sender.language if self.sender else self.message.app_language

    def close(self) -> None:
        """Every press is answered: a platform shows it as busy until then."""
        self.toast(None)


def _leads_back(choice: Choice) -> bool:
    return isinstance(choice.label, Phrase) and choice.label.key == "button-language"


def gone(turn: Turn) -> None:
    """What the button was for is over (H26)."""
    turn.reply(Phrase("button-gone"))


def of_held_case(handle: Callable[[Turn, Case], None]) -> Callable[[Turn], None]:
    """The press is about a case that the sender holds; otherwise its button is gone."""

    @wraps(handle)
    def handler(turn: Turn) -> None:
        case = turn.tx.cases.find(turn.arguments[0])
        if case and case.assignee_id == turn.person.id:
            handle(turn, case)
        else:
            gone(turn)

    return handler


def of_own_case(handle: Callable[[Turn, Case], None]) -> Callable[[Turn], None]:
    """The press is about a case that the sender asked; otherwise its button is gone."""

    @wraps(handle)
    def handler(turn: Turn) -> None:
        case = turn.tx.cases.find(turn.arguments[0])
        if case and case.member_id == turn.person.id:
            handle(turn, case)
        else:
            gone(turn)

    return handler
