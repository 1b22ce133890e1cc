"""Give an article as an answer, with who stands behind it."""

from content.articles import Article
from content.phrases import Body, Day, Joined, LanguageName, Phrase, Words
from handlers.turn import Turn


def give(turn: Turn, article: Article) -> None:
    """An answer: short, with who stands behind it, and a person one tap away."""
    turn.reply(
        Joined((article.body, Joined(about(turn, article), close=True))),
        title=article.title,
        choices=(
            (
                turn.choice(Phrase("button-helped"), "helped", article.slug),
                turn.choice(Phrase("button-ask-person"), "person"),
            ),
            (turn.language_choice(),),
        ),
    )


def about(turn: Turn, article: Article) -> tuple[Body, ...]:
    """Where it comes from, when it was read, and what is not certain about it."""
    lines: list[Body] = []
    for source in article.sources:
        if source.read:
            words: Words = {"publisher": source.publisher, "date": Day(source.read)}
            lines.append(Phrase("answer-source", words))
        else:
            lines.append(Phrase("answer-source-unread", {"publisher": source.publisher}))
        lines.append(source.address)
    if article.is_past_review(turn.now.date()) and article.review_by:
        lines.append(Phrase("answer-review-due", {"date": Day(article.review_by)}))
    if article.language != turn.language:
        lines.append(Phrase("answer-in-language", {"language": LanguageName(article.language)}))
    if article.translated_from and not article.is_checked:
        lines.append(Phrase("answer-unchecked", {"language": LanguageName(article.language)}))
    return tuple(lines)
