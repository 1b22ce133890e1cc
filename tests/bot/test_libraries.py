"""The library follows its folder and each group's shelf while the service runs."""

import itertools
import os
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.libraries import Libraries
from content.article_writing import written
from content.library import Library
from content.search.embedding import Embeddings
from dispatch.model.people import Group
from dispatch.model.shelf import ShelfText, Signature, TextState
from dispatch.store.database import Database
from tests.content.library.folders import TODAY, WordEncoder, article, simple, town, write
from tests.contracts.databases import fresh_database
from tests.contracts.samples import AARHUS, NOW, OSLO


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with fresh_database("sqlite", tmp_path) as database:
        await database.run(lambda service: (service.put_group(OSLO), service.put_group(AARHUS)))
        yield database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return town(tmp_path / "articles")


async def libraries(database: Database, folder: Path, **options: object) -> Libraries:
    found = Libraries(database, folder, **{"model": False, **options})  # type: ignore[arg-type]
    await found.start()
    return found


def title(library: Library, slug: str, language: str = "en") -> str | None:
    found = library.article(slug, language, today=TODAY)
    return found.title if found else None


async def publish(database: Database, group: Group, *texts: tuple[str, str, str, int]) -> None:
    for slug, language, name, version in texts:
        mine = article(slug, language, name, f"about {name}", body=f"{name}, told by us.")
        text = ShelfText(
            id=f"{group.id}-{slug}-{language}-{version}",
            slug=slug,
            language=language,
            version=version,
            text=written(mine),
            state=TextState.PUBLISHED,
            at=NOW,
        )
        await database.run(lambda service, text=text: service.within(group.id).shelf.add(text))


async def test_groups_without_anything_of_their_own_share_a_library(database: Database, folder: Path) -> None:
    found = await libraries(database, folder)
    assert found.of("oslo") is found.of("aarhus")
    assert title(found.of("oslo"), "no-rent") == "Pay the rent"


async def test_what_a_group_publishes_is_its_own(database: Database, folder: Path) -> None:
    found = await libraries(database, folder)
    shared = found.of("aarhus")
    await publish(database, OSLO, ("no-rent", "en", "Rent in Oslo", 1), ("no-own-1", "so", "Cunto", 1))
    await found.look()
    assert title(found.of("oslo"), "no-rent") == "Rent in Oslo"
    assert title(found.of("oslo"), "no-own-1", "so") == "Cunto"
    assert title(found.of("oslo"), "no-doctor") == "See a doctor"
    assert found.of("aarhus") is shared
    asked = found.of("oslo").find("about Cunto", "so", today=TODAY)
    assert asked.candidates[0].article.slug == "no-own-1"
    assert asked.candidates[0].article.published


async def test_a_signature_makes_an_article_checked_for_that_group(database: Database, folder: Path) -> None:
    found = await libraries(database, folder)
    rent = found.of("oslo").every["no-rent", "en"]
    signed = Signature(slug="no-rent", language="en", digest=rent.digest, person_id=None, at=NOW)
    await database.run(lambda service: service.within("oslo").shelf.sign(signed))
    await found.look()
    checked = found.of("oslo").every["no-rent", "en"]
    assert checked.is_checked and checked.checked_by == "Oslo"
    assert not found.of("aarhus").every["no-rent", "en"].is_checked


async def test_nothing_is_made_anew_when_nothing_has_changed(database: Database, folder: Path) -> None:
    await publish(database, OSLO, ("no-own-1", "so", "Cunto", 1))
    found = await libraries(database, folder)
    before = found.of("oslo"), found.of("aarhus")
    await found.look()
    assert (found.of("oslo"), found.of("aarhus")) == before
    await publish(database, OSLO, ("no-own-1", "so", "Cunto cusub", 2))
    await found.look()
    assert found.of("oslo") is not before[0] and found.of("aarhus") is before[1]


async def test_a_changed_folder_is_taken_up_for_every_group(database: Database, folder: Path) -> None:
    await publish(database, OSLO, ("no-own-1", "so", "Cunto", 1))
    found = await libraries(database, folder)
    simple(folder, "no-rent", "en", "Rent and deposit")
    shutil.rmtree(folder / "no-school")
    simple(folder, "no-tax", "en", "Tax card")
    await found.look()
    for group in ("oslo", "aarhus"):
        assert title(found.of(group), "no-rent") == "Rent and deposit"
        assert title(found.of(group), "no-tax") == "Tax card"
        assert title(found.of(group), "no-school") is None
    assert title(found.of("oslo"), "no-own-1", "so") == "Cunto"


ALIASES = (
    "---\ntitle: Rent\nasks: &a [x, x, x, x, x, x, x, x, x]\n"
    + "".join(
        f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, after in itertools.pairwise("abcdefghij")
    )
    + "---\nBody"
)
"""Ten lines that stand for a thousand million values."""

BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "wrong front matter": (
        lambda folder: write(folder, "no-rent/en.md", "---\ntitle: [open\n---\nBody"),
        "no-rent/en.md:3: error: YAML",
    ),
    "no title": (
        lambda folder: write(folder, "no-rent/en.md", "---\ntheme: money\n---\nBody"),
        "no-rent/en.md:1: error: `title` is missing",
    ),
    "a binary file": (
        lambda folder: (folder / "no-rent" / "en.md").write_bytes(b"\x89PNG\0\0\1"),
        "no-rent/en.md:1: error: is a binary file",
    ),
    "a binary file with another name": (
        lambda folder: (folder / "no-rent" / "core.bin").write_bytes(b"\0" * 20),
        "no-rent/core.bin:1: warning: is neither an article",
    ),
    "a text that is not UTF-8": (
        lambda folder: (folder / "no-rent" / "en.md").write_bytes(b"---\ntitle: L\xe6re\n---\n"),
        "no-rent/en.md:2: error: is not text in UTF-8",
    ),
    "10 MB of text": (
        lambda folder: write(folder, "no-rent/en.md", "---\ntitle: Rent\n---\n" + "a" * 10_000_000),
        "no-rent/en.md:1: error: 10.0 MB is too long",
    ),
    "a film of 10 MB": (
        lambda folder: (folder / "no-rent" / "film.mp4").write_bytes(b"\0" * 10_000_000),
        "no-rent/film.mp4:1: warning: 10 MB is too large",
    ),
    "two files for one article": (
        lambda folder: write(folder, "no-rent/EN.md", "---\ntitle: Rent\n---\nBody"),
        "the same article and language as",
    ),
    "two articles with one title": (
        lambda folder: simple(folder, "no-tax", "en", "Pay the rent"),
        "has the same title as 'no-rent'",
    ),
    "a link to an article that is not there": (
        lambda folder: simple(folder, "no-rent", "en", "Rent", related="[no-nothing]"),
        "no-rent/en.md:3: warning: related article 'no-nothing' is not in the library",
    ),
    "a link to a picture that is not there": (
        lambda folder: write(folder, "no-rent/en.md", "---\ntitle: Rent\n---\n![a form](form.png)"),
        "no-rent/en.md:4: warning: the link 'form.png' leads nowhere",
    ),
    "another number in a translation": (
        lambda folder: simple(folder, "no-rent", "nb", "Betal 112", translated_from="en"),
        "no-rent/nb.md:2: error: 112 is not among the original's numbers",
    ),
    "another link in a translation": (
        lambda folder: simple(folder, "no-doctor", "nb", "Se evil.no", translated_from="en"),
        "no-doctor/nb.md:2: error: evil.no is not among the original's links",
    ),
    "a file of aliases": (
        lambda folder: write(folder, "no-rent/en.md", ALIASES),
        "no-rent/en.md:4: error: YAML: aliases",
    ),
    "lists within lists": (
        lambda folder: write(
            folder, "no-rent/en.md", "---\ntitle: Rent\nasks: " + "[" * 60_000 + "]" * 60_000 + "\n---\n"
        ),
        "no-rent/en.md:3: error: YAML: too many lists",
    ),
    "a name that no file can have": (
        lambda folder: write(
            folder, "no-rent/en.md", f"---\ntitle: Rent\nattachments: [{'a' * 300}.png]\n---\nBody"
        ),
        "is not in the article's folder",
    ),
    "a link in a circle": (
        lambda folder: (folder / "no-rent" / "so.md").symlink_to("so.md"),
        "no-rent/so.md:1: error: is not a file",
    ),
    "an ending in capitals": (
        lambda folder: write(folder, "no-rent/so.MD", "---\ntitle: Kirada\n---\n[form](form.pdf)"),
        "no-rent/so.MD:1: warning: is neither an article",
    ),
    "a pipe": (
        lambda folder: os.mkfifo(folder / "no-rent" / "so.md"),
        "no-rent/so.md:1: error: is not a file",
    ),
    "a name that is no text": (
        lambda folder: (folder / "no-rent" / os.fsdecode(b"\xff\xfe.md")).write_text("---\ntitle: x\n---\n"),
        "no-rent/??.md:1: error: the file's name is not a language tag",
    ),
    "a folder that is gone": (shutil.rmtree, ".:1: error: the folder of articles is gone"),
    "a disk that is not mounted": (
        lambda folder: (shutil.rmtree(folder), folder.mkdir()),
        ".:1: error: the folder of articles has no articles any more",
    ),
    "a file in the folder's place": (
        lambda folder: (shutil.rmtree(folder), folder.write_text("")),
        ".:1: error: the folder of articles cannot be read",
    ),
}
AWAY = {"a folder that is gone", "a disk that is not mounted", "a file in the folder's place"}


@pytest.mark.parametrize("how", BROKEN)
async def test_a_folder_that_breaks_while_running_leaves_the_last_good_library_in_use(
    database: Database, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    shutil.copytree(folder, tmp_path / "good")
    await publish(database, OSLO, ("no-own-1", "so", "Cunto", 1))
    found = await libraries(database, folder)
    breaks, says = BROKEN[how]
    breaks(folder)
    await found.look()
    for group in ("oslo", "aarhus"):
        assert title(found.of(group), "no-rent") == "Pay the rent"
        assert any(says in str(fault) for fault in found.of(group).faults), found.of(group).faults
    assert says in "".join(capsys.readouterr())
    await found.look()
    assert "".join(capsys.readouterr()) == ""  # it is said once
    await publish(database, OSLO, ("no-own-1", "so", "Cunto cusub", 2))
    await found.look()
    assert title(found.of("oslo"), "no-own-1", "so") == "Cunto cusub"  # the shelf goes on
    assert any(says in str(fault) for fault in found.of("oslo").faults)
    folder.unlink() if folder.is_file() else shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(tmp_path / "good", folder)
    simple(folder, "no-rent", "en", "Rent, mended")
    await found.look()
    for group in ("oslo", "aarhus"):
        assert title(found.of(group), "no-rent") == "Rent, mended"
        assert found.of(group).faults == ()


async def test_a_fault_that_is_taken_back_is_not_told_any_more(database: Database, folder: Path) -> None:
    found = await libraries(database, folder)
    stray = write(folder, "no-rent/notes.txt", "later")
    await found.look()
    assert found.of("oslo").faults
    stray.unlink()
    await found.look()
    assert found.of("oslo").faults == ()


async def test_at_the_first_start_what_can_be_used_is_used(database: Database, folder: Path) -> None:
    write(folder, "no-rent/en.md", "no front matter")
    found = await libraries(database, folder)
    assert title(found.of("oslo"), "no-doctor") == "See a doctor"
    assert title(found.of("oslo"), "no-rent") is None
    assert [fault.file for fault in found.of("oslo").faults] == ["no-rent/en.md"]


async def test_at_the_first_start_a_translation_with_another_number_is_left_out(
    database: Database, folder: Path
) -> None:
    simple(folder, "no-rent", "nb", "Betal 112", translated_from="en")
    found = await libraries(database, folder)
    assert title(found.of("oslo"), "no-rent", "nb") == "Pay the rent"
    assert {fault.file for fault in found.of("oslo").faults} == {"no-rent/nb.md"}


@pytest.mark.parametrize("how", [how for how in BROKEN if how not in AWAY])
async def test_at_the_first_start_no_fault_keeps_the_rest_from_being_used(
    database: Database, folder: Path, how: str
) -> None:
    breaks, says = BROKEN[how]
    breaks(folder)
    found = await libraries(database, folder)
    assert title(found.of("oslo"), "no-doctor") == "See a doctor"
    assert any(says in str(fault) for fault in found.of("oslo").faults)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to the superuser")
async def test_a_folder_that_may_not_be_looked_into_is_named(database: Database, folder: Path) -> None:
    (folder / "no-rent").chmod(0)
    found = await libraries(database, folder)
    assert title(found.of("oslo"), "no-doctor") == "See a doctor"
    assert [str(fault) for fault in found.of("oslo").faults] == ["no-rent:1: error: is not a file"]
    (folder / "no-rent").chmod(0o700)


async def test_a_text_that_cannot_be_read_any_more_takes_nothing_else_with_it(
    database: Database, folder: Path
) -> None:
    await publish(database, OSLO, ("no-own-1", "so", "Cunto", 1))
    bad = ShelfText(
        id="bad", slug="no-rent", language="en", version=1, text="?", state=TextState.PUBLISHED, at=NOW
    )
    await database.run(lambda service: service.within("oslo").shelf.add(bad))
    found = await libraries(database, folder)
    assert title(found.of("oslo"), "no-own-1", "so") == "Cunto"
    assert title(found.of("oslo"), "no-rent") == "Pay the rent"


async def test_unchecked_translations_can_be_hidden_and_the_demonstration_shows_them(
    database: Database, folder: Path
) -> None:
    await database.run(lambda service: service.put_group(replace(AARHUS, demo=True)))
    simple(folder, "no-rent", "so", "Kirada", translated_from="en")
    simple(
        folder,
        "no-school",
        "so",
        "Iskuulka",
        translated_from="en",
        checked_by="Hodan",
        checked="2026-11-01",
    )
    found = await libraries(database, folder, show_unchecked=False)
    assert title(found.of("oslo"), "no-rent", "so") == "Pay the rent"
    assert title(found.of("oslo"), "no-school", "so") == "Iskuulka"
    assert title(found.of("aarhus"), "no-rent", "so") == "Kirada"
    hidden = found.of("oslo").every["no-rent", "so"]
    signed = Signature(slug="no-rent", language="so", digest=hidden.digest, person_id=None, at=NOW)
    await database.run(lambda service: service.within("oslo").shelf.sign(signed))
    await found.look()
    assert title(found.of("oslo"), "no-rent", "so") == "Kirada"


async def test_a_change_encodes_what_changed_and_nothing_else(
    database: Database, folder: Path, tmp_path: Path
) -> None:
    found = await libraries(database, folder)
    encoder = WordEncoder()
    await found._search_with(Embeddings(encoder, tmp_path / "cache", shipped=None))
    encoder.asked.clear()
    await publish(database, OSLO, ("no-own-1", "so", "Cunto", 1))
    await found.look()
    assert {text.partition(": ")[2] for text in encoder.asked} == {
        "Cunto",
        "about Cunto",
        "Cunto, told by us.",
    }
    encoder.asked.clear()
    kept = Embeddings(encoder, tmp_path / "cache", shipped=None)
    kept.of(["query: Cunto", "query: Pay the rent"])
    assert encoder.asked == []  # the shelf's and the folder's are kept together
