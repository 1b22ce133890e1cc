"""Says phrases in a reader's language, from one PO file for each language."""

import gettext
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

import polib
from babel.dates import format_date, format_datetime, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from content.languages import ENGLISH, autonym, cldr, direction, fallbacks, name_in, resolve
from content.phrases import Argument, Autonym, Body, Day, Joined, LanguageName, Listed, Moment, Phrase

PHRASES = Path(__file__).parent / "phrases"
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")

# Characters that turn or fence off the direction of writing: FSI and PDI are ours to set, the rest nobody's.
_FIRST_STRONG, _POP = "\u2068", "\u2069"
_RIGHT_TO_LEFT_MARK = "\u200f"
_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
# A line runs as its first letter does. Signs and what is set apart say nothing of it; a foreign name in front, or a sign of
# Latin letters like 🆘, says the wrong thing.
_BEGINS_FOREIGN = re.compile(
    rf"^(?!\u200f)(?=(?:[^\w\n]|\d)*(?:[\u2068\U0001f110-\U0001f251]|[A-Za-z\u00c0-\u024f].*{_RIGHT_TO_LEFT.pattern}))",
    re.MULTILINE,
)
# Right-to-left text would show "116 117" as "117 116", "/help" as "help/" and "nav.no/eng" as "eng/nav.no".
_LEFT_TO_RIGHT = re.compile(
    r"""\u2068[^\u2069]*\u2069                            # what is set apart already
    |(?:https?://)?(?:[A-Za-z0-9._+-]+@)?              # an address of a page or for letters, without the mark
     (?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}                  # that ends its sentence
     (?:/(?:[A-Za-z0-9._~%/?\#=&+-]*[A-Za-z0-9/])?)?
    |\+?\d+(?:[ \u00a0]\d+)+
    |\d+/\d+                                           # after a Latin name it would stand before it
    |(?<!\S)/[a-z]+""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One key in one language: a text for each plural form, and the letters of those who read it (m, v, c)."""

    forms: tuple[str, ...]
    audience: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasebook:
    """All that one language can say. `form_of` gives the index of the plural form for a number."""

    language: str
    entries: Mapping[str, Entry]
    form_of: Callable[[int], int]


class Catalog:
    """Every phrase in every language that has a file."""

    def __init__(self, books: Iterable[Phrasebook]) -> None:
        self._books = {book.language: book for book in books}

    @classmethod
    def load(cls, folder: Path = PHRASES) -> Self:
        """Read `<tag>.po` of a folder; raises OSError or ValueError for a file that is not gettext."""
        return cls(_book(file) for file in sorted(folder.glob("*.po")))

    @property
    def languages(self) -> frozenset[str]:
        """The languages that have a file."""
        return frozenset(self._books)

    def render(self, body: Body, language: str) -> str:
        """Say a body to a reader of `language`.

        Text that somebody wrote stays as it is. A key that the language lacks is said in the first of its fallbacks
        that has it; raises KeyError with the key where none has, and ValueError where a phrase comes without the
        arguments or the count that its text needs.
        """
        match body:
            case str():
                return body
            case Phrase():
                return self._phrase(body, language)
            case Joined(parts=parts, close=close):
                return ("\n" if close else "\n\n").join(self.render(part, language) for part in parts)
            case _:
                return self._said(body, language)

    def words(self, key: str, language: str) -> frozenset[str]:
        """What people type for a thing, casefolded: the alternatives of a key `words-…`, in `language` alone."""
        book = self._books.get(resolve(language) or language)
        entry = book.entries.get(key) if book else None
        alternatives = entry.forms[0].split("|") if entry else ()
        return frozenset(word.strip().casefold() for word in alternatives) - {""}

    def keys(self, audience: str = "") -> frozenset[str]:
        """The keys that an audience reads (m, v or c), or all; English is the measure."""
        entries = self._books[ENGLISH].entries if ENGLISH in self._books else {}
        return frozenset(key for key, entry in entries.items() if not audience or audience in entry.audience)

    def languages_complete(self, audience: str) -> frozenset[str]:
        """The languages in which an audience can read everything."""
        needed = self.keys(audience)
        return frozenset(tag for tag, book in self._books.items() if needed <= book.entries.keys())

    def _phrase(self, phrase: Phrase, language: str) -> str:
        book = self._book_for(phrase.key, language)
        forms = book.entries[phrase.key].forms
        if len(forms) > 1 and phrase.count is None:
            raise ValueError(f"{phrase.key} needs a count")
        template = (
            forms[book.form_of(phrase.count)] if len(forms) > 1 and phrase.count is not None else forms[0]
        )
        counted = {} if phrase.count is None else {"count": amount(phrase.count, book.language)}
        arguments: Mapping[str, Argument] = {**phrase.arguments, **counted}

        def fill(placeholder: re.Match[str]) -> str:
            if placeholder[1] not in arguments:
                raise ValueError(f"{phrase.key} needs {{{placeholder[1]}}}")
            return self._set_apart(arguments[placeholder[1]], book.language)

        return _begun(PLACEHOLDER.sub(fill, template), book.language)

    def _book_for(self, key: str, language: str) -> Phrasebook:
        for tag in (resolve(language) or language, *fallbacks(language), ENGLISH):
            if tag in self._books and key in self._books[tag].entries:
                return self._books[tag]
        raise KeyError(key)

    def _set_apart(self, argument: Argument, language: str) -> str:
        """An argument's text, isolated where its direction could disturb that of the words around it."""
        if isinstance(argument, Listed):
            items = [self._set_apart(item, language) for item in argument.items]
            return format_list(items, locale=cldr(language)) if items else ""
        text = self._said(argument, language)
        if isinstance(argument, Phrase) and self._runs_along(argument, language):
            return text  # set apart, it would say nothing about which way the whole line runs
        if isinstance(argument, str):
            text = _BIDI_CONTROLS.sub("", text)
        turns = direction(language) == "rtl" or _RIGHT_TO_LEFT.search(text)
        return f"{_FIRST_STRONG}{text}{_POP}" if turns and text else text

    def _runs_along(self, phrase: Phrase, language: str) -> bool:
        """Is it said in a script of the same direction?"""
        return direction(self._book_for(phrase.key, language).language) == direction(language)

    def _said(self, argument: Argument, language: str) -> str:
        match argument:
            case LanguageName(tag=tag):
                return name_in(tag, language)
            case Autonym(tag=tag):
                return autonym(tag)
            case Moment():
                return moment(argument, language)
            case Day(on=on):
                return format_date(on, "long", locale=cldr(language))
            case Listed():
                return self._set_apart(argument, language)
            case Phrase():
                return self._phrase(argument, language)
            case _:
                return str(argument)


def amount(number: int, language: str) -> str:
    """How many, as a language groups thousands ("12 345", "12.345"), in the digits of every keypad and all telephone numbers.

    What names something (a case, a year, a telephone number) is no amount, and stays as it is.
    """
    return format_decimal(number, locale=cldr(language), numbering_system="latn")


def moment(time: Moment, language: str) -> str:
    """Weekday and time of day on the 24-hour clock ("Thursday 18:00"), with day and month where it is `dated`."""
    locale = cldr(language)
    local = time.at.astimezone(ZoneInfo(time.zone))
    if time.dated:
        day = format_skeleton("MMMEd", local, locale=locale)
        return f"{day} {format_datetime(local, locale.datetime_skeletons['Hm'].pattern, locale=locale)}"
    # CLDR knows where the weekday stands only for its short form, which Korean puts in brackets.
    pattern: str = locale.datetime_skeletons["EHm"].pattern
    return format_datetime(local, pattern.replace("(E)", "E").replace("E", "EEEE"), locale=locale)


def audience_of(entry: polib.POEntry) -> frozenset[str]:
    """Who reads a key, from its comment `audience: mvc`."""
    found = re.search(r"^audience: ([mvc]+)$", entry.comment, re.MULTILINE)
    return frozenset(found[1] if found else "")


def forms_of(entry: polib.POEntry) -> tuple[str, ...]:
    """The texts of a message by plural form; none where something is still missing."""
    plural: Mapping[int, str] = entry.msgstr_plural
    forms = tuple(plural[index] for index in sorted(plural)) if entry.msgid_plural else (entry.msgstr,)
    return forms if all(forms) else ()


def plural_rule(header: str) -> tuple[int, Callable[[int], int]]:
    """How many forms a Plural-Forms header has, and which one a number takes; raises ValueError."""
    found = re.fullmatch(r"nplurals=(\d+); plural=(.+?);?", header.strip())
    if not found:
        raise ValueError(f"not a Plural-Forms header: {header!r}")
    return int(found[1]), gettext.c2py(found[2])


def _book(file: Path) -> Phrasebook:
    po = polib.pofile(str(file))
    isolated: Callable[[str], str] = _isolate if direction(file.stem) == "rtl" else str
    entries = {
        entry.msgid: Entry(forms=tuple(map(isolated, forms)), audience=audience_of(entry))
        for entry in po
        if not entry.obsolete and (forms := forms_of(entry))
    }
    _, form_of = plural_rule(po.metadata.get("Plural-Forms", ""))
    return Phrasebook(language=file.stem, entries=entries, form_of=form_of)


def _begun(text: str, language: str) -> str:
    """A line that begins with a sign, a foreign name or something set apart is still of its language."""
    return _BEGINS_FOREIGN.sub(_RIGHT_TO_LEFT_MARK, text) if direction(language) == "rtl" else text


def keep_order(text: str, language: str) -> str:
    """A text with telephone numbers and addresses that keep their order in right-to-left script; other text as it is (H16)."""
    return _begun(_isolate(text), language) if direction(language) == "rtl" else text


def _isolate(text: str) -> str:
    def apart(found: re.Match[str]) -> str:
        return found[0] if found[0].startswith(_FIRST_STRONG) else f"{_FIRST_STRONG}{found[0]}{_POP}"

    return _LEFT_TO_RIGHT.sub(apart, text)
