"""Does what she wrote sound like danger? It is asked of what the library found, and answered early: one card too many
costs her a glance, one too few may cost a life."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from content.articles import Article
from content.library import TITLES, Finding

NUMBERS_FROM, NUMBERS_FROM_BY_LETTERS = 0.08, 0.06
"""That one of the three best is right and is about danger; by letters alone everything is less likely. Less than three
titles need: of 282 sentences of danger in 14 languages .965 are heard, of 300 that only sound like it .043 (by letters
.869 and .123; `tests/content/test_hearing.py`, measured 2026-11)."""

HURRY_FROM = 0.25
"""As likely, for others to be hurried."""

SENTENCE_ENDS = re.compile(r"[.!?؟۔።।。\n]+")
MOST_SENTENCES = 12
"""As many as a message of usual length has; each is searched for some milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """What it is about, how likely that is, and whether that is enough for others to hurry."""

    article: Article
    probability: float
    urgent: bool


def danger_in(text: str, find: Callable[[str], Finding]) -> Danger | None:
    """The greatest danger in a text: in all of it from the first signs on, in one sentence among others when it is
    likely. A sentence is easily lost in a long message, and of many sentences one is easily taken for danger."""
    # A number alone is no sentence: "390" at the end of a message is near to a fever of 39.
    sentences = [part.strip() for part in SENTENCE_ENDS.split(text) if any(map(str.isalpha, part))][
        :MOST_SENTENCES
    ]
    parts = sentences if len(sentences) > 1 else ()  # one alone is all of the text
    likely = [danger for part in parts if (danger := _danger(find(part))) and danger.urgent]
    dangers = [danger for danger in (_danger(find(text)), *likely) if danger]
    return max(dangers, key=lambda danger: danger.probability, default=None)


def _danger(finding: Finding) -> Danger | None:
    near = [found for found in finding.candidates[:TITLES] if found.article.is_about_danger]
    probability = sum(found.probability for found in near)
    if probability < (NUMBERS_FROM_BY_LETTERS if finding.by_letters else NUMBERS_FROM):
        return None
    urgent = finding.outcome != "person" and probability >= HURRY_FROM
    return Danger(article=near[0].article, probability=probability, urgent=urgent)
