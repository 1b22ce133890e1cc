"""What is taken for danger, by what the library found."""

from collections.abc import Mapping

from content.articles import Article
from content.danger import HURRY_FROM, danger_in
from content.library import NOTHING, Finding, Found, Outcome

VIOLENCE = Article(slug="violence", language="en", title="Violence", theme="violence")
LINES = Article(slug="lines", language="en", title="Crisis lines", theme="mind", sensitive=True)
SCHOOL = Article(slug="school", language="en", title="School", theme="school")


def finding(outcome: Outcome, found: Mapping[Article, float]) -> Finding:
    candidates = tuple(
        Found(article=article, probability=probability) for article, probability in found.items()
    )
    return Finding(outcome=outcome, candidates=candidates)


def test_signs_of_danger_in_several_articles_count_together_before_the_library_would_guess() -> None:
    danger = danger_in("…", lambda text: finding("person", {SCHOOL: 0.08, LINES: 0.07, VIOLENCE: 0.06}))
    assert danger and danger.article is LINES and not danger.urgent
    assert danger_in("…", lambda text: finding("person", {SCHOOL: 0.2, LINES: 0.06})) is None


def test_others_are_hurried_only_when_the_library_would_guess_as_well() -> None:
    for outcome, urgent in (("answer", True), ("suggest", True), ("person", False)):
        danger = danger_in("…", lambda text, outcome=outcome: finding(outcome, {VIOLENCE: HURRY_FROM}))
        assert danger and danger.urgent is urgent


def test_what_is_near_to_danger_only_in_the_fourth_place_is_none() -> None:
    others = {Article(slug=name, language="en", title=name, theme="school"): 0.2 for name in ("a", "b", "c")}
    assert danger_in("…", lambda text: finding("suggest", {**others, VIOLENCE: 0.2})) is None


def test_one_sentence_of_many_is_heard_if_it_is_likely() -> None:
    def find(text: str) -> Finding:
        if text == "he hits me":
            return finding("suggest", {VIOLENCE: 0.4})
        if text == "I am tired":
            return finding("person", {LINES: 0.2})
        return NOTHING

    assert danger_in("My son starts school. I am tired. Is it free?", find) is None
    for mark in (".", "؟", "።", "\n"):
        danger = danger_in(f"My son starts school{mark} he hits me{mark} Is it free?", find)
        assert danger and danger.article is VIOLENCE and danger.urgent


def test_a_number_alone_is_no_sentence_of_danger() -> None:
    def find(text: str) -> Finding:
        return finding("suggest", {VIOLENCE: 0.6}) if text == "390" else NOTHING

    assert danger_in("Can you help me with the letter? 390", find) is None
