"""Measure what questions of each language have in common, for content/search/centres.npz.

    python benchmarks/centres.py TRAIN.jsonl.gz [--out content/search/centres.npz]

TRAIN has lines of `text`, `lang` and `bucket`. The mean vector of sixty short texts and sentences a language;
twenty already do, and the mean of another language works nearly as well.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import defaultdict
from pathlib import Path

import numpy as np

from content.search.embedding import QUERY, sentence_model
from content.search.meaning import CENTRES

TEXTS = 60
LONGEST = 200  # characters


def main() -> None:
    """Read, encode, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=Path)
    parser.add_argument("--out", type=Path, default=CENTRES)
    options = parser.parse_args()
    model = sentence_model()
    if model is None:
        raise SystemExit("the sentence model is not installed")
    texts = defaultdict(list)
    with gzip.open(options.train, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["bucket"] in ("short", "sentence"):
                texts[row["lang"]].append(row["text"])
    chance = random.Random(1)
    centres = {}
    for language in sorted(texts):
        chosen = chance.sample(texts[language], min(TEXTS, len(texts[language])))
        vectors = model.encode([QUERY + text[:LONGEST] for text in chosen])
        centres[language] = vectors.mean(axis=0).astype(np.float16)
    np.savez(options.out, **centres)
    print(f"{len(centres)} languages, {options.out.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
