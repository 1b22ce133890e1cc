"""Who may open which chat of the page."""

import base64
import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass

SEAT_BYTES = 16  # 128 bits: nobody guesses a seat
MEMBER_PREFIX = "m-"
SECRET = re.compile(r"[A-Za-z0-9_-]{22,64}")  # 16 bytes or more in base64url


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupant:
    """Somebody with a seat of her own: her id on this platform, and what the page calls her."""

    user: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """One chat on the demonstration page.

    `role` is `member`, `group`, `volunteer` or `coordinator`. A chat with one occupant is her private
    chat with the bot; one without is a member's, whose seat the browser makes.
    """

    title: str
    role: str
    chat: str = ""
    occupants: tuple[Occupant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """Somebody who may write in this chat; `name` is empty for members."""

    chat: str
    user: str
    name: str

    @property
    def private(self) -> bool:
        """Is it her own chat with the bot?"""
        return self.chat == self.user


class Seats:
    """Gives seats out and recognises them. They follow from the secret, so that they survive a restart."""

    def __init__(self, secret: bytes, panes: Sequence[Pane] = ()) -> None:
        self._secret = secret
        self.panes = tuple(panes)
        self._names = {one.user: one.name for pane in panes for one in pane.occupants}
        self._chats: dict[str, set[str]] = {user: {user} for user in self._names}
        for pane in panes:
            for one in pane.occupants:
                self._chats[one.user].add(pane.chat)
        if any(user.startswith(MEMBER_PREFIX) for user in self._names):
            raise ValueError(f"a seat's user may not begin with {MEMBER_PREFIX!r}: so do the members' own")

    def secret_of(self, user: str) -> str:
        """What proves that somebody sits in this seat: 128 bits in base64url."""
        return base64.urlsafe_b64encode(self._derive("seat", user)).rstrip(b"=").decode()

    def sit(self, *, chat: str, user: str, secret: str) -> Seated | None:
        """Who this is, or None. Without a `user` it is a member, in the chat that her secret names."""
        if not SECRET.fullmatch(secret):
            return None
        if not user:
            member = self.member(secret)
            return Seated(chat=member, user=member, name="")
        if not hmac.compare_digest(secret, self.secret_of(user)) or chat not in self._chats.get(user, ()):
            return None
        return Seated(chat=chat, user=user, name=self._names[user])

    def member(self, secret: str) -> str:
        """A member's id on this platform. It tells nothing of her secret."""
        return MEMBER_PREFIX + base64.b32encode(self._derive("member", secret)).rstrip(b"=").decode().lower()

    def name(self, user: str) -> str:
        """What others in a group see; empty for members, who are in no group."""
        return self._names.get(user, "")

    def as_json(self) -> list[dict[str, object]]:
        """The panes with their seats, for the demonstration page only."""
        return [
            {
                "title": pane.title,
                "role": pane.role,
                "chat": pane.chat,
                "private": len(pane.occupants) < 2,
                "users": [
                    {"user": one.user, "name": one.name, "secret": self.secret_of(one.user)}
                    for one in pane.occupants
                ],
            }
            for pane in self.panes
        ]

    def _derive(self, purpose: str, value: str) -> bytes:
        return hmac.digest(self._secret, f"{purpose}:{value}".encode(), hashlib.sha256)[:SEAT_BYTES]
