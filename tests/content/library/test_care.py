"""Which articles somebody should look after."""

from dataclasses import replace
from datetime import date

from content.care import by_need, care_for, here, unchecked
from tests.content.library.folders import TODAY, article

ORIGINAL = replace(article("no-rent", "nb", "Leie", body="Betal den første."), country="NO", theme="home")
FRESH = replace(ORIGINAL, language="so", title="Kirada", translated_from="nb", source_digest=ORIGINAL.digest)
STALE = replace(FRESH, language="ar", source_digest="0000000000000000")
DANISH = replace(ORIGINAL, slug="dk-rent", country="DK", language="da")


def test_what_ends_is_due_or_stale_is_named_once_in_its_country() -> None:
    ends = replace(ORIGINAL, slug="no-a", expires=date(2026, 12, 21), review_by=date(2026, 1, 1))
    later = replace(ORIGINAL, slug="no-b", expires=date(2026, 12, 22))
    over = replace(ORIGINAL, slug="no-c", expires=date(2026, 11, 1))
    every = {(each.slug, each.language): each for each in (ORIGINAL, FRESH, STALE, ends, later, over, DANISH)}
    care = care_for(every, "NO", TODAY)
    assert care.expiring == (over, ends)
    assert care.past_review == (ends,)
    assert care.stale == (STALE,)
    assert care.count == 3
    assert care.unchecked == {"nb": 4, "so": 1, "ar": 1}


def test_pictures_that_are_missing_are_named_once_and_hurry_nobody() -> None:
    waits = replace(ORIGINAL, body="## Open\nTap.\n\n![The button]()")
    translated = replace(waits, language="so", translated_from="nb", source_digest=waits.digest)
    care = care_for({("no-rent", "nb"): waits, ("no-rent", "so"): translated}, "NO", TODAY)
    assert (care.pictured, care.count) == ((waits,), 0)


def test_a_checked_article_waits_for_nobody_and_an_expired_one_is_not_worth_reading() -> None:
    checked = replace(ORIGINAL, checked_by="Oslo", checked=TODAY)
    over = replace(ORIGINAL, slug="no-c", expires=date(2026, 11, 1))
    money = replace(ORIGINAL, slug="no-z", theme="money")
    every = {(each.slug, each.language): each for each in (checked, over, money, FRESH)}
    assert unchecked(here(every, "NO"), "nb", TODAY) == [money]


def test_articles_stand_in_the_order_of_the_themes_and_without_a_theme_last() -> None:
    money = replace(ORIGINAL, slug="no-z", theme="money")
    none = replace(ORIGINAL, slug="no-a", theme="")
    every = {(each.slug, each.language): each for each in (none, ORIGINAL, money)}
    assert here(every, "NO") == [money, ORIGINAL, none]


def test_what_is_asked_for_comes_first_then_danger_then_the_rest_in_its_order() -> None:
    shelter = replace(ORIGINAL, slug="no-shelter", theme="violence")
    unsure = replace(ORIGINAL, slug="no-threat", theme="residence", sensitive=True)
    tax, school = (
        replace(ORIGINAL, slug=slug, theme=theme)
        for slug, theme in (("no-tax", "money"), ("no-school", "school"))
    )
    articles = [school, tax, ORIGINAL, unsure, shelter]
    assert by_need(articles, {}, {}) == [unsure, shelter, school, tax, ORIGINAL]
    answered = {("nb", "no-rent"): 5, ("so", "no-tax"): 9}
    missed = {("nb", "school"): 7, ("so", "money"): 9}
    assert by_need(articles, answered, missed) == [ORIGINAL, school, unsure, shelter, tax]
