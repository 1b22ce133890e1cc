"""Danger is heard in people's own words, and ordinary wishes are not taken for it.

The sentences are none that the search knows. The bounds are a little looser than what was reached on 2026-11-29.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.app import ARTICLES
from content import hearing
from content.articles import read_folder
from content.danger import Danger, danger_in
from content.library import Finding, Library
from content.search.embedding import sentence_model
from content.search.text import fold
from tests.content.library.folders import article

TODAY = date(2026, 11, 29)
SENTENCES = yaml.safe_load(Path(__file__).with_name("danger_sentences.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What became of one sentence."""

    finding: Finding
    danger: Danger | None

    @property
    def is_answered_as_despair(self) -> bool:
        return (
            self.finding.outcome == "answer" and self.finding.candidates[0].article.slug == "no-crisis-lines"
        )


def every(kind: str) -> list[tuple[str, str]]:
    return [(tag, text) for tag, texts in SENTENCES[kind].items() for text in texts]


def heard(library: Library, sentences: list[tuple[str, str]]) -> Iterator[Heard]:
    for tag, text in sentences:
        finding = library.find(text, tag, country="NO", today=TODAY)
        yield Heard(finding=finding, danger=danger_in(text, lambda _, finding=finding: finding))


def share_in_danger(results: list[Heard]) -> float:
    return sum(each.danger is not None for each in results) / len(results)


@pytest.fixture(scope="module")
def with_model() -> Library:
    if sentence_model() is None:
        pytest.skip("the sentence model is optional")
    return Library.load(ARTICLES)


def test_with_the_model_wishes_are_no_danger_and_danger_is_heard(with_model: Library) -> None:
    # Of every second sentence: a question costs it 20 ms. Reached with all: .043 of 300 and .965 of 282; before there
    # were subjects .44 and .42.
    harmless = list(heard(with_model, every("harmless")[::2]))
    assert share_in_danger(harmless) < 0.05
    assert not any(each.is_answered_as_despair for each in harmless)
    assert share_in_danger(list(heard(with_model, every("dangers")[::2]))) > 0.92


def test_by_letters_alone_wishes_are_rarely_danger_and_danger_is_heard(library: Library) -> None:
    harmless = list(heard(library, every("harmless")))
    assert share_in_danger(harmless) < 0.2
    assert not any(each.is_answered_as_despair for each in harmless)
    assert share_in_danger(list(heard(library, every("dangers")))) > 0.85


def test_no_sentence_that_is_measured_is_known_to_what_hears_danger() -> None:
    articles, _ = read_folder(ARTICLES)
    about_danger = [each for each in articles.values() if each.is_about_danger and each.country == "NO"]
    hears = (*about_danger, *hearing.beside(about_danger))
    known = {fold(text) for each in hears for text in (each.title, *each.asks)}
    assert [text for kind in SENTENCES for _, text in every(kind) if fold(text) in known] == []


def test_there_is_enough_to_measure_in_many_languages() -> None:
    for kind, fewest in (("harmless", 120), ("dangers", 100)):
        assert len(every(kind)) >= fewest
        assert len([tag for tag, texts in SENTENCES[kind].items() if len(texts) >= 10]) >= 10


def test_every_subject_of_danger_is_about_an_article_that_is_there() -> None:
    articles, _ = read_folder(ARTICLES)
    slugs = {slug for slug, _ in articles}
    known = hearing.beside(articles.values())
    dangers = {each.slug for each in known if hearing.stands_for(each.slug)}
    subjects = yaml.safe_load(hearing.HEARING.read_text(encoding="utf-8"))["danger"]
    assert {hearing.stands_for(slug) for slug in dangers} <= slugs
    assert len(dangers) == sum(len(each["articles"]) for each in subjects.values())


def test_no_sentence_stands_for_danger_and_for_everyday_life() -> None:
    articles, _ = read_folder(ARTICLES)
    danger: set[tuple[str, str]] = set()
    everyday: set[tuple[str, str]] = set()
    for each in hearing.beside(articles.values()):
        texts = danger if hearing.stands_for(each.slug) else everyday
        texts.update((each.language, fold(text)) for text in (each.title, *each.asks))
    assert not danger & everyday


def test_a_library_without_danger_is_searched_as_it_is() -> None:
    assert hearing.beside([article("no-school", "en", "School")]) == ()
