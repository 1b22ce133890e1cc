"""`morsmal library sheet` and `morsmal library take`: articles out to a translator, and back."""

import argparse
import sys
from datetime import date
from pathlib import Path

from content import articles_sheet
from content.digests import ARTICLES
from content.languages import LANGUAGES
from content.sheets import NotASheet

SHEET, TAKE = "sheet", "take"


def add_actions(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the two actions to argparse; `run` takes what it parses."""
    out = actions.add_parser(SHEET, help="write a spreadsheet of what a language lacks, for a translator")
    out.add_argument("language", choices=sorted(LANGUAGES), metavar="language")
    out.add_argument("file", nargs="?", type=Path, help="default: articles-<language>.xlsx")
    out.add_argument("--unchecked", action="store_true", help="also what no native speaker has confirmed yet")
    out.add_argument("--country", default="", help="only what holds in this country, as two letters")
    back = actions.add_parser(TAKE, help="take a translator's spreadsheet back")
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
    return _export(arguments) if arguments.action == SHEET else _import(arguments, today)


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
