"""Word by word into English, for languages that the sentence model knows poorly.

A lexicon names, for the beginnings of words in one language, the English stems they go with and how
often; it was learned from translated sentences (see lexicons/README.md and benchmarks/lexicons.py).
The gloss is not a translation and is never shown: it only says which English articles share its words.
"""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from content.search.text import bare, stem, words
from content.search.vectors import Vector

FOLDER = Path(__file__).parent / "lexicons"
BEGINNING = 6  # letters kept of a word; four of a syllabic script say as much
BEGINNING_ETHIOPIC = 4

# Words that say nothing of what an article is about.
_EMPTY = """
a an and are as at be been but by can could did do does for from has have he her his i if in is it its may
not of on or our she that the their there they this to was we were what when which who will with would you
your also
"""
_EMPTY_WORDS = frozenset(_EMPTY.split())


@dataclass(frozen=True, slots=True)
class Gloss:
    """English stems with their weights, and the share of the question's words that had any."""

    stems: Mapping[str, float]
    coverage: float


class Lexicon:
    """Beginnings of words in one language, and the English stems they go with."""

    def __init__(self, entries: Mapping[str, Sequence[tuple[str, float]]]) -> None:
        # A word without its accents is found too, unless that is a word of its own.
        self._entries = {**{bare(word): english for word, english in entries.items()}, **entries}

    def gloss(self, text: str) -> Gloss:
        """The English stems of a question, each with the sum of its probabilities."""
        stems: dict[str, float] = defaultdict(float)
        asked = words(text)
        known = 0
        for word in asked:
            entry = self._entries.get(beginning(word))
            if entry is not None:
                for english, probability in entry:
                    stems[english] += probability
            elif word.isascii() and len(word) > 2:
                stems[stem(word)] += 1.0  # a name, a number, or an English word in between
            known += entry is not None or word.isdecimal()
        return Gloss(stems, known / len(asked) if asked else 0.0)


@cache
def lexicon(language: str) -> Lexicon | None:
    """The shipped lexicon of a language, or None where there is none."""
    file = FOLDER / f"{language}.tsv.gz"
    if not file.is_file():
        return None
    entries = {}
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            word, *english = line.rstrip("\n").split("\t")
            entries[word] = [(stem, int(share) / 100) for stem, share in (e.rsplit(":", 1) for e in english)]
    return Lexicon(entries)


def load_lexicons() -> None:
    """Read every shipped lexicon now, so that no question waits for one: half a second in all."""
    for file in FOLDER.glob("*.tsv.gz"):
        lexicon(file.name.partition(".")[0])


def beginning(word: str) -> str:
    """The part of a word under which a lexicon keeps it."""
    return word[: BEGINNING_ETHIOPIC if "\u1200" <= word[0] <= "\u139f" else BEGINNING]


def english_stems(text: str) -> list[str]:
    """The stems of an English text without its empty words."""
    return [stem(word) for word in words(text) if word not in _EMPTY_WORDS]


class GlossIndex:
    """Scores a gloss against English articles: coverage times the cosine of idf-weighted stems."""

    def __init__(self, documents: Sequence[Iterable[str]]) -> None:
        held = [{stem for text in texts for stem in english_stems(text)} for texts in documents]
        frequency = Counter(stem for stems in held for stem in stems)
        self._idf = {stem: float(np.log1p(len(held) / count)) for stem, count in frequency.items()}
        norms = [sum(self._idf[stem] ** 2 for stem in stems) ** 0.5 or 1.0 for stems in held]
        self._norms = np.array(norms, dtype=np.float32)
        where = defaultdict(list)
        for document, stems in enumerate(held):
            for each in stems:
                where[each].append(document)
        self._where = {each: np.array(documents, dtype=np.int32) for each, documents in where.items()}

    def scores(self, gloss: Gloss) -> Vector:
        """How near each document is to the gloss: (documents,), 0 to 1."""
        scores = np.zeros(len(self._norms), dtype=np.float32)
        length = 0.0
        for each, weight in gloss.stems.items():
            idf = self._idf.get(each)
            if idf is not None:
                scores[self._where[each]] += weight * idf * idf
                length += (weight * idf) ** 2
        return gloss.coverage * scores / (self._norms * length**0.5) if length else scores
