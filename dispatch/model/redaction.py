"""Take out of a text what leads to a person: numbers, addresses, links, names of accounts.

A machine cannot take out names: what is kept for good is reworded by a person.
"""

import re
import unicodedata

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
_TELLING = (
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
    text = "".join(_plain(character) for character in text)
    for pattern in _TELLING:
        text = pattern.sub(MARK, text)
    text = " ".join(text.split())[:LONGEST].strip()
    return text if any(character.isalpha() for character in text) else ""


def _plain(character: str) -> str:
    """Digits of every script as one digit, spaces of every kind as one, and nothing that is not seen."""
    kind = unicodedata.category(character)
    if kind.startswith("N"):
        return "0"
    if kind.startswith("Z") or character in "\n\t\r":
        return " "
    return "" if kind.startswith("C") and character not in _JOINERS else character
