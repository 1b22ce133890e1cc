"""Give an article as an answer, with who stands behind it."""

from content.articles import Article
from content.attachments import files_of
from content.phrases import Joined, Phrase
from dispatch.model.messages import ArticleFile, Choice
from handlers import growing, guides
from handlers.answering import about, more_of, readable, related
from handlers.turn import Turn


def give(turn: Turn, article: Article) -> None:
    """An answer: short, with its pictures, who stands behind it, and a person one tap away. A guide goes on where
    she was."""
    growing.answered(turn, article)
    if article.steps:
        guides.open_where_she_was(turn, article)
        return
    pictures = files_of(article, turn.language, "picture", "document")
    turn.reply(
        Joined((readable(article.body, article), Joined(about(turn, article), close=True))),
        title=readable(article.title, article),
        made=tuple(ArticleFile(slug=article.slug, name=name) for name in pictures),
        choices=(
            _verdict(turn, article),
            more_of(turn, article),
            *related(turn, article),
            turn.language_choices(),
        ),
    )


def _verdict(turn: Turn, article: Article) -> tuple[Choice, ...]:
    if not turn.person.is_member:
        return ()
    return (
        turn.choice(Phrase("button-helped"), "helped", article.slug),
        turn.choice(Phrase("button-ask-person"), "person", "about", article.slug),
    )
