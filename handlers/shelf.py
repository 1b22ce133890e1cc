"""/shelf: what the group has written itself, what waits for a coordinator, and what needs care in the whole library."""

from dataclasses import replace
from datetime import date

from content.articles import Article
from content.care import Care, care_for
from content.phrases import Body, Day, Joined, LanguageName, Listed, Phrase, Words
from dispatch.actions import shelving
from dispatch.actions.alerting import tell_coordinators
from dispatch.actions.cards import theme_name
from dispatch.actions.owing import columns
from dispatch.model.messages import Choice, Style
from dispatch.model.shelf import ShelfText
from handlers import drafts, languages, shelf_card
from handlers.answering import readable
from handlers.shelf_card import SIGNS, article_of
from handlers.turn import Turn, gone

WAITING_SHOWN = 10
TEXTS_SHOWN = 40
ONE, TWO = "one", "two"
"""How many must say yes: what the button means, however often it is pressed."""

LINES = 12
"""Of one kind in the list of what needs care; the rest is counted."""


def show(turn: Turn) -> None:
    """What waits, how much is published, and the ways on."""
    waiting = turn.tx.shelf.in_hand()
    care = care_for(turn.library.every, turn.tx.group.country, turn.today)
    lines: list[Body] = [
        Phrase("shelf-waiting", count=len(waiting)),
        *_rest(len(waiting), WAITING_SHOWN),
        Phrase("shelf-published", count=len(turn.tx.shelf.published())),
        Phrase("two-approve-on" if turn.tx.group.two_approve else "two-approve-off"),
    ]
    faults = len(turn.library.faults)
    if faults:
        lines.append(Phrase("care-faults", count=faults))
    rows = (
        *((_text_button(turn, text),) for text in waiting[:WAITING_SHOWN]),
        (
            turn.choice(Phrase("button-new-text"), "shelf-new"),
            turn.choice(Phrase("button-published"), "shelf-published"),
        ),
        (
            turn.choice(Phrase("button-articles"), "shelf-articles"),
            turn.choice(Phrase("button-care", count=care.count + faults), "shelf-care"),
        ),
        (turn.choice(_two(turn), "shelf-two"),),
    )
    turn.reply(
        Joined(tuple(lines), close=True), title=Phrase("shelf-title"), choices=rows, card="shelf", fresh=True
    )


def _two(turn: Turn) -> Phrase:
    mark = "✅" if turn.tx.group.two_approve else "▫️"
    return Phrase("marked", {"mark": mark, "label": Phrase("button-two-approve")})


def _text_button(turn: Turn, text: ShelfText) -> Choice:
    article = article_of(text)
    words: Words = {"mark": SIGNS.get(text.state, ""), "label": readable(article.title, article)}
    return turn.choice(Phrase("marked", words), "shelf-open", text.id)


def show_published(turn: Turn) -> None:
    """The group's own texts that members get."""
    texts = turn.tx.shelf.published()
    buttons = [_text_button(turn, text) for text in texts[:TEXTS_SHOWN]]
    lines: list[Body] = [Phrase("shelf-published", count=len(texts)), *_rest(len(texts), TEXTS_SHOWN)]
    turn.reply(Joined(tuple(lines), close=True), choices=columns(buttons, 1), card="shelf-list", fresh=True)


def _rest(count: int, shown: int) -> list[Body]:
    """How many there are beyond those that are shown."""
    return [Phrase("care-more", count=count - shown)] if count > shown else []


# Who must say yes


def ask_two(turn: Turn) -> None:
    """One question before the rule changes."""
    key, rule = ("two-approve-end-ask", ONE) if turn.tx.group.two_approve else ("two-approve-ask", TWO)
    yes = turn.choice(Phrase("button-yes"), "shelf-two-surely", rule, style=Style.MAIN)
    no = turn.choice(Phrase("button-no"), "shelf")
    turn.reply(Phrase(key), choices=((yes, no),), card="shelf", fresh=True)


def set_two(turn: Turn) -> None:
    """From now on two must say yes, or one is enough, as her question said; all coordinators hear of it."""
    group = replace(turn.tx.group, two_approve=turn.arguments != (ONE,))
    if group != turn.tx.group:  # another may have said yes to the same question
        turn.tx.save_group(group)
        tell_coordinators(turn.tx, Phrase("two-approve-on" if group.two_approve else "two-approve-off"))
    show(turn)


# A new text


def ask_language(turn: Turn) -> None:
    """In which language will it be?"""
    _ask_language(turn, turned=False)


def ask_any_language(turn: Turn) -> None:
    """Another page of languages."""
    _ask_language(turn, turned=True)


def _ask_language(turn: Turn, *, turned: bool) -> None:
    likely = (turn.person.language,)
    buttons = languages.page(turn, "shelf-new-in", "shelf-new-any", likely=likely, turned=turned)
    turn.reply(Phrase("shelf-new-language"), choices=buttons, card="shelf-new", fresh=not turned)


def begin(turn: Turn) -> None:
    """She writes it; what it is about is asked later."""
    (language,) = turn.arguments
    drafts.begin(turn, language, theme="")


# The whole library


def show_themes(turn: Turn) -> None:
    """The themes of the library, to find an article to change."""
    themes = turn.library.themes(turn.language, turn.tx.group.country, turn.today)
    buttons = [turn.choice(theme_name(theme), "shelf-articles-of", theme) for theme in themes]
    turn.reply(Phrase("text-theme-ask"), choices=columns(buttons, 2), card="shelf-list", fresh=True)


def show_titles(turn: Turn) -> None:
    """The articles of a theme."""
    (theme,) = turn.arguments
    found = turn.library.in_theme(theme, turn.language, turn.tx.group.country, turn.today)
    buttons = [
        turn.choice(readable(each.title, each), "shelf-article", each.slug, each.language)
        for each in found[:TEXTS_SHOWN]
    ]
    turn.reply(theme_name(theme), choices=columns(buttons, 1), card="shelf-list")


def show_article(turn: Turn) -> None:
    """An article as members see it, its other languages, and a way to change it for this group."""
    slug, language = turn.arguments
    article = turn.library.every.get((slug, language))
    if article is None:
        gone(turn)
        return
    current = shelving.in_force(turn.tx, slug, language)
    if current:
        shelf_card.show(turn, current)
        return
    shelf_card.preview(turn, article)
    others = sorted(tag for key, tag in turn.library.every if key == slug and tag != language)
    buttons = [turn.choice(LanguageName(tag), "shelf-article", slug, tag) for tag in others]
    change = turn.choice(Phrase("button-change"), "shelf-change-article", slug, language, style=Style.MAIN)
    turn.reply(
        readable(article.title, article),
        choices=((change,), *columns(buttons, 3)),
        card="shelf-list",
        fresh=True,
    )


# What needs care


def show_care(turn: Turn) -> None:
    """What is over, due, stale or broken, and how much waits for a picture or for a native speaker."""
    care = care_for(turn.library.every, turn.tx.group.country, turn.today)
    parts: list[Body] = [
        *_listed("care-expiring", [_dated(each, each.expires) for each in care.expiring]),
        *_listed("care-review", [_dated(each, each.review_by) for each in care.past_review]),
        *_listed("care-stale", _stale(care)),
        *_listed("care-broken", [str(fault) for fault in turn.library.faults]),
        *_listed("care-pictures", _pictures(care), most=len(care.pictured)),
        *_listed("care-unchecked", _unchecked(care), most=len(care.unchecked)),
    ]
    turn.reply(
        Joined(tuple(parts) or (Phrase("care-none"),)),
        choices=((turn.choice(Phrase("button-shelf"), "shelf"),),),
        card="shelf-care",
        fresh=True,
    )


def _listed(key: str, lines: list[Body], *, most: int = LINES) -> list[Body]:
    if not lines:
        return []
    return [Joined((Phrase(key), *lines[:most], *_rest(len(lines), most)), close=True)]


def _dated(article: Article, day: date | None) -> Body:
    assert day
    words: Words = {"title": article.title, "language": LanguageName(article.language), "date": Day(day)}
    return Phrase("care-line", words)


def _stale(care: Care) -> list[Body]:
    """A line an article, with the languages in which its text is older than the original."""
    behind: dict[str, list[str]] = {}
    for article in care.stale:
        behind.setdefault(article.slug, []).append(article.language)
    return [
        Phrase("care-counted", {"what": slug, "rest": Listed(tuple(LanguageName(tag) for tag in tags))})
        for slug, tags in behind.items()
    ]


def _pictures(care: Care) -> list[Body]:
    """A line an article, with what its pictures will show."""
    return [
        Phrase("care-counted", {"what": readable(each.title, each), "rest": Listed(each.places)})
        for each in care.pictured
    ]


def _unchecked(care: Care) -> list[Body]:
    return [
        Phrase("care-counted", {"what": LanguageName(tag), "rest": count})
        for tag, count in sorted(care.unchecked.items(), key=lambda each: -each[1])
    ]
