"""A text of the group's own shelf as its coordinators see it: what members will see, and what can be done with it."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from content.article_writing import written
from content.articles import THEMES, Article, parse_article
from content.front_matter import Fault
from content.lint import Checked, check_text
from content.phrases import Body, Joined, LanguageName, Phrase, Words
from content.shelf import clean, looked_at, rewritten, title_of, with_theme
from dispatch.actions import shelving
from dispatch.actions.alerting import tell_coordinators
from dispatch.actions.cards import theme_name
from dispatch.actions.owing import choice, columns, owe_chat
from dispatch.model.messages import Choice, Choices, Delivery, Lane, Send, Style
from dispatch.model.people import Person
from dispatch.model.shelf import ShelfText, TextState
from handlers.answering import about, readable, text_of
from handlers.turn import Turn, gone

STATES = {
    TextState.DRAFT: "state-draft",
    TextState.PROPOSED: "state-proposed",
    TextState.APPROVED: "state-approved",
    TextState.REPLACED: "state-replaced",
    TextState.DECLINED: "state-declined",
    TextState.PUBLISHED: "state-published",
    TextState.WITHDRAWN: "state-withdrawn",
}
SIGNS = {TextState.DRAFT: "✏️", TextState.PROPOSED: "📝", TextState.APPROVED: "✅", TextState.PUBLISHED: "📗"}

MISSING = {
    "theme": "missing-theme",
    "asks": "missing-asks",
    "sources": "missing-source",
    "twin": "missing-other-title",
    "length": "missing-shorter",
}
"""What a coordinator is told instead of the checks' own words, by the field that they name."""


# Texts and articles


def article_of(text: ShelfText) -> Article:
    """The article that a version holds. What cannot be read is shown as it stands, under its name."""
    name = f"{text.slug}/{text.language}.md"
    article, _ = parse_article(text.text, slug=text.slug, language=text.language, name=name)
    return article or Article(slug=text.slug, language=text.language, title=text.slug, body=clean(text.text))


def checked(turn: Turn, text: ShelfText) -> Checked:
    """What the same checks say that the folder's files go through."""
    every = turn.library.every
    return check_text(text.text, every, slug=text.slug, language=text.language, today=turn.today)[1]


def new_article(
    turn: Turn, *, language: str, title: str, body: str, theme: str, asks: tuple[str, ...]
) -> Article:
    """A text that stands beside those of the folder."""
    article = Article(
        slug=shelving.new_slug(turn.tx),
        language=language,
        title=title_of(title),
        country=turn.tx.group.country,
        asks=asks,
        body=clean(body),
    )
    return looked_at(with_theme(article, theme if theme in THEMES else ""), turn.today)


def reworded(turn: Turn, article: Article, *, title: str | None = None, body: str | None = None) -> Article:
    """The article with other words; a translation counts as made from the original as it is now."""
    changed = rewritten(article, title=title, body=body)
    original = turn.library.every.get((article.slug, article.translated_from or ""))
    return replace(changed, source_digest=original.digest) if original else changed


def keep(turn: Turn, article: Article, state: TextState) -> ShelfText:
    """A new version by the sender."""
    return shelving.write(
        turn.tx,
        slug=article.slug,
        language=article.language,
        text=written(article),
        author=turn.person,
        state=state,
        now=turn.now,
    )


# Cards


def of_text(handle: Callable[[Turn, ShelfText], None]) -> Callable[[Turn], None]:
    """The press is about a version that is there; otherwise its button is gone."""

    @wraps(handle)
    def handler(turn: Turn) -> None:
        text = turn.tx.shelf.find(turn.arguments[-1])
        if text is None:
            gone(turn)
        else:
            handle(turn, text)

    return handler


def card_of(text: ShelfText) -> str:
    """The card that all versions of a text share."""
    return f"shelf-text:{text.slug}:{text.language}"


def state_of(text: ShelfText) -> Phrase:
    """How far a version has come."""
    return Phrase(STATES[text.state])


def person_of(turn: Turn, person_id: str | None) -> Person | None:
    """Who wrote or approved a version; None once she is forgotten."""
    return turn.tx.people.find(person_id) if person_id else None


def tell_of(turn: Turn, text: ShelfText, key: str) -> None:
    """The other coordinators hear of a text that waits for them."""
    words: Words = {"title": article_of(text).title, "language": LanguageName(text.language)}
    look = choice(turn.tx, Phrase("button-look"), "shelf-open", text.id)
    tell_coordinators(turn.tx, Phrase(key, words), choices=((look,),), but=turn.person)


def show(turn: Turn, text: ShelfText) -> None:
    """First what members will see, in their language, then what can be done."""
    article, found = article_of(text), checked(turn, text)
    preview(turn, replace(article, published=turn.today))
    lines: list[Body] = [_about(turn, text, article)]
    if found.hindrances:
        lines.append(Joined((Phrase("text-missing"), *map(_fault, found.hindrances)), close=True))
    if found.remarks:
        lines.append(Joined((Phrase("text-remarks"), *map(_fault, found.remarks)), close=True))
    turn.reply(
        Joined(tuple(lines)),
        title=f"{SIGNS.get(text.state, '')} {article.title}".strip(),
        choices=_choices(turn, text, article, complete=not found.hindrances),
        card=card_of(text),
        fresh=True,
    )


def preview(turn: Turn, article: Article) -> None:
    """The answer exactly as a member gets it who reads its language."""
    lines = about(turn, article, reader=article.language)
    body = Joined((text_of(article), Joined(lines, close=True))) if lines else text_of(article)
    title = readable(article.title, article)
    send = Send(body=body, title=title, card=f"preview:{article.slug}:{article.language}", fresh=True)
    owe_chat(
        turn.tx,
        turn.person.address,
        send,
        lane=Lane.ANSWER,
        delivery=Delivery.MUST,
        language=article.language,
    )


def _about(turn: Turn, text: ShelfText, article: Article) -> Body:
    words: Words = {
        "number": text.version,
        "language": LanguageName(text.language),
        "theme": theme_name(article.theme),
        "state": state_of(text),
    }
    lines: list[Body] = [Phrase("text-about", words), Phrase("text-asks", count=len(article.asks))]
    if author := person_of(turn, text.author_id):
        lines.append(Phrase("text-author", {"name": author.name}))
    if approver := person_of(turn, text.approved_by):
        lines.append(Phrase("text-approver", {"name": approver.name}))
    danger = article.is_about_danger
    if text.is_in_hand and not shelving.is_approved(turn.tx.group, text, turn.person, danger=danger):
        lines.append(Phrase("text-danger-needs-another" if danger else "text-needs-another"))
    if danger and not article.is_checked:
        lines.append(Phrase("text-sensitive"))
    return Joined(tuple(lines), close=True)


def _fault(fault: Fault) -> Body:
    key = MISSING.get(fault.field)
    return Phrase(key) if key else f"– {fault.message}"


def _choices(turn: Turn, text: ShelfText, article: Article, *, complete: bool) -> Choices:
    def button(key: str, action: str, style: Style = Style.PLAIN) -> Choice:
        return turn.choice(Phrase(key), action, text.id, style=style)

    history = button("button-history", "shelf-history")
    if text.state in {TextState.REPLACED, TextState.DECLINED}:
        return ((button("button-take-out-again", "shelf-restore"), history),)
    if not text.is_in_hand:
        current = shelving.in_force(turn.tx, text.slug, text.language)
        ends = (button("button-withdraw", "shelf-withdraw"),) if current and current.id == text.id else ()
        return ((button("button-change", "shelf-change"), *ends), (history,))
    ways = turn.choice(Phrase("button-ways", count=len(article.asks)), "shelf-write", "asks", text.id)
    edits = [
        turn.choice(Phrase("button-title"), "shelf-write", "title", text.id),
        turn.choice(Phrase("button-text"), "shelf-write", "body", text.id),
        ways,
        button("button-theme-of", "shelf-themes"),
        turn.choice(Phrase("button-sources"), "shelf-write", "sources", text.id),
        history,
        *_undo_edit(turn, text),
    ]
    return (
        *columns(edits, 2),
        *(columns(_decisions(turn, text, article), 2) if complete else ()),
        (button("button-decline", "shelf-decline"),),
    )


def _decisions(turn: Turn, text: ShelfText, article: Article) -> list[Choice]:
    group, danger = turn.tx.group, article.is_about_danger
    if shelving.is_approved(group, text, turn.person, danger=danger):
        second = shelving.must_be_two(group, danger=danger) and text.state is not TextState.APPROVED
        publish = turn.choice(Phrase("button-publish"), "shelf-publish", text.id, style=Style.MAIN)
        approve = turn.choice(Phrase("button-approve-text"), "shelf-approve", text.id)
        return [publish, approve] if second else [publish]
    return [turn.choice(Phrase("button-ask-another"), "shelf-ask-another", text.id, style=Style.MAIN)]


def _undo_edit(turn: Turn, text: ShelfText) -> list[Choice]:
    before = shelving.before(turn.tx, text)
    return [turn.choice(Phrase("button-undo"), "shelf-restore", before.id)] if before else []
