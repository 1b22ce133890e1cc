"""When is the best article the right one? Features, what strangers score, and weights that bend."""

from dataclasses import replace

import numpy as np
import pytest

from content.search.calibration import Judge, judge, prior
from content.search.index import Evidence, Index
from content.search.ranking import FEATURES, WITH_MODEL, Strangers, features_of, strangers
from tests.content.library.folders import THINGS, article


def evidence_of(*scores: float) -> Evidence:
    nothing = np.zeros(len(scores), dtype=np.float32)
    return Evidence(
        score=np.array(scores, dtype=np.float32), lexical=nothing, glossed=nothing, own=nothing.astype(bool)
    )


def usual(size: int) -> Strangers:
    return Strangers(
        mean=np.full(size, 0.06, dtype=np.float32),
        deviation=np.full(size, 0.13, dtype=np.float32),
        best=0.45,
        best_deviation=0.2,
        heat=WITH_MODEL,
    )


def test_strangers_score_less_than_the_right_article() -> None:
    articles = [article(f"no-{t}", "en", f"about {t}", f"{t} please") for t in THINGS]
    index = Index(articles, None)
    known = strangers(index)
    right = [
        index.evidence(index.question(text, "en"), exact=False).score[row]
        for row, _, text in index.phrasings()
    ]
    assert float(known.mean.max()) < float(np.mean(right))


def test_twins_in_two_countries_are_no_strangers_to_each_other() -> None:
    norway = [replace(article(f"no-{t}", "en", f"about {t}"), country="NO") for t in THINGS]
    denmark = [replace(article(f"dk-{t}", "en", f"about {t}"), country="DK") for t in THINGS]
    both, one = strangers(Index(norway + denmark, None)), strangers(Index(norway, None))
    assert float(both.mean.max()) == pytest.approx(float(one.mean.max()), abs=0.05)


def test_a_crowd_of_rivals_leaves_less_lead_than_one() -> None:
    far = [0.0] * 27
    _, one = features_of(evidence_of(0.6, 0.5, *far), np.ones(29, dtype=bool), usual(29))
    _, four = features_of(evidence_of(0.6, 0.5, 0.5, 0.5, 0.5, *far[3:]), np.ones(29, dtype=bool), usual(29))
    assert FEATURES[:2] == ("lead", "lead over all")
    assert (one[0, :2] > four[0, :2]).all()
    assert one[0, 0] == pytest.approx(0.1, abs=0.01)


def test_to_be_the_best_of_three_is_no_proof() -> None:
    ordinary = (0.3, 0.1, 0.0)
    few = Judge(strangers=usual(3), logistic=prior("meaning")).rank(
        evidence_of(*ordinary), np.ones(3, dtype=bool)
    )
    assert few[0].row == 0
    assert few[0].probability < 0.5


def test_the_probabilities_fall_and_the_others_share_what_the_best_leaves() -> None:
    scores = (0.7, 0.69, 0.68, 0.4, *[0.1] * 30)
    ranked = Judge(strangers=usual(34), logistic=prior("meaning")).rank(
        evidence_of(*scores), np.ones(34, dtype=bool)
    )
    likely = [candidate.probability for candidate in ranked]
    assert likely == sorted(likely, reverse=True)
    assert [candidate.row for candidate in ranked[:4]] == [0, 1, 2, 3]
    assert sum(likely) <= 1.0001


def test_of_two_neighbours_one_is_right_as_likely_as_either_would_be_alone() -> None:
    asked, there = Judge(strangers=usual(29), logistic=prior("meaning")), np.ones(29, dtype=bool)
    others = np.linspace(0, 0.5, 27)
    evidence = evidence_of(0.7, 0.69, *others)
    best = asked.rank(evidence, there)[:3]
    alone = asked.rank(evidence_of(0.7, 0.0, *others), there)[0].probability
    assert best[0].probability < alone - 0.1
    assert asked.likely_among(evidence, there, best) == pytest.approx(alone, abs=0.03)


def test_nothing_that_may_be_given_is_no_candidate() -> None:
    judge_of_two = Judge(strangers=usual(2), logistic=prior("meaning"))
    assert judge_of_two.rank(evidence_of(0.9, 0.1), np.zeros(2, dtype=bool)) == []


def test_an_article_that_is_near_to_everything_has_to_be_nearer() -> None:
    articles = [article(f"no-{t}", "en", f"the {t}", f"my {t}") for t in THINGS]
    articles.append(article("no-all", "en", " ".join(THINGS), "of all things"))
    index = Index(articles, None)
    known = strangers(index)
    assert known.mean.argmax() == index.row_of["no-all"]


def test_weights_bend_towards_what_a_library_shows_unless_they_are_held_firmly() -> None:
    shipped = prior("letters")
    sure = np.repeat(shipped.means[None, :], 50, axis=0)
    wrong = np.zeros(50, dtype=np.float32)
    before = shipped.probabilities(sure[:1])[0]
    assert shipped.fitted(sure, wrong, 10.0).probabilities(sure[:1])[0] < before
    assert shipped.fitted(sure, wrong, 1e9).probabilities(sure[:1])[0] == pytest.approx(before, abs=1e-3)


def test_a_library_with_phrasings_to_spare_is_asked_itself() -> None:
    articles = [article(f"no-{t}", "en", f"about {t}", f"{t} one", f"{t} two", f"the {t}") for t in THINGS]
    articles += [article(f"x-{t}", "en", f"on {t[::-1]}", f"{t[::-1]} x", f"the {t[::-1]}") for t in THINGS]
    assert judge(Index(articles, None), articles, None).logistic is not prior("letters")


def test_a_small_library_keeps_the_shipped_weights() -> None:
    few = [article("no-a", "en", "a", "b", "c"), article("no-b", "en", "d", "e", "f")]
    assert judge(Index(few, None), few, None).logistic is prior("letters")


@pytest.mark.parametrize("name", ["meaning", "letters"])
def test_the_shipped_weights_fit_the_features_and_favour_a_lead(name: str) -> None:
    weights = prior(name).weights
    assert len(weights) == len(FEATURES) + 1
    low, high = prior(name).means.copy(), prior(name).means.copy()
    low[1], high[1] = 0.0, 1.0
    likely = prior(name).probabilities(np.stack([low, high]))
    assert likely[0] < likely[1]
