"""Nothing that arrives crashes us, and what can be read is read."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram_reading import read
from bot.channels.telegram_receiving import envelope
from bot.channels.telegram_updates import Message, packed, parsed
from tests.bot.telegram.bad_updates import BAD_BODIES, BAD_UPDATES, ODD_UPDATES, message, update
from tests.bot.telegram.conftest import NOW

TEXTS = {
    "empty": "",
    "blank": "\u00a0\u3000\u200b\ufeff",
    "the longest": "a" * 4096,
    "the longest of emoji": "😀" * 2048,
    "brackets": "<" * 4096,
    "right to left": "\u202egnp.exe\u2067",
    "combining marks": "e" + "\u0301" * 3000,
    "a family": "\u200d".join("👩" * 200),
    "digits": "١٢٣ 123",
    "markup": "<b>_*`[x](tg://user?id=1)",
    "formulas": '=HYPERLINK("x")\t=1 ＝1',
    "templates": "{0.__class__} %s {{7*7}}",
    "log lines": "a\r\n\x1b[31mERROR",
    "a start with junk": "/start " + "x" * 64,
    "a command for another": "/START@otherbot",
}


@pytest.mark.parametrize("raw", BAD_BODIES.values(), ids=BAD_BODIES.keys())
def test_what_is_no_update_gets_no_envelope(raw: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        envelope(parsed(raw), "1", NOW)


@pytest.mark.parametrize("raw", BAD_UPDATES.values(), ids=BAD_UPDATES.keys())
def test_what_makes_no_sense_has_an_envelope_and_cannot_be_read(raw: bytes) -> None:
    assert envelope(parsed(raw), "1", NOW, raw).raw == raw
    with pytest.raises(ValueError) as error:  # noqa: PT011
        read(raw, "1")
    assert "hello" not in str(error.value)


@pytest.mark.parametrize("raw", ODD_UPDATES.values(), ids=ODD_UPDATES.keys())
def test_what_is_only_odd_is_read(raw: bytes) -> None:
    inbound = read(raw, "1")
    assert inbound
    assert inbound.text in ("hello", "😀", "")
    assert inbound.user == "42"


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_arrives_as_it_was_written(text: str) -> None:
    for raw in (update(text=text), packed({"update_id": 1, "message": message(text=text)})):
        inbound = read(raw, "1")
        assert inbound
        assert inbound.text == text


def test_a_text_of_a_megabyte_is_read() -> None:
    inbound = read(update(text="ا" * 2**20), "1")
    assert inbound
    assert len(inbound.text) == 2**20


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: (
        st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3)
    ),
    max_leaves=5,
)
FIELDS = st.sampled_from(sorted({*Message.model_fields, "from", "new_thing"}))
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@patient
@given(st.dictionaries(FIELDS, JSON, max_size=3), st.sampled_from(["message", "edited_message"]))
def test_a_message_with_anything_in_it_is_read_or_refused(changes: dict[str, Any], kind: str) -> None:
    raw = json.dumps({"update_id": 1, kind: message(**changes)}).encode()
    try:
        kept = envelope(parsed(raw), "1", NOW, raw)
        inbound = read(kept.raw, "1")
    except ValueError:
        return
    assert kept.external_id
    if inbound:
        inbound.text.encode()


@patient
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        read(raw, "1")
    except ValueError:
        return
