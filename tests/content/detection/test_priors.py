"""What is known besides the text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.detection.families import INDEX, LABELS
from content.detection.priors import Evidence, of_group, prior

TAGS = st.sampled_from((*LABELS, "el", "xx"))


@given(
    languages=st.lists(TAGS, max_size=5).map(tuple),
    earlier=st.none() | TAGS,
    link=st.none() | TAGS,
    app=st.none() | TAGS,
    country=st.sampled_from([None, "NO", "DK", "SE", "FI"]),
)
def test_any_evidence_leaves_every_language_a_chance(
    languages: tuple[str, ...],
    earlier: str | None,
    link: str | None,
    app: str | None,
    country: str | None,
) -> None:
    chances = prior(Evidence(languages=languages, earlier=earlier, link=link, app=app, country=country))
    assert chances.min() > 0
    assert chances.sum() == pytest.approx(1)


def test_what_she_wrote_counts_more_than_the_link_and_that_more_than_the_app() -> None:
    chances = prior(Evidence(earlier="so", link="ar", app="en"))
    assert chances[INDEX["so"]] > chances[INDEX["ar"]] > chances[INDEX["en"]] > chances[INDEX["pl"]]


def test_a_language_makes_its_other_alphabet_likelier_too() -> None:
    chances = prior(Evidence(earlier="ur"))
    assert chances[INDEX["ur"]] > chances[INDEX["ur-Latn"]] > chances[INDEX["hi-Latn"]]


def test_the_country_divides_the_scandinavian_languages_and_leaves_the_others() -> None:
    here, anywhere = prior(Evidence(country="NO")), prior(Evidence())
    scandinavian = [INDEX[language] for language in ("nb", "nn", "da", "sv")]
    others = np.delete(here, scandinavian)
    assert here[INDEX["nb"]] > here[INDEX["nn"]] > here[INDEX["sv"]] > here[INDEX["da"]]
    assert here[scandinavian].sum() == pytest.approx(anywhere[scandinavian].sum(), rel=1e-5)
    assert others == pytest.approx(np.delete(anywhere, scandinavian), rel=1e-5)


def test_a_group_serves_its_languages_in_any_alphabet_and_those_near_them() -> None:
    served = {
        label for label, is_served in zip(LABELS, of_group(("fa", "ur", "nb")), strict=True) if is_served
    }
    assert served == {"fa", "fa-Latn", "prs", "ur", "ur-Latn", "nb", "nn"}
