"""A group's own texts: written and read back, laid over the folder, signed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.article_writing import written
from content.articles import Article, Key, Source, parse_article, read_folder
from content.digests import ARTICLES
from content.lint import check_text
from content.shelf import Own, clean, rewritten, source_of, title_of, with_own, with_theme
from tests.content.library.folders import COMPLETE, TODAY, article

SHIPPED, _ = read_folder(ARTICLES)


def listed(articles: list[Article] | tuple[Article, ...]) -> dict[Key, Article]:
    return {(each.slug, each.language): each for each in articles}


def read_back(original: Article) -> Article | None:
    found, faults = parse_article(
        written(original), slug=original.slug, language=original.language, name="own"
    )
    assert faults == []
    return found


def test_every_shipped_article_is_read_back_as_it_was_written() -> None:
    for original in SHIPPED.values():
        assert read_back(original) == original


@given(
    title=st.text(min_size=1).map(title_of).filter(bool),
    asks=st.lists(st.text().map(title_of).filter(bool)),
    body=st.text().map(clean),
)
def test_whatever_somebody_writes_is_read_back_as_it_was_written(
    title: str, asks: list[str], body: str
) -> None:
    original = Article(slug="no-own-1", language="ur", title=title, asks=tuple(asks), body=body, country="NO")
    assert read_back(original) == original


def test_signs_that_nobody_sees_do_not_come_along_from_a_chat() -> None:
    assert clean("\u2066116 117\u2069\0\r\nok \ud83d\u202e") == "116 117\nok"
    assert title_of(" Leie\n bolig ") == "Leie bolig"


@pytest.mark.parametrize(
    "text", ["\u200b", "\u00a0\u3000", "\ufeff\u2060", "\u200d\u200c", "\U000e0041\U000e0042", "\x80\u00ad"]
)
def test_what_nobody_sees_is_nothing(text: str) -> None:
    assert clean(text) == title_of(text) == ""


@pytest.mark.parametrize("text", ["می\u200cخواهم", "👩\u200d👧", "न्\u200dय"])
def test_joiners_between_letters_stay(text: str) -> None:
    assert clean(text) == text


def test_a_text_of_the_group_replaces_that_of_the_folder_and_a_new_one_stands_beside() -> None:
    base = listed([article("no-rent", "en", "Rent", body="old"), article("no-rent", "nb", "Leie", body="x")])
    mine = article("no-rent", "en", "Rent", body="new")
    beside = article("no-own-1", "so", "Kirada", body="cusub")
    texts = tuple((each.slug, each.language, written(each), TODAY) for each in (mine, beside))
    found = with_own(base, Own(texts=texts, signed={}, group="Oslo"))
    assert found["no-rent", "en"] == replace(mine, published=TODAY)
    assert found["no-rent", "nb"] == base["no-rent", "nb"]
    assert found["no-own-1", "so"] == replace(beside, published=TODAY)
    assert base["no-rent", "en"].body == "old"


def test_a_signature_holds_for_the_very_text_only() -> None:
    signed = article("no-rent", "so", "Kirada", body="hore")
    own = Own(signed={("no-rent", "so", signed.digest): TODAY}, group="Oslo")
    found = with_own(listed([signed]), own)["no-rent", "so"]
    assert found.is_checked and (found.checked_by, found.checked) == ("Oslo", TODAY)
    changed = replace(signed, body="cusub")
    assert not with_own(listed([changed]), own)["no-rent", "so"].is_checked


def test_who_checked_the_file_is_not_replaced_by_a_signature() -> None:
    checked = replace(article("no-rent", "so", "Kirada"), checked_by="A translator", checked=date(2026, 1, 2))
    own = Own(signed={("no-rent", "so", checked.digest): TODAY}, group="Oslo")
    assert with_own(listed([checked]), own)["no-rent", "so"] == checked


def test_a_guide_takes_its_steps_as_they_are_shown_in_a_chat() -> None:
    guide = article("no-guide", "en", "BankID", body="## Open\nFirst.\n\n## Log in\nThen.")
    guide = replace(guide, kind="guide")
    changed = rewritten(guide, body="1. Open it\nFirst:\n1. this\n2) Log in\nThen 2. that.")
    assert [(step.title, step.body) for step in changed.steps] == [
        ("Open it", "First:\n1. this"),
        ("Log in", "Then 2. that."),
    ]
    assert rewritten(guide, body="## One\na\n\n## Two\nb").steps[1].title == "Two"
    assert rewritten(article("no-a", "en", "A"), body="1. One\n2. Two").body == "1. One\n2. Two"


@pytest.mark.parametrize(
    ("line", "publisher", "address"),
    [
        ("NAV https://www.nav.no/a", "NAV", "https://www.nav.no/a"),
        ("Oslo kommune: https://oslo.kommune.no", "Oslo kommune", "https://oslo.kommune.no"),
        ("https://www.nav.no", "", "https://www.nav.no"),
        ("nav", "", "nav"),
    ],
)
def test_a_source_is_read_as_it_is_written_in_a_chat(line: str, publisher: str, address: str) -> None:
    assert source_of(line) == Source(publisher=publisher, address=address, read=None)


@pytest.mark.parametrize("line", ["-", "–", " — "])
def test_a_dash_says_that_there_is_no_source(line: str) -> None:
    assert source_of(line) is None


def test_what_is_about_danger_stays_sensitive_whatever_its_theme_becomes() -> None:
    plain = article("no-a", "en", "A")
    assert not with_theme(plain, "money").sensitive
    assert with_theme(with_theme(plain, "violence"), "money").sensitive


def checked(text: str, *others: Article, folder: Path | None = None) -> tuple[list[str], list[str]]:
    _, found = check_text(
        text, listed(others), slug="no-child-benefit", language="en", today=TODAY, folder=folder
    )
    return [str(each) for each in found.hindrances], [str(each) for each in found.remarks]


def test_a_complete_text_has_no_fault_and_needs_no_source() -> None:
    text = COMPLETE.format(title="Child benefit")
    assert checked(text) == ([], [])
    start = text.index("sources:")
    assert checked(text[:start] + text[text.index("checked_by:") :]) == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  - barnetrygd\n", "", ":7: warning: 4 different phrasings of at least 5"),
        ("theme: money\n", "", ":1: warning: `theme` is missing"),
        ("title:", "titel:", "`title` is missing"),
        ("related: []", "related: [no-nothing]", "'no-nothing' is not in the library"),
        ("https://www.nav.no/barnetrygd\n    read", "nav\n    read", "not a web address"),
        ("attachments: []", "attachments: [so.ogg]", "'so.ogg' is not in the article's folder"),
        ("title: Child benefit", "title: Pay the rent", "has the same title as 'no-rent'"),
    ],
)
def test_what_stands_against_a_text_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    text = COMPLETE.format(title="Child benefit")
    assert old in text
    rent = replace(article("no-rent", "en", "Pay the rent"), country="NO")
    hindrances, _ = checked(text.replace(old, new, 1), rent, folder=tmp_path)
    assert any(says in each for each in hindrances), hindrances


def test_what_only_needs_care_is_a_remark() -> None:
    text = COMPLETE.format(title="Child benefit").replace("review_by: 2027", "review_by: 2025")
    text = text.replace("expires:", "expires:\ntranslated_from: nb\nsource_digest: 0123456789abcdef")
    original = replace(
        article("no-child-benefit", "nb", "Barnetrygd", body="Ring 55 55 33 34."), theme="money"
    )
    hindrances, remarks = checked(text, original)
    assert hindrances == []
    assert any("stale" in each for each in remarks)
    assert any("should have been looked at" in each for each in remarks)
    assert any("55553333 is not among the original's numbers" in each for each in remarks)


def test_other_words_are_checked_by_nobody() -> None:
    checked = replace(article("no-a", "en", "A", body="b"), checked_by="Hodan", checked=TODAY)
    assert not rewritten(checked, title="New").is_checked
    assert not rewritten(checked, body="New").is_checked
