"""What people say without asking for anything: "ok", a laugh, a goodbye, a heart. It is no question to a library."""

import re
import unicodedata
from collections.abc import Collection

from content.detection.neutral import COURTESIES
from content.detection.text import normalise

LONGEST = 60
"""Characters; who writes more has something to say."""

FRIENDLY = frozenset(
    "👍👌🙏👏🤝👋💪✌✅✔☑❤♥💛💚💙💜🧡🤍🤎🖤💖💕💗💐🌹🌸🌺🌷🌼🌻🎉😀😃😄😁😆😅😂🤣🙂😊☺😇🥰😍😘🤗😉😎🤲⭐🌟✨"
)
"""Signs that say nothing but that all is well. Any other may say that it is not."""

_ASKS_OR_TELLS = re.compile(r"[\d?؟？፧@/]")
_LAUGH = re.compile(r"([hjx][aeiou])\1+h?|(?:ха){2,}|hh|هه|خخ|哈{2,}|ㅋ+|ㅎ+|lol|xd")
_LONGEST_PHRASE = 6
"""Words."""


def is_small_talk(text: str, phrases: Collection[str]) -> bool:
    """Is it made of nothing but courtesies, laughter, friendly signs and these phrases (as `folded` gives them)?"""
    if len(text) > LONGEST or _ASKS_OR_TELLS.search(text):
        return False
    signs = {character for character in text if unicodedata.category(character) == "So"}
    words = normalise(text).split()
    return bool(signs or words) and signs <= FRIENDLY and _made_of(words, phrases)


def folded(phrases: Collection[str]) -> frozenset[str]:
    """Phrases in the form in which they are looked for."""
    return frozenset(map(normalise, phrases)) - {""}


def _made_of(words: list[str], phrases: Collection[str]) -> bool:
    """Can the words be cut into phrases, with nothing left over?"""
    reached = {0}
    for start in range(len(words)):
        if start in reached:
            ends = range(start + 1, min(start + _LONGEST_PHRASE, len(words)) + 1)
            reached.update(end for end in ends if _is_known(" ".join(words[start:end]), phrases))
    return len(words) in reached


def _is_known(phrase: str, phrases: Collection[str]) -> bool:
    return phrase in phrases or phrase in COURTESIES or _LAUGH.fullmatch(phrase) is not None
