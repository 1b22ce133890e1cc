"""Take out of a text what leads to a person: numbers, addresses, links, names of accounts, and her name where she
says that it is one.

A machine does not know other names: what is kept for good is reworded by a person.
"""

import re
import unicodedata

from dispatch.model.telling import CALLED, DIGITS, PLACES, STREETS, UNITS, WAYS

MARK = "#"
"""Stands where something was."""

LONGEST = 400
"""Characters kept of one question."""

LOOKED_AT = 4000
"""Characters of a text that are looked at; a word that is cut here could be half an address, and goes."""

# What nobody sees, and what would split a number: control and format characters, variation selectors, keycaps.
_UNSEEN = re.compile("[\ufe00-\ufe0f\u20e3\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]")
_JOINERS = "\u200c\u200d"  # these two shape letters in several scripts
_TOP_LEVELS = (
    "com|org|net|info|biz|me|io|app|eu|no|dk|se|fi|is|uk|de|fr|pl|ua|ru|so|et|ly|chat|link|online|site"
)
_CALLED = re.compile(
    rf"(?<!\w)((?:{'|'.join(CALLED)})\s*:?\s)((?:[^\W\d_][\w'’-]*\s){{0,2}}[^\W\d_][\w'’-]*)", re.IGNORECASE
)
_HOUSE = rf",?\s(?:nr\.?\s?)?\d+(?!\s?(?:{UNITS})\b)(?:\s?[A-Za-z]\b)?"
_CAPITAL = "[A-ZÆØÅÄÖÉ]"
_STREETS = (
    re.compile(
        rf"\b(?:{_CAPITAL}[\w.]+\s){{0,3}}(?:\w{{2,}}(?:{STREETS}|{WAYS}|{PLACES})|(?:{STREETS})){_HOUSE}"
    ),
    re.compile(rf"\b(?:{_CAPITAL}[\w.]+\s){{1,3}}(?:{WAYS}|{PLACES}){_HOUSE}"),
    # Without a number, in the midst of a sentence: these languages write no other nouns with a capital letter.
    re.compile(rf"(?<=[\w,] ){_CAPITAL}\w+(?:{STREETS}|gade|vej|vei|väg)\b"),
    re.compile(rf"(?<=[\w,] )(?:{_CAPITAL}[\w.]+\s){{1,3}}(?:{WAYS})\b"),
)
_ROWS = "|".join(rf"(?:{words})(?:[\s,.-]{{1,3}}(?:{words})){{4,}}" for words in DIGITS)
_TELLING = (
    *_STREETS,
    re.compile(rf"(?<!\w)(?:{_ROWS})(?!\w)", re.IGNORECASE),  # a number spoken digit by digit
    re.compile(r"(?<![a-z0-9+.-])(?:[a-z][a-z0-9+.-]*://|(?:mailto|tel|sms|sip):|www\.)\S*", re.IGNORECASE),
    re.compile(  # e-mail, also with spaces around the sign or the sign in words; handles
        r"(?<!\S)[^\s@]+\s@(?:\s\S+|[^\s.]*\.\S+)|(?<!\S)[^\s@]*@\s?\S+|(?<!\S)[^\s(\[]+\s?[(\[]\s?at\s?[)\]]\s?\S+",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\w.-])[\w-]+(?:\.[\w-]+)+/\S*"),
    re.compile(rf"(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:{_TOP_LEVELS})\b", re.IGNORECASE),
    re.compile(
        r"(?<![\w.])[a-z][a-z_.]+\d[\w.]*", re.IGNORECASE | re.ASCII
    ),  # names of accounts, fatima1990 for one
    re.compile(
        r"(?<![(+])[(+]*\d(?:[^\w]{0,3}\d)*"
    ),  # telephone and identity numbers, dates, amounts: every digit
    re.compile(r"[一二三四五六七八九零]{4,}"),  # digits one after the other in Chinese; fewer are words
)
"""Each tries a long word once, from its beginning: a text without spaces must not cost seconds."""


def redact(text: str) -> str:
    """The text on one line, without numbers and addresses; empty when no word is left of it."""
    if len(text) > LOOKED_AT:
        text = text[:LOOKED_AT].rpartition(" ")[0]
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    text = _CALLED.sub(_without_name, "".join(_plain(character) for character in text))
    for pattern in _TELLING:
        text = pattern.sub(MARK, text)
    text = " ".join(text.split())[:LONGEST].strip()
    return text if any(character.isalpha() for character in text) else ""


def _without_name(found: re.Match[str]) -> str:
    """What comes before the name, and what after it."""
    phrase, words = found[1], found[2].split(" ")
    names = 0
    while names < len(words) and _is_name(words[names], shouted=phrase.isupper()):
        names += 1
    return " ".join((phrase.rstrip(), *[MARK][:names], *words[names:]))


def _is_name(word: str, *, shouted: bool) -> bool:
    """Is it written as names are?"""
    return len(word) > 1 and (word.istitle() or (word.isupper() and not shouted))


def _plain(character: str) -> str:
    """Digits of every script as one digit, spaces of every kind as one, and nothing that is not seen."""
    kind = unicodedata.category(character)
    if kind.startswith("N"):
        return "0"
    if kind.startswith("Z") or character in "\n\t\r":
        return " "
    return "" if kind.startswith("C") and character not in _JOINERS else character
