"""Train the recogniser of languages that ships in `content/detection/model/`.

    python -m benchmarks.train_detection TRAIN.jsonl.gz TUNE.jsonl [--out DIR] [--without SOURCE] [--measure]

Both files hold JSON lines with `text`, `lang`, `source` and `bucket` (`romanised` makes `ur` into `ur-Latn`).
Many texts of TUNE are in TRAIN too. So two fifths of TUNE's texts are held out: the weights of the two models
against each other and the calibration are fitted on them, with models that have not seen them. What ships is
then trained on all of TRAIN. `--measure` calibrates on one of the two fifths and stops there, so that
`benchmarks.languages --held-out` can measure on the other. `--without SOURCE` also leaves a source out of
training altogether, for the figure that is nearest to a stranger's texts.

Needs more than the service does: `pip install fasttext-wheel numba scipy numpy`, in an environment of its own.
About fifteen minutes of one core. Deterministic but for the last digits.
"""

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.calibrate import fit
from benchmarks.training_models import train_fasttext, train_table
from benchmarks.training_texts import Example, augmented, examples, fifth
from content.detection.models import MODEL, Models


def main() -> None:
    arguments = _arguments()
    rows, tune_rows = (
        [row for row in _read(path) if row["source"] != arguments.without]
        for path in (arguments.train, arguments.tune)
    )
    tune = [example for example in examples(tune_rows) if fifth(example.text) < 2]
    unseen = {example.text for example in tune}
    arguments.out.mkdir(parents=True, exist_ok=True)

    train(augmented(example for example in examples(rows) if example.text not in unseen), arguments.out)
    calibrating = [example for example in tune if fifth(example.text) == 0 or not arguments.measure]
    fit(calibrating, Models.load(arguments.out), arguments.out)
    if not arguments.measure:
        train(augmented(examples(rows)), arguments.out)


def train(data: list[Example], out: Path) -> None:
    """Train both models and write their files."""
    train_fasttext(data, out)
    train_table(data, out)


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        yield from map(json.loads, lines)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=Path)
    parser.add_argument("tune", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--without", default="", metavar="SOURCE")
    parser.add_argument("--measure", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
