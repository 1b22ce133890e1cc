"""What a page does not have yet of its chat."""

from collections.abc import Callable
from dataclasses import dataclass

import orjson

from bot.web.lines import STATES, shown
from dispatch.model.messages import Address
from dispatch.model.queues import ChatLine
from dispatch.ports import Service

LINES_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """How far a page has read: the highest revision, and the latest line (not a state) that came with it."""

    revision: int
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Lines that changed, oldest change first. `cleared`: whatever the page has is gone, these are all.

    `language` is the one that she chose, by herself or by the link that she came by, in a private chat.
    """

    lines: tuple[ChatLine, ...]
    cleared: bool
    known: Known
    language: str | None = None

    @property
    def complete(self) -> bool:
        """Is there nothing more?"""
        return len(self.lines) < LINES_AT_ONCE

    def shown(self, viewer: str, name: Callable[[str], str]) -> str:
        """As the frame that this viewer's page gets."""
        lines = [shown(line, viewer, name) for line in self.lines]
        frame = {"type": "lines", "lines": lines, "caught_up": self.complete, "language": self.language}
        return orjson.dumps(frame).decode()


def newer(service: Service, address: Address, known: Known) -> News:
    """What changed since then. Erasure takes all lines of a chat away, and age the oldest: when a page's latest is gone,
    so is what it has before that."""
    cleared = bool(known.last) and service.transcripts.line(address, known.last) is None
    since = 0 if cleared else known.revision
    found = tuple(service.transcripts.since(address, since, LINES_AT_ONCE))
    last = next((line.external_id for line in reversed(found) if line.external_id not in STATES), "")
    revision = found[-1].revision if found else since
    return News(
        lines=found,
        cleared=cleared,
        known=Known(revision=revision, last=last or ("" if cleared else known.last)),
        language=chosen(service, address) if found else None,
    )


def chosen(service: Service, address: Address) -> str | None:
    """The language that she chose whose own chat this is. What was only guessed may be guessed otherwise tomorrow."""
    group = service.accounts.group_of(address.channel, address.account)
    person = (
        service.within(group).people.at(address.channel, address.account, address.chat) if group else None
    )
    if person is None:
        return None
    return person.language if person.language_chosen else person.link_language
