"""Whatever is sent is answered in the person's language, and loses nothing."""

import pytest

from dispatch.model.messages import AttachmentKind
from tests.world import World

TEXTS = {
    "only spaces of all kinds": "\u00a0\u3000\u200b\ufeff",
    "4,096 characters": "x" * 4096,
    "4,096 emoji": "👩‍👩‍👧‍👧" * 500,
    "4,096 less-than signs": "<" * 4096,
    "a NUL": "before\x00after",
    "a lone high surrogate": "before\ud83dafter",
    "a lone low surrogate": "before\ude00after",
    "a right-to-left override": "photo\u202egpj.exe",
    "unbalanced isolates": "\u2067\u2067\u2067 abc",
    "3,000 combining marks": "e" + "\u0301" * 3000,
    "tag characters": "\U000e0041\U000e0042\U000e0043",
    "mixed digits": "١٢ 34 ۵۶",
    "unclosed tags": "<b><i><a href='tg://user?id=1'>",
    "a Markdown link": "[x](tg://user?id=1)",
    "a formula": '=HYPERLINK("http://example.org")',
    "a full-width formula": "＝1+1",
    "SQL quotes": "'; DROP TABLE people; --",
    "format strings": "{0.__class__} %s {{7*7}}",
    "escapes for the log": "line\nline\x1b[31mred",
    "a homoglyph command": "／help",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
async def test_every_kind_of_text_is_answered_and_passes_a_relay_unharmed(world: World, text: str) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    before = len(amina.seen())
    await amina.says(text)
    assert len(amina.seen()) > before
    await amina.asks_people("my question")
    await hodan.presses("button-take")
    seen = len(hodan.seen())
    await amina.says(text)
    if text.strip("\u00a0\u3000\u200b\ufeff"):
        assert len(hodan.seen()) > seen
    await hodan.says("and now?")
    amina.sees("and now?")


@pytest.mark.parametrize("kind", list(AttachmentKind))
async def test_h6_anything_may_come_first(world: World, kind: AttachmentKind) -> None:
    amina = world.person("amina")
    await amina.shows(kind)
    assert amina.last().text == "🌐"
    await amina.presses("English")
    amina.sees("welcome")


@pytest.mark.parametrize("kind", [AttachmentKind.UNSUPPORTED])
async def test_what_cannot_pass_is_said_kindly(world: World, kind: AttachmentKind) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.shows(kind)
    amina.sees("unsupported")


@pytest.mark.parametrize(
    "command", ["/", "/nothing", "/START@otherbot", "/help@otherbot now", "/start " + "x" * 64]
)
async def test_h5_commands_of_any_shape_are_answered(world: World, command: str) -> None:
    amina = await world.member("amina", speaks="en")
    before = len(amina.seen())
    await amina.says(command)
    assert len(amina.seen()) > before


async def test_a_command_in_a_caption_counts_and_gives_no_rights(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.shows(AttachmentKind.PHOTO, "/queue")
    amina.sees("not-for-you")


async def test_h34_no_is_never_a_question(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("How do I apply for child benefit for my children?")
    await amina.says("no")
    amina.sees("consent")
