"""Learn the gloss lexicons of content/search/lexicons from translated sentences.

    python benchmarks/lexicons.py PARALLEL [--out FOLDER]

PARALLEL holds LANGUAGE.tsv.gz: an English text, its translation and the name of the source, by tabs.
IBM model 1 (Brown et al. 1993) from the beginnings of the language's words to English stems: how often
two words stand in translated sentences, shared out between the words of each sentence, four times over.
"""

from __future__ import annotations

import argparse
import gzip
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

import numpy as np

from content.search.gloss import FOLDER, beginning, english_stems
from content.search.text import words

ROUNDS = 4
LEAST_SHARE = 0.05
MOST_STEMS = 4


def pairs(file: Path, left_out: Collection[str] = frozenset()) -> Iterator[tuple[list[str], list[str]]]:
    """The different beginnings and English stems of each translated text but those of these English ones."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            english, other, *_ = line.rstrip("\n").split("\t")
            theirs = list(dict.fromkeys(beginning(word) for word in words(other)))
            ours = list(dict.fromkeys(english_stems(english)))
            if theirs and ours and english not in left_out:
                yield theirs, ours


def learn(sentences: list[tuple[list[str], list[str]]]) -> dict[str, list[tuple[str, float]]]:
    """For each beginning the English stems it goes with, likeliest first, with their shares."""
    theirs = _numbers(word for words_, _ in sentences for word in words_)
    ours = _numbers(stem for _, stems in sentences for stem in stems)
    pair, place, places = _links(sentences, theirs, ours)
    kinds, kind = np.unique(pair, return_inverse=True)
    word_of, stem_of = np.divmod(kinds, len(ours))
    share = np.ones(len(kinds))
    for _ in range(ROUNDS):
        likely = share[kind]
        counts = np.bincount(kind, likely / np.bincount(place, likely, places)[place], len(kinds))
        share = counts / np.bincount(word_of, counts, len(theirs))[word_of]
    return _likeliest(share, word_of, stem_of, list(theirs), list(ours))


def _numbers(items: Iterator[str]) -> dict[str, int]:
    return {item: number for number, item in enumerate(dict.fromkeys(items))}


def _links(
    sentences: list[tuple[list[str], list[str]]], theirs: dict[str, int], ours: dict[str, int]
) -> tuple[np.ndarray, np.ndarray, int]:
    """Every pair of words that stand in one sentence, and the place of its English word in the whole text."""
    pair, place, places = [], [], 0
    for words_, stems in sentences:
        rows = np.array([theirs[word] for word in words_])
        columns = np.array([ours[stem] for stem in stems])
        pair.append((rows[:, None] * len(ours) + columns).ravel())
        place.append(np.tile(np.arange(len(stems)) + places, len(words_)))
        places += len(stems)
    return np.concatenate(pair), np.concatenate(place), places


def _likeliest(
    share: np.ndarray, word_of: np.ndarray, stem_of: np.ndarray, theirs: list[str], ours: list[str]
) -> dict[str, list[tuple[str, float]]]:
    entries: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for kind in np.argsort(-share, kind="stable"):
        if share[kind] < LEAST_SHARE:
            break
        entry = entries[theirs[word_of[kind]]]
        if len(entry) < MOST_STEMS:
            entry.append((ours[stem_of[kind]], float(share[kind])))
    return entries


def write(file: Path, entries: dict[str, list[tuple[str, float]]]) -> None:
    """A line for each beginning: itself and `stem:percent`, by tabs; the same bytes for the same data."""
    lines = (
        "\t".join([word, *(f"{stem}:{round(100 * share)}" for stem, share in entry)])
        for word, entry in sorted(entries.items())
    )
    with file.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write("".join(f"{line}\n" for line in lines).encode())


def main() -> None:
    """Learn every language of a folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parallel", type=Path)
    parser.add_argument("--out", type=Path, default=FOLDER)
    options = parser.parse_args()
    for source in sorted(options.parallel.glob("*.tsv.gz")):
        target = options.out / source.name
        sentences = list(pairs(source))
        write(target, learn(sentences))
        print(
            f"{source.name.split('.')[0]:4} {len(sentences):6} texts {target.stat().st_size / 1000:6.0f} kB"
        )


if __name__ == "__main__":
    main()
