from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from content.library import Library
from content.search.embedding import Embeddings
from tests.content.library.folders import TODAY, WordEncoder, article, simple, town, write


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.load(town(tmp_path), model=False)


def test_a_misspelt_question_finds_its_article(library: Library) -> None:
    finding = library.find("docter apointment", "en", today=TODAY)
    assert finding.candidates[0].article.slug == "no-doctor"


def test_a_stored_phrasing_is_answered_at_once(library: Library) -> None:
    finding = library.find("Rent too high!", "en", today=TODAY)
    assert finding.outcome == "answer"
    assert finding.candidates[0].article.slug == "no-rent"


def test_a_question_about_something_else_goes_to_a_person(library: Library) -> None:
    assert library.find("why do whales sing", "en", today=TODAY).outcome == "person"


@pytest.mark.parametrize("text", ["", "  ", "?!", "👍", "\0", "a" * 100_000, "\u202e\u200b", "\ud800"])
def test_any_text_at_all_gets_a_finding(library: Library, text: str) -> None:
    assert library.find(text, "en", today=TODAY).outcome == "person"


def test_candidates_come_best_first_with_probabilities(library: Library) -> None:
    candidates = library.find("school for my daughter", "en", today=TODAY).candidates
    likely = [found.probability for found in candidates]
    assert likely == sorted(likely, reverse=True)
    assert all(0 <= each <= 1 for each in likely)
    assert sum(likely) <= 1.0001
    assert [found.article.slug for found in candidates].count("no-school") == 1


def test_at_most_ten_candidates_are_named(tmp_path: Path) -> None:
    for number in range(15):
        simple(tmp_path, f"no-{number}", "en", f"Doctor number {number}")
    finding = Library.load(tmp_path, model=False).find("doctor", "en", today=TODAY)
    assert len(finding.candidates) == 10


def test_the_article_comes_in_her_language(library: Library) -> None:
    finding = library.find("legetime", "nb", today=TODAY)
    assert finding.candidates[0].article.language == "nb"


def test_an_article_that_is_not_in_her_language_comes_in_one_she_reads(library: Library) -> None:
    finding = library.find("doctor appointment", "so", today=TODAY, languages=("nb",))
    assert finding.candidates[0].article.slug == "no-doctor"
    assert finding.candidates[0].article.language == "nb"


def test_without_a_model_letters_are_not_trusted_between_languages(library: Library) -> None:
    assert library.find("doctor appointment", "pl", today=TODAY).outcome == "person"
    assert library.find("doctor appointment", "pl", languages=("en",), today=TODAY).outcome != "person"


def test_the_gloss_finds_an_english_article_for_a_weak_language(tmp_path: Path) -> None:
    folder = town(tmp_path)
    simple(folder, "no-cough", "en", "Fever and cough", ["my child coughs", "the child has a fever"])
    finding = Library.load(folder, model=False).find("qufac iyo qandho", "so", today=TODAY)
    assert finding.candidates[0].article.slug == "no-cough"


def test_an_expired_article_is_never_given(tmp_path: Path) -> None:
    simple(tmp_path, "no-old", "en", "Old rule", ["the old rule"], expires=str(TODAY - timedelta(days=1)))
    simple(tmp_path, "no-new", "en", "New rule", ["the new rule"], expires=str(TODAY))
    library = Library.load(tmp_path, model=False)
    found = library.find("the old rule", "en", today=TODAY).candidates
    assert [each.article.slug for each in found] == ["no-new"]
    assert library.article("no-old", "en", today=TODAY) is None
    assert library.article("no-new", "en", today=TODAY) is not None
    assert library.article("no-new", "en", today=TODAY + timedelta(days=1)) is None


def test_an_expired_translation_gives_way_to_one_that_holds(tmp_path: Path) -> None:
    simple(tmp_path, "no-a", "so", "Hore", expires="2026-01-01")
    simple(tmp_path, "no-a", "en", "Before")
    given = Library.load(tmp_path, model=False).article("no-a", "so", today=TODAY)
    assert given is not None
    assert given.language == "en"


def test_an_article_of_another_country_is_not_found(tmp_path: Path) -> None:
    simple(tmp_path, "no-tax", "en", "Tax card", country='"NO"')
    simple(tmp_path, "dk-tax", "en", "Tax card", country='"DK"')
    simple(tmp_path, "un-rights", "en", "Tax rights")
    library = Library.load(tmp_path, model=False)
    found = library.find("tax card", "en", country="DK", today=TODAY).candidates
    assert {each.article.slug for each in found} == {"dk-tax", "un-rights"}
    assert len(library.find("tax card", "en", today=TODAY).candidates) == 3


def test_an_article_falls_back_to_a_near_language_then_to_english_then_to_the_original(
    tmp_path: Path,
) -> None:
    simple(tmp_path, "no-a", "nb", "Lege")
    simple(tmp_path, "no-a", "fa", "دکتر", translated_from="nb")
    simple(tmp_path, "no-a", "en", "Doctor", translated_from="nb")
    library = Library.load(tmp_path, model=False)
    tags = ("prs", "fa_IR", "nb", "sv", "so", "en", "xx")
    given = {tag: library.article("no-a", tag, today=TODAY) for tag in tags}
    assert {tag: found.language for tag, found in given.items() if found} == {
        "prs": "fa",
        "fa_IR": "fa",
        "nb": "nb",
        "sv": "nb",
        "so": "en",
        "en": "en",
        "xx": "en",
    }
    also = {"so": ("nb-NO",), "prs": ("nb",), "nn": ("en",), "xx": ("ti",)}
    given = {tag: library.article("no-a", tag, today=TODAY, also=app) for tag, app in also.items()}
    assert {tag: found.language for tag, found in given.items() if found} == {
        "so": "nb",
        "prs": "fa",
        "nn": "nb",
        "xx": "en",
    }
    assert library.article("no-b", "nb", today=TODAY) is None


def test_an_article_that_is_not_in_english_is_given_in_the_original(tmp_path: Path) -> None:
    simple(tmp_path, "dk-a", "da", "Læge")
    simple(tmp_path, "dk-a", "ar", "طبيب", translated_from="da")
    given = Library.load(tmp_path, model=False).article("dk-a", "so", today=TODAY)
    assert given is not None
    assert given.language == "da"


def test_themes_are_those_about_which_there_is_anything(tmp_path: Path) -> None:
    simple(tmp_path, "no-a", "nb", "Lege", theme="health", country='"NO"')
    simple(tmp_path, "no-b", "nb", "Lønn", theme="work", country='"NO"')
    simple(tmp_path, "no-b", "so", "Mushahar", theme="work", country='"NO"')
    simple(tmp_path, "no-c", "so", "Shaqo", theme="work", country='"NO"')
    simple(tmp_path, "dk-d", "da", "Skole", theme="school", country='"DK"')
    simple(tmp_path, "no-e", "nb", "Fare", theme="emergency", country='"NO"', expires="2026-01-01")
    library = Library.load(tmp_path, model=False)
    assert library.themes("so", "NO", TODAY) == ("health", "work")
    assert library.themes("so", None, TODAY) == ("health", "school", "work")
    work = library.in_theme("work", "nb", "NO", TODAY)
    assert [(each.slug, each.language) for each in work] == [("no-b", "nb"), ("no-c", "so")]


def test_articles_can_be_left_out(tmp_path: Path) -> None:
    library = Library.load(town(tmp_path), model=False, shows=lambda each: each.language != "nb")
    given = library.article("no-doctor", "nb", today=TODAY)
    assert given is not None
    assert given.language == "en"


def test_a_bad_file_does_not_close_the_library(tmp_path: Path) -> None:
    write(town(tmp_path), "no-bad/en.md", "nothing")
    library = Library.load(tmp_path, model=False)
    assert [fault.file for fault in library.faults] == ["no-bad/en.md"]
    assert library.find("landlord wants money", "en", today=TODAY).outcome == "answer"


def test_an_empty_library_sends_everything_to_a_person(tmp_path: Path) -> None:
    library = Library.load(tmp_path, model=False)
    assert library.find("doctor", "en", today=TODAY).outcome == "person"
    assert library.themes("en", None, TODAY) == ()


def test_a_library_of_one_article_answers(tmp_path: Path) -> None:
    simple(tmp_path, "no-a", "en", "See a doctor")
    finding = Library.load(tmp_path, model=False).find("see a doctor", "en", today=TODAY)
    assert finding.candidates[0].article.slug == "no-a"


def test_many_threads_get_the_same_findings(library: Library) -> None:
    questions = ["doctor appointment", "school for my son", "rent", "whales"] * 25
    alone = [library.find(text, "en", today=TODAY) for text in questions]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda text: library.find(text, "en", today=TODAY), questions))
    assert together == alone


def test_meaning_finds_an_article_across_languages() -> None:
    shared = [
        article(f"no-{word}", "en", f"about {word}", f"{word} please") for word in ("rent", "pay", "sun")
    ]
    library = Library(shared, Embeddings(WordEncoder(), shipped=None))
    finding = library.find("rent", "pl", today=date(2026, 1, 1))
    assert finding.candidates[0].article.slug == "no-rent"
