"""Give an article as an answer, with who stands behind it."""

from content.articles import Article
from content.catalog import set_numbers_apart
from content.phrases import Body, Day, Joined, LanguageName, Phrase, Words
from dispatch.model.people import Group
from handlers.turn import Turn

SOURCES_SHOWN = 2
"""The first ones carry the answer; more addresses than that nobody opens on a phone."""


def give(turn: Turn, article: Article) -> None:
    """An answer: short, with who stands behind it, and a person one tap away. A guide begins with its first step."""
    if article.steps:
        show_step(turn, article, 0, fresh=True)
        return
    turn.reply(
        Joined((readable(article.body, article), Joined(about(turn, article), close=True))),
        title=readable(article.title, article),
        choices=(
            (
                turn.choice(Phrase("button-helped"), "helped", article.slug),
                turn.choice(Phrase("button-ask-person"), "person"),
            ),
            (turn.language_choice(),),
        ),
    )


def show_step(turn: Turn, article: Article, number: int, *, fresh: bool = False) -> None:
    """One step of a guide, on one card, with back and next; the last one says where it comes from."""
    step, count = article.steps[number], len(article.steps)
    last = number == count - 1
    text = readable(f"{step.title}\n{step.body}", article)
    ways = [("◀", number - 1), ("▶", number + 1)]
    moves = tuple(turn.choice(sign, "guide", article.slug, str(to)) for sign, to in ways if 0 <= to < count)
    end = (turn.choice(Phrase("button-helped"), "helped", article.slug),) if last else ()
    turn.reply(
        Joined((text, Joined(about(turn, article), close=True))) if last else text,
        title=f"{readable(article.title, article)} · {number + 1}/{count}",
        choices=(
            moves,
            (*end, turn.choice(Phrase("button-ask-person"), "person")),
            (turn.language_choice(),),
        ),
        card=f"guide:{article.slug}",
        fresh=fresh,
    )


def text_of(article: Article) -> str:
    """The whole article as one text: a guide with its steps numbered."""
    steps = [f"{number}. {step.title}\n{step.body}" for number, step in enumerate(article.steps, start=1)]
    return readable("\n\n".join(steps) or article.body, article)


def readable(text: str, article: Article) -> str:
    """A text of the article as it is shown in a chat."""
    return set_numbers_apart(text, article.language)


def may_be_given(article: Article, group: Group) -> bool:
    """What nobody has checked about danger and violence is shown in the demonstration only."""
    return group.demo or article.is_checked or not article.sensitive


def about(turn: Turn, article: Article, *, reader: str = "") -> tuple[Body, ...]:
    """Where it comes from, when it was read, and what is not certain about it; `reader`: for another's language."""
    lines: list[Body] = []
    for source in article.sources[:SOURCES_SHOWN]:
        if source.read:
            words: Words = {"publisher": source.publisher, "date": Day(source.read)}
            lines.append(Phrase("answer-source", words))
        else:
            lines.append(Phrase("answer-source-unread", {"publisher": source.publisher}))
        lines.append(source.address)
    if not article.sources and article.published:
        words = {"group": turn.tx.group.name, "date": Day(article.published)}
        lines.append(Phrase("answer-from-group", words))
    if article.is_past_review(turn.today) and article.review_by:
        lines.append(Phrase("answer-review-due", {"date": Day(article.review_by)}))
    if article.language != (reader or turn.language):
        lines.append(Phrase("answer-in-language", {"language": LanguageName(article.language)}))
    if article.translated_from and not article.is_checked:
        lines.append(Phrase("answer-unchecked", {"language": LanguageName(article.language)}))
    return tuple(lines)
