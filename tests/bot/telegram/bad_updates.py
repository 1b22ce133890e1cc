"""What a hostile or broken sender may put where an update should be."""

import json
from typing import Any

LARGE = 2**63


def message(**changes: Any) -> dict[str, Any]:
    """An ordinary message with some fields replaced; `...` removes one."""
    ordinary = {
        "message_id": 7,
        "date": 1_790_000_000,
        "chat": {"id": 42, "type": "private"},
        "from": {"id": 42, "is_bot": False, "first_name": "Amira"},
        "text": "hello",
    }
    return {key: value for key, value in (ordinary | changes).items() if value is not ...}


def update(**changes: Any) -> bytes:
    """An update with that message."""
    return json.dumps({"update_id": 1, "message": message(**changes)}).encode()


# No JSON, or no update at all: set aside as they are.
BAD_BODIES = {
    "empty": b"",
    "truncated": b'{"update_id": 1, "message": {"te',
    "half an emoji escape, truncated": b'{"update_id": 1, "message": {"text": "\\ud83d',
    "a list": b"[]",
    "a text": b'"hello"',
    "null": b"null",
    "not a number": b'{"update_id": 1, "x": NaN}',
    "not a number beside half an emoji": b'{"update_id": 1, "x": NaN, "y": "\\ud83d"}',
    "infinite": b'{"update_id": 1e400}',
    "no id": b'{"message": {}}',
    "a text as id": b'{"update_id": "1"}',
    "a truth value as id": b'{"update_id": true}',
    "depth 100,000": b'{"update_id":1,"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "depth 100,000 and half an emoji": b'["\\ud83d",' + b"[" * 100_000 + b"]" * 100_000 + b"]",
    "an integer of 5,000 digits": b'{"update_id": ' + b"9" * 5000 + b"}",
    "an integer of 5,000 digits beside half an emoji": b'{"a": "\\ud83d", "update_id": ' + b"9" * 5000 + b"}",
    "invalid UTF-8": b'{"update_id": 1, "x": "\xff\xfe"}',
    "UTF-16": '{"update_id": 1}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf" + b'{"update_id": 1}',
    "a bare control character": b'{"update_id": 1, "x": "\x00"}',
}

# JSON with an id, and something wrong inside: stored, and parked alone when its turn comes.
BAD_UPDATES = {
    "chat missing": update(chat=...),
    "chat a number": update(chat=42),
    "chat id a text": update(chat={"id": "42", "type": "private"}),
    "chat id too large": update(chat={"id": LARGE, "type": "private"}),
    "chat id a truth value": update(chat={"id": True, "type": "private"}),
    "message id missing": update(message_id=...),
    "message id a text": update(message_id="7"),
    "message id too large": update(message_id=LARGE),
    "message id a fraction": update(message_id=7.5),
    "date missing": update(date=...),
    "date a text": update(date="yesterday"),
    "date far off": update(date=10**18),
    "date negative": update(date=-1),
    "text a number": update(text=7),
    "text a list": update(text=["hello"]),
    "sender a list": update(**{"from": [42]}),
    "photo a text": update(photo="photo"),
    "photo of nothing": update(photo=[{}]),
    "file id a number": update(voice={"file_id": 7}),
    "reply to nothing": update(reply_to_message={}),
    "a message that is a list": b'{"update_id": 1, "message": []}',
    "a press by nobody": b'{"update_id": 1, "callback_query": {"id": "1", "data": "x"}}',
    "a reaction without a list": b'{"update_id": 1, "message_reaction": {"chat": {"id": 1, "type": "private"}}}',
    "a change of nothing": b'{"update_id": 1, "my_chat_member": {}}',
    "a location without numbers": update(location={"latitude": "x", "longitude": None}),
}

# Odd, and readable all the same.
ODD_UPDATES = {
    "date 0": update(date=0),
    "text null": update(text=None),
    "an entity out of range": update(entities=[{"type": "bold", "offset": 90, "length": -4}]),
    "an entity in the middle of an emoji": update(
        text="😀", entities=[{"type": "bold", "offset": 1, "length": 1}]
    ),
    "entities that are a text": update(entities="bold"),
    "unknown fields": update(nobody_knows={"this": [1, 2, 3]}),
    "a poll nobody can parse": update(text=..., poll=7),
    "sender missing": update(**{"from": ...}),
    "a negative update id": b'{"update_id": -5, "message": ' + json.dumps(message()).encode() + b"}",
    "duplicate keys": b'{"update_id": 1, "update_id": 2, "message": ' + json.dumps(message()).encode() + b"}",
    "NUL": update(text="he\0llo"),
    "a lone high surrogate": update(text="he\ud83dllo"),
    "a lone low surrogate": update(text="he\ude00llo"),
}
