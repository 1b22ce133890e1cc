import json
from datetime import date
from pathlib import Path

from content.search.jsonl import ask_lines
from tests.content.library.folders import TODAY, simple, town


def asked(
    folder: Path, *lines: str, today: date = date.min, country: str | None = None
) -> list[dict[str, object]]:
    found = ask_lines(lines, folder, today=today, country=country, model=False)
    return [json.loads(line) for line in found]


def test_each_line_is_answered_with_its_id(tmp_path: Path) -> None:
    lines = [
        '{"id": 7, "text": "doctor appointment", "language": "en"}',
        '{"id": "b", "text": "why do whales sing", "language": "en"}',
    ]
    first, second = asked(town(tmp_path), *lines)
    assert first.keys() == {"id", "outcome", "article", "probability", "candidates"}
    assert (first["id"], first["outcome"], first["article"]) == (7, "answer", "no-doctor")
    assert first["candidates"][0] == {"article": "no-doctor", "probability": first["probability"]}  # type: ignore[index]
    assert (second["id"], second["outcome"]) == ("b", "person")


def test_titles_alone_and_any_tag_are_enough(tmp_path: Path) -> None:
    simple(tmp_path, "a1", "ti_ER", "ሓኪም")
    simple(tmp_path, "b2", "ti_ER", "ቤት ትምህርቲ")
    (found,) = asked(tmp_path, '{"id": 1, "text": "ሓኪም", "language": "ti_ER"}')
    assert found["article"] == "a1"


def test_lines_that_cannot_be_read_are_answered_too(tmp_path: Path) -> None:
    bad = ["not json", "[1]", '{"id": 3, "text": 5, "language": "en"}', '{"id": 4}', "", "   "]
    found = asked(town(tmp_path), *bad)
    assert [line["id"] for line in found] == [None, None, 3, 4]
    assert {str(line["outcome"]) for line in found} == {"person"}
    assert all("error" in line and line["candidates"] == [] for line in found)


def test_a_text_with_half_a_sign_is_a_question_like_any_other(tmp_path: Path) -> None:
    (found,) = asked(
        town(tmp_path), '{"id": "\\ud83d", "text": "doctor appointment \\ud83d", "language": "en"}'
    )
    assert (found["id"], found["article"]) == ("\ud83d", "no-doctor") and "error" not in found


def test_any_tag_and_any_slug_of_small_letters_digits_and_hyphens_is_taken(tmp_path: Path) -> None:
    simple(tmp_path, "-a", "x-test", "Milk")
    simple(tmp_path, "1-", "i-klingon", "Bread")
    simple(tmp_path, "b", "zh-Hant-TW", "Visa")
    lines = [
        f'{{"id": 1, "text": "{text}", "language": "{tag}"}}'
        for text, tag in (("milk", "x-test"), ("bread", "i-klingon"), ("visa", "zh-Hant-TW"))
    ]
    assert [line["article"] for line in asked(tmp_path, *lines)] == ["-a", "1-", "b"]


def test_an_expired_article_is_not_answered_with(tmp_path: Path) -> None:
    simple(tmp_path, "old", "en", "Old rule", expires="2026-01-01")
    question = '{"id": 1, "text": "old rule", "language": "en"}'
    assert asked(tmp_path, question, today=TODAY)[0]["article"] is None
    assert asked(tmp_path, question)[0]["article"] == "old"


def test_what_is_true_in_another_country_is_not_answered_with(tmp_path: Path) -> None:
    simple(tmp_path, "no-doctor", "en", "The doctor in Norway", country="NO")
    simple(tmp_path, "dk-doctor", "en", "The doctor in Denmark", country="DK")
    question = '{"id": 1, "text": "the doctor", "language": "en"}'
    for country, here in ((None, {"no-doctor", "dk-doctor"}), ("NO", {"no-doctor"}), ("DK", {"dk-doctor"})):
        (line,) = asked(tmp_path, question, country=country)
        assert {each["article"] for each in line["candidates"]} == here  # type: ignore[attr-defined]
