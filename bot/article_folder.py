"""The folder of articles as one process reads it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from content.articles import Article, Key, read_folder
from content.front_matter import Fault
from content.lint import unsound

Fingerprint = frozenset[tuple[str, int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """What stands in the folder of articles: the files' names, sizes and times, and what was read of them, when."""

    fingerprint: Fingerprint = frozenset()
    articles: Mapping[Key, Article]
    faults: tuple[Fault, ...] = ()
    read_at: datetime | None = None


def fingerprint_of(path: Path) -> Fingerprint:
    """Every file with its size and the time of its last change."""
    found = set()
    for file in path.rglob("*"):
        try:
            status = file.stat()
        except OSError:  # it went while we looked, or is a link that leads nowhere
            continue
        found.add((file.as_posix(), status.st_size, status.st_mtime_ns))
    return frozenset(found)


def read(path: Path, now: datetime) -> Folder:
    """All of it that can be used. Raises OSError when there is no such folder, or it may not be read."""
    os.listdir(path)  # pathlib finds nothing, instead of complaining, where it may not look
    fingerprint = fingerprint_of(path)
    articles, found = read_folder(path)
    faults = unsound(path, articles, found)
    wrong = {fault.file for fault in faults if fault.unusable}
    usable = {key: article for key, article in articles.items() if f"{key[0]}/{key[1]}.md" not in wrong}
    return Folder(fingerprint=fingerprint, articles=usable, faults=tuple(faults), read_at=now)


def read_again(path: Path, before: Folder, now: datetime) -> Folder:
    """The folder of a running service. One that is gone has nothing but a fault that says so, and so has one that was
    emptied: that is what a disk looks like which is not mounted."""
    try:
        found = read(path, now)
    except OSError as error:
        why = "is gone" if isinstance(error, FileNotFoundError) else "cannot be read"
    else:
        if found.articles or not before.articles:
            return found
        why = "has no articles any more"
    fault = Fault(file=".", line=1, message=f"the folder of articles {why}", unusable=True)
    return Folder(articles={}, faults=(fault,))
