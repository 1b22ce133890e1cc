"""How often is an article found by a phrasing that it does not have, in each language of a library?

    python -m benchmarks.library_phrasings [LIBRARY ...] [--kept 2] [--draws 5] [--without-model]

LIBRARY is a folder of articles, or NAME.articles.jsonl with its questions beside it as for benchmarks/library.py;
with none, the shipped articles. Each draw keeps the title and so many phrasings of every article, by chance, and asks
all its others (and the questions). Phrasings of one article are often translations of one another, place by place:
the same places are kept in every language, so that no question is left over as its own translation.

alone: the library has no other language. beside: every other language too, with as few phrasings.
usual: every phrasing is there but one. In each: right first; the right article first or one that is related to it,
since of two articles about doctors either may answer; right among three.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.library import rows_of, slug_of, write_folder
from content.articles import Article, read_folder
from content.library import LONGEST_QUESTION
from content.search.embedding import Embeddings, sentence_model
from content.search.encode import ARTICLES
from content.search.index import Index
from content.search.text import language_of

AIM = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question in a language, and the article that answers it."""

    slug: str
    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Of what share of questions the right article came first, it or a related one, and it among the first three."""

    first: float
    near: float
    three: float


def read(library: Path) -> tuple[list[Article], list[Asked]]:
    """The articles of a library, and the questions beside it that one of them answers."""
    if library.is_dir():
        return list(read_folder(library)[0].values()), []
    with tempfile.TemporaryDirectory() as scratch:
        write_folder(library, Path(scratch))
        articles = list(read_folder(Path(scratch))[0].values())
    rows = rows_of(library.with_name(library.name.replace(".articles.", ".tune.")))
    asked = [(row["gold"], row["lang"], row["text"][:LONGEST_QUESTION]) for row in rows]
    return articles, [Asked(slug=slug_of(gold), language=tag, text=text) for gold, tag, text in asked if gold]


def drawn(articles: Sequence[Article], kept: int, chance: random.Random) -> tuple[list[Article], list[Asked]]:
    """The articles with so many of their phrasings (below 0: all but so many), and the others as questions."""
    fewest: dict[str, int] = defaultdict(lambda: 100)
    for each in articles:
        fewest[each.slug] = min(fewest[each.slug], len(each.asks))
    places = {
        slug: set(chance.sample(range(count), min(count, kept if kept > 0 else -kept)))
        for slug, count in sorted(fewest.items())
    }
    less, asked = [], []
    for each in articles:
        stays = [(place in places[each.slug]) == (kept > 0) for place in range(len(each.asks))]
        less.append(
            replace(each, asks=tuple(text for text, stay in zip(each.asks, stays, strict=True) if stay))
        )
        asked += [
            Asked(slug=each.slug, language=each.language, text=text)
            for text, stay in zip(each.asks, stays, strict=True)
            if not stay
        ]
    return less, asked


def related(articles: Sequence[Article]) -> set[tuple[str, str]]:
    """The pairs of articles of which one names the other, in both orders."""
    pairs = {(each.slug, other) for each in articles for other in each.related}
    return pairs | {(other, slug) for slug, other in pairs}


def found(
    index: Index, asked: Sequence[Asked], pairs: set[tuple[str, str]]
) -> Iterator[tuple[str, tuple[bool, bool, bool]]]:
    """The language of each question, and whether it is found: as Rate has it, among what its readers are shown."""
    for each in asked:
        row = index.row_of[each.slug]
        score = index.evidence(index.question(each.text, each.language)).score
        others = np.where(index.beside(row), score, -np.inf)
        place = int((others >= score[row]).sum())
        near = place == 0 or (each.slug, index.slugs[int(others.argmax())]) in pairs
        yield each.language, (place == 0, near, place < 3)


def rates(outcomes: Mapping[str, Sequence[tuple[bool, bool, bool]]]) -> dict[str, Rate]:
    """The rates of each language."""
    means = {language: np.mean(each, axis=0) for language, each in sorted(outcomes.items())}
    return {
        language: Rate(first=float(first), near=float(near), three=float(three))
        for language, (first, near, three) in means.items()
    }


def measure(
    articles: Sequence[Article],
    questions: Sequence[Asked],
    embeddings: Embeddings | None,
    *,
    kept: int,
    draws: int,
    alone: bool,
) -> dict[str, Rate]:
    """The rates of each language over several draws; `alone` makes a library of each language."""
    outcomes: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    pairs = related(articles)
    languages = sorted({each.language for each in articles})
    for draw in range(draws):
        less, asked = drawn(articles, kept, random.Random(draw))
        asked += questions
        for group in [[tag] for tag in languages] if alone else [languages]:
            index = Index([each for each in less if each.language in group], embeddings)
            for language, outcome in found(index, [each for each in asked if each.language in group], pairs):
                outcomes[language].append(outcome)
    return rates(outcomes)


def report(library: Path, options: argparse.Namespace) -> None:
    """Print a line for each language, and the languages below the aim."""
    articles, questions = read(library)
    model = None if options.without_model else sentence_model()
    embeddings = Embeddings(model) if model else None
    if embeddings and questions:
        embeddings.of([f"query: {each.text}" for each in questions])
    columns = [
        measure(articles, questions, embeddings, kept=kept, draws=options.draws, alone=alone)
        for kept, alone in ((options.kept, True), (options.kept, False), (-1, False))
    ]
    count = {tag: sum(language_of(each.language) == tag for each in articles) for tag in columns[0]}
    print(f"{library.name}: title and {options.kept} phrasings, {options.draws} draws; first, near, three")
    print("        articles              alone             beside              usual")
    for tag in columns[0]:
        cells = "  ".join(
            f"{each[tag].first:6.3f}{each[tag].near:6.3f}{each[tag].three:6.3f}" for each in columns
        )
        print(f"  {tag:6}{count[tag]:8}  {cells}")
    for name, column in zip(("alone", "beside", "usual"), columns, strict=True):
        every = [(each.first, each.near, each.three) for each in column.values()]
        print(f"  {name}: mean of the languages", " ".join(f"{mean:.3f}" for mean in np.mean(every, axis=0)))
    low = [tag for tag, rate in columns[1].items() if rate.first < AIM]
    print(f"below {AIM:.2f} beside the others: {' '.join(low) or 'none'}\n")


def main() -> None:
    """Measure every library."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("libraries", nargs="*", type=Path, default=[ARTICLES])
    parser.add_argument("--kept", type=int, default=2, help="phrasings of each article that stay")
    parser.add_argument("--draws", type=int, default=5)
    parser.add_argument("--without-model", action="store_true")
    options = parser.parse_args()
    for library in options.libraries:
        report(library, options)


if __name__ == "__main__":
    main()
