"""Coordinators decide how else an article may be asked for: one question at a time."""

from dataclasses import replace

from content.phrases import Body, Joined, LanguageName, Phrase, Words
from dispatch.actions import growing
from dispatch.actions.owing import columns
from dispatch.model.growth import Phrasing
from dispatch.model.messages import Choices, Style
from dispatch.model.redaction import redact
from handlers import writing
from handlers.answering import readable
from handlers.turn import Turn, gone

CARD = "phrasings"


def show(turn: Turn) -> None:
    """The next proposed phrasing."""
    writing.forget(turn)
    _next(turn, fresh=turn.button is None)


def _next(turn: Turn, *, fresh: bool = False, added: Phrasing | None = None) -> None:
    """The next card, below it a way back from what was added last."""
    back: Choices = ((turn.choice(Phrase("button-undo"), "phrasing-undo", added.id),),) if added else ()
    head: tuple[Body, ...] = (Phrase("phrasing-added", {"text": added.text}),) if added else ()
    waiting = turn.tx.phrasings.proposed()
    if not waiting:
        turn.reply(Joined((*head, Phrase("phrasings-none"))), choices=back, card=CARD, fresh=fresh)
        return
    first, rest = waiting[0], len(waiting) - 1
    parts: list[Body] = [
        *head,
        Joined((Phrase("phrasing-asked", _words(turn, first)), first.text), close=True),
    ]
    if rest:
        parts.append(Phrase("phrasings-more", count=rest))
    choices = [
        turn.choice(Phrase("button-phrasing-add"), "phrasing-add", first.id, style=Style.MAIN),
        turn.choice(Phrase("button-reword"), "phrasing-reword", first.id),
        turn.choice(Phrase("button-no"), "phrasing-no", first.id),
    ]
    turn.reply(Joined(tuple(parts)), choices=(*columns(choices, 3), *back), card=CARD, fresh=fresh)


def _words(turn: Turn, phrasing: Phrasing) -> Words:
    """The article's title, or its slug while the library does not have it."""
    article = turn.library.article(phrasing.slug, phrasing.language, today=turn.today)
    title = readable(article.title, article) if article else phrasing.slug
    return {"title": title, "language": LanguageName(phrasing.language)}


def _proposed(turn: Turn, phrasing_id: str) -> Phrasing | None:
    """The phrasing, if nobody has decided on it yet."""
    phrasing = turn.tx.phrasings.find(phrasing_id)
    return phrasing if phrasing and phrasing.approved_at is None else None


def add(turn: Turn) -> None:
    """People may ask so from now on."""
    _add(turn, _proposed(turn, turn.arguments[0]))


def _add(turn: Turn, phrasing: Phrasing | None, *, fresh: bool = False) -> None:
    if phrasing is None:
        turn.toast(Phrase("already-decided"))
        _next(turn, fresh=fresh)
        return
    growing.approve(turn.tx, phrasing, turn.now)
    _next(turn, fresh=fresh, added=phrasing)


def undo(turn: Turn) -> None:
    """It waits for a decision again."""
    phrasing = turn.tx.phrasings.find(turn.arguments[0])
    if phrasing is None:
        gone(turn)
        return
    growing.withdraw(turn.tx, phrasing, turn.now)
    _next(turn)


def reject(turn: Turn) -> None:
    """It is not wanted, and not proposed again for a year."""
    phrasing = _proposed(turn, turn.arguments[0])
    if phrasing is None:
        turn.toast(Phrase("already-decided"))
    else:
        growing.reject(turn.tx, phrasing, turn.now)
    _next(turn)


def ask_words(turn: Turn) -> None:
    """She says it in other words."""
    phrasing = _proposed(turn, turn.arguments[0])
    if phrasing is None:
        turn.toast(Phrase("already-decided"))
        _next(turn)
        return
    _ask_words(turn, phrasing)


def _ask_words(turn: Turn, phrasing: Phrasing, *, fresh: bool = False) -> None:
    writing.expect(turn, CARD, "phrasing-words", phrasing.id)
    cancel = turn.choice(Phrase("button-cancel"), "phrasing")
    turn.reply(
        Joined((Phrase("phrasing-ask-words", {"language": LanguageName(phrasing.language)}), phrasing.text)),
        choices=((cancel,),),
        card=CARD,
        fresh=fresh,
    )


def reword(turn: Turn) -> None:
    """Her words are added instead of the member's, which are not proposed again."""
    asked = writing.asked(turn)
    phrasing = _proposed(turn, asked.arguments[0]) if asked else None
    words = redact(turn.message.text)
    if phrasing and not words:
        _ask_words(turn, phrasing, fresh=True)
        return
    writing.forget(turn)
    if phrasing:
        growing.turn_down(turn.tx, phrasing, turn.now)
    _add(turn, replace(phrasing, text=words) if phrasing else None, fresh=True)
