"""How often is an English article found by its sentence in a language that the model knows poorly?

    python -m benchmarks.library_across PARALLEL [--sentences 150] [--cache FOLDER]

PARALLEL holds LANGUAGE.tsv.gz, as for benchmarks/lexicons.py. Of the sentences of TICO-19 in each, so many are left
out while a lexicon is learned from the rest; then they are asked, among 450 English sentences with no other
phrasing. Languages with fewer such sentences are passed over.
"""

from __future__ import annotations

import argparse
import gzip
import random
from pathlib import Path

import numpy as np

from benchmarks.lexicons import learn, pairs
from content.articles import Article
from content.library import LONGEST_QUESTION
from content.search import index as search
from content.search.embedding import QUERY, Embeddings, SentenceModel, sentence_model
from content.search.gloss import Lexicon

SOURCE = "tico19"
FEWEST_WORDS = 5  # of an English sentence; fewer are terms
ARTICLES = 450


def sentences(file: Path, chance: random.Random) -> list[tuple[str, str]]:
    """The English and the other text of each sentence of the source, no English one twice, shuffled."""
    found = {}
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            english, other, source = line.rstrip("\n").split("\t")
            if source == SOURCE and len(english.split()) >= FEWEST_WORDS:
                found[english] = other
    every = sorted(found.items())
    chance.shuffle(every)
    return every


def right_first(index: search.Index, asked: list[tuple[str, str]], language: str, words: Lexicon) -> float:
    """The share of sentences whose article, named by its place, scores highest, with this lexicon."""
    shipped, search.lexicon = search.lexicon, lambda name: words if name == language else shipped(name)
    try:
        best = [
            index.evidence(index.question(other[:LONGEST_QUESTION], language)).score.argmax()
            for _, other in asked
        ]
    finally:
        search.lexicon = shipped
    return float(np.mean([index.slugs[row] == f"a-{place}" for place, row in enumerate(best)]))


def measure(file: Path, count: int, model: SentenceModel | None, cache: Path | None) -> str | None:
    """One line of figures, or None where there are too few sentences."""
    language = file.name.split(".")[0]
    every = sentences(file, random.Random(1))
    if len(every) < ARTICLES:
        return None
    asked = every[:count]
    left_out = {english for english, _ in asked}
    words = Lexicon(learn(list(pairs(file, left_out))))
    texts = [english for english, _ in every[:ARTICLES]]
    articles = [
        Article(slug=f"a-{place}", language="en", title=english) for place, english in enumerate(texts)
    ]
    embeddings = Embeddings(model, cache) if model else None
    rates = [
        right_first(search.Index(articles, each), asked, language, lexicon)
        for each, lexicon in ((embeddings, Lexicon({})), (embeddings, words), (None, words))
    ]
    if embeddings is not None:
        embeddings.keep([QUERY + text for text in texts])
    return f"{language:4} {len(asked):5} " + " ".join(f"{rate:9.3f}" for rate in rates)


def main() -> None:
    """Measure every language of a folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parallel", type=Path)
    parser.add_argument("--sentences", type=int, default=150)
    parser.add_argument("--cache", type=Path, help="a folder for vectors, so that later runs are quick")
    options = parser.parse_args()
    model = sentence_model()
    print("         n  no gloss     gloss   letters\nletters: glossed too, without the sentence model")
    for file in sorted(options.parallel.glob("*.tsv.gz")):
        cache = options.cache / file.name.split(".")[0] if options.cache else None
        line = measure(file, options.sentences, model, cache)
        if line is not None:
            print(line, flush=True)


if __name__ == "__main__":
    main()
