"""How often does the library find the right article, and know when it has none?

    python -m benchmarks.library SETS [--questions tune] [--cache FOLDER] [--without-model] [--held-out]
    python -m benchmarks.library SETS --fit content/search/prior.json

SETS are NAME.articles.jsonl (gid, lang, title, alts, body) or folders of them. Beside each stands
NAME.tune.jsonl (lang, text, gold: the gid, or null where no article answers). Each library is written as a
folder of articles and read as any other; the first start encodes every text, later ones take them from the
cache. Of questions that no article answers each set has few, so more are made of the others: those that are
answered, asked while their own article is away, and those of sets about something else. `--held-out` judges each set by weights that were fitted on the other sets. `--fit` fits the weights of
content/search/ranking.py on these questions instead of reporting.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from benchmarks.library_weights import Question, judged, logistic
from content.articles import read_folder
from content.library import ANSWER, LONGEST_QUESTION, Library
from content.search.calibration import judge
from content.search.embedding import Embeddings, sentence_model
from content.search.index import Index
from content.search.ranking import FEATURES
from content.search.text import language_of

TODAY = date(2026, 1, 1)
SUBJECTS = {
    "covidqsim": "health", "tico": "health", "swissfaq": "an app", "injongo": "requests", "clinc": "requests",
    "xsid": "requests", "sib": "the world", "xquad": "the world",
}  # fmt: skip
# The others' licences (CC-BY-SA) let us measure on them, no more.
FITTED = ("covidqsim", "swissfaq", "injongo", "clinc", "tico")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question and what came of it; `place` is the right article's, from 0, or None."""

    language: str
    answerable: bool
    place: int | None
    outcome: str
    seconds: float  # of one core


def slug_of(gid: str) -> str:
    """A gid as the name of a folder."""
    return re.sub("[^a-z0-9]", "-", gid.casefold()).strip("-")


def rows_of(file: Path) -> list[dict[str, str]]:
    """The lines of a file of JSON."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def write_folder(file: Path, folder: Path) -> None:
    """Write NAME.articles.jsonl as a folder of articles; a paragraph without title is named by its first sentence."""
    for row in rows_of(file):
        title = row["title"] or re.split(r"(?<=[.?!؟।]) ", row["body"])[0][:200]
        matter = {"title": title, "asks": row["alts"]} if row["alts"] else {"title": title}
        target = folder / slug_of(row["gid"]) / f"{row['lang']}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        fields = "\n".join(f"{name}: {json.dumps(value)}" for name, value in matter.items())
        target.write_text(f"---\n{fields}\n---\n{row['body']}\n", encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSet:
    """A library, its questions, and the seconds of one core that it took to load."""

    name: str
    library: Library
    rows: Sequence[dict[str, str]]
    seconds: float


def load(file: Path, options: argparse.Namespace) -> QuestionSet:
    """Read NAME.articles.jsonl and its questions."""
    name = file.name.removesuffix(".articles.jsonl")
    with tempfile.TemporaryDirectory() as scratch:
        write_folder(file, Path(scratch))
        start = process_time()
        cache = options.cache / name if options.cache else None
        library = Library.load(Path(scratch), model=not options.without_model, cache=cache)
        seconds = process_time() - start
    rows = rows_of(file.with_name(f"{name}.{options.questions}.jsonl"))
    return QuestionSet(name=name, library=library, rows=rows, seconds=seconds)


def indexed(file: Path, options: argparse.Namespace) -> tuple[Index, Sequence[Question]]:
    """The index of a library and its questions, without a judge, for which there may be no weights yet."""
    name = file.name.removesuffix(".articles.jsonl")
    with tempfile.TemporaryDirectory() as scratch:
        write_folder(file, Path(scratch))
        articles = list(read_folder(Path(scratch))[0].values())
    model = None if options.without_model else sentence_model()
    embeddings = Embeddings(model, options.cache / name if options.cache else None) if model else None
    return Index(articles, embeddings), questions(
        rows_of(file.with_name(f"{name}.{options.questions}.jsonl"))
    )


def questions(rows: Sequence[dict[str, str]]) -> list[Question]:
    """The questions of a set as the library searches for them."""
    return [
        (row["text"][:LONGEST_QUESTION], row["lang"], slug_of(row["gold"]) if row["gold"] else None)
        for row in rows
    ]


def ask(library: Library, rows: Sequence[dict[str, str]]) -> Iterator[Asked]:
    """Every question once."""
    for text, language, slug in questions(rows):
        start = process_time()
        finding = library.find(text, language, today=TODAY)
        seconds = process_time() - start
        found = [candidate.article.slug for candidate in finding.candidates]
        yield Asked(
            language=language,
            answerable=slug is not None,
            place=found.index(slug) if slug in found else None,
            outcome=finding.outcome,
            seconds=seconds,
        )


def away(library: Library, rows: Sequence[dict[str, str]]) -> list[bool]:
    """Whether each question that has an article gets another one as its answer while its own is away."""
    index, answered = library._index, []
    for text, language, slug in questions(rows):
        if slug:
            there = np.ones(len(index.slugs), dtype=bool)
            there[index.row_of[slug]] = False
            evidence = index.evidence(index.question(text, language))
            answered.append(library._judge.rank(evidence, there)[0].probability >= ANSWER)
    return answered


def elsewhere(asked: QuestionSet, sets: Sequence[QuestionSet]) -> list[bool]:
    """Whether each question of the sets about something else, in this one's languages, gets an answer."""
    languages = {language_of(row["lang"]) for row in asked.rows}
    texts = {
        (row["text"], row["lang"])
        for each in sets
        if SUBJECTS.get(each.name) != SUBJECTS.get(asked.name)
        for row in each.rows
        if language_of(row["lang"]) in languages
    }
    found = [asked.library.find(text, tag, today=TODAY) for text, tag in sorted(texts)]
    return [finding.outcome == "answer" for finding in found]


def figures(asked: Sequence[Asked]) -> str:
    """One line of rates: of what has an article, of all, and of what has none."""
    has = [each for each in asked if each.answerable]
    none = [each for each in asked if not each.answerable]
    answers = [each for each in asked if each.outcome == "answer"]

    def rate(part: int, whole: Sequence[Asked]) -> str:
        return f"{part / len(whole):7.3f}" if whole else "      -"

    return " ".join(
        (
            f"{len(asked):5}",
            rate(sum(each.place == 0 for each in has), has),
            rate(sum(each.place is not None and each.place < 3 for each in has), has),
            rate(sum(each.outcome == "answer" for each in has), has),
            rate(sum(each.answerable and each.place != 0 for each in answers), asked),
            rate(sum(each.outcome == "answer" for each in none), none),
            rate(sum(each.outcome == "suggest" for each in asked), asked),
            rate(sum(each.outcome == "person" for each in none), none),
            f"{1000 * np.mean([each.seconds for each in asked]):7.1f}",
            f"{1000 * np.quantile([each.seconds for each in asked], 0.99):7.1f}",
        )
    )


HEADER = (
    f"{'':22}    n   first   three  answer   wrong    none suggest  person      ms     p99\n"
    "answer: of what has an article, given at once; wrong: wrong answers to these, of all questions;\n"
    "none: answered though no article answers, also of the more that are made; person: of those, to people; ms: of one core a question\n"
)


def report(sets: Sequence[QuestionSet]) -> None:
    """Print the figures of each set, and of each language in a set of several."""
    print(HEADER)
    every: list[Asked] = []
    for each in sets:
        asked = list(ask(each.library, each.rows))
        every += asked
        print(f"{each.name:22}{figures(asked)}  loaded in {each.seconds:.1f} s")
        for name, answered in (
            ("own away", away(each.library, each.rows)),
            ("elsewhere", elsewhere(each, sets)),
        ):
            if answered:
                print(f"  {name:20}{len(answered):5}{np.mean(answered):32.3f}")
        by_language = defaultdict(list)
        for one in asked:
            by_language[one.language].append(one)
        for language, theirs in sorted(by_language.items()) if len(by_language) > 1 else ():
            print(f"  {language:20}{figures(theirs)}")
    print(f"{'all':22}{figures(every)}")
    print(f"largest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")


def hold_out(sets: Sequence[QuestionSet]) -> None:
    """Give each library a judge whose weights come from the other sets alone."""
    samples = {each.name: judged(each.library._index, questions(each.rows)) for each in sets}
    for each in sets:
        others = [samples[name] for name in samples if name != each.name and name in FITTED]
        library = each.library
        library._judge = judge(
            library._index, list(library._articles.values()), library._index._embeddings, logistic(others)
        )


def fit(files: Sequence[Path], options: argparse.Namespace) -> None:
    """Fit the weights with and without the model, and write them."""
    weights = {}
    for name, without in (("meaning", False), ("letters", True)):
        options.without_model = without
        fitted = logistic([judged(*indexed(file, options)) for file in files])
        weights[name] = {
            field: getattr(fitted, field).round(4).tolist() for field in ("means", "scales", "weights")
        }
        print(name, dict(zip((*FEATURES, "bias"), weights[name]["weights"], strict=True)))
    options.fit.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Read the arguments, then report or fit."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", type=Path, help="NAME.articles.jsonl, or a folder of them")
    parser.add_argument("--questions", default="tune", help="the middle of NAME.tune.jsonl")
    parser.add_argument("--cache", type=Path, help="a folder for vectors, so that later starts are quick")
    parser.add_argument("--without-model", action="store_true")
    parser.add_argument("--held-out", action="store_true", help="weights from the other sets alone")
    parser.add_argument("--fit", type=Path, help="fit the weights and write them here")
    options = parser.parse_args()
    files = [
        file
        for each in options.sets
        for file in (sorted(each.glob("*.articles.jsonl")) if each.is_dir() else [each])
    ]
    start = perf_counter()
    if options.fit:
        fit([file for file in files if file.name.split(".")[0] in FITTED], options)
    else:
        sets = [load(file, options) for file in files]
        if options.held_out:
            hold_out(sets)
        report(sets)
    print(f"{perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
