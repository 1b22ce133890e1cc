"""A link, a code for the camera and a poster for each language: a coordinator hands them out and hangs them up."""

from content.phrases import LanguageName, Phrase, Words
from dispatch.model.messages import Poster, QrCode
from handlers import languages
from handlers.turn import Turn, gone


def choose(turn: Turn) -> None:
    """/links: for which language?"""
    _choose(turn, turned=False)


def choose_any(turn: Turn) -> None:
    """Another page of languages."""
    _choose(turn, turned=True)


def _choose(turn: Turn, *, turned: bool) -> None:
    buttons = languages.page(turn, "link", "all-links", turned=turned)
    turn.reply(Phrase("links-ask"), choices=buttons, card="links", fresh=not turned)


def give(turn: Turn) -> None:
    """The code with its link, and the poster. Whoever comes by them is greeted in that language."""
    (tag,) = turn.arguments
    group = turn.tx.group
    if tag not in group.languages:
        gone(turn)
        return
    address = turn.links.to(tag)
    words: Words = {"language": LanguageName(tag), "link": address}
    poster = Poster(address=address, language=tag, group=group.name)
    turn.reply(Phrase("link-made", words), made=(QrCode(address=address),))
    turn.reply(Phrase("poster-made", {"language": LanguageName(tag)}), made=(poster,))
