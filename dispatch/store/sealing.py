"""Encrypted columns. Nothing here knows a table: callers name the place that a value belongs to.

A master key outside the database wraps one data key per person and one for the service. A sealed value is
bound to its table, column and row, so that it cannot be moved to another row and read there:

    master key's id (1 byte) | nonce (12 bytes) | AES-256-GCM ciphertext and tag
"""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dispatch.model.errors import MorsmalError

KEY_BYTES = 32
NONCE_BYTES = 12  # NIST SP 800-38D, 8.2: 96 random bits, for up to 2**32 values under one key


class WrongKey(MorsmalError):
    """A key is missing or malformed, or does not open what it should."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The master keys by their ids (0-255); `current` wraps what is new, the others only open what is old."""

    current: int
    by_id: Mapping[int, bytes] = field(repr=False)

    @classmethod
    def load(cls, source: Path | str) -> Self:
        """From a file (a path) or from the text itself (a string): `id:base64` items, the current one last.

        A single key without an id has the id 1. Raises WrongKey when there is none or one is malformed.
        """
        text = source.read_text("ascii") if isinstance(source, Path) else source
        by_id: dict[int, bytes] = {}
        current = None
        for item in text.split():
            number, _, key = item.rpartition(":")
            current = _key_id(number or "1")
            by_id[current] = _key_bytes(key)
        if current is None:
            raise WrongKey("there is no key")
        return cls(current=current, by_id=by_id)

    @classmethod
    def generate(cls) -> Self:
        """A first key, never seen before."""
        return cls(current=1, by_id={1: secrets.token_bytes(KEY_BYTES)})

    @classmethod
    def create_file(cls, path: Path) -> Self:
        """A first key in a new file that only its owner may read. Raises FileExistsError."""
        keys = cls.generate()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(keys.text())
            file.flush()
            os.fsync(file.fileno())  # a key that a power cut takes makes everything unreadable
        return keys

    def renewed(self) -> Self:
        """The same keys and a new current one."""
        number = (max(self.by_id) + 1) % 256
        return type(self)(current=number, by_id={**self.by_id, number: secrets.token_bytes(KEY_BYTES)})

    def text(self) -> str:
        """What `load` reads."""
        order = sorted(self.by_id, key=lambda number: (number == self.current, number))
        return "".join(f"{number}:{base64.b64encode(self.by_id[number]).decode()}\n" for number in order)

    @property
    def fingerprint(self) -> str:
        """By which an operator knows the current key again, and nobody learns anything of it."""
        return _derived(self.by_id[self.current], b"fingerprint")[:6].hex(":")

    def wrap(self, key: bytes, *place: str) -> bytes:
        """A data key, sealed with the current master key."""
        return Sealer(self.by_id[self.current], self.current).seal(key, *place)

    def unwrap(self, wrapped: bytes, *place: str) -> bytes:
        """The data key. Raises WrongKey."""
        if wrapped[0] not in self.by_id:
            raise WrongKey(f"the master key with id {wrapped[0]} is missing")
        return Sealer(self.by_id[wrapped[0]], wrapped[0]).open(wrapped, *place)


def _key_id(number: str) -> int:
    if not number.isdecimal() or int(number) > 255:
        raise WrongKey("a key's id must be a number up to 255")
    return int(number)


def _key_bytes(encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded.replace("-", "+").replace("_", "/"), validate=True)
    except ValueError as error:
        raise WrongKey("a key must be base64") from error
    if len(key) != KEY_BYTES:
        raise WrongKey(f"a key must be {KEY_BYTES} bytes, not {len(key)}")
    return key


def rewrap(wrapped: bytes, old: Keys, new: Keys, *place: str) -> bytes:
    """The same data key under the new current master key; values sealed with it stay as they are."""
    return new.wrap(old.unwrap(wrapped, *place), *place)


class Sealer:
    """Seals and opens values with one data key."""

    def __init__(self, key: bytes, master: int) -> None:
        """`master` is the id of the master key of the day; it stands in front of every value."""
        self._cipher = AESGCM(key)
        self._head = bytes([master])

    def seal(self, plain: bytes, *place: str) -> bytes:
        """Encrypt for this table, column and row."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return self._head + nonce + self._cipher.encrypt(nonce, plain, _associated(self._head, place))

    def open(self, sealed: bytes, *place: str) -> bytes:
        """Decrypt. Raises WrongKey when key, place or bytes are not those of `seal`."""
        head, nonce, ciphertext = (sealed[:1], sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :])
        try:
            return self._cipher.decrypt(nonce, ciphertext, _associated(head, place))
        except (InvalidTag, ValueError) as error:  # ValueError: bytes are missing
            raise WrongKey(
                f"cannot open {'.'.join(place[:2])}: another key, another row, or changed bytes"
            ) from error

    def seal_text(self, text: str, *place: str) -> bytes:
        """Encrypt text, lone surrogates included."""
        return self.seal(text.encode("utf-8", "surrogatepass"), *place)

    def open_text(self, sealed: bytes, *place: str) -> str:
        """Decrypt text."""
        return self.open(sealed, *place).decode("utf-8", "surrogatepass")


def _associated(head: bytes, place: tuple[str, ...]) -> bytes:
    return head + "\0".join(place).encode("utf-8", "surrogatepass")


class ServiceKey:
    """What the service itself seals with, and the keyed digests by which platform ids and words are found."""

    def __init__(self, key: bytes, master: int) -> None:
        """`key` is the service's data key, unwrapped."""
        self.sealer = Sealer(_derived(key, b"seal"), master)
        self._blinding = _derived(key, b"find")
        self._mourning = _derived(key, b"tombstone")

    def blind(self, *parts: str) -> bytes:
        """The digest under which something is found that is not kept itself: a user, a chat, a message, a question."""
        text = "\0".join(parts).encode("utf-8", "surrogatepass")
        return hmac.digest(self._blinding, text, hashlib.sha256)

    def tombstone(self, person_id: str, salt: bytes) -> bytes:
        """What remains of somebody who was erased: it confirms a known id and gives none away."""
        return hmac.digest(self._mourning, salt + person_id.encode(), hashlib.sha256)


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"morsmal " + purpose).derive(key)
