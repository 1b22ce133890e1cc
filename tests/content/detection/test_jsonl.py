"""`morsmal detect`: JSON lines in, JSON lines out."""

import json

import pytest

from content.detection.families import LABELS
from content.detection.jsonl import MalformedLine, detect_lines


def test_every_line_is_answered_with_its_id() -> None:
    lines = ['{"id": 7, "text": "Waxaan u baahanahay caawimaad"}\n', "\n", '{"id": "b", "text": "ok"}\n']
    first, second = map(json.loads, detect_lines(lines, always=False))
    assert (first["id"], first["language"]) == (7, "so")
    assert (second["id"], second["language"]) == ("b", None)
    assert 0.9 < first["probability"] <= 1
    assert first["candidates"][0][0] == "so"


@pytest.mark.parametrize("text", ["", "ok", "112", "\\ud800", "\\u0000", "ሰላም"])
def test_always_means_always(text: str) -> None:
    [line] = detect_lines([f'{{"id": 1, "text": "{text}"}}'], always=True)
    assert json.loads(line)["language"] in LABELS


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"text": "a"}', '{"id": 1, "text": 2}', '"a"'])
def test_a_malformed_line_is_named_by_its_number(line: str) -> None:
    with pytest.raises(MalformedLine, match="line 2: "):
        list(detect_lines(['{"id": 1, "text": "a"}', line], always=False))
