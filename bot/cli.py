"""Arguments in, exit code out."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import get_args

from bot import app, backups, library_cli, logs, settings
from bot.clock import SystemClock
from bot.opening import open_database, open_keys
from bot.settings import WrongSetting
from content import phrases_cli
from dispatch.model.errors import MorsmalError
from dispatch.store.database import Database

BROKEN = 1
WRONG_USE = 2


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when it succeeded, 1 when it found faults, 2 when something is set wrong."""
    parsed = _parser().parse_args(arguments)
    try:
        result: int = parsed.command(parsed)
    except WrongSetting as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except MorsmalError as error:
        print(f"{error}", file=sys.stderr)
        return BROKEN
    except BrokenPipeError:
        return 0
    return result


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="morsmal", description="A help service in messaging apps, in one's own language."
    )
    commands = parser.add_subparsers(required=True, metavar="command")

    def add(name: str, function: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(command=function)
        return command

    add("run", _run, "run the service")
    add("check", _check, "check the settings, the key and the database")
    add("migrate", _migrate, "bring the database to this release")
    add("backup", backups.back_up, "copy the database, also while the service runs").add_argument(
        "file", type=Path
    )
    add("restore", backups.restore, "put such a copy in the place of the database").add_argument(
        "file", type=Path
    )
    detect = add(
        "detect", _detect, 'say which language each text is in: JSON lines {"id", "text"} in, the same out'
    )
    detect.add_argument(
        "--always", action="store_true", help="give the best guess instead of saying that it is unsure"
    )
    ask = add("ask", _ask, 'find the article for each question: JSON lines {"id", "text", "language"} in')
    ask.add_argument("--library", type=Path, default=app.ARTICLES, help="folder of articles")
    ask.add_argument("--country", choices=get_args(settings.Country), help="answer as in a group there")
    ask.add_argument("--cache", type=Path, help="folder to keep what was computed about the articles")
    library_cli.add_arguments(
        add(
            "library",
            library_cli.run,
            "check the articles; send them to a translator; take a group's own texts out and in",
        )
    )
    phrases_cli.add_arguments(
        add("phrases", phrases_cli.run, "look at the phrases, send them to a translator, take them back")
    )
    return parser


def _run(_: argparse.Namespace) -> int:
    chosen = settings.read()
    logs.configure(chosen.log)
    asyncio.run(app.run(chosen))
    return 0


def _migrate(_: argparse.Namespace) -> int:
    chosen = settings.read()

    async def migrate() -> None:
        database = await open_database(chosen, open_keys(chosen))
        await database.close()

    asyncio.run(migrate())
    print("The database has the schema of this release.")
    return 0


def _check(_: argparse.Namespace) -> int:
    chosen = settings.read()
    print("Settings: in order.")
    keys = open_keys(chosen)
    where = "MORSMAL_KEY" if chosen.key else f"{chosen.data / 'key'}. Keep a copy of this file elsewhere"
    print(f"Key: {keys.fingerprint}, from {where}.")

    async def look() -> bool:
        database = Database.open(chosen.database_url, keys=keys, exclusive=False)
        try:
            return await database.schema_is_current()
        finally:
            await database.close()

    if asyncio.run(look()):
        print("Database: in order.")
    else:
        print(
            "Database: new, or of another release; `morsmal run` or `morsmal migrate` brings it up to date."
        )
    return 0


def _detect(arguments: argparse.Namespace) -> int:
    from content.detection.jsonl import detect_lines

    return _print(detect_lines(sys.stdin, always=arguments.always))


def _ask(arguments: argparse.Namespace) -> int:
    from content.search.jsonl import ask_lines

    if not arguments.library.is_dir():
        raise WrongSetting(f"{arguments.library} is not a folder")
    today = SystemClock().now().date()
    return _print(
        ask_lines(sys.stdin, arguments.library, today=today, country=arguments.country, cache=arguments.cache)
    )


def _print(lines: Iterable[str]) -> int:
    try:
        for line in lines:
            print(line, flush=True)
    except ValueError as error:
        print(error, file=sys.stderr)
        return BROKEN
    return 0
