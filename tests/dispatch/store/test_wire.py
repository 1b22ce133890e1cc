from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.phrases import Autonym, Body, Joined, LanguageName, Moment, Phrase
from dispatch.model.messages import (
    Action,
    Address,
    AnswerPress,
    Attachment,
    AttachmentKind,
    Choice,
    Delete,
    Delivery,
    Edit,
    Kind,
    Lane,
    Leave,
    OutboundMessage,
    React,
    Send,
    SetCommands,
    Style,
)
from dispatch.store import wire

words = st.text(st.characters(), max_size=8)  # lone surrogates and NUL included
moments = st.datetimes(timezones=st.just(UTC))
names = st.builds(LanguageName, words) | st.builds(Autonym, words)


def phrases(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Phrase]:
    arguments = words | st.integers() | names | st.builds(Moment, moments, words) | inner
    return st.builds(
        Phrase, words, st.dictionaries(words, arguments, max_size=3), st.none() | st.integers(min_value=0)
    )


nested = st.recursive(phrases(st.nothing()), phrases, max_leaves=4)
bodies: st.SearchStrategy[Body] = st.recursive(
    words | nested | names,
    lambda inner: st.builds(Joined, st.lists(inner, max_size=3).map(tuple), st.booleans()),
    max_leaves=4,
)
maybe = st.none() | words
addresses = st.builds(Address, channel=words, account=words, chat=words)
attachments = st.builds(
    Attachment,
    kind=st.sampled_from(AttachmentKind),
    channel=words,
    account=words,
    ref=words,
    name=words,
    size=st.integers(),
    latitude=st.none() | st.floats(allow_nan=False),
)
choices = st.builds(Choice, label=bodies, token=words, url=words, style=st.sampled_from(Style))
sends = st.builds(
    Send,
    body=bodies,
    title=st.none() | bodies,
    choices=st.lists(st.lists(choices, max_size=2).map(tuple), max_size=2).map(tuple),
    attachments=st.lists(attachments, max_size=2).map(tuple),
    card=maybe,
    about=maybe,
    reply_to=maybe,
    fresh=st.booleans(),
    covered=st.booleans(),
)
commands = st.lists(st.tuples(words, nested), max_size=2).map(tuple)
actions: st.SearchStrategy[Action] = (
    sends
    | st.builds(Edit, about=words, body=bodies)
    | st.builds(React, emoji=maybe, about=maybe, external_id=maybe)
    | st.builds(Delete, external_ids=st.lists(words, max_size=3).map(tuple))
    | st.builds(AnswerPress, press_id=words, body=st.none() | bodies)
    | st.builds(SetCommands, commands=commands)
    | st.just(Leave())
)
messages = st.builds(
    OutboundMessage,
    to=addresses,
    action=actions,
    lane=st.sampled_from(Lane),
    delivery=st.sampled_from(Delivery),
    person=maybe,
    not_before=st.none() | moments,
    language=maybe,
)


@settings(max_examples=150, deadline=None)
@given(messages)
def test_what_is_owed_comes_back_exactly(message: OutboundMessage) -> None:
    found = wire.loads(wire.dumps(message), OutboundMessage)
    assert found == message
    assert type(found.lane) is Lane
    assert type(found.delivery) is Delivery


@given(st.tuples(words, st.lists(attachments, max_size=2).map(tuple)))
@settings(max_examples=30, deadline=None)
def test_what_was_said_comes_back_exactly(content: tuple[str, tuple[Attachment, ...]]) -> None:
    assert wire.loads(wire.dumps(content), tuple) == content


def inside(hint: Any) -> set[type]:
    """Every class that a type hint names."""
    if isinstance(hint, type) and not get_args(hint):
        return {hint}
    return {each for argument in get_args(hint) for each in inside(argument)}


def test_everything_that_can_be_owed_has_a_tag() -> None:
    for kind in wire.VALUES.values():
        hints = get_type_hints(kind)
        for field in fields(kind):
            for each in inside(hints[field.name]):
                assert not is_dataclass(each) or each.__name__ in wire.VALUES, f"{kind.__name__}.{field.name}"
                assert not issubclass(each, Enum) or each.__name__ in wire.ENUMS, (
                    f"{kind.__name__}.{field.name}"
                )


@pytest.mark.parametrize(
    "value", [object(), {1, 2}, b"bytes", Kind.SAID, [1]], ids=lambda value: type(value).__name__
)
def test_what_has_no_tag_cannot_be_owed(value: object) -> None:
    with pytest.raises(TypeError):
        wire.dumps(Phrase("key", {"argument": value}))  # type: ignore[dict-item]


@pytest.mark.parametrize(
    "row",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"body": "no tag"}',
        b'{"_": "Unknown"}',
        b'{"_": "Leave", "when": 1}',
        b'{"_": "Edit", "about": "m1"}',
        b'{"_": "Lane", "v": 99}',
        b'{"_": "at", "v": "yesterday"}',
        b'{"_": "map", "v": [1]}',
        b'{"_": ["unhashable"]}',
        b'{"_": "Phrase", "key": "k"',
    ],
)
def test_a_row_of_another_release_is_refused_aloud(row: bytes) -> None:
    with pytest.raises(wire.Unreadable):
        wire.loads(row, Phrase)


def test_a_new_field_with_a_default_leaves_old_rows_readable() -> None:
    old = b'{"_": "Send", "body": {"_": "Phrase", "key": "hello"}}'
    assert wire.loads(old, Send) == Send(body=Phrase("hello"))


def test_times_keep_their_microseconds() -> None:
    moment = Moment(datetime(2026, 3, 29, 1, 30, 0, 1, tzinfo=UTC), "Europe/Oslo")
    assert wire.loads(wire.dumps(moment), Moment) == moment
