"""What a browser may send over its socket. Anything else raises Unreadable."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from dispatch.model.messages import LONGEST_TEXT

LONGEST_FRAME = 64 * 1024  # bytes: a whole text in any script, and ten files' particulars
MOST_FILES = 10
LONGEST_EMOJI = 32
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
FILE_KINDS = frozenset({"photo", "voice", "video", "audio", "document"})
LONGEST_SOUND = 24 * 3600  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """The first frame: who sits down in which chat, and up to which revision and line the page has it."""

    chat: str
    user: str
    secret: str
    language: str | None
    since: int
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileClaim:
    """A file that was uploaded before, as the browser names it; `proof` came with the upload's answer."""

    kind: str
    ref: str = ""
    content_type: str = ""
    size: int = 0
    proof: str = ""
    seconds: int = 0
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """A new message. `id` was made by the browser and comes again when it is sent again."""

    id: str
    text: str
    files: tuple[FileClaim, ...]
    reply_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditLine:
    """An own message has another text."""

    id: str
    message: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button under a message was pressed."""

    id: str
    message: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactTo:
    """An emoji on a message; None takes it back."""

    id: str
    message: str
    emoji: str | None


Frame = Hello | Say | EditLine | Press | ReactTo


class Unreadable(ValueError):
    """No frame of ours."""


class TooLong(Unreadable):
    """A text longer than we take."""


class Refused(ValueError):
    """A frame that names itself but asks for what cannot be: the browser is told why."""

    def __init__(self, frame_id: str, reason: str) -> None:
        super().__init__(reason)
        self.frame_id = frame_id
        self.reason = reason


def parse(data: str | bytes) -> Frame:
    """The frame. Raises Refused where the browser can be told which one is meant, else Unreadable."""
    try:
        raw = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Unreadable("not JSON") from error
    if not isinstance(raw, dict):
        raise Unreadable("a frame is an object")
    if raw.get("type") == "hello":
        return hello(raw)
    frame_id = text_of(raw, "id", 36)
    if not IDENTIFIER.fullmatch(frame_id):
        raise Unreadable("an id is a UUID")
    try:
        return asked(raw, frame_id)
    except Unreadable as error:
        raise Refused(frame_id, "too-long" if isinstance(error, TooLong) else "unreadable") from error


def hello(raw: Mapping[str, object]) -> Hello:
    """Who connects."""
    language = text_of(raw, "language", 35, missing="")
    return Hello(
        chat=text_of(raw, "chat", 64, missing=""),
        user=text_of(raw, "user", 64, missing=""),
        secret=text_of(raw, "secret", 64),
        language=language if LANGUAGE.fullmatch(language) else None,
        since=number_of(raw, "since", most=2**53),
        last=text_of(raw, "last", 64, missing=""),
    )


def asked(raw: Mapping[str, object], frame_id: str) -> Say | EditLine | Press | ReactTo:
    """What a frame that names itself asks for."""
    match raw.get("type"):
        case "say":
            return say(raw, frame_id)
        case "edit":
            text = text_of(raw, "text", LONGEST_TEXT)
            return EditLine(id=frame_id, message=text_of(raw, "message", 64), text=text)
        case "press":
            return Press(id=frame_id, message=text_of(raw, "message", 64), token=text_of(raw, "token", 128))
        case "react":
            emoji = text_of(raw, "emoji", LONGEST_EMOJI, missing="") or None
            if emoji and any(character.isalnum() for character in emoji):
                raise Unreadable("words are no emoji")
            return ReactTo(id=frame_id, message=text_of(raw, "message", 64), emoji=emoji)
    raise Unreadable("unknown type")


def say(raw: Mapping[str, object], frame_id: str) -> Say:
    """A message; one without text and without files is nothing."""
    files = raw.get("files") or []
    if not isinstance(files, list) or len(files) > MOST_FILES:
        raise Unreadable("too many files")
    claims = tuple(claim(one) for one in files)
    text = text_of(raw, "text", LONGEST_TEXT, missing="")
    if not claims and not text:
        raise Unreadable("nothing said")
    return Say(
        id=frame_id, text=text, files=claims, reply_to=text_of(raw, "reply_to", 64, missing="") or None
    )


def claim(raw: object) -> FileClaim:
    """A file or a place."""
    if not isinstance(raw, dict):
        raise Unreadable("a file is an object")
    kind = text_of(raw, "kind", 16)
    if kind == "location":
        latitude = degrees_of(raw, "latitude", 90)
        return FileClaim(kind=kind, latitude=latitude, longitude=degrees_of(raw, "longitude", 180))
    if kind not in FILE_KINDS:
        raise Unreadable("unknown kind of file")
    return FileClaim(
        kind=kind,
        ref=text_of(raw, "ref", 64),
        content_type=text_of(raw, "type", 100),
        size=number_of(raw, "size", most=2**53),
        proof=text_of(raw, "proof", 64),
        seconds=number_of(raw, "seconds", most=LONGEST_SOUND),
    )


def text_of(raw: Mapping[str, object], key: str, longest: int, *, missing: str | None = None) -> str:
    """A text of at most `longest` characters, without NUL."""
    value = raw.get(key)
    if value is None and missing is not None:
        return missing
    if not isinstance(value, str):
        raise Unreadable(f"{key} is a text")
    if len(value) > longest:
        raise TooLong(f"{key} is too long")
    return value.replace("\x00", "")


def number_of(raw: Mapping[str, object], key: str, *, most: int) -> int:
    """A whole number from 0 to `most`; 0 when it is missing."""
    value = raw.get(key, 0)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise Unreadable(f"{key} is a number from 0 to {most}")
    return value


def degrees_of(raw: Mapping[str, object], key: str, most: float) -> float:
    """A latitude or longitude."""
    value = raw.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
        raise Unreadable(f"{key} is out of range")
    return float(value)
