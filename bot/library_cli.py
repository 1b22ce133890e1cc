"""`morsmal library`: check a folder of articles, send it to translators; take a group's own texts out of the database and
back in."""

import argparse
import sys
from pathlib import Path

from bot import settings
from bot.clock import SystemClock
from bot.errors import WrongSetting
from content import articles_sheet_cli
from content.articles import read_folder
from content.care import lacking_pictures
from content.digests import ARTICLES
from content.front_matter import Fault
from content.lint import check


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command to argparse; `run` takes what it parses."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="action")
    look = actions.add_parser("check", help="every fault of a folder of articles, by file and line")
    look.add_argument("folder", nargs="?", type=Path, help="default: the library of this service")
    out = actions.add_parser("export", help="write a group's published texts as <slug>/<tag>.md")
    back = actions.add_parser("import", help="take a folder in as a group's own texts")
    articles_sheet_cli.add_actions(actions)
    for each in (out, back):
        each.add_argument("folder", type=Path)
        each.add_argument("--group", help="name of the group; default: the one of this service")
    back.add_argument(
        "--publish",
        action="store_true",
        help="publish them at once, all but those about danger and violence, instead of as drafts",
    )


def run(arguments: argparse.Namespace) -> int:
    """Do it; 0 when all is well or only a day has passed, 1 when there are faults. Raises WrongSetting."""
    match arguments.action:
        case "export":
            from bot import shelf_cli

            return shelf_cli.export(arguments.folder, arguments.group)
        case "import":
            from bot import shelf_cli

            return shelf_cli.take_folder(arguments.folder, arguments.group, publish=arguments.publish)
        case articles_sheet_cli.SHEET | articles_sheet_cli.TAKE:
            return articles_sheet_cli.run(arguments, SystemClock().now().date())
        case _:
            return _check(arguments.folder or settings.read().library or ARTICLES)


def _check(folder: Path) -> int:
    if not folder.is_dir():
        raise WrongSetting(f"{folder} is not a folder")
    faults = check(folder, today=SystemClock().now().date())
    tell(faults)
    for article in lacking_pictures(read_folder(folder)[0].values()):
        for words in article.places:
            print(f"{article.slug}/{article.language}.md: a picture is still missing: {words}")
    return 0 if all(fault.passed for fault in faults) else 1


def tell(faults: list[Fault]) -> None:
    """Print faults and how many they are."""
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults.", file=sys.stderr)
