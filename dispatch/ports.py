"""What the actions need of a store. One suite of tests holds for every implementation."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from dispatch.model.cases import Case, CaseMessage, Offer, OfferState
from dispatch.model.growth import Gap, Phrasing, Subject, Unanswered
from dispatch.model.messages import Address, Envelope, OutboundMessage, Recording, Sent
from dispatch.model.people import Group, Invitation, Person
from dispatch.model.queues import Account, Button, ChatLine, Dialog, Leased, StoredFile, Timer, Waiting
from dispatch.model.shelf import ShelfText, Signature, TextState


class People(Protocol):
    """The members, volunteers and coordinators of one group. Addresses and names are sealed."""

    def add(self, person: Person) -> None:
        """Keep a new person, with a key of her own."""

    def get(self, person_id: str) -> Person:
        """The person. Raises NotFound."""

    def find(self, person_id: str) -> Person | None:
        """The person, or None when there is none (any more)."""

    def at(self, channel: str, account: str, user: str) -> Person | None:
        """Who writes from there?"""

    def lock(self, person_id: str) -> Person:
        """The person, whom no other transaction changes before this one ends. Raises NotFound."""

    def save(self, person: Person) -> None:
        """Keep the person as she is now."""

    def volunteers(self) -> Sequence[Person]:
        """All with any standing as a volunteer, removed ones left out; by name."""

    def coordinators(self) -> Sequence[Person]:
        """The active coordinators."""

    def erase(self, person_id: str, now: datetime) -> None:
        """Destroy her key and her rows, with everything sealed under it; leave a salted tombstone."""


class Cases(Protocol):
    """The cases of one group. A member has at most one open case (H45)."""

    def add(self, case: Case) -> None:
        """Keep a new case. Raises ChangedMeanwhile when the member has an open one."""

    def get(self, case_id: str) -> Case:
        """The case. Raises NotFound."""

    def find(self, case_id: str) -> Case | None:
        """The case, or None."""

    def save(self, case: Case) -> None:
        """Keep the case as it is now."""

    def next_number(self) -> int:
        """One more than the highest number in the group, starting at 1."""

    def open_of(self, member_id: str) -> Case | None:
        """The member's open case."""

    def last_of(self, member_id: str) -> Case | None:
        """The member's latest case, open or closed."""

    def of(self, member_id: str) -> Sequence[Case]:
        """All of the member's cases, the latest first."""

    def held_by(self, volunteer_id: str) -> Sequence[Case]:
        """The cases assigned to her, oldest assignment first."""

    def waiting(self) -> Sequence[Case]:
        """The queue: the longest wait first, urgent ones before others."""

    def taken_since(self, language: str, since: datetime) -> Sequence[Case]:
        """Cases in this language that somebody has taken since then, the latest first; at most 200."""

    def count_assigned(self) -> int:
        """How many cases somebody has."""

    def assign_if_waiting(self, case_id: str, volunteer_id: str, colour: str, now: datetime) -> bool:
        """Give the case to the volunteer if nobody has it: one conditional update names the winner (H24)."""


class CaseMessages(Protocol):
    """What was said in cases, sealed under the member's key."""

    def add(self, message: CaseMessage) -> None:
        """Keep a message."""

    def get(self, message_id: str) -> CaseMessage:
        """The message. Raises NotFound."""

    def find(self, message_id: str) -> CaseMessage | None:
        """The message, or None when it was purged."""

    def save(self, message: CaseMessage) -> None:
        """Keep the message as it is now."""

    def of(self, case_id: str) -> Sequence[CaseMessage]:
        """All of a case, in the order in which they came."""

    def at(self, chat: Address, external_id: str) -> CaseMessage | None:
        """The message of a case that stands there: an original, or the copy that we sent."""

    def purge(self, case_id: str) -> None:
        """Remove all that was said in a case."""


class Offers(Protocol):
    """Which volunteer was shown which case."""

    def add(self, offer: Offer) -> None:
        """Keep an offer; a volunteer has at most one open offer of a case."""

    def find(self, offer_id: str) -> Offer | None:
        """The offer, or None."""

    def save(self, offer: Offer) -> None:
        """Keep the offer as it is now."""

    def of(self, case_id: str) -> Sequence[Offer]:
        """All offers of a case, oldest first."""

    def end_open(self, case_id: str, state: OfferState, now: datetime) -> Sequence[Offer]:
        """End every open offer of a case in this state; those that were open are returned, as ended."""

    def remove(self, offer_id: str) -> None:
        """Forget that she was shown the case: she may be asked anew."""

    def open_for(self, volunteer_id: str) -> Sequence[Offer]:
        """The open offers of one volunteer."""


class Buttons(Protocol):
    """What presses mean: opaque tokens to rows, so that a forged or old one does nothing."""

    def put(self, action: str, *arguments: str, person: str | None = None) -> str:
        """A new token for this action; only `person` may use it, or anybody."""

    def find(self, token: str) -> Button | None:
        """What this token means in this group."""


class Dialogs(Protocol):
    """Steps of what takes several messages, one of a kind per person. The state is sealed."""

    def find(self, person_id: str, kind: str) -> Dialog | None:
        """Where she is."""

    def put(self, dialog: Dialog) -> None:
        """Keep where she is."""

    def drop(self, person_id: str, kind: str) -> None:
        """She is done; nothing happens when she was not in it."""


class Timers(Protocol):
    """Moments to come, of one group. One of a kind per subject."""

    def set(self, kind: str, subject: str, due_at: datetime) -> None:
        """Wake this rule then, instead of whenever it was set before."""

    def clear(self, kind: str, subject: str) -> None:
        """Do not wake it."""


class Invitations(Protocol):
    """Links that are used once."""

    def add(self, invitation: Invitation) -> None:
        """Keep an invitation."""

    def find(self, digest: str) -> Invitation | None:
        """The invitation with this digest."""

    def use(self, digest: str, person_id: str) -> bool:
        """Mark it used; False when somebody was quicker."""


class Recordings(Protocol):
    """What coordinators have spoken for members, sealed under the key of who spoke: it goes when she is forgotten."""

    def put(self, recording: Recording) -> None:
        """Keep it, instead of an earlier one of the same kind and language."""

    def find(self, kind: str, language: str) -> Recording | None:
        """The recording in this language."""

    def languages(self, kind: str) -> Collection[str]:
        """The languages in which there is one."""

    def remove(self, kind: str, language: str) -> None:
        """There is none any more."""


class UnmetLanguages(Protocol):
    """How often somebody wrote in a language that the group does not have. Nobody's identity is kept."""

    def find(self, language: str) -> int | None:
        """The count that was kept, which nobody else changes before this transaction ends; None when there is none."""

    def put(self, language: str, count: int) -> None:
        """Keep this count."""

    def drop(self, language: str) -> None:
        """Keep none."""


class Outbox(Protocol):
    """What we owe."""

    def add(self, message: OutboundMessage) -> None:
        """Owe it. Within a chat, what was owed first is sent first.

        A card that is still waiting to be sent to the same chat is replaced where it stands, so that a card which
        changes often costs one message.
        """

    def cancel_for(self, person_id: str) -> None:
        """Nothing that waits for this person is sent any more."""


class SentMessages(Protocol):
    """Messages of ours that a platform has."""

    def in_chat(self, chat: Address, since: datetime) -> Sequence[Sent]:
        """What we sent there since then, oldest first."""

    def at(self, chat: Address, external_id: str) -> Sent | None:
        """The message of ours that stands there."""

    def of_case(self, case_id: str, chat: Address) -> Sequence[Sent]:
        """The copies of a case's messages in this chat."""


class Gaps(Protocol):
    """What the library had no good answer to, in one group. Texts are sealed with the service key: nobody is named."""

    def count(self, language: str, theme: str, day: date) -> None:
        """One more question of that day."""

    def counts(self, since: date) -> Mapping[Subject, int]:
        """How many there were from that day on, by language and theme."""

    def mark_told(self, language: str, theme: str, day: date) -> None:
        """Coordinators hear of it on that day, on which something was counted."""

    def was_told(self, language: str, theme: str, since: date) -> bool:
        """Have they heard of it from that day on?"""

    def keep(self, question: Unanswered) -> None:
        """Keep the words of a question."""

    def questions(self) -> Sequence[Unanswered]:
        """All that are kept, with their words or without, oldest day first."""

    def add(self, gap: Gap) -> None:
        """Keep a new gap."""

    def find(self, gap_id: str) -> Gap | None:
        """The gap, or None when there is none (any more)."""

    def save(self, gap: Gap) -> None:
        """Keep the gap as it is now."""

    def all(self) -> Sequence[Gap]:
        """All gaps."""

    def put(self, question_ids: Collection[str], gap_id: str) -> None:
        """These questions, which are in no gap, belong to this one: it counts them."""

    def forget_texts(self, gap_id: str) -> None:
        """The words of its questions go; that they were asked stays."""

    def purge(self, until: date) -> None:
        """Questions of that day and earlier go, and gaps of which nothing else is left."""


class Phrasings(Protocol):
    """Questions as people asked them, for the articles that helped, in one group; sealed with the service key."""

    def add(self, phrasing: Phrasing) -> None:
        """Keep a proposed phrasing."""

    def find(self, phrasing_id: str) -> Phrasing | None:
        """The phrasing, or None when there is none (any more)."""

    def save(self, phrasing: Phrasing) -> None:
        """Keep its text and whether it is approved."""

    def remove(self, phrasing_id: str) -> None:
        """It is not wanted."""

    def of(self, slug: str, language: str) -> Sequence[Phrasing]:
        """Those of one article in one language, proposed and approved."""

    def proposed(self) -> Sequence[Phrasing]:
        """Those that wait for a coordinator, oldest day first."""

    def approved(self) -> Sequence[Phrasing]:
        """Those by which articles are found, in the order of their approval."""

    def purge(self, until: date) -> None:
        """What was proposed that day or earlier and nobody approved goes."""


class Shelf(Protocol):
    """The texts that a group wrote itself, sealed under the service key, and its signatures."""

    def add(self, text: ShelfText) -> None:
        """Keep a new version. Raises ChangedMeanwhile when there is one of that number."""

    def find(self, text_id: str) -> ShelfText | None:
        """The version, or None."""

    def move(self, text: ShelfText, state: TextState, now: datetime, *, approved_by: str | None) -> bool:
        """Bring a version from the state it was read in to this one; False when it has left that state."""

    def remove(self, text_id: str) -> None:
        """Forget a version that members do not get."""

    def versions(self, slug: str, language: str) -> Sequence[ShelfText]:
        """All versions of a text, oldest first."""

    def in_hand(self) -> Sequence[ShelfText]:
        """The versions that wait for somebody's work or yes, by slug and language."""

    def published(self) -> Sequence[ShelfText]:
        """The texts that members get, by slug and language: of each the newest published version, unless it was withdrawn."""

    def sign(self, signature: Signature) -> None:
        """Keep a signature; the first of a text counts."""

    def unsign(self, slug: str, language: str, digest: str) -> None:
        """It was signed by mistake."""

    def signatures(self) -> Sequence[Signature]:
        """All signatures."""

    def revision(self) -> int:
        """Grows with every change to what the group's library is made of."""

    def changed(self) -> None:
        """Something else that the group's library is made of has changed."""


class Transaction(Protocol):
    """One group's unit of work: all of it is kept, or none."""

    group: Group
    people: People
    cases: Cases
    messages: CaseMessages
    offers: Offers
    buttons: Buttons
    dialogs: Dialogs
    timers: Timers
    invitations: Invitations
    recordings: Recordings
    unmet: UnmetLanguages
    outbox: Outbox
    sent: SentMessages
    gaps: Gaps
    phrasings: Phrasings
    shelf: Shelf

    def new_id(self) -> str:
        """A new identifier (UUIDv7: it grows with time)."""

    def new_secret(self) -> str:
        """128 random bits, for links; letters that a link may hold."""

    def save_group(self, group: Group) -> None:
        """Keep what the group's coordinators set."""


class Inbox(Protocol):
    """Messages received and not handled, of all groups; sealed with the service key."""

    def add(self, envelope: Envelope, now: datetime) -> bool:
        """Keep it; False when it was known (H1)."""

    def peek(self, now: datetime, skip: Collection[str] = (), limit: int = 1) -> Sequence[Waiting]:
        """The oldest messages that may be handled: each the head of its sender's line, none of `skip`."""

    def claim(self, waiting_id: str) -> bool:
        """Take this very message in this transaction; False when another has or had it."""

    def album_of(self, waiting: Waiting) -> Sequence[Waiting]:
        """The other items of the same album that have arrived, in order."""

    def done(self, waiting_ids: Collection[str], now: datetime) -> None:
        """Handled: the body goes, the key stays to recognise a repeat."""

    def retry(self, waiting_id: str, now: datetime, not_before: datetime) -> None:
        """A turn failed: count it, and try again then. Its line waits."""

    def park(self, waiting_id: str, reason: str, now: datetime) -> None:
        """Give up on it for now; the body is kept, its line goes on."""

    def next_at(self, after: datetime = ...) -> datetime | None:
        """When, after this moment, the next message that must wait may be handled."""


class Deliveries(Protocol):
    """The outbox as its sender sees it, for one account of a channel."""

    def lease(
        self,
        channel: str,
        account: str,
        now: datetime,
        until: datetime,
        skip: Collection[str],
        only_urgent: bool,
    ) -> Leased | None:
        """The next row that may go out, marked as being sent until then.

        The lowest lane first, then the oldest; the first of its chat; chats in `skip` (platform ids) and paused
        ones left out; `only_urgent` keeps to the emergency and relay lanes. A row whose lease has ended is leased
        again if it is `must` or `edit`, and given up if it is `once`.
        """

    def reclaim(self, channel: str, account: str, now: datetime) -> None:
        """The earlier sender is gone: every lease of this account ends now."""

    def sent(self, leased: Leased, external_ids: Sequence[str], now: datetime) -> None:
        """It arrived as these messages; its body is removed."""

    def retry(self, leased: Leased, not_before: datetime) -> None:
        """It did not arrive: again then, keeping its place."""

    def give_up(self, leased: Leased, reason: str, now: datetime) -> None:
        """It will not arrive; its body is removed."""

    def pause(self, channel: str, account: str, chat: str | None, until: datetime) -> None:
        """Nothing goes to this chat, or to any of the account's, before then."""

    def next_at(self, channel: str, account: str, after: datetime = ...) -> datetime | None:
        """When, after this moment, the next row that must wait may go out."""

    def move_chat(self, old: Address, new: Address) -> None:
        """A group has a new id: every row that names it is rewritten (H44)."""


class Due(Protocol):
    """Timers of all groups."""

    def due(self, now: datetime, limit: int = 20) -> Sequence[Timer]:
        """Those whose time has come, earliest first."""

    def take(self, timer: Timer) -> bool:
        """Remove it in this transaction; False when another has it or it was set anew."""

    def postpone(self, timer: Timer, until: datetime) -> None:
        """Its rule failed: again then."""

    def next_at(self) -> datetime | None:
        """When the next one is due."""


class Accounts(Protocol):
    """Our bots, which group each belongs to, and how far each has read."""

    def put(self, account: Account) -> None:
        """Say to which group a bot belongs."""

    def group_of(self, channel: str, account: str) -> str | None:
        """The group a bot belongs to."""

    def offset(self, channel: str, account: str) -> int | None:
        """How far its updates were read."""

    def set_offset(self, channel: str, account: str, offset: int) -> None:
        """Its updates were read so far."""

    def introduced(self, channel: str, account: str) -> Mapping[str, str]:
        """By the platform's language codes, the digest of what a bot says of itself there."""

    def introduce(self, channel: str, account: str, code: str, digest: str | None) -> None:
        """It says this of itself in that language now; None: nothing."""

    def reject(self, channel: str, account: str, body: bytes, reason: str, now: datetime) -> None:
        """Keep a body that is not even JSON, for the operator."""


class Transcripts(Protocol):
    """What the web chat shows, sealed with the service key."""

    def put(self, line: ChatLine) -> ChatLine:
        """Keep a line, or its new state; returned with its new revision."""

    def since(self, address: Address, revision: int, limit: int = 500) -> Sequence[ChatLine]:
        """Lines of a chat that changed after this revision, oldest change first."""

    def line(self, address: Address, external_id: str) -> ChatLine | None:
        """One line."""

    def put_file(self, file: StoredFile) -> None:
        """Keep a file."""

    def file(self, file_id: str) -> StoredFile | None:
        """A file."""


class Service(Protocol):
    """A unit of work of the running process, over all groups."""

    inbox: Inbox
    deliveries: Deliveries
    due: Due
    accounts: Accounts
    transcripts: Transcripts

    def within(self, group_id: str) -> Transaction:
        """One group's part of this very unit of work. Raises NotFound."""

    def groups(self) -> Sequence[Group]:
        """All groups."""

    def put_group(self, group: Group) -> None:
        """Keep a group, new or changed."""

    def purge(self, now: datetime, keep_keys: timedelta, keep_sent: timedelta) -> None:
        """Remove what nobody needs any more: handled inbox keys, sent rows, dialogs and buttons of long ago."""

    def new_id(self) -> str:
        """A new identifier (UUIDv7)."""
