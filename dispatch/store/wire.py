"""What we owe, as bytes in a sealed column: values of the model as tagged JSON, exactly as they were.

A row may have been written by an older or newer release. What cannot be read any more raises Unreadable,
which concerns that row alone. Fields may be added to the model when they have a default; renaming one needs a
migration.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from content.phrases import Autonym, Day, Joined, LanguageName, Listed, Moment, Phrase
from dispatch.model import messages
from dispatch.model.errors import MorsmalError

T = TypeVar("T")

VALUES: Mapping[str, type] = {
    each.__name__: each
    for each in (
        Autonym,
        Day,
        Joined,
        LanguageName,
        Listed,
        Moment,
        Phrase,
        messages.Address,
        messages.AnswerPress,
        messages.ArticleFile,
        messages.Attachment,
        messages.Bar,
        messages.Chart,
        messages.Choice,
        messages.Delete,
        messages.Edit,
        messages.Leave,
        messages.OutboundMessage,
        messages.Poster,
        messages.QrCode,
        messages.React,
        messages.Send,
        messages.SetCommands,
        messages.TextFile,
    )
}
ENUMS: Mapping[str, type[Enum]] = {
    each.__name__: each
    for each in (messages.AttachmentKind, messages.Delivery, messages.Lane, messages.Style)
}
TAG = "_"
"""Every JSON object carries it; a list is always a tuple."""


class Unreadable(MorsmalError):
    """These bytes say nothing that this release knows."""


def dumps(value: object) -> bytes:
    """The value as bytes. Raises TypeError for a kind that has no tag."""
    return dump_json(_plain(value))


def loads(data: bytes, kind: type[T]) -> T:
    """The value that was dumped. Raises Unreadable when it is not one of that kind."""
    try:
        value = json.loads(data.decode("utf-8", "surrogatepass"), object_hook=_tagged)
    except (ValueError, TypeError, KeyError) as error:
        raise Unreadable(f"not a {kind.__name__} of this release: {type(error).__name__}") from error
    value = _frozen(value)
    if not isinstance(value, kind):
        raise Unreadable(f"not a {kind.__name__} but a {type(value).__name__}")
    return value


def dump_json(value: object) -> bytes:
    """Plain JSON as bytes, lone surrogates included."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def load_json(data: bytes) -> Any:
    """What was dumped as plain JSON."""
    return json.loads(data.decode("utf-8", "surrogatepass"))


def _plain(value: object) -> Any:
    """What the json module understands."""
    match value:
        case Enum() if ENUMS.get(type(value).__name__) is type(value):
            return {TAG: type(value).__name__, "v": value.value}
        case None | bool() | str() | int() | float() if not isinstance(value, Enum):
            return value
        case tuple():
            return [_plain(each) for each in value]
        case datetime():
            return {TAG: "at", "v": value.isoformat()}
        case date():
            return {TAG: "on", "v": value.isoformat()}
        case Mapping():
            return {TAG: "map", "v": [[_plain(key), _plain(each)] for key, each in value.items()]}
    if not is_dataclass(value) or VALUES.get(type(value).__name__) is not type(value):
        raise TypeError(f"a {type(value).__name__} cannot be stored")
    return {TAG: type(value).__name__} | {
        each.name: _plain(getattr(value, each.name)) for each in fields(value)
    }


def _tagged(found: dict[str, Any]) -> object:
    """The value behind a tag; the json module calls this for inner objects first."""
    tag = found.pop(TAG)
    match tag:
        case "at":
            return datetime.fromisoformat(found["v"])
        case "on":
            return date.fromisoformat(found["v"])
        case "map":
            return {key: _frozen(each) for key, each in found["v"]}
    if tag in ENUMS:
        return ENUMS[tag](found["v"])
    return VALUES[tag](**{name: _frozen(each) for name, each in found.items()})


def _frozen(value: object) -> object:
    """Lists become the tuples that they were."""
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value
