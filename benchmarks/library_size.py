"""How long does a question take in a large library, and how much memory does it need?

    python benchmarks/library_size.py [--slugs 116] [--languages 26] [--questions 300]

Articles of made-up words in as many languages (a title, six phrasings, a body of sixty words) with made-up
vectors, so that nothing has to be encoded first; the questions, short ones and some longer than is searched for,
are encoded by the real model if there is one.
"""

from __future__ import annotations

import argparse
import random
import resource
from collections.abc import Sequence
from datetime import date
from time import process_time

import numpy as np

from content.articles import Article
from content.languages import LANGUAGES
from content.library import Library
from content.search.embedding import LONGEST, Embeddings, SentenceModel, sentence_model
from content.search.vectors import DIMENSIONS, Matrix, unit


class MadeUp:
    """Vectors by chance for what is stored, the model's own for questions."""

    def __init__(self, model: SentenceModel) -> None:
        self._model = model
        self._chance = np.random.default_rng(1)

    def encode(self, texts: Sequence[str], longest: int = LONGEST) -> Matrix:
        """Vectors of length one: (texts, 384)."""
        if longest != LONGEST:
            return self._model.encode(texts, longest)
        return unit(self._chance.standard_normal((len(texts), DIMENSIONS)).astype(np.float32))


def articles(slugs: int, languages: Sequence[str], chance: random.Random) -> list[Article]:
    """An article of made-up words for each slug in each language."""
    found = []
    for language in languages:
        words = [
            "".join(chance.choices("abcdefghijklmnoprstuvy", k=chance.randint(3, 9))) for _ in range(3000)
        ]
        for slug in range(slugs):
            theme = chance.sample(words, 30)
            found.append(
                Article(
                    slug=f"no-{slug}",
                    language=language,
                    title=" ".join(chance.sample(theme, 4)),
                    asks=tuple(" ".join(chance.sample(theme, 5)) for _ in range(6)),
                    body=" ".join(chance.choices(theme + words[:200], k=60)),
                    translated_from=None if language == "nb" else "nb",
                )
            )
    return found


def milliseconds(
    library: Library, every: Sequence[Article], count: int, words: int, chance: random.Random
) -> list[float]:
    """Processor time of each of so many questions, made of so many of an article's words and two others."""
    taken = []
    for _ in range(count):
        asked = chance.choice(every)
        known = f"{asked.asks[0]} {asked.body}".split()[:words]
        text = " ".join(["please", *known, chance.choice(["x", "how", "soon"])])
        start = process_time()
        library.find(text, asked.language, country="NO", today=date(2026, 1, 1))
        taken.append(1000 * (process_time() - start))
    return taken


def main() -> None:
    """Build, ask, report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--slugs", type=int, default=116)
    parser.add_argument("--languages", type=int, default=26)
    parser.add_argument("--questions", type=int, default=300)
    options = parser.parse_args()
    chance = random.Random(1)
    every = articles(options.slugs, [*LANGUAGES][: options.languages], chance)
    model = sentence_model()
    start = process_time()
    library = Library(every, Embeddings(MadeUp(model), shipped=None) if model else None)
    print(
        f"{len(every)} articles, {'with' if model else 'without'} the model, built in {process_time() - start:.1f} s"
    )
    for name, words in (("short", 5), ("long", 60)):
        middle, high = np.quantile(
            milliseconds(library, every, options.questions, words, chance), (0.5, 0.99)
        )
        print(f"{name} questions: ms of one core, median {middle:.0f}, 99th percentile {high:.0f}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"largest memory {memory:.0f} MB")


if __name__ == "__main__":
    main()
