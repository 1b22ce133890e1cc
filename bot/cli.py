"""Arguments in, exit code out. Each command imports what it needs by itself: one that reads lines needs no bot."""

import argparse
import io
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.clock import SystemClock
from bot.errors import WrongSetting
from dispatch.model.errors import MorsmalError

BROKEN = 1
WRONG_USE = 2


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when it succeeded, 1 when it found faults, 2 when something is set wrong."""
    words = sys.argv[1:] if arguments is None else arguments
    parsed = _parser(words[0] if words else "").parse_args(words)
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


def _parser(chosen: str) -> argparse.ArgumentParser:
    """All commands; those with actions of their own describe them when they are the one."""
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
    add("backup", _back_up, "copy the database, also while the service runs").add_argument("file", type=Path)
    add("restore", _restore, "put such a copy in the place of the database").add_argument("file", type=Path)
    detect = add(
        "detect", _detect, 'say which language each text is in: JSON lines {"id", "text"} in, the same out'
    )
    detect.add_argument(
        "--always", action="store_true", help="give the best guess instead of saying that it is unsure"
    )
    ask = add("ask", _ask, 'find the article for each question: JSON lines {"id", "text", "language"} in')
    ask.add_argument("--library", type=Path, help="folder of articles; default: the shipped one")
    ask.add_argument("--country", choices=("NO", "DK"), help="answer as in a group there")
    ask.add_argument("--cache", type=Path, help="folder to keep what was computed about the articles")
    library = add(
        "library",
        _library,
        "check the articles; send them to a translator; take a group's own texts out and in",
    )
    phrases = add("phrases", _phrases, "look at the phrases, send them to a translator, take them back")
    if chosen == "library":
        from bot import library_cli

        library_cli.add_arguments(library)
    elif chosen == "phrases":
        from content import phrases_cli

        phrases_cli.add_arguments(phrases)
    return parser


def _run(_: argparse.Namespace) -> int:
    from bot import service_cli

    return service_cli.run()


def _check(_: argparse.Namespace) -> int:
    from bot import service_cli

    return service_cli.check()


def _migrate(_: argparse.Namespace) -> int:
    from bot import service_cli

    return service_cli.migrate()


def _back_up(arguments: argparse.Namespace) -> int:
    from bot import backups

    return backups.back_up(arguments)


def _restore(arguments: argparse.Namespace) -> int:
    from bot import backups

    return backups.restore(arguments)


def _library(arguments: argparse.Namespace) -> int:
    from bot import library_cli

    return library_cli.run(arguments)


def _phrases(arguments: argparse.Namespace) -> int:
    from content import phrases_cli

    return phrases_cli.run(arguments)


def _detect(arguments: argparse.Namespace) -> int:
    from content.detection.jsonl import detect_lines

    return _print(detect_lines(_lines(), always=arguments.always))


def _ask(arguments: argparse.Namespace) -> int:
    from content.digests import ARTICLES
    from content.search.jsonl import ask_lines

    folder = arguments.library or ARTICLES
    if not folder.is_dir():
        raise WrongSetting(f"{folder} is not a folder")
    today = SystemClock().now().date()
    return _print(ask_lines(_lines(), folder, today=today, country=arguments.country, cache=arguments.cache))


def _lines() -> Iterable[str]:
    """What comes in, in UTF-8 whatever the system speaks; one wrong byte stops nothing."""
    return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")


def _print(lines: Iterable[str]) -> int:
    for line in lines:
        print(line, flush=True)
    return 0
