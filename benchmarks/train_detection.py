"""Train the recogniser of languages that ships in `content/detection/model/`.

    python -m benchmarks.train_detection TRAIN.jsonl.gz TUNE.jsonl --more MORE.jsonl [--out DIR]
                                         [--without SOURCE] [--measure]

TRAIN and TUNE hold JSON lines with `text`, `lang`, `source` and `bucket` (`romanised` makes `ur` into `ur-Latn`);
MORE is what `benchmarks.more_texts` wrote. Many texts of TUNE are in TRAIN too. So two fifths of TUNE's texts are held
out of TRAIN: the calibration is fitted on them, with a model that has not learnt from them. What ships is then trained
on all of TRAIN. `--measure` calibrates on one of the two fifths and stops there, so that `benchmarks.languages
--held-out` can measure on the other. MORE is not thinned out: its words were collected by others for other ends, and
a word that stands in it as well as among the texts to measure on is a word that people share. `--without SOURCE` also
leaves a source out of training altogether, for the figure that is nearest to a stranger's texts.

Needs more than the service does: `pip install numba scipy numpy`, in an environment of its own, and 6 GB of memory.
About ten minutes of one core. Deterministic but for the last digits.
"""

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.calibrate import fit
from benchmarks.training_models import train_table
from benchmarks.training_texts import augmented, examples, fifth, more
from content.detection.models import MODEL, Model


def main() -> None:
    arguments = _arguments()
    rows, tune_rows = (
        [row for row in _read(path) if row["source"] != arguments.without]
        for path in (arguments.train, arguments.tune)
    )
    tune = [example for example in examples(tune_rows) if fifth(example.text) < 2]
    unseen = {example.text for example in tune}
    arguments.out.mkdir(parents=True, exist_ok=True)

    others = more(_read(arguments.more)) if arguments.more else []
    learnt = augmented(example for example in examples(rows) if example.text not in unseen)
    train_table(learnt + others, arguments.out)
    calibrating = [example for example in tune if fifth(example.text) == 0 or not arguments.measure]
    fit(calibrating, Model.load(arguments.out), arguments.out)
    if not arguments.measure:
        train_table(augmented(examples(rows)) + others, arguments.out)


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        yield from map(json.loads, lines)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=Path)
    parser.add_argument("tune", type=Path)
    parser.add_argument("--more", type=Path, help="what benchmarks.more_texts wrote")
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--without", default="", metavar="SOURCE")
    parser.add_argument("--measure", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
