"""The library of each group: the folder's articles, and what the group itself has written, signed and approved.

It starts by words, so that nobody waits for the sentence model. A change, to the folder or by a group's people, makes a
new library in the background; a folder that is broken changes nothing until it is mended.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import article_folder, logs
from bot.article_folder import Fingerprint, Folder, fingerprint_of
from bot.background import in_background
from bot.clock import Clock, SystemClock
from bot.wake import Wake
from content.articles import Article
from content.front_matter import Fault
from content.library import Library, texts_of
from content.search.embedding import Embeddings, sentence_model
from content.shelf import Own, with_own
from dispatch.ports import Service, Transaction
from dispatch.store.database import Database, DatabaseFailed

LOOKS_EVERY = 30.0  # seconds, if no hint comes
RESTS = 5.0
"""Seconds after each look: making a library takes one or two, and many may sign texts at the same time."""

SHARED = ""
"""The key of the library of groups that have nothing of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What one library is made of; equal when there is nothing to do. The revision stands for all of `own`."""

    revision: int
    own: Own | None
    shows_unchecked: bool


class Libraries:
    """Keeps the libraries of one process up to date. `of` is asked for each message."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        *,
        model: bool = True,
        cache: Path | None = None,
        show_unchecked: bool = True,
        clock: Clock | None = None,
    ) -> None:
        """`cache` is a folder in which new vectors are kept; without `model` questions are searched by words."""
        self.wake = Wake()
        self._database = database
        self._path = folder
        self._cache = cache
        self._show_unchecked = show_unchecked
        self._clock = clock or SystemClock()
        self._wants_model = model
        self._embeddings: Embeddings | None = None
        self._folder = Folder(articles={})
        self._broken: Fingerprint | None = None
        self._made_of: dict[str, Wanted] = {}
        self._libraries: dict[str, Library] = {}
        self._log = logs.get("library")

    def of(self, group_id: str) -> Library:
        """The group's library as it is now."""
        return self._libraries.get(group_id) or self._libraries[SHARED]

    @property
    def state(self) -> Mapping[str, object]:
        """For health: the folder in a few words, and when that was read of it which is in use."""
        faults, read_at = self._libraries[SHARED].faults if self._libraries else (), self._folder.read_at
        missing = next((fault.message for fault in faults if fault.file == "."), None)
        return {
            "folder": missing or (f"{len(faults)} faults, named in the log" if faults else "ok"),
            "read_at": read_at.isoformat(timespec="seconds") if read_at else None,
        }

    async def start(self) -> None:
        """Read what can be used, and search it by words. Raises OSError when there is no folder to be read."""
        self._folder = await asyncio.to_thread(article_folder.read, self._path, self._clock.now())
        self._report(self._folder.faults)
        await self._make(await self._wanted())

    async def run(self) -> None:
        """Load the sentence model, then follow every change, for ever."""
        if self._wants_model:
            await self._load_model()
        while True:
            await self.wake.wait(timeout=LOOKS_EVERY)
            await self.look()
            await asyncio.sleep(RESTS)

    async def look(self) -> None:
        """Take up what has changed in the folder or on a shelf. Whatever goes wrong, the libraries stay as they are."""
        try:
            if await in_background(self._look_at_folder):
                self._made_of = {}
            await self._make(await self._wanted())
        except DatabaseFailed:
            self._log.error("the database is away; the library stays as it is")
        except Exception as error:
            self._log.error("the library cannot be made anew", error=error)

    # The sentence model

    async def _load_model(self) -> None:
        try:
            encoder = await in_background(sentence_model)
            if encoder is None:
                self._log.info("there is no sentence model; the library is searched by words")
                return
            await self._search_with(Embeddings(encoder, self._cache))
        except Exception as error:
            self._embeddings = None
            self._log.error("the sentence model cannot be used; words are searched for", error=error)
        else:
            self._log.info("the library is searched with the sentence model")

    async def _search_with(self, embeddings: Embeddings) -> None:
        self._embeddings = embeddings
        self._made_of = {}
        await self._make(await self._wanted())

    # The folder

    def _look_at_folder(self) -> bool:
        """Read the folder if it has changed; True when it is sound and was taken."""
        fingerprint = fingerprint_of(self._path)
        if fingerprint == self._broken:
            return False
        if fingerprint == self._folder.fingerprint:
            if self._broken is not None:  # what was wrong has been taken back
                self._broken = None
                self._say(self._folder.faults)
            return False
        found = article_folder.read_again(self._path, self._folder, self._clock.now())
        if found.faults:
            self._broken = fingerprint
            self._report(found.faults)
            self._say(found.faults)
            return False
        self._folder, self._broken = found, None
        return True

    def _say(self, faults: Sequence[Fault]) -> None:
        self._libraries = {key: each.with_faults(faults) for key, each in self._libraries.items()}

    def _report(self, faults: Sequence[Fault]) -> None:
        for fault in faults:
            self._log.error("the folder of articles", fault=str(fault))

    # Groups

    async def _wanted(self) -> Mapping[str, Wanted]:
        """What each library should be made of now."""
        known = {key: each.revision for key, each in self._made_of.items()}

        def look(service: Service) -> dict[str, Wanted]:
            return {
                group.id: self._of_group(service.within(group.id), known.get(group.id))
                for group in service.groups()
            }

        groups = await self._database.read(look)
        return {SHARED: Wanted(revision=0, own=None, shows_unchecked=self._show_unchecked), **groups}

    def _of_group(self, tx: Transaction, known: int | None) -> Wanted:
        """One cheap query where nothing has changed."""
        revision, shows = tx.shelf.revision(), self._show_unchecked or tx.group.demo
        if revision == known:
            return self._made_of[tx.group.id]
        return Wanted(revision=revision, own=own_of(tx), shows_unchecked=shows)

    async def _make(self, wanted: Mapping[str, Wanted]) -> None:
        """Make the libraries that have changed, and let go of what no group uses."""
        if wanted != self._made_of:
            self._libraries = await in_background(lambda: self._made(wanted))
            self._made_of = dict(wanted)
            self._log.info("the library was read", own=len(self._libraries) - 1)

    def _made(self, wanted: Mapping[str, Wanted]) -> dict[str, Library]:
        faults = self._libraries[SHARED].faults if self._broken is not None else self._folder.faults
        shared = wanted[SHARED]
        libraries: dict[str, Library] = {}
        for key, each in wanted.items():
            if key != SHARED and each.own is None and each.shows_unchecked == shared.shows_unchecked:
                continue  # it has nothing of its own
            if self._made_of.get(key) == each:
                libraries[key] = self._libraries[key]
                continue
            libraries[key] = self._new(each, faults)
        if self._embeddings:
            self._embeddings.keep(
                dict.fromkeys(text for each in libraries.values() for text in texts_of(each.every.values()))
            )
        return libraries

    def _new(self, wanted: Wanted, faults: Sequence[Fault]) -> Library:
        articles = with_own(self._folder.articles, wanted.own) if wanted.own else self._folder.articles
        shown: list[Article] = []
        hidden: list[Article] = []
        for article in articles.values():
            hides = article.is_unchecked_translation and not wanted.shows_unchecked
            (hidden if hides else shown).append(article)
        return Library(shown, self._embeddings, faults, hidden)


def own_of(tx: Transaction) -> Own | None:
    """What a group has of its own; None when there is nothing."""
    texts = tuple(
        (each.slug, each.language, each.text, tx.group.local(each.at).date()) for each in tx.shelf.published()
    )
    signed = {
        (each.slug, each.language, each.digest): tx.group.local(each.at).date()
        for each in tx.shelf.signatures()
    }
    phrasings = tuple(tx.phrasings.approved())
    if not (texts or signed or phrasings):
        return None
    return Own(texts=texts, signed=signed, phrasings=phrasings, group=tx.group.name)
