"""How well languages are recognised, per language, with the confusions, and against other recognisers.

    python -m benchmarks.languages TEXTS.jsonl [--held-out] [--model DIR] [--others]

TEXTS has JSON lines with `text`, `lang` and `bucket`, perhaps `also`: the other languages in which the identical
text was found, which count as right, as do near languages (Bokmål and Nynorsk; Bosnian, Croatian and Serbian;
Persian and Dari). Macro figures are means over languages. `--held-out` measures on the fifth of the texts that
`benchmarks.train_detection --measure` neither trained nor calibrated on. `--others` measures langdetect, lingua,
py3langid and pycld2 in the same run: langdetect comes with the service, `make bench-languages` installs the others.
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from zlib import crc32

from content.detection.detector import Detector
from content.detection.families import LABELS, family, spoken
from content.detection.models import MODEL, Model
from content.detection.outside import OutsideLanguages
from content.detection.text import normalise

BUCKETS = ("word1-3", "short", "sentence", "romanised")
_COLLECTIVE = {"nb": "no", "bs": "hbs"}  # what the data call these families in `also`
NOT_SERVED = "rhg"  # Rohingya: recognised, so that it is not taken for another, but not in the means


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A text with its language, the bucket of its length, and other languages that count as right."""

    text: str
    label: str
    bucket: str
    also: tuple[str, ...]

    def matches(self, label: str) -> bool:
        """Is that this text's language, a near one, or one that has the identical text?"""
        return (
            family(label) == family(self.label) or _COLLECTIVE.get(family(label), family(label)) in self.also
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--source", help="only texts of this source")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--others", action="store_true", help="measure other recognisers too")
    arguments = parser.parse_args()
    texts = list(_read(arguments.texts, arguments.held_out, arguments.source))
    detector = Detector(Model.load(arguments.model), OutsideLanguages())
    report_guesses("Best guess", texts, lambda text: detector.guess(text).language or "", confusions=True)
    report_answers(texts, detector)
    report_speed(texts, detector)
    if arguments.others:
        for name, load in OTHERS.items():
            report_guesses(name, texts, load())


def report_guesses(
    name: str, texts: Sequence[Labelled], guess: Callable[[str], str], confusions: bool = False
) -> None:
    """Macro accuracy per bucket; for our own also per language, and what is mistaken for what."""
    started = time.process_time()
    guesses = [guess(labelled.text) for labelled in texts]
    spent = time.process_time() - started
    right = [labelled.matches(label) for labelled, label in zip(texts, guesses, strict=True)]
    print(f"{name}: {_macro(texts, right)}, {len(texts) / spent:,.0f} texts a second of processor time")
    if confusions:
        _print_languages(texts, right)
        wrong = Counter(
            f"{labelled.label}→{label}"
            for labelled, label, good in zip(texts, guesses, right, strict=True)
            if not good
        )
        print("most confused:", ", ".join(f"{pair} {count}" for pair, count in wrong.most_common(40)))
    print()


def report_answers(texts: Sequence[Labelled], detector: Detector) -> None:
    """How often it answers without asking, and how often that is right, as means over languages."""
    languages = [detector.detect(labelled.text).language for labelled in texts]
    answered = [language is not None for language in languages]
    print("answers instead of asking:", _macro(texts, answered))
    said = [(labelled, language) for labelled, language in zip(texts, languages, strict=True) if language]
    right = [labelled.matches(language) for labelled, language in said]
    print("right when it answers:", _macro([labelled for labelled, _ in said], right))
    for bucket in BUCKETS:
        of_bucket = [
            good for (labelled, _), good in zip(said, right, strict=True) if labelled.bucket == bucket
        ]
        if of_bucket:
            print(f"  {bucket}, all texts alike: {100 * sum(of_bucket) / len(of_bucket):.2f}")
    print()


def report_speed(texts: Sequence[Labelled], detector: Detector) -> None:
    """Texts a second of one core, as the service reads them."""
    detector.detect(
        "Jeg trenger hjelp med et brev, ma non capisco la lettera"
    )  # reads what is read when needed
    started = time.process_time()
    for labelled in texts:
        detector.detect(labelled.text)
    print(f"detect: {len(texts) / (time.process_time() - started):,.0f} texts a second of processor time\n")


def _read(path: Path, held_out: bool, source: str | None) -> Iterable[Labelled]:
    for row in map(json.loads, path.read_text().splitlines()):
        if held_out and crc32(normalise(row["text"]).encode()) % 5 != 1:
            continue
        if source is None or row.get("source") == source:
            label = row["lang"] + ("-Latn" if row["bucket"] == "romanised" else "")
            yield Labelled(
                text=row["text"], label=label, bucket=row["bucket"], also=tuple(row.get("also", ()))
            )


def _rates(texts: Sequence[Labelled], right: Sequence[bool]) -> dict[tuple[str, str], float]:
    counts: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for labelled, good in zip(texts, right, strict=True):
        counts[labelled.bucket, family(labelled.label)].append(good)
    return {key: 100 * sum(goods) / len(goods) for key, goods in counts.items()}


def _macro(texts: Sequence[Labelled], right: Sequence[bool]) -> str:
    rates = _rates(texts, right)
    means = []
    for bucket in BUCKETS:
        of_bucket = [rate for (name, label), rate in rates.items() if name == bucket and label != NOT_SERVED]
        if of_bucket:
            means.append(f"{bucket} {sum(of_bucket) / len(of_bucket):.2f}")
    return " / ".join(means)


def _print_languages(texts: Sequence[Labelled], right: Sequence[bool]) -> None:
    rates = _rates(texts, right)
    for label in sorted({family(labelled.label) for labelled in texts}):
        figures = (
            f"{rates[bucket, label]:6.1f}" if (bucket, label) in rates else "     -" for bucket in BUCKETS
        )
        print(f"  {label:8}" + "".join(figures))


def _langdetect() -> Callable[[str], str]:
    module = import_module("langdetect")
    module.DetectorFactory.seed = 0

    def guess(text: str) -> str:
        try:
            return _ours(module.detect(text))
        except module.LangDetectException:
            return "en"

    return guess


def _lingua() -> Callable[[str], str]:
    module = import_module("lingua")
    known = [
        language
        for language in module.Language.all()
        if _ours(language.iso_code_639_1.name.lower()) in LABELS
    ]
    detector = module.LanguageDetectorBuilder.from_languages(*known).build()

    def guess(text: str) -> str:
        found = detector.detect_language_of(text)
        return _ours(found.iso_code_639_1.name.lower()) if found else "en"

    return guess


def _py3langid() -> Callable[[str], str]:
    module = import_module("py3langid")
    identifier = module.langid.LanguageIdentifier.from_model_file(module.langid.MODEL_FILE)
    identifier.set_languages([code for code in identifier.nb_classes if _ours(code) in LABELS])
    return lambda text: _ours(identifier.classify(text)[0])


def _pycld2() -> Callable[[str], str]:
    module = import_module("pycld2")

    def guess(text: str) -> str:
        try:
            return _ours(module.detect(text.encode("utf-8", "ignore"), bestEffort=True)[2][0][1])
        except module.error:
            return "en"

    return guess


def _ours(code: str) -> str:
    """Another recogniser's code as one of our labels."""
    return {"no": "nb", "zh-cn": "zh", "zh-tw": "zh", "zh-Hant": "zh", "iw": "he", "kab": "ber"}.get(
        code, spoken(code)
    )


OTHERS: dict[str, Callable[[], Callable[[str], Any]]] = {
    "langdetect": _langdetect,
    "lingua": _lingua,
    "py3langid": _py3langid,
    "pycld2": _pycld2,
}

if __name__ == "__main__":
    main()
