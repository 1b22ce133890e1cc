"""What no linter knows: who may run a transaction, what reads the clock and the environment, and which names are taken."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest

from content.articles import THEMES
from content.lint import COUNTRIES
from dispatch.model.people import Standing
from handlers import menus

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "dispatch", "content")

MODULES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in MODULES:
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


def calls(tree: ast.Module) -> Iterator[str]:
    """Every call as dotted text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def test_only_the_edges_run_transactions() -> None:
    edges = {
        "bot/accounts.py",
        "bot/app.py",
        "bot/backups.py",
        "bot/delivery.py",
        "bot/intake.py",
        "bot/opening.py",
        "bot/profile.py",
        "bot/shelf_cli.py",
        "bot/timers.py",
        "bot/turns.py",
    }
    callers = {
        name for name, tree in trees() if any(re.search(r"database\.run$", call) for call in calls(tree))
    }
    assert {name for name in callers if not name.startswith(("bot/web/", "bot/channels/webchat"))} <= edges


def test_only_the_clock_reads_the_time() -> None:
    asking = re.compile(r"^(datetime\.(now|utcnow|today)|date\.today|time\.time)$")
    readers = {name for name, tree in trees() if any(asking.match(call) for call in calls(tree))}
    assert readers == {"bot/clock.py"}


def test_only_settings_read_the_environment() -> None:
    readers = {name for name, _ in trees() if re.search(r"os\.environ|getenv", (ROOT / name).read_text())}
    # The sentence model's own threads can be limited by the environment alone.
    assert readers <= {"bot/settings.py", "content/search/embedding.py"}


@pytest.mark.parametrize("name", PACKAGES)
def test_no_variable_shadows_a_package(name: str) -> None:
    for module, tree in trees():
        stored = {
            node.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        arguments = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
        assert name not in stored | arguments or name == "content", module


def test_below_bot_everything_that_decides_is_synchronous() -> None:
    for module, tree in trees():
        if module.startswith(("handlers/", "dispatch/actions/", "dispatch/model/", "content/")):
            awaited = [node for node in ast.walk(tree) if isinstance(node, ast.Await | ast.AsyncFunctionDef)]
            assert not awaited, module


def test_the_four_packages_are_the_only_ones() -> None:
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert found == {*PACKAGES, "tests"} or found == {*PACKAGES, "tests", "benchmarks"}


def test_english_words_for_people_stand_in_the_catalogue_only() -> None:
    """A sentence in a handler or an action would be read in English by everybody."""
    sentence = re.compile(r"^[A-Z][a-z]+ [a-z]+ .*[a-z]")
    for module, tree in trees():
        if not module.startswith(("handlers/", "dispatch/actions/")):
            continue
        described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
                assert not sentence.match(node.value), f"{module}: {node.value}"


def test_every_phrase_that_code_names_is_in_the_catalogue() -> None:
    from content.catalog import Catalog

    known = Catalog.load().keys()
    for module, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Phrase" and node.args:
                key = node.args[0]
                if isinstance(key, ast.Constant):
                    assert key.value in known, f"{module}: {key.value}"


def test_every_phrase_of_the_catalogue_is_used() -> None:
    from content.catalog import Catalog

    lists = {ROOT / "bot/web/words.py", ROOT / "content/phrases_lint.py"}  # these name keys and say none
    text = "\n".join(path.read_text() for path in MODULES if path not in lists)
    known, built = Catalog.load().keys(), set(built_keys())
    assert [key for key in known if f'"{key}"' not in text and key not in built] == []
    assert built <= known


def built_keys() -> Iterator[str]:
    """The keys that code makes of a part and a word, for each word that it has, and those that the page says."""
    yield from (f"theme-{theme}" for theme in (*THEMES, "other"))
    yield from (f"standing-{standing}" for standing in Standing)
    yield from (f"emergency-{country}" for country in COUNTRIES)
    yield from (f"volunteer-{word}" for word in ("paused", "resumed", "removed"))
    for name in (*menus.FOR_MEMBERS, *menus.FOR_VOLUNTEERS, *menus.FOR_COORDINATORS, *menus.FOR_ALL):
        yield f"command-{name}"
    page = "\n".join(path.read_text() for path in sorted((ROOT / "bot" / "web").rglob("*.[jh]*[sl]")))
    yield from (f"web-{word}" for word in re.findall(r'\bsay\("([a-z-]+)"\)', page))
    yield from re.findall(r'words\.texts\["([a-z-]+)"\]', page)
    yield "web-pause"  # the player says "play" or this, by one name


def test_logs_and_files_name_no_place_of_this_workshop() -> None:
    hosts = re.compile("pythonhoste" + "d|pypi\\.or" + "g|registry\\.npm" + "js")
    for path in [*ROOT.glob("*.lock"), *ROOT.glob("*.toml"), *ROOT.glob("*.md"), ROOT / "Makefile"]:
        assert not hosts.search(path.read_text()), path


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    declared = {re.split(r"[\[=<>~!]", each)[0].lower() for each in wanted}
    distributions = packages_distributions()
    imported = {
        distribution.lower().replace("_", "-")
        for _, tree in trees()
        for name in imports(tree)
        if name not in {*PACKAGES, *sys.stdlib_module_names}
        for distribution in distributions[name]
    }
    asked_for_by_others = {"setuptools", "tzdata"}  # by pip and zoneinfo
    assert declared - asked_for_by_others == imported


def imports(tree: ast.Module) -> Iterator[str]:
    """The first part of the name of every module that is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]
