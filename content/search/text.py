"""How a text is cut up before it is compared: folded words, English stems, the language of a tag."""

from __future__ import annotations

import re
import unicodedata

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

# Three-letter and old codes by which some collections name the languages of the service.
_SAME_LANGUAGE = {
    "no": "nb", "nob": "nb", "nor": "nb", "nno": "nn", "dan": "da", "swe": "sv", "eng": "en", "ara": "ar",
    "arb": "ar", "som": "so", "tir": "ti", "amh": "am", "orm": "om", "gaz": "om", "swa": "sw", "swh": "sw",
    "urd": "ur", "pan": "pa", "hin": "hi", "ben": "bn", "tam": "ta", "pes": "fa", "fas": "fa", "pus": "ps",
    "pbt": "ps", "kmr": "ku", "tur": "tr", "pol": "pl", "rus": "ru", "ukr": "uk", "lit": "lt", "hun": "hu",
    "ron": "ro", "bos": "bs", "hrv": "hr", "srp": "sr", "sqi": "sq", "als": "sq", "spa": "es", "por": "pt",
    "fra": "fr", "deu": "de", "vie": "vi", "fil": "tl", "tgl": "tl", "tha": "th", "zho": "zh", "cmn": "zh",
    "kor": "ko", "mya": "my", "nep": "ne", "npi": "ne", "wol": "wo", "kab": "ber", "zgh": "ber", "kin": "rw",
    "lin": "ln", "hau": "ha",
}  # fmt: skip


def language_of(tag: str) -> str:
    """The language of a tag of any kind, as this service names it: `eng_Latn` is `en`, `ti_ER` is `ti`."""
    language = re.split("[-_]", tag, maxsplit=1)[0].casefold()
    return _SAME_LANGUAGE.get(language, language)


def fold(text: str) -> str:
    """The text as it is compared: one case, one form of letters that are mixed up, words and spaces only."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE)
    return " ".join(_NOT_WORD.sub(" ", _UNWRITTEN.sub("", text)).split())


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
