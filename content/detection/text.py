"""What the models see of a message: letters in lower case, words with one space around them."""

import re
import unicodedata
from itertools import groupby

LONGEST = 1_000  # characters; a language shows itself long before that, and a megabyte must not cost more

# Mark-up goes and what stands between it stays; of a script or a style nothing does. The rest are words with braces,
# backslashes, or a sign in their middle, where no language has one: i=0;i<9, $user, done();
_MARKUP = re.compile(
    r"<(script|style)\b.*?(?:</\1\s*>|$)|</?[a-z][^<>]*>|```.*?(?:```|$)", re.IGNORECASE | re.DOTALL
)
_CODE = re.compile(r"""(?<!\S)\S*?(?:[{}\\]|[=;](?=[\w"'])|\$(?=[a-zA-Z])|\(\)|\);)\S*""")
_NOT_WORDS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|(?<!\S)[@#/]\w+|&\w+;")
_BARE_NUMBER = re.compile(r"(?<!\S)['\d]+(?!\S)")
_DRAWN_OUT = re.compile(r"([^\W\d])\1{2,}")
_SPACES = re.compile(r"\s+")
_BEFORE_WORDS = "\"'([{<«„“‘¿¡-"
_DOTTED_I = "i\u0307"  # what Python makes of a Turkish capital dotted i


class _Letters(dict[int, str | None]):
    """A table for `str.translate` that keeps letters, marks and digits; filled as characters are met."""

    def __missing__(self, code: int) -> str | None:
        self[code] = kept = _kept(chr(code))
        return kept


def _kept(character: str) -> str | None:
    if character in "'’‘ʼʻ`´ʹ":
        return "'"
    category = unicodedata.category(character)
    if category[0] == "L" or (category in ("Mn", "Mc") and not "\ufe00" <= character <= "\ufe0f"):
        return character
    if category == "Nd":  # Arabizi writes letters as digits: 3, 7, 9
        return str(unicodedata.decimal(character))
    return (
        None if character in "\u200d\u00ad\u0640\u200e\u200f" else " "
    )  # joiner, soft hyphen, kashida, marks


_LETTERS = _Letters()


def normalise(text: str) -> str:
    """Lower case, without links, mark-up, code, punctuation, emoji and bare numbers; empty when no letter is left.

    Letters drawn out for feeling ("jaaaa") are cut to two. Never raises, whatever the text.
    """
    text = _CODE.sub(" ", _NOT_WORDS.sub(" ", _MARKUP.sub(" ", text[: 4 * LONGEST])))
    text = unicodedata.normalize("NFKC", text).lower().replace(_DOTTED_I, "i").translate(_LETTERS)
    text = _DRAWN_OUT.sub(r"\1\1", _BARE_NUMBER.sub(" ", text))
    return _SPACES.sub(" ", text).strip(" '")[:LONGEST]


def without_titles(text: str) -> str:
    """A text without names of several words within a sentence: "Find the way to Oslo University Hospital".

    They may be in any language. Words in capitals stay where nothing else is left: a title alone, or German nouns.
    """
    first, *others = text[: 4 * LONGEST].split() or [""]
    kept = [first]
    for titled, run in groupby(others, key=_has_capital):
        words = list(run)
        if not titled or len(words) == 1:
            kept += words
    return " ".join(kept) if any(map(_is_small, kept)) else text


def _has_capital(word: str) -> bool:
    return word.lstrip(_BEFORE_WORDS)[:1].isupper()


def _is_small(word: str) -> bool:
    first = word.lstrip(_BEFORE_WORDS)[:1]
    return first.isalpha() and not first.isupper()
