"""Every article that ships can be read in the chat, in every language that it has."""

import re
from dataclasses import replace

import pytest

from bot.rendering import units
from content.articles import Article
from content.digests import ARTICLES
from content.languages import direction
from content.library import Library
from tests.fake_channel import LIMITS
from tests.world import Human, World

TAGS = sorted({file.stem for file in ARTICLES.glob("*/*.md")})
MARKUP = re.compile(r"!?\[[^\]]*\]\(|\*\*|^#+ |^---$|__", re.MULTILINE)
LINK = re.compile(r"https?://\S+")
SET_APART = re.compile("\u2068[^\u2069]*\u2069")
ALONE = re.compile(r"^https?://\S+$", re.MULTILINE)  # the source: a line of its own, which runs its own way
NESTED = re.compile("\u2068\u2068|\u2069\u2069")
GROUPED = re.compile(r"\d{2,} \d{2,}")
"""A telephone number in groups, which right-to-left text turns round unless it is set apart (H16)."""
ADDRESS = re.compile(r"[a-z]\.[a-z]{2,}\b|\w@\w", re.ASCII)
"""So it does with what has a path behind it."""


async def reads_all(reader: Human, articles: list[Article]) -> list[str]:
    """She opens each article by its button; what it looks like."""
    world, shown = reader.world, []
    person = await reader.row()
    assert person
    for article in articles:
        slug = article.slug
        token = await world.within(lambda tx, slug=slug: tx.buttons.put("read", slug, person=person.id))
        await world.arrive(reader.press_token(token, reader.last()))
        await world.settles()
        shown.append(reader.last().text)
    return shown


@pytest.mark.parametrize("tag", TAGS)
async def test_every_article_is_whole_in_one_message_without_markup(
    world: World, library: Library, tag: str
) -> None:
    articles = sorted(
        (article for article in library.every.values() if article.language == tag), key=lambda each: each.slug
    )
    for country in ("NO", "DK"):
        here = [article for article in articles if article.country == country]
        await world.within(
            lambda tx, country=country: tx.save_group(
                replace(tx.group, country=country, languages=(*tx.group.languages, tag), demo=True)
            )
        )
        reader = await world.member(f"reader-{country}", speaks=tag)
        for article, text in zip(here, await reads_all(reader, here), strict=True):
            where = f"{article.slug}/{tag}"
            assert article.title in text.replace("\u2068", "").replace("\u2069", ""), where
            assert not MARKUP.search(LINK.sub("", text)), f"{where}: {MARKUP.search(LINK.sub('', text))}"
            assert units(text) <= LIMITS.longest_text, where
            if direction(tag) == "rtl":
                assert not GROUPED.search(bare := SET_APART.sub("", ALONE.sub("", text))), where
                assert not ADDRESS.search(bare), f"{where}: {ADDRESS.search(bare)}"
                assert not NESTED.search(text), f"{where}: {NESTED.search(text)}"
