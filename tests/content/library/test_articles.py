from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from content.articles import parse_article, read_folder
from content.bodies import steps_of
from tests.content.library.folders import COMPLETE, TODAY, article, simple, write


def test_an_article_has_every_field_of_its_file(tmp_path: Path) -> None:
    write(tmp_path, "no-child-benefit/en.md", COMPLETE.format(title="Child benefit"))
    articles, faults = read_folder(tmp_path)
    found = articles["no-child-benefit", "en"]
    assert faults == []
    assert (found.title, found.kind, found.theme, found.country) == (
        "Child benefit",
        "article",
        "money",
        "NO",
    )
    assert found.asks[0] == "child money"
    assert len(found.asks) == 5
    assert (found.sources[0].publisher, found.sources[0].read) == ("NAV", None)
    assert found.review_by == date(2027, 5, 21)
    assert found.expires is None
    assert found.translated_from is None
    assert found.body.startswith("You get money")
    assert not found.sensitive
    assert not found.is_checked


def test_only_a_title_is_needed(tmp_path: Path) -> None:
    write(tmp_path, "a/eng_Latn.md", "---\ntitle: Yes\n---\n")
    articles, faults = read_folder(tmp_path)
    assert faults == []
    assert articles["a", "eng_Latn"].title == "Yes"


def test_a_bad_file_is_named_with_its_line_and_hides_no_good_one(tmp_path: Path) -> None:
    simple(tmp_path, "good", "en", "Good")
    write(tmp_path, "no-fence/en.md", "title: x\n")
    write(tmp_path, "not-closed/en.md", "---\ntitle: x\n")
    write(tmp_path, "no-title/en.md", "---\ntheme: money\n---\ntext")
    write(tmp_path, "yaml/en.md", "---\ntitle: a\nasks: [b\n---\ntext")
    write(tmp_path, "twice/en.md", "---\ntitle: a\ntheme: money\ntitle: b\n---\n")
    write(tmp_path, "expires/en.md", "---\ntitle: a\n\nexpires: 2026-02-30\n---\n")
    write(tmp_path, "Upper/en.md", "---\ntitle: a\n---\n")
    write(tmp_path, "tag/what is this.md", "---\ntitle: a\n---\n")
    articles, faults = read_folder(tmp_path)
    assert list(articles) == [("good", "en")]
    assert all(fault.unusable for fault in faults)
    assert {fault.file: fault.line for fault in faults} == {
        "no-fence/en.md": 1,
        "not-closed/en.md": 1,
        "no-title/en.md": 1,
        "yaml/en.md": 4,
        "twice/en.md": 4,
        "expires/en.md": 4,
        "Upper/en.md": 1,
        "tag/what is this.md": 1,
    }


def test_a_binary_file_a_huge_file_and_one_in_another_encoding_are_named(tmp_path: Path) -> None:
    simple(tmp_path, "good", "en", "Good")
    for slug, data in (
        ("binary", b"---\ntitle: a\n---\n\0\1\2"),
        ("huge", b"---\ntitle: a\n---\n" + b"x" * 10_000_000),
        ("latin1", "---\ntitle: a\n---\n\nbl\xe5b\xe6r".encode("latin-1")),
    ):
        (tmp_path / slug).mkdir()
        (tmp_path / slug / "en.md").write_bytes(data)
    (tmp_path / "folder" / "en.md").mkdir(parents=True)
    articles, faults = read_folder(tmp_path)
    assert list(articles) == [("good", "en")]
    said = {fault.file.split("/")[0]: (fault.line, fault.message) for fault in faults if fault.unusable}
    assert said["binary"] == (1, "is a binary file, not text")
    assert said["huge"] == (1, "10.0 MB is too long for an article (at most 0.26 MB)")
    assert said["latin1"] == (5, "is not text in UTF-8")
    assert said["folder"] == (1, "is not a file")


def test_two_files_of_one_article_and_language_are_a_fault(tmp_path: Path) -> None:
    simple(tmp_path, "a", "zh-Hans", "One")
    simple(tmp_path, "a", "zh-hans", "Two")
    articles, faults = read_folder(tmp_path)
    assert len(articles) == 1
    assert [fault.unusable for fault in faults] == [True]
    assert "the same article and language as a/zh-Hans.md" in faults[0].message


def test_norway_without_quotes_is_understood_and_named() -> None:
    article_, faults = parse_article(
        "---\ntitle: a\ncountry: NO\n---\n", slug="a", language="nb", name="a/nb.md"
    )
    assert article_ is not None
    assert article_.country == "NO"
    assert [(fault.line, fault.unusable) for fault in faults] == [(3, False)]
    assert 'write "NO" in quotes' in faults[0].message


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("review_by: 2026-13-01", "not a day"),
        ("sensitive: maybe", "true or false"),
        ("kind: video", "article or guide"),
        ("asks: one question", "must be a list"),
        ("asks: [{yes: what}]", "a colon needs quotes"),
        ("sources: [https]", "not a group"),
        ("theme: [a, b]", "one line of text"),
        ("colour: red", "not a field"),
    ],
)
def test_what_does_not_fit_is_named_and_the_article_still_used(field: str, message: str) -> None:
    text = f"---\ntitle: a\n{field}\n---\nbody"
    article_, faults = parse_article(text, slug="a", language="nb", name="a/nb.md")
    assert article_ is not None
    assert [fault.line for fault in faults] == [3]
    assert message in faults[0].message
    assert not faults[0].unusable


def test_an_article_holds_through_its_last_day() -> None:
    until_today = replace(article("a", "en", "A"), expires=TODAY, review_by=TODAY)
    assert not until_today.is_expired(TODAY)
    assert not until_today.is_past_review(TODAY)
    assert until_today.is_expired(date(2026, 11, 22))
    assert until_today.is_past_review(date(2026, 11, 22))


def test_a_translation_is_stale_once_its_original_changed() -> None:
    original = article("a", "nb", "Lege", body="Ring legen.")
    translation = replace(article("a", "en", "Doctor"), translated_from="nb", source_digest=original.digest)
    assert not translation.is_stale(original)
    assert not translation.is_stale(replace(original, asks=("syk",), body="Ring legen.  \n"))
    assert translation.is_stale(replace(original, body="Ring 113."))
    assert translation.is_stale(replace(original, title="Legen"))
    assert not original.is_stale(original)


def test_a_signature_needs_a_name_and_a_day() -> None:
    assert not replace(article("a", "en", "A"), checked_by="Amina").is_checked
    assert replace(article("a", "en", "A"), checked_by="Amina", checked=TODAY).is_checked


def test_a_guide_is_its_sections() -> None:
    steps = steps_of("Before.\n\n## Open the app\nTap it.\n\n## Log in\nUse BankID.\nThen wait.\n")
    assert [(step.title, step.body) for step in steps] == [
        ("Open the app", "Tap it."),
        ("Log in", "Use BankID.\nThen wait."),
    ]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        read_folder(tmp_path / "nowhere")
