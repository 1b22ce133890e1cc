"""What the bot means, before it is said in any language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Union


@dataclass(frozen=True, slots=True)
class LanguageName:
    """A language to be named in the reader's own language ("Somali", "somalisk", "Soomaali")."""

    tag: str


@dataclass(frozen=True, slots=True)
class Autonym:
    """A language to be named as its own speakers name it, whoever reads it: a way back for the lost."""

    tag: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A time to be written as the reader's language writes it, in the group's time zone.

    It names the weekday ("Thursday 18:00"); `dated` adds day and month, for what is a week away or more.
    """

    at: datetime
    zone: str
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A date to be written out as the reader's language writes it ("12 November 2026")."""

    on: date


@dataclass(frozen=True, slots=True)
class Listed:
    """Several things, joined as the reader's language joins them ("Arabic, Somali and Urdu")."""

    items: tuple["Argument", ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A key of the catalogue with its arguments; `count` says how many, which chooses the plural form.

    An argument may be text (set apart in right-to-left scripts), a number that names something ("case 4471"), a
    moment, a language or another phrase.
    """

    key: str
    arguments: Mapping[str, "Argument"] = field(default_factory=dict)
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """Several bodies under one another, an empty line between two of them unless `close`."""

    parts: tuple["Body", ...]
    close: bool = False


Argument = Union[str, int, LanguageName, Autonym, Moment, Day, Listed, Phrase]
Words = Mapping[str, Argument]
"""What a phrase is filled with."""

Body = Union[str, Phrase, LanguageName, Autonym, Moment, Day, Joined]
"""Something to say: text as somebody wrote it, or meaning that the catalogue says in the reader's language."""
