"""What the library has for what she wrote, as far as it may be given to her: answers, or titles to choose from."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest
from operator import itemgetter

from content.articles import Article
from handlers.answering import for_her, may_be_given
from handlers.turn import Turn

TITLES = 3

THEME_FROM = 0.3
"""As likely must it be that her question is about a theme, for others to be told so: a wrong one misleads, none does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Answers of which it is sure, one for each of her questions; titles for those of which it is not; `unchecked` is
    an answer that nobody has checked, and that is not given; `nearest` is what came near at all, the best first."""

    answers: tuple[Article, ...] = ()
    titles: tuple[Article, ...] = ()
    unchecked: Article | None = None
    nearest: tuple[Article, ...] = ()
    theme: str = "other"
    offered: bool = False  # does the library dare to offer anything?


def found(turn: Turn) -> Found:
    """For all that she asked in one message."""
    findings = turn.thought.findings
    near = [[for_her(turn, each.article) for each in one.candidates[:TITLES]] for one in findings]
    sure = [one.outcome == "answer" for one in findings]
    best = [articles[0] for articles, is_sure in zip(near, sure, strict=True) if is_sure]
    # Beside an answer that is kept back, less likely titles would only lead her away from it.
    guessed = [
        articles
        for articles, one in zip(near, findings, strict=True)
        if one.outcome == "suggest" and may_be_given(articles[0], turn.tx.group)
    ]
    titles = [article for article in _in_turn(guessed) if may_be_given(article, turn.tx.group)]
    return Found(
        answers=tuple(article for article in best if may_be_given(article, turn.tx.group)),
        titles=tuple(titles[: max(TITLES, len(guessed))]),
        unchecked=next((article for article in best if not may_be_given(article, turn.tx.group)), None),
        nearest=tuple(_in_turn(near)[: max(TITLES, len(near))]),
        theme=_theme(turn),
        offered=any(one.outcome != "person" for one in findings),
    )


def _in_turn(lists: list[list[Article]]) -> list[Article]:
    """The best of each, then the second of each; none twice."""
    every = (article for row in zip_longest(*lists) for article in row if article)
    return list({article.slug: article for article in every}.values())


def _theme(turn: Turn) -> str:
    """What it is likeliest about; a weak guess is none."""
    chances: defaultdict[str, float] = defaultdict(float)
    for one in turn.thought.findings:
        for each in one.candidates[:TITLES]:
            chances[each.article.theme] += each.probability
    theme, chance = max(chances.items(), key=itemgetter(1), default=("other", 0.0))
    return theme if chance >= THEME_FROM else "other"
