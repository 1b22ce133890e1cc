"""Do questions that ask the same end up in one group?

    python -m benchmarks.grouping NAME.articles.jsonl ... [--alike 0.14]

The phrasings of an article, and the questions of NAME.tune.jsonl that it answers, belong together; a question that
nothing answers belongs to nobody. Many small samples are drawn from each set and language, as a coordinator meets
them: twenty subjects, half of them with up to five questions, half with one. For each threshold it prints purity (of
the questions in her group, how many belong there) and completeness (of those that belong together, how many are
there), B-cubed, for the n-grams of content/grouping.py, for the sentence model's vectors where it is installed, and
for both added up.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from content import grouping
from content.search.embedding import QUERY, Embeddings, sentence_model
from content.search.meaning import centre
from content.search.vectors import Matrix, unit

Likeness = Callable[[Sequence[str], str], Matrix]
Asked = list[tuple[str, str]]  # text, subject
SUBJECTS, OF_ONE, SAMPLES = 10, 5, 20
FEWEST = 100  # questions of a set in a language; below, the samples would be the same ones


def sets_of(files: Sequence[Path]) -> dict[tuple[str, str], Asked]:
    """Questions with their subjects, by set and language."""
    found: dict[tuple[str, str], Asked] = defaultdict(list)
    for file in files:
        name = file.name.partition(".")[0]
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[name, row["lang"]] += [(text, row["gid"]) for text in (row["title"], *row["alts"])]
        for line in file.with_name(f"{name}.tune.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[name, row["lang"]].append((row["text"], row["gold"] or f"none {row['qid']}"))
    return {key: asked for key, asked in found.items() if len(asked) >= FEWEST}


def sample(asked: Asked, seed: int) -> Asked:
    """Some subjects of several questions, and as many of one."""
    chance = random.Random(seed)  # noqa: S311
    by_subject: dict[str, list[str]] = defaultdict(list)
    for text, subject in asked:
        by_subject[subject].append(text)
    several = [subject for subject, texts in by_subject.items() if len(texts) > 1]
    single = [subject for subject, texts in by_subject.items() if len(texts) == 1]
    chosen = [
        *chance.sample(several, min(SUBJECTS, len(several))),
        *chance.sample(single, min(SUBJECTS, len(single))),
    ]
    drawn = [(text, subject) for subject in chosen for text in by_subject[subject][:OF_ONE]]
    chance.shuffle(drawn)
    return drawn


def b_cubed(found: Sequence[int], right: Sequence[str]) -> tuple[float, float]:
    """Purity and completeness."""
    together = np.equal.outer(np.array(found), np.array(found))
    belong = np.equal.outer(np.array(right), np.array(right))
    both = (together & belong).sum(axis=1)
    return float((both / together.sum(axis=1)).mean()), float((both / belong.sum(axis=1)).mean())


def letters(texts: Sequence[str], language: str) -> Matrix:
    """What the service uses."""
    return grouping.likeness(texts)


def meaning(embeddings: Embeddings) -> Likeness:
    """The sentence model's cosines, without what a language's questions have in common."""

    def likeness(texts: Sequence[str], language: str) -> Matrix:
        vectors = unit(embeddings.of([QUERY + text for text in texts]) - centre(language))
        return np.asarray(vectors @ vectors.T)

    return likeness


def measure(sets: dict[tuple[str, str], Asked], likeness: Likeness, alike: float) -> tuple[float, float]:
    """Mean purity and completeness over sets and languages."""
    figures = []
    for (_, language), asked in sets.items():
        for seed in range(SAMPLES):
            drawn = sample(asked, seed)
            found = grouping.grouped(likeness([text for text, _ in drawn], language), [], alike)
            figures.append(b_cubed(found, [subject for _, subject in drawn]))
    return tuple(np.mean(figures, axis=0))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--alike", type=float, default=grouping.ALIKE)
    options = parser.parse_args()
    sets = sets_of(options.files)
    kinds: list[tuple[str, Likeness, Sequence[float]]] = [
        ("n-grams", letters, sorted({0.1, 0.12, 0.14, 0.16, 0.18, 0.22, options.alike}))
    ]
    if (model := sentence_model()) is not None:
        vectors = meaning(Embeddings(model, shipped=None))
        kinds.append(("model", vectors, (0.4, 0.45, 0.5, 0.55, 0.6)))
        kinds.append(
            ("both", lambda texts, tag: vectors(texts, tag) + 2 * letters(texts, tag), (0.6, 0.7, 0.8, 0.9))
        )
    print(", ".join(f"{name} {language}: {len(asked)}" for (name, language), asked in sets.items()))
    for name, likeness, thresholds in kinds:
        for alike in thresholds:
            purity, completeness = measure(sets, likeness, alike)
            print(f"{name:8} {alike:.2f}  purity {purity:.3f}  completeness {completeness:.3f}")


if __name__ == "__main__":
    main()
