"""A group's own texts out of the database as a folder, and back in."""

import asyncio
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bot import settings
from bot.clock import SystemClock
from bot.errors import WrongSetting
from bot.libraries import own_of
from bot.library_cli import tell
from bot.opening import open_keys
from bot.settings import Settings
from content.articles import Article, Key, read_folder
from content.digests import ARTICLES
from content.front_matter import Fault
from content.lint import check_text
from content.shelf import Own, with_own
from dispatch.actions import shelving
from dispatch.model.people import Group
from dispatch.model.shelf import TextState
from dispatch.ports import Service, Transaction
from dispatch.store.database import Database

T = TypeVar("T")
Texts = Mapping[Key, str]


def export(folder: Path, name: str | None) -> int:
    """Write a group's published texts as <slug>/<tag>.md. Raises WrongSetting."""
    if folder.exists() and any(folder.iterdir()):
        raise WrongSetting(f"{folder} is not empty: what is written there would mix with what is not ours")
    texts = _with_group(
        settings.read(),
        name,
        lambda tx: {(each.slug, each.language): each.text for each in tx.shelf.published()},
    )
    for (slug, language), text in texts.items():
        file = folder / slug / f"{language}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    print(f"{len(texts)} texts in {folder}.")
    return 0


def take_folder(folder: Path, name: str | None, *, publish: bool) -> int:
    """Take a folder in as a group's own texts; 1 when something in it cannot be used. Raises WrongSetting."""
    if not folder.is_dir():
        raise WrongSetting(f"{folder} is not a folder")
    chosen, now = settings.read(), SystemClock().now()
    articles, faults = read_folder(folder)
    texts = {key: _text(folder, key) for key in articles}
    shipped, _ = read_folder(chosen.library or ARTICLES)
    if not any(fault.unusable for fault in faults):
        own = _with_group(chosen, name, lambda tx: (tx.group, own_of(tx)))
        faults = _faults(texts, articles, shipped, own, chosen, now, publish=publish)
    tell(faults)
    if any(fault.unusable for fault in faults):
        print("Nothing was taken in.", file=sys.stderr)
        return 1
    danger = {key for key in texts if articles[key].is_about_danger}
    drafts = danger if publish else texts.keys()
    taken = _with_group(chosen, name, lambda tx: take_in(tx, texts, now, drafts=drafts))
    print(
        f"{len(taken)} texts taken in, {len(taken & drafts)} of them as drafts; "
        f"{len(texts) - len(taken)} unchanged."
    )
    if publish and taken & danger:
        print("Texts about danger and violence are drafts until a coordinator has read them and said yes.")
    return 0


def _text(folder: Path, key: Key) -> str:
    return (folder / key[0] / f"{key[1]}.md").read_bytes().decode()


def _faults(
    texts: Texts,
    articles: Mapping[Key, Article],
    shipped: Mapping[Key, Article],
    own: tuple[Group, Own | None],
    chosen: Settings,
    now: datetime,
    *,
    publish: bool,
) -> list[Fault]:
    """What the same checks say that a coordinator's text goes through; what hinders publishing hinders the import that
    publishes. Files that go with a text stay in the folder of the library."""
    group, texts_of_group = own
    if publish and group.two_approve:
        message = "two must say yes in this group: take it in as drafts"
        return [Fault(file=".", line=1, message=message, unusable=True)]
    beside = {**(with_own(shipped, texts_of_group) if texts_of_group else shipped), **articles}
    found: list[Fault] = []
    for (slug, language), text in texts.items():
        _, checked = check_text(
            text,
            beside,
            slug=slug,
            language=language,
            today=group.local(now).date(),
            folder=chosen.library or ARTICLES,
        )
        found += [replace(fault, unusable=fault.unusable or publish) for fault in checked.hindrances]
        found += [replace(fault, unusable=False) for fault in checked.remarks]
    return found


def take_in(tx: Transaction, texts: Texts, now: datetime, *, drafts: Collection[Key]) -> set[Key]:
    """Put texts on the shelf that are not there as they are, published or as drafts; those that were new or changed."""
    told = {(each.slug, each.language): each.text for each in tx.shelf.published()}
    waiting = {(each.slug, each.language): each.text for each in tx.shelf.in_hand()}
    changed: set[Key] = set()
    for key, text in texts.items():
        draft = key in drafts
        if text == (waiting.get(key, told.get(key)) if draft else told.get(key)):
            continue
        slug, language = key
        state = TextState.DRAFT if draft else TextState.PUBLISHED
        shelving.write(tx, slug=slug, language=language, text=text, author=None, state=state, now=now)
        changed.add(key)
    return changed


def _with_group(chosen: Settings, name: str | None, function: Callable[[Transaction], T]) -> T:
    """Run a function in a transaction of the group, beside a service that may be running. Raises WrongSetting."""

    async def work() -> T:
        database = Database.open(chosen.database_url, keys=open_keys(chosen), exclusive=False)
        try:
            if not await database.schema_is_current():
                raise WrongSetting(
                    "the database is not of this release: `morsmal migrate` brings it up to date"
                )
            demo = chosen.runs_demo and chosen.telegram_token is None
            return await database.run(
                lambda service: function(service.within(_group(service, name, demo=demo).id))
            )
        finally:
            await database.close()

    return asyncio.run(work())


def _group(service: Service, name: str | None, *, demo: bool) -> Group:
    """The group of this name, or the service's; `demo`: where nothing but the demonstration runs, its own comes first."""
    groups = [each for each in service.groups() if name in (None, each.name)]
    groups.sort(key=lambda group: group.demo != demo)
    if not groups:
        names = ", ".join(each.name for each in service.groups()) or "none yet"
        raise WrongSetting(f"there is no such group; there are: {names}")
    return groups[0]
