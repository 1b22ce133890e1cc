"""`morsmal library`: what is wrong with the articles, and the way out to a translator and back."""

import argparse
import sys
from datetime import date
from pathlib import Path

from content import articles_sheet, lint
from content.digests import ARTICLES
from content.languages import LANGUAGES
from content.sheets import NotASheet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command to argparse; `run` takes what it parses."""
    actions = parser.add_subparsers(dest="action", metavar="action", required=True)
    check = actions.add_parser("check", help="every fault, by file and line")
    check.add_argument("folder", nargs="?", type=Path, default=ARTICLES, help="folder of articles")
    out = actions.add_parser("sheet", help="write a spreadsheet of what a language lacks, for a translator")
    out.add_argument("language", choices=sorted(LANGUAGES), metavar="language")
    out.add_argument("file", nargs="?", type=Path, help="default: articles-<language>.xlsx")
    out.add_argument("--unchecked", action="store_true", help="also what no native speaker has confirmed yet")
    out.add_argument("--country", default="", help="only what holds in this country, as two letters")
    back = actions.add_parser("take", help="take a translator's spreadsheet back")
    back.add_argument("file", type=Path)
    back.add_argument(
        "--checked-by",
        default="",
        metavar="name",
        help="who stands behind what is marked as right; readers see it",
    )
    for action in (out, back):
        action.add_argument("--folder", type=Path, default=ARTICLES, help="folder of articles")


def run(arguments: argparse.Namespace, today: date) -> int:
    """Do it; 0 when all is well, 1 when there are faults."""
    if not arguments.folder.is_dir():
        print(f"{arguments.folder} is not a folder", file=sys.stderr)
        return 1
    match arguments.action:
        case "check":
            return _check(arguments.folder, today)
        case "sheet":
            return _export(arguments)
        case _:
            return _import(arguments, today)


def _check(folder: Path, today: date) -> int:
    faults = lint.check(folder, today=today)
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults.", file=sys.stderr)
    return 1 if any(fault.unusable for fault in faults) else 0


def _export(arguments: argparse.Namespace) -> int:
    file: Path = arguments.file or Path(f"articles-{arguments.language}.xlsx")
    articles = articles_sheet.export(
        arguments.folder,
        arguments.language,
        file,
        unchecked=arguments.unchecked,
        country=arguments.country.upper(),
    )
    print(f"{file}: {articles} articles.")
    return 0


def _import(arguments: argparse.Namespace, today: date) -> int:
    try:
        taken = articles_sheet.take_back(
            arguments.folder, arguments.file, checked_by=arguments.checked_by, today=today
        )
    except (NotASheet, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{taken.language}: {len(taken.changed)} articles written, {len(taken.signed)} of them signed.")
    for slug, messages in taken.faults.items():
        for message in messages:
            print(f"{slug}: {message}", file=sys.stderr)
    return 1 if taken.faults else 0
