import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web import frames
from dispatch.model.messages import LONGEST_TEXT

ID = "0190b5a0-1111-4222-8333-444455556666"
SAY = {"type": "say", "id": ID, "text": "hello"}


def parse(**changes: Any) -> frames.Frame:
    return frames.parse(
        json.dumps({key: value for key, value in {**SAY, **changes}.items() if value is not ...})
    )


def test_a_message_keeps_every_script_and_loses_only_nul() -> None:
    text = "سلام \U0001f469\u200d\U0001f467 \u200f \u202egpj.exe\u0000 ၊ {{7*7}} <b>"
    frame = parse(text=text)
    assert isinstance(frame, frames.Say)
    assert frame.text == text.replace("\x00", "")


def test_the_longest_text_passes_in_any_script() -> None:
    frame = parse(text="အ" * LONGEST_TEXT)
    assert isinstance(frame, frames.Say) and len(frame.text) == LONGEST_TEXT


def test_a_longer_one_is_refused_by_name() -> None:
    with pytest.raises(frames.Refused) as refused:
        parse(text="a" * (LONGEST_TEXT + 1))
    assert (refused.value.frame_id, refused.value.reason) == (ID, "too-long")


@pytest.mark.parametrize(
    "changes",
    [
        {"text": 7},
        {"text": ["a"]},
        {"text": None},
        {"text": ""},
        {"files": "x"},
        {"files": [7]},
        {"files": [{"kind": "program"}]},
        {"files": [{"kind": "photo"}]},
        {"files": [{"kind": "location", "latitude": 91, "longitude": 0}]},
        {"files": [{"kind": "location", "latitude": True, "longitude": 0}]},
        {"files": [{"kind": "location", "latitude": "1", "longitude": 0}]},
        {"files": [{"kind": "location", "latitude": 1, "longitude": 1}] * 11},
        {"files": [{"kind": "voice", "ref": "r", "type": "audio/webm", "proof": "p", "seconds": -1}]},
        {"files": [{"kind": "voice", "ref": "r", "type": "audio/webm", "proof": "p", "seconds": 10**30}]},
        {"reply_to": 7},
        {"type": "press"},
        {"type": "press", "message": "x", "token": "t" * 129},
        {"type": "react", "message": "x", "emoji": "words"},
        {"type": "react", "message": "x", "emoji": "❤" * 33},
        {"type": "edit", "message": 7},
        {"type": "shout"},
        {"type": None},
    ],
)
def test_what_cannot_be_done_is_refused_by_name(changes: dict[str, Any]) -> None:
    with pytest.raises(frames.Refused) as refused:
        parse(**changes)
    assert refused.value.frame_id == ID


@pytest.mark.parametrize("frame_id", [..., None, 7, "", "menu", "answers", ID.upper(), ID + "\n", "x" * 36])
def test_a_frame_without_a_proper_id_is_unreadable(frame_id: Any) -> None:
    with pytest.raises(frames.Unreadable):
        parse(id=frame_id)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b'"x"',
        b"{",
        b"\xff\xfe{}",
        b"\xef\xbb\xbf{}",
        b'{"type": NaN}',
        b'{"id": "\\ud83d"}',
        b"[" * 100_000,
        b'{"type": "hello", "secret": 7}',
        b'{"type": "hello", "secret": "x", "since": -1}',
        b'{"type": "hello", "secret": "x", "since": true}',
        b'{"type": "hello", "secret": "x", "since": 1e400}',
    ],
)
def test_what_is_no_frame_at_all_is_unreadable(data: bytes) -> None:
    with pytest.raises(frames.Unreadable):
        frames.parse(data)


def test_a_language_that_is_none_is_not_believed() -> None:
    frame = frames.parse(json.dumps({"type": "hello", "secret": "x", "language": "<b>"}))
    assert isinstance(frame, frames.Hello) and frame.language is None


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FIELDS = ("text", "files", "reply_to", "message", "token", "emoji", "chat", "user", "secret", "since", "last")


@given(
    st.sampled_from(("hello", "say", "edit", "press", "react")),
    st.dictionaries(st.sampled_from(FIELDS), ANYTHING),
)
def test_no_frame_does_more_than_be_refused(kind: str, fields: dict[str, Any]) -> None:
    try:
        frames.parse(json.dumps({"id": ID, **fields, "type": kind}))
    except (frames.Unreadable, frames.Refused):
        return
