"""Small folders of articles to test with, and an encoder that needs no model."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from content.articles import Article
from content.search.embedding import LONGEST
from content.search.text import words
from content.search.vectors import DIMENSIONS, Matrix, unit

TODAY = date(2026, 11, 21)

# Fifteen subjects for small libraries.
THINGS = [
    "rent",
    "school",
    "doctor",
    "money",
    "police",
    "tax",
    "milk",
    "train",
    "visa",
    "phone",
    "bread",
    "letter",
    "lawyer",
    "winter",
    "summer",
]

COMPLETE = """\
---
title: {title}
kind: article
theme: money
country: "NO"
area:
asks:
  - child money
  - how much do i get for my child
  - barnetrygd
  - money for kids
  - who pays child benefit
sources:
  - publisher: NAV
    address: https://www.nav.no/barnetrygd
    read:
checked_by:
checked:
review_by: 2027-05-21
expires:
related: []
services: []
attachments: []
---
You get money for each child. Call 55 55 33 33. Read more at https://www.nav.no/barnetrygd.
"""


def write(folder: Path, name: str, text: str) -> Path:
    """One file of a folder of articles."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def simple(
    folder: Path, slug: str, language: str, title: str, asks: Sequence[str] = (), **fields: str
) -> Path:
    """An article with a title, phrasings and whatever other fields are named."""
    lines = [f"title: {title}", *(f"{name}: {value}" for name, value in fields.items())]
    if asks:
        lines += ["asks:", *(f"  - {ask}" for ask in asks)]
    return write(folder, f"{slug}/{language}.md", "\n".join(["---", *lines, "---", f"About {title}."]))


def town(folder: Path) -> Path:
    """A library of three articles in English, one of them also in Norwegian."""
    simple(folder, "no-doctor", "en", "See a doctor", ["i am ill", "doctor appointment", "find a gp"])
    simple(folder, "no-doctor", "nb", "Gå til legen", ["jeg er syk", "legetime", "finne fastlege"])
    simple(folder, "no-school", "en", "Start school", ["school for my son", "when does school start"])
    simple(folder, "no-rent", "en", "Pay the rent", ["landlord wants money", "rent too high", "deposit back"])
    return folder


def article(slug: str, language: str, title: str, *asks: str, body: str = "") -> Article:
    """An article without a file."""
    return Article(slug=slug, language=language, title=title, asks=asks, body=body)


class WordEncoder:
    """Stands in for the sentence model: texts that share words lie near each other. Remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str], longest: int = LONGEST) -> Matrix:
        """Vectors of length one: (texts, 384)."""
        self.asked += texts
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in words(text.partition(": ")[2])[:longest]:
                seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big")
                vectors[row] += np.random.default_rng(seed).standard_normal(DIMENSIONS)
        return unit(vectors)
