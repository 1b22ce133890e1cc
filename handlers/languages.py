"""Buttons with the languages' own names, in pages: the likeliest first, all others one tap away."""

from collections.abc import Collection, Iterable

from content.languages import ENGLISH, resolve
from content.phrases import Autonym, Body, Phrase
from content.small_talk import folded, is_small_talk
from dispatch.actions.owing import columns
from dispatch.model.messages import Choices, InboundMessage
from handlers.turn import Turn

AT_FIRST = 8
"""Languages on the first page; more than these nobody reads through."""

AT_ONCE = 16
"""On each page after it: whoever turns there is looking for one name, and knows it when she sees it."""


def page(
    turn: Turn,
    action: str,
    more: str,
    *,
    likely: Iterable[str | None] = (),
    marked: Collection[str] = (),
    turned: bool = False,
) -> Choices:
    """A button for each language of the group, which does `action` with its tag, a page at a time.

    `more` shows another page: it is pressed with where that begins, and with what stood on the first one, so that all
    pages keep their order. `turned` says that this is such a press.
    """
    start = 0
    if turned and turn.arguments:
        start, likely = int(turn.arguments[0]), turn.arguments[1:]
    offered = turn.tx.group.languages
    first = [known for tag in likely if tag and (known := resolve(tag)) in offered]
    ordered = list(dict.fromkeys([*first, *offered]))
    following = start + (AT_ONCE if start else AT_FIRST)
    rows = columns([turn.choice(_label(tag, marked), action, tag) for tag in ordered[start:following]], 2)
    starts = {"◀": max(start - AT_ONCE, 0)} if start else {}
    if following < len(ordered):
        starts["•••"] = following
    foot = tuple(turn.choice(sign, more, str(at), *ordered[:AT_FIRST]) for sign, at in starts.items())
    return (*rows, foot) if foot else rows


def _label(tag: str, marked: Collection[str]) -> Body:
    name = Autonym(tag)
    return Phrase("marked", {"mark": "✅", "label": name}) if tag in marked else name


def bare(text: str) -> str:
    """A word as it is compared with others: without case, and without the marks that end a sentence."""
    return text.strip().casefold().rstrip("!.?؟።")


def says(turn: Turn, key: str, tag: str) -> bool:
    """Is what she wrote one of these words of a language, and nothing else?"""
    return bare(turn.message.text) in turn.catalog.words(key, tag)


def that_say(turn: Turn, key: str) -> list[str]:
    """The languages in which what she wrote is one of these words: hers first, then the likeliest."""
    return [tag for tag in likely(turn) if says(turn, key, tag)]


COURTEOUS = ("words-small-talk", "words-yes", "words-thanks")
"""Words that are no question when nothing was asked."""


def is_courtesy(turn: Turn, message: InboundMessage) -> bool:
    """Does it greet, thank or nod, and nothing else? Then it asks for nothing, whenever it comes."""
    return not message.attachments and _is_only(turn, message.text, "words-hello", *COURTEOUS)


def says_only(turn: Turn, *keys: str) -> bool:
    """Is what she wrote nothing but small talk and these words, in her language, the group's or English?"""
    return _is_only(turn, turn.message.text, *keys)


def _is_only(turn: Turn, text: str, *keys: str) -> bool:
    tags = {turn.language, turn.tx.group.language, ENGLISH}  # and what she has learned here
    words = {word for key in keys for tag in tags for word in turn.catalog.words(key, tag)}
    return is_small_talk(text, folded(words))


def yes_or_no(turn: Turn) -> bool | None:
    """Is it yes or no, in her language, or else in any where no other says the opposite by it? None: neither."""
    for tags in ([turn.language], likely(turn)):
        yes, no = (any(says(turn, key, tag) for tag in tags) for key in ("words-yes", "words-no"))
        if yes != no:
            return yes
    return None


def likely(turn: Turn) -> list[str]:
    """All languages of the group: hers first, then those that her words look like, then that of her telephone."""
    hers = (turn.person.language, *turn.thought.likeliest, turn.person.app_language, *turn.tx.group.languages)
    return list(dict.fromkeys(known for tag in hers if tag and (known := resolve(tag))))


def readable(turn: Turn) -> str:
    """A language that she may read, as long as we do not know hers: her telephone's, or English."""
    app = resolve(turn.person.app_language) if turn.person.app_language else None
    return app if app in turn.tx.group.languages else ENGLISH
