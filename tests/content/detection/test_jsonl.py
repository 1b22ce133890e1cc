"""`morsmal detect`: JSON lines in, JSON lines out."""

import json

import pytest

from content.detection.families import LABELS, family
from content.detection.jsonl import detect_lines


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


@pytest.mark.parametrize(
    "text", ["hi then waan rabaa", "Doctor nahi", "Fatima Hassan", "Καλημέρα σας", "do", "", "ok"]
)
def test_the_probability_is_that_of_the_language_that_is_said(text: str) -> None:
    [line] = detect_lines([json.dumps({"id": 1, "text": text})], always=True)
    found = json.loads(line)
    near = [chance for label, chance in found["candidates"] if family(label) == family(found["language"])]
    assert sum(near) <= found["probability"] + 0.001
    assert found["probability"] - sum(near) < 0.05 and (near or not text)


@pytest.mark.parametrize("always", [False, True])
@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("{", None),
        ("[]", None),
        ('"a"', None),
        ('{"id": 1}', 1),
        ('{"id": 1, "text": 2}', 1),
        ("[" * 100_000, None),
        ('{"id": NaN, "text": "a"}', None),
    ],
)
def test_a_line_that_cannot_be_read_is_answered_with_an_error_and_stops_no_other(
    line: str, name: int | None, always: bool
) -> None:
    good = '{"id": 2, "text": "Waxaan u baahanahay caawimaad"}'
    found = list(map(json.loads, detect_lines([good, line, good], always=always)))
    assert [each["language"] for each in found] == ["so", None, "so"]
    assert (found[1]["id"], found[1]["candidates"]) == (name, [])
    assert found[1]["error"].startswith("line 2 ")
    assert "error" not in found[0]
