"""What people write when they mean a language: its name, in its own words or in those of any other language."""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from itertools import product

from content.detection.neutral import COURTESIES
from content.detection.text import normalise
from content.languages import LANGUAGES, autonym, cldr_names, name_in

LONGEST = 60
"""Characters; who writes more has something to say."""

_LONGEST_NAME = 4
"""Words, and as many of a phrase beside a name."""

_SHORT_VOWELS = range(27, 37)  # of Arabic script, as Unicode numbers its combining classes
_ABOVE_AND_BELOW = range(202, 241)

# What one name means that stands for several of ours: who writes "Kurdish" may mean either, and is asked.
_PART_OF = {"ckb": "ku", "pnb": "pa"}

# As people say and spell them, where neither CLDR nor the language itself does; with | between.
_SPOKEN = {
    "nb": "norsk|norska|norwegian|bokmål|bokmal|norwegisch|norvegian",
    "nn": "nynorsk",
    "en": "inglish|englisch|ingles|anglais|engelsk|ingilizi|ingiliis|inglizi|englizi|angrezi|angreji|engrezi",
    "ar": "عربي|عربى|arabi|3arabi|arabic|arabiya|3arabiya|arabia|carabi|arabisch|arapca",
    "so": "somali|soomaali|somaliga|af somali|af soomaali|afsomali|afsoomaali|afka soomaaliga|somaliska",
    "ti": "tigrinya|tigrigna|tigrina|tigrinja|tigringna|tigrenya|tegrenya|tegrinya",
    "am": "amharic|amarigna|amarinya|amharigna|amarenya|amaric",
    "om": "oromo|oromiffa|oromifa|oromoo|afan oromo|afaan oromo|afaan oromoo",
    "sw": "swahili|kiswahili|suahili",
    "ur": "urdu|oordu",
    "pa": "punjabi|panjabi|gurmukhi",
    "pnb": "shahmukhi|punjabi|panjabi",
    "hi": "hindi",
    "bn": "bangla|bengali|bangali",
    "ta": "tamil|thamizh|tamizh",
    "fa": "farsi|persian|parsi|فارسى",
    "prs": "dari|farsi dari|dari farsi|فارسی دری",
    "ps": "pashto|pashtu|pushto|pushtu|pukhto|pakhto|پشتون",
    "ku": "kurdi|kurdish|kurmanji|kurmanci|kurmandji|badini|bahdini|کورمانجی|کرمانجی",
    "ckb": "kurdi|kurdish|sorani|سۆرانی|سورانی",
    "tr": "turkce|turki|turkish|turki dili",
    "ru": "russki|russkij|russky|ruski|по русски|русски",
    "uk": "українською|по українськи|украински|ukrainska mova|ukrainskoju|ukrainian",
    "pl": "po polsku",
    "tl": "filipino|pilipino",
    "zh": "mandarin|普通话|汉语|漢語|國語|国语|zhongwen|putonghua|hanyu|cantonese|廣東話|广东话",
    "sr": "српски",
    "bs": "босански",
    "vi": "tieng viet",
    "th": "phasa thai|ภาษาไทย",
    "my": "burmese|myanmar",
    "ber": "berber|berbere|amazigh|amazighe|tamazight|tamazigh|tamazirt|tamaziɣt|rifi|tarifit|tachelhit|tashelhit|امازيغية",
    "rw": "kinyarwanda|rwandan",
    "ne": "nepali",
    "ha": "hausa",
}  # fmt: skip


def meant(text: str, languages: Collection[str], beside: Callable[[], Iterable[str]]) -> tuple[str, ...]:
    """Which of these languages a message asks for, if it does nothing else: "عربي", "english please".

    `beside` gives the phrases that may stand beside the name. More than one language where several are called so.
    """
    words = tuple(_folded(text).split()) if len(text) <= LONGEST else ()
    for start, end in _runs(words):
        tags = _names().get(" ".join(words[start:end]), frozenset())
        if tags and _is_made_of(words[:start], words[end:], beside):
            return tuple(tag for tag in languages if tag in tags)
    return ()


@cache
def _names() -> dict[str, frozenset[str]]:
    """Each name, folded, and the languages that it may mean; what a language calls itself means no other."""
    own = {_folded(autonym(tag)): frozenset({tag}) for tag in LANGUAGES}
    names: dict[str, frozenset[str]] = {}
    for tag in LANGUAGES:
        for name in {_folded(name) for name in _all_names(tag)} - {""}:
            names[name] = names.get(name, frozenset()) | {tag}
    return names | own


def _all_names(tag: str) -> Iterator[str]:
    yield from _SPOKEN.get(tag, "").split("|")
    for reader in LANGUAGES:
        names = (name_in(tag, reader), *cldr_names(tag, reader), *cldr_names(_PART_OF.get(tag, tag), reader))
        yield from names
        if reader == "ar":  # "عربي" and "بالعربي" for "العربية"
            yield from (
                before + name.removeprefix("ال").removesuffix("ة") + after
                for name, before, after in product(names, ("", "ال", "بال"), ("", "ة", "ه"))
            )


def _folded(text: str) -> str:
    """Without accents and short vowels too: telephones leave them out."""
    letters = unicodedata.normalize("NFD", normalise(text))
    return "".join(letter for letter in letters if not _is_left_out(unicodedata.combining(letter)))


def _is_left_out(combining_class: int) -> bool:
    return combining_class in _SHORT_VOWELS or combining_class in _ABOVE_AND_BELOW


def _runs(words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST_NAME, len(words)) + 1):
            yield start, end


def _is_made_of(before: tuple[str, ...], after: tuple[str, ...], beside: Callable[[], Iterable[str]]) -> bool:
    if not before and not after:
        return True
    phrases = {*map(_folded, beside()), *COURTESIES}
    return all(_is_cut_into(words, phrases) for words in (before, after))


def _is_cut_into(words: tuple[str, ...], phrases: Collection[str]) -> bool:
    reached = {0}
    for start, end in _runs(words):
        if start in reached and " ".join(words[start:end]) in phrases:
            reached.add(end)
    return len(words) in reached
