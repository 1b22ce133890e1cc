"""`morsmal phrases`: what is translated, and the way out to a translator and back."""

import argparse
import sys
from pathlib import Path

import polib

from content.catalog import PHRASES, forms_of
from content.languages import ENGLISH, LANGUAGES, autonym
from content.phrases_lint import faults
from content.phrases_sheet import export, take_back
from content.phrases_sync import ORGANISERS, checked_by, synchronise, wanted
from content.sheets import NotASheet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command to argparse; `run` takes what it parses."""
    parser.add_argument("--folder", type=Path, default=PHRASES, help="folder of PO files")
    parser.set_defaults(action="coverage")
    actions = parser.add_subparsers(dest="action", metavar="action")
    actions.add_parser("coverage", help="how much each language has (the default)")
    actions.add_parser("check", help="every fault, by file and line")
    actions.add_parser("sync", help="bring all files in step with the English one")
    out = actions.add_parser("export", help="write a spreadsheet for a translator")
    out.add_argument("language", choices=sorted(LANGUAGES), metavar="language")
    out.add_argument("file", nargs="?", type=Path, help="default: phrases-<language>.xlsx")
    back = actions.add_parser("import", help="take a translator's spreadsheet back")
    back.add_argument("file", type=Path)
    back.add_argument(
        "--checked-by", default="", metavar="name", help="who stands behind what is marked as right"
    )


def run(arguments: argparse.Namespace) -> int:
    """Do it; 0 when all is well, 1 when there are faults."""
    match arguments.action:
        case "check":
            return _check(arguments.folder)
        case "sync":
            return _sync(arguments.folder)
        case "export":
            return _export(arguments.folder, arguments.language, arguments.file)
        case "import":
            return _import(arguments.folder, arguments.file, arguments.checked_by)
        case _:
            return _coverage(arguments.folder)


def _coverage(folder: Path) -> int:
    english = polib.pofile(str(folder / f"{ENGLISH}.po"))
    print(f"{'':5} {'phrases':>11} {'checked':>9}  for")
    complete = True
    for tag in LANGUAGES:
        file = folder / f"{tag}.po"
        present = {entry.msgid: entry for entry in polib.pofile(str(file))} if file.exists() else {}
        keys = [entry.msgid for entry in wanted(english, tag)]
        there = [key for key in keys if key in present and forms_of(present[key])]
        checked = [key for key in there if checked_by(present[key])]
        complete = complete and len(there) == len(keys)
        readers = "everybody" if tag in ORGANISERS else "members"
        print(f"{tag:5} {len(there):5} of {len(keys):3} {len(checked):9}  {readers}  {autonym(tag)}")
    return 0 if complete else 1


def _check(folder: Path) -> int:
    found = faults(folder)
    for fault in found:
        print(fault)
    print(f"{len(found)} faults.", file=sys.stderr)
    return 1 if found else 0


def _sync(folder: Path) -> int:
    lacking = {tag: keys for tag, keys in synchronise(folder).items() if keys}
    for tag, keys in lacking.items():
        print(f"{tag}: {', '.join(keys)}")
    return 1 if lacking else 0


def _export(folder: Path, language: str, file: Path | None) -> int:
    target = file or Path(f"phrases-{language}.xlsx")
    rows = export(folder, language, target)
    print(f"{target}: {rows} rows.")
    return 0


def _import(folder: Path, file: Path, name: str) -> int:
    try:
        imported = take_back(folder, file, checked_by=name)
    except (NotASheet, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    for key, found in imported.faults.items():
        for fault in found:
            print(f"{imported.language} {key}: {fault}")
    print(
        f"{imported.language}: {len(imported.changed)} changed, {len(imported.confirmed)} confirmed,"
        f" {len(imported.faults)} refused.",
        file=sys.stderr,
    )
    return 1 if imported.faults else 0
