"""What people asked, and an article helped with, finds that article from then on."""

from dataclasses import dataclass
from datetime import date

from content.articles import Article
from content.library import Library
from content.phrasings import with_phrasings

TODAY = date(2026, 11, 29)
ARTICLES = [
    Article(
        slug="no-child-benefit", language="en", title="Child benefit", asks=("How do I get child benefit?",)
    ),
    Article(
        slug="no-child-benefit", language="nb", title="Barnetrygd", asks=("Hvordan får jeg barnetrygd?",)
    ),
    Article(slug="no-doctor", language="en", title="Your own doctor", asks=("How do I change my doctor?",)),
    Article(
        slug="no-kindergarten", language="en", title="A place in kindergarten", asks=("When can she begin?",)
    ),
]


@dataclass(frozen=True, slots=True)
class Row:
    slug: str
    language: str
    text: str


def probability(library: Library, text: str) -> float:
    """How sure the library is that the question is about child benefit."""
    candidates = library.find(text, "en", today=TODAY).candidates
    return sum(found.probability for found in candidates if found.article.slug == "no-child-benefit")


def test_a_question_that_was_not_found_is_found_once_its_phrasing_is_approved() -> None:
    asked, alike = "who pays us for the little ones every month", "who pays for little ones each month"
    before = Library.of(ARTICLES, model=False)
    assert before.find(asked, "en", today=TODAY).outcome == "person"

    after = Library.of(with_phrasings(ARTICLES, [Row("no-child-benefit", "en", asked)]), model=False)
    found = after.find(asked, "en", today=TODAY)
    assert found.outcome == "answer" and found.candidates[0].article.slug == "no-child-benefit"
    assert probability(after, alike) > probability(before, alike)
    assert after.find("change my doctor", "en", today=TODAY).candidates[0].article.slug == "no-doctor"


def test_a_phrasing_is_added_to_its_article_in_its_language_only() -> None:
    grown = with_phrasings(ARTICLES, [Row("no-child-benefit", "nb", "penger for barna")])
    assert [article.asks for article in grown] == [
        ("How do I get child benefit?",),
        ("Hvordan får jeg barnetrygd?", "penger for barna"),
        *(article.asks for article in ARTICLES[2:]),
    ]
    assert [article.digest for article in grown] == [article.digest for article in ARTICLES]


def test_what_an_article_asks_already_is_not_added_again() -> None:
    rows = [
        Row("no-doctor", "en", "how do i change my  DOCTOR"),
        Row("no-doctor", "en", "Your own doctor!"),
        Row("no-doctor", "en", "Another doctor"),
        Row("no-doctor", "en", "another doctor?"),
        Row("gone", "en", "What?"),
    ]
    asks = {
        article.slug: article.asks for article in with_phrasings(ARTICLES, rows) if article.language == "en"
    }
    assert asks["no-doctor"] == ("How do I change my doctor?", "Another doctor")
