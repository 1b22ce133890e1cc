"""How a text is cut up before it is compared: folded words, English stems, the language of a tag."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from content.languages import LANGUAGES, resolve

_NOT_WORD = re.compile(r"[^\w\s]+")
# Marks that people leave out when they type: Arabic vowel signs and tatweel, zero-width joiners.
_UNWRITTEN = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f\u2060-\u2069\ufeff]")
# Letters that keyboards mix up: one letter for each group.
_ALIKE = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ی", "ي": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه",
        "ھ": "ه", "ؤ": "و", "’": "'", "ʼ": "'", "ሐ": "ሀ", "ኀ": "ሀ", "ሠ": "ሰ", "ፀ": "ጸ", "ዐ": "አ",
    }
)  # fmt: skip

# Codes of ISO 639-3 by which some collections name languages of the service.
_THREE_LETTERS = {
    "nob": "nb", "nor": "nb", "nno": "nn", "dan": "da", "swe": "sv", "eng": "en", "ara": "ar", "arb": "ar",
    "som": "so", "tir": "ti", "amh": "am", "orm": "om", "gaz": "om", "swa": "sw", "swh": "sw", "urd": "ur",
    "pan": "pa", "hin": "hi", "ben": "bn", "tam": "ta", "pes": "fa", "fas": "fa", "pus": "ps", "pbt": "ps",
    "tur": "tr", "pol": "pl", "rus": "ru", "ukr": "uk", "lit": "lt", "hun": "hu", "ron": "ro", "bos": "bs",
    "hrv": "hr", "srp": "sr", "sqi": "sq", "als": "sq", "spa": "es", "por": "pt", "fra": "fr", "deu": "de",
    "vie": "vi", "tgl": "tl", "tha": "th", "zho": "zh", "cmn": "zh", "kor": "ko", "mya": "my", "nep": "ne",
    "npi": "ne", "wol": "wo", "kab": "ber", "kin": "rw", "lin": "ln", "hau": "ha",
}  # fmt: skip


@cache
def language_of(tag: str) -> str:
    """The language of a tag of any kind, as this service names it: `eng_Latn` is `en`, `ti_ER` is `ti`."""
    primary = re.split("[-_]", tag, maxsplit=1)[0].casefold()
    return resolve(tag) or _THREE_LETTERS.get(primary, primary)


def readable(language: str) -> tuple[str, ...]:
    """Other languages that most who read this one read too, the best first."""
    return LANGUAGES[language].readable if language in LANGUAGES else ()


def fold(text: str) -> str:
    """The text as it is compared: one case, one form of letters that are mixed up, words and spaces only."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE)
    return " ".join(_NOT_WORD.sub(" ", _UNWRITTEN.sub("", text)).split())


def bare(text: str) -> str:
    """The text without accents and other marks over and under letters, which many leave out on a telephone."""
    letters = (each for each in unicodedata.normalize("NFD", text) if not "\u0300" <= each <= "\u036f")
    return unicodedata.normalize("NFC", "".join(letters))


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return fold(text).split()


def stem(word: str) -> str:
    """An English word without its commonest endings, so that `children's` and `child` may meet."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: len(word) - len(ending)] + instead
    return word


_ENDINGS = (
    ("ational", "at"), ("ations", "at"), ("ation", "at"), ("ating", "at"), ("ated", "at"), ("ates", "at"),
    ("ate", "at"), ("iness", "i"), ("ments", "ment"), ("ities", "it"), ("ity", "it"), ("ingly", ""),
    ("edly", ""), ("ies", "i"), ("ied", "i"), ("sses", "ss"), ("ings", ""), ("ing", ""), ("ers", ""),
    ("er", ""), ("ed", ""), ("es", ""), ("ly", ""), ("ss", "ss"), ("s", ""), ("e", ""), ("y", "i"),
)  # fmt: skip
