"""Sees what the service commits and what the platform does, and remembers what would be forgotten again."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.channels.channel import Change, Deed, Mark, Post
from bot.channels.errors import SendError, Unavailable
from dispatch.model.messages import Address, Delivery, Edit, Send
from dispatch.model.queues import Leased
from dispatch.ports import Service

PRIVATE = re.compile(r"zq(?:\d+|[a-j]+)x")
"""What people write in a simulation holds such a word: wherever it turns up, its author is known by it. One of letters
stays where numbers are taken out, as in what is kept for the library."""

OUTBOX = "SELECT id, position, person_id, delivery, state, scheduled, reason FROM outbox"
PARTIES = """SELECT id, member_id FROM cases
    UNION ALL SELECT id, assignee_id FROM cases WHERE assignee_id IS NOT NULL"""
GONE = "SELECT id FROM people WHERE NOT reachable OR stopped_at IS NOT NULL"
STRAYS = """SELECT outbox.id FROM outbox JOIN people ON people.id = outbox.person_id
    WHERE people.chat_hash <> outbox.chat_hash"""
PEOPLE = "SELECT id, chat_hash FROM people"
AGREED = "SELECT chat_hash FROM people WHERE consented_at IS NOT NULL"
HELPERS = "SELECT chat_hash FROM people WHERE volunteer IS NOT NULL OR coordinator IS NOT NULL"
COORDINATORS = "SELECT chat_hash FROM people WHERE coordinator = 'active'"
CASE_OF = "SELECT id, case_id FROM case_messages"
IMPOSSIBLE = """
    SELECT 'an open offer of a case that does not wait', offers.id FROM offers JOIN cases ON cases.id = offers.case_id
        WHERE offers.state = 'open' AND cases.state <> 'waiting'
    UNION ALL SELECT 'an offer that ended never, or twice', id FROM offers
        WHERE (state = 'open') <> (ended_at IS NULL)
    UNION ALL SELECT 'a case that nobody has, or somebody has who should not', id FROM cases
        WHERE (state = 'assigned') <> (assignee_id IS NOT NULL)
    UNION ALL SELECT 'two open cases of one member', member_id FROM cases WHERE state <> 'closed'
        GROUP BY member_id HAVING count(*) > 1
    UNION ALL SELECT 'more cases than one can hold', assignee_id FROM cases WHERE assignee_id IS NOT NULL
        GROUP BY assignee_id HAVING count(*) > 3
"""
"""What no transaction may leave behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the outbox, as it was seen last."""

    position: int
    person: str | None
    delivery: Delivery
    state: str
    scheduled: bool
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a transaction was about to leave behind."""

    rows: Mapping[str, Row]
    parties: tuple[tuple[str, str], ...]  # case, and somebody in it
    case_of: Mapping[str, str]  # of a message
    chats: Mapping[str, bytes]  # of people
    authors: Mapping[str, bytes]  # of words: their chats
    readers: Mapping[str, bytes]  # chats that were written to, by the platform's id
    gone: frozenset[str]  # people who stopped, or blocked the bot
    agreed: frozenset[bytes]  # chats of those who said yes to a person reading them
    helpers: frozenset[bytes]
    coordinators: frozenset[bytes]
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Something that the platform did for us: `row` of the outbox wanted it, as the `place`-th of its deeds."""

    row: str
    place: int
    chat: str
    what: str


class Witness:
    """One for each world; it outlives the processes."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self.calls: list[Call] = []
        self.excused: Counter[str] = Counter()  # how often each row may be repeated
        self.parties: dict[str, set[str]] = defaultdict(set)
        self.case_of: dict[str, str] = {}
        self.chats: dict[str, bytes] = {}
        self.authors: dict[str, bytes] = {}
        self.reached: set[Address] = set()
        self.readers: dict[str, bytes] = {}
        self.agreed: set[bytes] = set()
        self.helpers: set[bytes] = set()
        self.coordinators: set[bytes] = set()
        self.wrote: dict[str, Address] = {}  # each private word: in which chat its author writes
        self.gone: set[str] = set()
        self.erased: set[str] = set()  # rows that went with somebody who wanted to be forgotten
        self.broken: list[str] = []
        self._latest: Sight | None = None
        self._leased: Leased | None = None
        self._place = 0

    # What is committed

    def look(self, service: Service) -> Sight:
        """At the end of a transaction, which may still fail."""

        every = service.work.connection.connection.driver_connection.execute  # type: ignore[attr-defined]
        return Sight(
            rows={
                row_id: Row(
                    position=position,
                    person=person,
                    delivery=Delivery(delivery),
                    state=state,
                    scheduled=bool(scheduled),
                    reason=reason,
                )
                for row_id, position, person, delivery, state, scheduled, reason in every(OUTBOX)
            },
            parties=tuple(every(PARTIES)),
            chats=dict(every(PEOPLE)),
            authors={
                word: service.work.blind(chat)  # type: ignore[attr-defined]
                for word, chat in self.wrote.items()
                if word not in self.authors
            },
            readers={
                chat.chat: service.work.blind(chat)  # type: ignore[attr-defined]
                for chat in self.reached
                if chat.chat not in self.readers
            },
            agreed=frozenset(chat for (chat,) in every(AGREED)),
            helpers=frozenset(chat for (chat,) in every(HELPERS)),
            coordinators=frozenset(chat for (chat,) in every(COORDINATORS)),
            case_of=dict(every(CASE_OF)),
            gone=frozenset(person for (person,) in every(GONE)),
            broken=(
                *(f"{what}: {which}" for what, which in every(IMPOSSIBLE)),
                *(f"a message to one in the chat of another: {row}" for (row,) in every(STRAYS)),
            ),
        )

    def believe(self, result: object, sight: Sight) -> None:
        """It was committed."""
        if self._latest and self._latest.chats.keys() - sight.chats.keys():
            self.erased |= self._latest.rows.keys() - sight.rows.keys()
        self._latest = sight
        for row_id, row in sight.rows.items():
            known = self.rows.get(row_id, row)
            self.rows[row_id] = replace(row, scheduled=known.scheduled or row.scheduled)
        self.case_of |= sight.case_of
        self.chats |= sight.chats
        self.authors |= sight.authors
        self.readers |= sight.readers
        self.gone |= sight.gone
        self.agreed |= sight.agreed
        self.helpers |= sight.helpers
        self.coordinators |= sight.coordinators
        for case, person in sight.parties:
            self.parties[case].add(person)
        self.broken += [each for each in sight.broken if each not in self.broken]
        if isinstance(result, Leased):
            self._leased, self._place = result, -1
            self.reached.add(result.message.to)

    # What the platform does

    def tries(self, _deed: Deed) -> None:
        """The next deed of the row in hand is asked for."""
        self._place += 1

    def hears(self, chat: str, deed: Deed) -> None:
        """The platform did it."""
        assert self._leased
        self.calls.append(Call(row=self._leased.id, place=self._place, chat=chat, what=_words(deed)))
        for word in PRIVATE.findall(_words(deed)):
            self._may_be_read(word, chat)

    def fails(self, error: SendError) -> None:
        """It did not, or we did not hear of it: then it may be asked for again."""
        assert self._leased
        if isinstance(error, Unavailable) and error.reached:
            self.excused[self._leased.id] += 1

    def dies(self) -> None:
        """The process is gone: what it had in hand may be repeated."""
        if self._leased:
            self.excused[self._leased.id] += 1

    def _may_be_read(self, word: str, chat: str) -> None:
        """Words of a case go to those only who are or were in it with their author; the rest is for the library."""
        assert self._leased
        message = self._leased.message
        about = message.action.about if isinstance(message.action, Send | Edit) else None
        if about is None and self._is_for_library(word, chat):
            return
        cases = [self.case_of[about]] if about in self.case_of else list(self.parties)
        if not any(self._are_parties(word, message.person, case) for case in cases):
            self.broken.append(f"{word} stands in the chat of {chat}, who is no party to it")

    def _is_for_library(self, word: str, chat: str) -> bool:
        """What a helper writes for it helpers read; what a member asked coordinators read, if she has ever agreed."""
        author, reader = self.authors.get(word), self.readers.get(chat)
        asked = reader in self.coordinators and author in self.agreed
        return asked or (author in self.helpers and reader in self.helpers)

    def _are_parties(self, word: str, reader: str | None, case: str) -> bool:
        parties = self.parties[case]
        wrote = any(self.chats.get(person) == self.authors.get(word, b"nobody") for person in parties)
        return reader in parties and wrote


def _words(deed: Deed) -> str:
    match deed:
        case Post() | Change():
            labels = [button.label for row in deed.buttons for button in row]
            return f"{type(deed).__name__} {deed.text} {labels}"
        case Mark():
            return f"Mark {deed.emoji}"
        case _:
            return type(deed).__name__
