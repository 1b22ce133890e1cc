"""What the running process keeps for all groups."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from dispatch.model.messages import Address, Envelope, Send
from dispatch.model.queues import Account, ChatLine, Leased, StoredFile, Timer, Waiting


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

    def sent(
        self, leased: Leased, external_ids: Sequence[str], now: datetime, rest: Send | None = None
    ) -> None:
        """It arrived as these messages; its body is removed, or what is left to send takes its place."""

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

    def purge(self, until: datetime, spare: Collection[str]) -> None:
        """Remove lines from before then, and files of before that nothing names any more.

        What was said in a case stays as long as the case's messages do; lines with an id in `spare` stay for good.
        """
