"""What is missing or wrong in the PO files: placeholders, numbers, plural forms, lengths, text left in English."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import polib

from content import sms
from content.catalog import PHRASES, PLACEHOLDER, forms_of, plural_rule
from content.front_matter import Fault
from content.languages import ENGLISH, LANGUAGES, cldr_plurals
from content.phrases_sync import CHECKED_BY, UNCHECKED, checked_by, wanted

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""CLDR's plural categories in the order in which gettext's forms stand in our files; those without integers fall out."""

COUNTED = range(1001)
"""The numbers for which a file's plural rule must agree with CLDR's."""

LENGTHS: Mapping[str, int] = {
    "button-gone": 200,  # is the answer to a press: 200 characters (Telegram Bot API 10.1)
    "button-": 40,  # what a phone shows of one button beside nothing else
    "command-": 60,  # one line of Telegram's menu
    "theme-": 40,  # stands in a line with others
    "offer-": 200,
    "not-for-you": 200,
    "bot-about": 120,  # short description and description of a bot (Telegram Bot API 10.1)
    "bot-description": 500,
    "poster-title": 60,
}
"""Characters at most, by how a key begins; the first that fits counts. Placeholders are not counted."""

MOST_SMS = 5
"""That any other text may take, without its placeholders; asking for consent, the longest, takes four in most languages."""

UNTRANSLATABLE = ("BankID", "MitID", "NAV")
"""Names that stay as they are in every script."""

SAME_AS_ENGLISH = frozenset(
    {
        ("button-no", "es"),
        ("button-no", "tl"),
        ("button-pause", "da"),
        ("button-pause", "nb"),
        ("button-send", "da"),
        ("button-send", "nb"),
        ("button-send", "nn"),
        ("web-send", "da"),
        ("web-send", "nb"),
        ("web-send", "nn"),
    }
)
"""Where a text is right although English says the same."""

_SCRIPTS = {
    "Arab": "ARABIC",
    "Beng": "BENGALI",
    "Cyrl": "CYRILLIC",
    "Deva": "DEVANAGARI",
    "Ethi": "ETHIOPIC",
    "Guru": "GURMUKHI",
    "Hans": "CJK",
    "Kore": "HANGUL",
    "Latn": "LATIN",
    "Mymr": "MYANMAR",
    "Taml": "TAMIL",
    "Thai": "THAI",
}
_COMMAND = re.compile(r"(?<!\S)/[a-z]+")
_NUMBER = re.compile(r"\d+(?: \d+)*")
_INVISIBLE = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_LATIN_ALLOWED = {*UNTRANSLATABLE, "MB"}


def faults(folder: Path = PHRASES) -> list[Fault]:
    """Everything that is wrong in a folder of PO files, by file and line."""
    english = polib.pofile(str(folder / f"{ENGLISH}.po"))
    found = [
        _fault(f"{tag}.po", 1, "there is no such file")
        for tag in LANGUAGES
        if not (folder / f"{tag}.po").exists()
    ]
    for file in sorted(folder.glob("*.po")):
        if file.stem not in LANGUAGES:
            found.append(_fault(file.name, 1, "is not a language of the service"))
            continue
        try:
            po = polib.pofile(str(file), check_for_duplicates=True)
            found += [
                _fault(file.name, line, message) for line, message in _file_faults(po, english, file.stem)
            ]
        except (OSError, ValueError) as error:
            found.append(_fault(file.name, 1, f"cannot be read: {error}"))
    return found


def _fault(file: str, line: int, message: str) -> Fault:
    return Fault(file=file, line=line, message=message, unusable=True)


def _file_faults(po: polib.POFile, english: polib.POFile, language: str) -> Iterator[tuple[int, str]]:
    yield from ((1, message) for message in header_faults(po.metadata, language))
    originals = {entry.msgid: entry for entry in english}
    present = {entry.msgid for entry in po if forms_of(entry)}
    for original in wanted(english, language):
        if original.msgid not in present:
            yield 1, f"{original.msgid}: is missing"
    yield from _words_in_two_places(po)
    for entry in po:
        found = _entry_faults(entry, originals, language)
        yield from ((entry.linenum or 1, f"{entry.msgid}: {message}") for message in found)


def _entry_faults(
    entry: polib.POEntry, originals: Mapping[str, polib.POEntry], language: str
) -> Iterator[str]:
    if entry.msgid not in originals:
        yield "English does not have this key"
        return
    if UNCHECKED not in entry.flags and not checked_by(entry):
        yield f"is neither marked {UNCHECKED} nor says who stands behind it (# {CHECKED_BY}…)"
    if forms_of(entry):
        yield from text_faults(forms_of(entry), originals[entry.msgid], language)


def _words_in_two_places(po: polib.POFile) -> Iterator[tuple[int, str]]:
    """What a woman types can lead to one place only."""
    meant: dict[str, str] = {}
    for entry in po:
        if entry.msgid.startswith("words-"):
            for word in {word.strip().casefold() for word in entry.msgstr.split("|")}:
                if (other := meant.setdefault(word, entry.msgid)) != entry.msgid:
                    yield entry.linenum or 1, f"{entry.msgid}: {word!r} already stands in {other}"


def header_faults(metadata: Mapping[str, str], language: str) -> Iterator[str]:
    """What is wrong in a file's header; its plural rule must tell numbers apart exactly as CLDR does."""
    if metadata.get("Language") != language:
        yield f"the header says Language: {metadata.get('Language')}"
    if not metadata.get("X-Polite-Form"):
        yield "the header does not say which form of address was chosen (X-Polite-Form)"
    forms, form_of = plural_rule(metadata.get("Plural-Forms", ""))
    categories = plural_categories(language)
    if metadata.get("X-Plural-Categories") != ", ".join(categories):
        yield f"X-Plural-Categories must be: {', '.join(categories)}"
    cldr = _cldr_categories(language)
    wrong = [n for n in COUNTED if form_of(n) >= forms or categories[form_of(n) :][:1] != (cldr[n],)]
    if wrong or forms != len(categories):
        yield f"Plural-Forms differ from CLDR, for example for {wrong[:5]}"


def plural_categories(language: str) -> tuple[str, ...]:
    """The CLDR categories that whole numbers take in a language, in the order of its gettext forms."""
    taken = set(_cldr_categories(language))
    return tuple(category for category in CATEGORIES if category in taken)


@cache
def _cldr_categories(language: str) -> tuple[str, ...]:
    category_of = cldr_plurals(language).plural_form
    return tuple(category_of(n) for n in COUNTED)


def text_faults(forms: tuple[str, ...], original: polib.POEntry, language: str) -> Iterator[str]:
    """What is wrong with one message's texts, measured against the English message."""
    key, english = original.msgid, forms_of(original)
    expected = len(plural_categories(language)) if original.msgid_plural else 1
    if len(forms) != expected:
        yield f"has {len(forms)} forms instead of {expected}"
        return
    if key.startswith("words-"):
        yield from _words_faults(forms[0])
        return
    for index, text in enumerate(forms):
        yield from _placeholder_faults(text, index, original, language)
        yield from _likeness_faults(text, english)
        yield from _form_faults(text, key, language)
    if language != ENGLISH and (key, language) not in SAME_AS_ENGLISH:
        yield from (f"is still English: {text!r}" for text in set(forms) & set(english) if _has_words(text))


def _has_words(text: str) -> bool:
    rest = PLACEHOLDER.sub("", text).replace(" min", "")
    return any(character.isalpha() for character in rest)


def _words_faults(text: str) -> Iterator[str]:
    words = [word.strip() for word in text.split("|")]
    if not all(words):
        yield "has an empty word between |"
    if twice := sorted(word for word, times in Counter(map(str.casefold, words)).items() if times > 1):
        yield f"says twice: {', '.join(twice)}"


def _placeholder_faults(text: str, index: int, original: polib.POEntry, language: str) -> Iterator[str]:
    needed = set(PLACEHOLDER.findall("".join(forms_of(original))))
    found = set(PLACEHOLDER.findall(text))
    # "One minute" may leave the number out, but only where the form stands for a single number.
    if original.msgid_plural and "count" not in found and _stands_for_one_number(language, index):
        needed -= {"count"}
    if found != needed:
        yield f"has {sorted(found)} instead of {sorted(needed)}: {text!r}"
    if "{" in PLACEHOLDER.sub("", text) or "}" in PLACEHOLDER.sub("", text):
        yield f"has a brace that belongs to no placeholder: {text!r}"


def _stands_for_one_number(language: str, index: int) -> bool:
    return _cldr_categories(language).count(plural_categories(language)[index]) == 1


def _likeness_faults(text: str, english: tuple[str, ...]) -> Iterator[str]:
    """Numbers, commands, names, emoji and lines must be those of one of the English forms."""
    for what, read in _ALIKE.items():
        if read(text) not in [read(form) for form in english]:
            yield f"has other {what} than English: {text!r}"


def _commands(text: str) -> list[str]:
    return sorted(_COMMAND.findall(text))


def _names(text: str) -> list[str]:
    return sorted(name for name in UNTRANSLATABLE if name in text)


def _line_breaks(text: str) -> list[str]:
    return re.findall("\n", text)


def _numbers(text: str) -> list[str]:
    # A single digit may be a word ("one hour"); a telephone number may not.
    return sorted(number for number in _NUMBER.findall(PLACEHOLDER.sub("", text)) if len(number) > 1)


def _symbols(text: str) -> list[str]:
    return sorted(character for character in text if unicodedata.category(character) == "So")


_ALIKE: Mapping[str, Callable[[str], list[str]]] = {
    "numbers": _numbers,
    "commands": _commands,
    "names": _names,
    "emoji": _symbols,
    "line breaks": _line_breaks,
}


def _form_faults(text: str, key: str, language: str) -> Iterator[str]:
    yield from _length_faults(PLACEHOLDER.sub("", text), key)
    if text != text.strip() or "  " in text:
        yield f"has a space too many: {text!r}"
    if _INVISIBLE.search(text):
        yield f"has an invisible character: {text!r}"
    if strange := _strange_letters(text, LANGUAGES[language].script):
        yield f"has letters of another script: {strange}"


def _length_faults(text: str, key: str) -> Iterator[str]:
    longest = next((length for start, length in LENGTHS.items() if key.startswith(start)), None)
    if longest is None and (number := sms.parts(text)) > MOST_SMS:
        yield f"takes {number} SMS, at most {MOST_SMS} are sent"
    if longest is not None and len(text) > longest:
        yield f"has {len(text)} characters, at most {longest} fit"


def _strange_letters(text: str, script: str) -> str:
    rest = _COMMAND.sub("", PLACEHOLDER.sub("", text))
    for name in _LATIN_ALLOWED:
        rest = rest.replace(name, "")
    own = (_SCRIPTS[script], "MODIFIER", "FEMININE", "MASCULINE")
    letters = (character for character in rest if unicodedata.category(character).startswith("L"))
    return "".join(letter for letter in letters if not unicodedata.name(letter, "").startswith(own))
