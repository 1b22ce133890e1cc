"""Live through nights in which everything goes wrong: `python -m benchmarks.nights [--first SEED] HOW_MANY`.

Prints every night in which a promise was broken, and how to see it again; ends with 1 if there was one.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from content.catalog import Catalog
from content.detection.detector import Detector
from content.library import Library
from tests.conftest import IN_MEMORY
from tests.content.library.folders import town
from tests.simulation.nights import NightFailed, Nights


async def live(first: int, count: int) -> int:
    """How many nights went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library.load(town(Path(folder)), model=False)
    nights = Nights(library=library, detector=Detector.load(), catalog=Catalog.load(), folder=IN_MEMORY)
    failed = 0
    for seed in range(first, first + count):
        try:
            await nights.pass_one(seed)
        except NightFailed as error:
            failed += 1
            print(error, end="\n\n")
    return failed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("nights", type=int, help="how many")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    arguments = parser.parse_args()
    began = time.perf_counter()
    failed = asyncio.run(live(arguments.first, arguments.nights))
    seconds = time.perf_counter() - began
    print(f"{arguments.nights} nights in {seconds:.0f} s, {failed} with a promise broken")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
