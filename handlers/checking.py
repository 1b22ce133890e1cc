"""/check: a native speaker reads a text aloud to herself, and says that it is right or what is wrong, on her phone."""

from collections import Counter

from content.articles import Article
from content.care import by_need, here, unchecked
from content.phrases import Autonym, Joined, LanguageName, Phrase, Words
from dispatch.actions import growing, shelving
from dispatch.actions.alerting import tell_coordinators
from dispatch.actions.owing import choice, columns
from dispatch.model.messages import Choice, Style
from dispatch.model.queues import Dialog
from dispatch.model.shelf import TextState
from handlers import shelf_card, writing
from handlers.answering import readable, text_of
from handlers.turn import Turn, gone

SKIPPED = "check-skipped"
SAID = "check-said"
CORRECTION = "check-text"
MOST_SKIPPED = 500
ORIGINALS = ("nb", "nn", "da")
"""What a text is held against, where it is not itself the original."""


def start(turn: Turn) -> None:
    """Which language does she want to read? With one there is no question."""
    waiting = Counter(article.language for article in _waiting(turn))
    if not waiting:
        turn.reply(Phrase("check-none"), card="check", fresh=True)
    elif len(waiting) == 1:
        _show_next(turn, next(iter(waiting)))
    else:
        buttons = [
            turn.choice(Phrase("marked", {"mark": Autonym(tag), "label": count}), "check-in", tag)
            for tag, count in waiting.most_common()
        ]
        turn.reply(Phrase("check-language"), choices=columns(buttons, 2), card="check", fresh=True)


def read(turn: Turn) -> None:
    """The next text in a language."""
    (language,) = turn.arguments
    _show_next(turn, language)


def _waiting(turn: Turn, language: str = "") -> list[Article]:
    """What she may sign and nobody has signed."""
    articles = here(turn.library.every, turn.tx.group.country)
    tags = [language] if language else dict.fromkeys(each.language for each in articles)
    signed = {(each.slug, each.language, each.digest) for each in turn.tx.shelf.signatures()}
    return [
        article
        for tag in tags
        if shelving.may_sign(turn.person, tag)
        for article in unchecked(articles, tag, turn.today)
        if (article.slug, tag, article.digest) not in signed
    ]


def _show_next(turn: Turn, language: str) -> None:
    writing.leave(turn, CORRECTION)
    demand = growing.demand(turn.tx)
    waiting = by_need(_waiting(turn, language), demand.answered, demand.missed)
    if not waiting:
        turn.reply(Phrase("check-none"), card="check", fresh=True)
        return
    skipped = _skipped(turn)
    fresh = [article for article in waiting if article.digest not in skipped]
    if not fresh:  # round again
        turn.tx.dialogs.drop(turn.person.id, SKIPPED)
    _show(turn, (fresh or waiting)[0], left=len(waiting))


def _show(turn: Turn, article: Article, *, left: int) -> None:
    """The text, then its original with what she can say."""
    title = readable(article.title, article)
    turn.reply(text_of(article), title=title)
    original = _original(turn, article)
    question = Phrase("check-ask", {"language": LanguageName(article.language)}, count=left)
    heading: Words = (
        {"language": LanguageName(original.language), "title": original.title} if original else {}
    )
    turn.reply(
        Joined((text_of(original), question)) if original else question,
        title=Phrase("check-original", heading) if original else None,
        choices=_answers(turn, article),
        card="check",
        fresh=True,
    )


def _original(turn: Turn, article: Article) -> Article | None:
    every = turn.library.every
    tags = (*((article.translated_from,) if article.translated_from else ()), *ORIGINALS)
    found = [every[article.slug, tag] for tag in tags if (article.slug, tag) in every]
    return next((each for each in found if each.language != article.language), None)


def _answers(turn: Turn, article: Article) -> tuple[tuple[Choice, ...], ...]:
    names = (article.slug, article.language, article.digest)
    return (
        (turn.choice(Phrase("button-right"), "check-right", *names, style=Style.MAIN),),
        (turn.choice(Phrase("button-wrong"), "check-wrong", *names),),
        (turn.choice(Phrase("button-skip"), "check-skip", *names),),
    )


def _named(turn: Turn) -> Article | None:
    """The very text that the button was shown with, if she may still sign it."""
    slug, language, digest = turn.arguments[:3]
    article = turn.library.every.get((slug, language))
    if article is None or not shelving.may_sign(turn.person, language):
        return None
    return article if article.digest == digest else None


def right(turn: Turn) -> None:
    """She has read it, and it is right: she signs this very text. The next one follows."""
    article = _named(turn)
    if article is None:
        _changed(turn)
        return
    shelving.sign(turn.tx, article.slug, article.language, article.digest, turn.person, turn.now)
    undo = turn.choice(Phrase("button-undo"), "check-undo", article.slug, article.language, article.digest)
    signed = Phrase("check-signed", {"title": article.title})
    turn.reply(signed, choices=((undo,),), card=f"signed:{article.slug}:{article.language}", fresh=True)
    _show_next(turn, article.language)


def _changed(turn: Turn) -> None:
    turn.reply(Phrase("check-changed"))
    if shelving.may_sign(turn.person, turn.arguments[1]):
        _show_next(turn, turn.arguments[1])


def undo(turn: Turn) -> None:
    """It was a mistake."""
    slug, language, digest = turn.arguments
    if not shelving.unsign(turn.tx, slug, language, digest, turn.person):
        gone(turn)
        return
    turn.reply(Phrase("check-unsigned"), card=f"signed:{slug}:{language}")


def skip(turn: Turn) -> None:
    """Another one first."""
    _skip(turn, turn.arguments[2])
    _show_next(turn, turn.arguments[1])


def _skip(turn: Turn, digest: str) -> None:
    state = {"digests": [*_skipped(turn), digest][-MOST_SKIPPED:]}
    turn.tx.dialogs.put(Dialog(person_id=turn.person.id, kind=SKIPPED, state=state, updated_at=turn.now))


def _skipped(turn: Turn) -> list[str]:
    dialog = turn.tx.dialogs.find(turn.person.id, SKIPPED)
    found = dialog.state["digests"] if dialog else []
    return list(map(str, found)) if isinstance(found, list) else []


# Something is wrong


def wrong(turn: Turn) -> None:
    """She sends it as it should be, or says what is wrong."""
    article = _named(turn)
    if article is None:
        _changed(turn)
    else:
        writing.ask(turn, Phrase("check-wrong-ask"), CORRECTION, *turn.arguments)


def wrote(turn: Turn) -> None:
    """Is what she sent the whole text, or a remark about it? She is asked, since nothing in it says so."""
    slug, language, _ = writing.take(turn)
    state = {"slug": slug, "language": language, "said": turn.message.text}
    turn.tx.dialogs.put(Dialog(person_id=turn.person.id, kind=SAID, state=state, updated_at=turn.now))
    buttons = [
        turn.choice(Phrase("button-whole-text"), "check-proposed", slug, language),
        turn.choice(Phrase("button-remark"), "check-remark", slug, language),
    ]
    article = turn.library.every.get((slug, language))
    turn.reply(
        Phrase("check-which"),
        title=readable(article.title, article) if article else None,
        choices=columns(buttons, 1),
        card="check",
        fresh=True,
    )


def propose(turn: Turn) -> None:
    """The corrected text waits for a coordinator."""
    found = _said(turn)
    if found is None:
        gone(turn)
        return
    article, said = found
    text = shelf_card.keep(turn, shelf_card.reworded(turn, article, body=said), TextState.PROPOSED)
    shelf_card.tell_of(turn, text, "text-corrected")
    _thank(turn, article)


def remark(turn: Turn) -> None:
    """Coordinators read what is wrong, with a way to the text."""
    found = _said(turn)
    if found is None:
        gone(turn)
        return
    article, said = found
    words: Words = {
        "name": turn.person.name,
        "title": article.title,
        "language": LanguageName(article.language),
    }
    look = choice(turn.tx, Phrase("button-look"), "shelf-article", article.slug, article.language)
    tell_coordinators(turn.tx, Joined((Phrase("check-remark", words), said)), choices=((look,),))
    _thank(turn, article)


def _said(turn: Turn) -> tuple[Article, str] | None:
    """The text that she wrote about, and what she wrote; taken once."""
    dialog = turn.tx.dialogs.find(turn.person.id, SAID)
    slug, language = turn.arguments
    article = turn.library.every.get((slug, language))
    if dialog is None or article is None or not shelving.may_sign(turn.person, language):
        return None
    if (dialog.state["slug"], dialog.state["language"]) != (slug, language):
        return None
    turn.tx.dialogs.drop(turn.person.id, SAID)
    return article, str(dialog.state["said"])


def _thank(turn: Turn, article: Article) -> None:
    """She need not read this one again: the next follows."""
    turn.reply(Phrase("check-thanks"))
    _skip(turn, article.digest)
    _show_next(turn, article.language)
