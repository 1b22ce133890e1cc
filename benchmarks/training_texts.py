"""The texts that the recogniser learns from: what people wrote, cleaned, cut short, misspelt and romanised."""

import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from benchmarks.romanise import colloquial_arabic, romanise
from content.detection.families import family, spoken
from content.detection.text import normalise

# Texts a language gets at least, by words in it; made by cutting longer ones.
WANTED = {(1, 3): 3_000, (4, 8): 2_000}
AT_LEAST_CUT = 500  # even where there are enough: whatever people write, words of it are likely next time
MISSPELT = 600
QUOTING = 400  # an English name or title within a text of another language
ROMANISED = {"ar": 6_000, "fa": 2_500, "ur": 2_500, "hi": 2_500}
# Of the words and phrases from elsewhere: English has the most words, and all others borrow from it.
MOST, MOST_OTHERS = {"en": 60_000}, 25_000
SHARED = 3  # languages; what more of them write the same says nothing
ALONE = frozenset(["bn", "ko", "my", "pa", "ta", "th", "zh"])  # their letters say it all
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "ß": "ss", "ɣ": "gh", "ɛ": "e"})
_WITH_MARKS = "vi pl ro tr ku so es pt fr de hr bs sr sq hu lt sv da nb nn ha wo ber ln rw"
_MARKED = frozenset(_WITH_MARKS.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A normalised text, its language, and the other families in which the identical text was found."""

    text: str
    label: str
    also: tuple[str, ...] = ()


def examples(rows: Iterable[dict[str, Any]]) -> Iterator[Example]:
    """Rows of the data as normalised examples; those with no letters in them are left out."""
    for row in rows:
        label = row["lang"] + ("-Latn" if row["bucket"] == "romanised" else "")
        if text := normalise(row["text"]):
            yield Example(text=text, label=label, also=tuple(row.get("also", ())))


def more(rows: Iterable[dict[str, Any]], seed: int = 1) -> list[Example]:
    """Words and short phrases from elsewhere, of each language not too many, without those that many languages share."""
    texts = [example for example in examples(rows) if example.label not in ALONE]
    families: dict[str, set[str]] = defaultdict(set)
    for example in texts:
        families[example.text].add(family(example.label))
    random.Random(seed).shuffle(texts)
    taken: Counter[str] = Counter()
    result = []
    for example in texts:
        if len(families[example.text]) <= SHARED and taken[example.label] < MOST.get(
            example.label, MOST_OTHERS
        ):
            taken[example.label] += 1
            result.append(example)
    return result


def fifth(text: str) -> int:
    """Which fifth of the texts a normalised text belongs to, 0 to 4; the same in every run."""
    return crc32(text.encode()) % 5


def augmented(originals: Iterable[Example], seed: int = 1) -> list[Example]:
    """The originals and what is made from them, in random order."""
    draw = random.Random(seed)
    texts: dict[str, list[str]] = defaultdict(list)
    for example in originals:
        texts[example.label].append(example.text)
    english = Counter(word for text in texts["en"] for word in set(text.split()))
    made = {label: list(own) for label, own in sorted(texts.items())}
    for language, wanted in ROMANISED.items():
        made.setdefault(f"{language}-Latn", []).extend(_romanised(language, texts, wanted, draw))
    for label, own in made.items():
        if label.endswith("-Latn"):
            own[:] = [text for text in own if _mostly_foreign(text, english)]
        cut = _cut(own, draw)
        own += [text for text in cut if not label.endswith("-Latn") or _mostly_foreign(text, english)]
        if label != "en" and not label.endswith("-Latn"):
            own += [_quoting(draw.choice(own), draw.choice(texts["en"]), draw) for _ in range(QUOTING)]
        own += [_misspelt(draw.choice(own), spoken(label), draw) for _ in range(MISSPELT)]
    result = [Example(text=text, label=label) for label, own in made.items() for text in own if text]
    draw.shuffle(result)
    return result


def _cut(texts: list[str], draw: random.Random) -> list[str]:
    long = [words for text in texts if len(words := text.split()) > 3]
    cut = []
    for (fewest, most), wanted in WANTED.items():
        there = sum(fewest <= text.count(" ") + 1 <= most for text in texts)
        for _ in range(max(wanted - there, AT_LEAST_CUT) if long else 0):
            words, length = draw.choice(long), draw.randint(fewest, most)
            if len(words) > length:
                start = draw.randrange(len(words) - length + 1)
                cut.append(" ".join(words[start : start + length]))
    return cut


def _romanised(language: str, texts: dict[str, list[str]], wanted: int, draw: random.Random) -> Iterator[str]:
    own = texts[language]
    if language == "ar":
        foreign = [word for tongue in ("fr", "fr", "fr", "en") for text in draw.choices(texts[tongue], k=400)
                   for word in text.split() if len(word) > 3]  # fmt: skip
        formal = [word for text in draw.choices(own, k=3_000) for word in romanise(text, "ar", draw).split()]
        yield from (colloquial_arabic(formal, foreign, draw) for _ in range(wanted * 2 // 3))
        wanted //= 3
    for _ in range(wanted):
        words = draw.choice(own).split()
        yield romanise(" ".join(words[: draw.randint(2, 12)]), language, draw)


def _mostly_foreign(text: str, english: Counter[str]) -> bool:
    words = text.split()
    return 2 * sum(english[word] < 2 for word in words) >= len(words)


def _quoting(text: str, english: str, draw: random.Random) -> str:
    words, quoted = text.split()[: draw.randint(2, 6)], english.split()[: draw.randint(1, 4)]
    at = draw.randint(1, len(words))
    return " ".join(words[:at] + quoted + words[at:])


def _misspelt(text: str, language: str, draw: random.Random) -> str:
    if language in _MARKED and draw.random() < 0.6:
        plain = unicodedata.normalize("NFD", text.translate(_PLAIN))
        return "".join(letter for letter in plain if not unicodedata.combining(letter))
    if len(text) < 5:
        return text
    at = draw.randrange(1, len(text) - 1)
    left, right = text[:at], text[at:]
    return draw.choice((left + right[1:], left + right[0] + right, left + right[1::-1] + right[2:]))
