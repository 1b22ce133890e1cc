"""Links, codes and posters: how somebody who does not know us finds us, in her language."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from bot import making
from bot.web import poster
from content.languages import LANGUAGES
from dispatch.actions.joining import START_PREFIX
from dispatch.model.messages import AttachmentKind
from tests.qr_codes import modules_for, modules_of_path, modules_of_picture
from tests.world import World, uploads

TELEGRAM_START = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a deep link may carry (platform-facts of the Bot API: `start`)."""


class Tags(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


async def test_a_coordinator_gets_a_link_a_code_and_a_poster(world: World) -> None:
    kari = await world.coordinator("kari")
    await kari.says("/links")
    await kari.presses("العربية")
    made, drawn = kari.seen()[-2:]
    (code,), (page,) = uploads(made), uploads(drawn)
    link = world.channel.link("ar")
    assert link in made.text and "Arabic" in made.text
    assert code.kind is AttachmentKind.PHOTO
    assert modules_of_picture(code.content) == modules_for(link, correction=making.QR_CORRECTION)
    assert (page.name, page.kind, page.content_type) == (
        "poster-ar.html",
        AttachmentKind.DOCUMENT,
        "text/html",
    )

    html = Tags(page.content.decode())
    assert ("html", {"lang": "ar", "dir": "rtl"}) in html.tags
    assert "العربية" in html.text and "Bydelsmødrene" in html.text and link in html.text
    shown = modules_of_path(page.content.decode(), border=poster.QR_BORDER)
    assert shown == modules_for(link, correction=poster.QR_CORRECTION)


async def test_who_comes_by_the_link_of_a_poster_is_greeted_in_its_language(world: World) -> None:
    kari = await world.coordinator("kari")
    await kari.says("/links")
    await kari.presses("Soomaali")
    start = kari.seen()[-2].text.split("start=")[1].split()[0].strip("\u2069")
    amina = world.person("amina", app_language="en")
    amina.language = "so"
    await amina.says(f"/start {start}")
    amina.sees("welcome")


def test_every_language_has_a_link_that_platforms_take() -> None:
    for tag in LANGUAGES:
        assert TELEGRAM_START.fullmatch(tag) and not tag.startswith(START_PREFIX)


async def test_a_link_that_names_a_language_in_an_older_way_still_works(world: World) -> None:
    ingrid = world.person("ingrid")
    ingrid.language = "nb"
    await ingrid.says("/start no")
    ingrid.sees("welcome")


async def test_a_poster_of_a_language_that_is_offered_no_more_asks_instead(world: World) -> None:
    thuy = world.person("thuy")
    await thuy.says("/start vi")
    assert thuy.last().text == "🌐"


async def test_links_are_made_in_all_languages(world: World) -> None:
    await world.serves(*LANGUAGES)
    kari = await world.coordinator("kari")
    await kari.says("/links")
    assert "Hausa" not in kari.last().labels()
    await kari.turns_to("Hausa")
    await kari.presses("Hausa")
    assert uploads(kari.last())[0].name == "poster-ha.html"


async def test_a_groups_name_is_text_on_a_poster_whatever_it_is(world: World) -> None:
    await world.within(lambda tx: tx.save_group(replace(tx.group, name="<script>1</script> & co")))
    kari = await world.coordinator("kari")
    await kari.says("/links")
    await kari.presses("English")
    html = Tags(uploads(kari.last())[0].content.decode())
    assert not any(tag == "script" for tag, _ in html.tags)
    assert "<script>1</script> & co" in html.text


async def test_members_and_volunteers_make_no_links(world: World) -> None:
    hodan = await world.volunteer("hodan")
    await hodan.says("/links")
    hodan.sees("not-for-you")
    amina = await world.member("amina")
    await amina.says("/links")
    amina.sees("not-for-you")
