"""Coordinators work at a text of the group's shelf: look at it, change it, see what it was before."""

from collections.abc import Callable
from dataclasses import replace

from content.articles import THEMES, Article
from content.phrases import Body, Joined, Moment, Phrase, Words
from content.shelf import clean, looked_at, source_of, title_of, with_theme
from dispatch.actions import shelving
from dispatch.actions.cards import theme_name
from dispatch.actions.owing import columns
from dispatch.model.shelf import ShelfText, TextState
from handlers import shelf_card, writing
from handlers.shelf_card import article_of, of_text, person_of, state_of
from handlers.turn import Turn, gone

QUESTIONS = {
    "title": "text-title-ask",
    "body": "text-body-ask",
    "asks": "text-asks-ask",
    "sources": "text-sources-ask",
}
HISTORY_LINES = 12


@of_text
def open_(turn: Turn, text: ShelfText) -> None:
    """See it."""
    shelf_card.show(turn, text)


# Changes


@of_text
def ask(turn: Turn, text: ShelfText) -> None:
    """She wants to write the title, the text, ways to ask or sources anew."""
    purpose = turn.arguments[0]
    writing.ask(turn, Phrase(QUESTIONS[purpose]), purpose, text.id)


def wrote_title(turn: Turn) -> None:
    """A new title."""
    _change(turn, lambda article: shelf_card.reworded(turn, article, title=turn.message.text))


def wrote_body(turn: Turn) -> None:
    """A new text."""
    _change(turn, lambda article: shelf_card.reworded(turn, article, body=turn.message.text))


def wrote_asks(turn: Turn) -> None:
    """More ways to ask, one a line."""
    lines = tuple(filter(None, map(title_of, turn.message.text.splitlines())))
    _change(turn, lambda article: replace(article, asks=tuple(dict.fromkeys((*article.asks, *lines)))))


def wrote_sources(turn: Turn) -> None:
    """Where it comes from, one a line: publisher and address. A dash: from nowhere but ourselves."""
    lines = filter(None, map(clean, turn.message.text.splitlines()))
    sources = tuple(source for line in lines if (source := source_of(line)))
    _change(turn, lambda article: replace(article, sources=sources))


def _change(turn: Turn, change: Callable[[Article], Article]) -> None:
    (text_id,) = writing.take(turn)
    text = turn.tx.shelf.find(text_id)
    if text is None or not text.is_in_hand:
        gone(turn)
        return
    _put(turn, change(article_of(text)))


def _put(turn: Turn, article: Article) -> None:
    shelf_card.show(turn, shelf_card.keep(turn, article, TextState.DRAFT))


@of_text
def ask_theme(turn: Turn, text: ShelfText) -> None:
    """What is it about?"""
    buttons = [turn.choice(theme_name(theme), "shelf-theme", theme, text.id) for theme in THEMES]
    turn.reply(Phrase("text-theme-ask"), choices=columns(buttons, 2), card="shelf-theme", fresh=True)


@of_text
def set_theme(turn: Turn, text: ShelfText) -> None:
    """It is about this."""
    theme = turn.arguments[0]
    if not text.is_in_hand:
        gone(turn)
        return
    turn.reply("✔️", card="shelf-theme")
    _put(turn, with_theme(article_of(text), theme))


@of_text
def change(turn: Turn, text: ShelfText) -> None:
    """A published text is written anew; members get the old one until the new one is published."""
    _begin(turn, article_of(text))


def change_article(turn: Turn) -> None:
    """An article of the folder is written anew, for this group."""
    article = turn.library.every.get((turn.arguments[0], turn.arguments[1]))
    if article is None:
        gone(turn)
    else:
        _begin(turn, article)


def _begin(turn: Turn, article: Article) -> None:
    """Whoever publishes this version has looked at it."""
    _put(turn, looked_at(article, turn.today))


@of_text
def restore(turn: Turn, text: ShelfText) -> None:
    """What was replaced or declined is worked at again."""
    if shelving.take_out_again(turn.tx, text, turn.now):
        shelf_card.show(turn, turn.tx.shelf.find(text.id) or text)
    else:
        gone(turn)


@of_text
def show_history(turn: Turn, text: ShelfText) -> None:
    """Every version, the newest first, each a tap away."""
    versions = turn.tx.shelf.versions(text.slug, text.language)[::-1][:HISTORY_LINES]
    lines: list[Body] = [_history_line(turn, version) for version in versions]
    buttons = [turn.choice(str(version.version), "shelf-open", version.id) for version in versions]
    turn.reply(
        Joined(tuple(lines), close=True),
        title=article_of(text).title,
        choices=columns(buttons, 6),
        card="shelf-history",
        fresh=True,
    )


def _history_line(turn: Turn, text: ShelfText) -> Phrase:
    words: Words = {
        "number": text.version,
        "state": state_of(text),
        "time": Moment(text.at, turn.tx.group.zone, dated=True),
    }
    author = person_of(turn, text.author_id)
    if author is None:
        return Phrase("history-line", words)
    return Phrase("history-line-by", {**words, "name": author.name})
