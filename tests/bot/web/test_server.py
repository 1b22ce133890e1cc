"""What every answer of the web application carries, and what the pages say of themselves."""

import json
import re

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.web import chat, words
from bot.web.seats import Pane
from bot.web.server import build_app
from tests.chat_site import ChatSite

STATIC = chat.STATIC
LARGEST_PAGE = 100_000  # bytes, with everything that it loads


@pytest.mark.parametrize("path", ["/", "/chat", "/health", "/static/main.js", "/nowhere", "/chat/socket"])
async def test_every_answer_carries_the_headers_that_keep_a_page_its_own(site: ChatSite, path: str) -> None:
    async with site.client() as client:
        response = await client.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self';" in policy and "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "aiohttp" not in response.headers["Server"]


async def test_health_is_said_in_json_and_by_the_status(site: ChatSite) -> None:
    async with site.client() as client:
        response = await client.get("/health")
        assert (response.status, await response.json()) == (200, {"ok": True})
        site.healthy = False
        assert (await client.get("/health")).status == 503


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example"])
async def test_a_name_that_somebody_points_at_this_machine_gets_nothing(site: ChatSite, host: str) -> None:
    async with site.client() as client:
        for path in ("/", "/chat", "/health", "/chat/socket"):
            assert (await client.get(path, headers={"Host": host})).status == 421


async def test_without_panes_there_is_no_demonstration(site: ChatSite) -> None:
    await site.stop()
    bare = ChatSite(site.database, panes=())
    await bare.start()
    async with bare.client() as client:
        response = await client.get("/?start=inv-1", allow_redirects=False)
        assert (response.status, response.headers["Location"]) == (302, "/chat?start=inv-1")
    await bare.stop()


async def test_seats_are_given_on_the_demonstration_page_only(site: ChatSite) -> None:
    async with site.client() as client:
        front = await (await client.get("/")).text()
        own = await (await client.get("/chat")).text()
    assert site.seats.secret_of("amira") in front
    assert site.seats.secret_of("amira") not in own
    assert json.loads(data_of(own))["panes"][0]["users"] == []


def data_of(page: str) -> str:
    found = re.search(r'<script type="application/json" id="page">(.*?)</script>', page, re.DOTALL)
    assert found
    return found[1]


async def test_a_title_cannot_end_the_data_of_the_page(site: ChatSite) -> None:
    await site.stop()
    title = "</script><script>alert(1)</script>"
    bare = ChatSite(site.database, panes=(Pane(title=title, role="member"),))
    await bare.start()
    async with bare.client() as client:
        page = await (await client.get("/")).text()
    await bare.stop()
    assert json.loads(data_of(page))["panes"][0]["title"] == title


async def test_a_page_holds_no_program_and_no_style_of_its_own(site: ChatSite) -> None:
    async with site.client() as client:
        page = await (await client.get("/")).text()
    scripts = re.findall(r"<script[^>]*>", page)
    assert [tag for tag in scripts if "src=" not in tag] == ['<script type="application/json" id="page">']
    assert "style=" not in page and "<style" not in page and not re.search(r"\son\w+=", page)


async def test_the_page_with_all_that_it_loads_is_under_100_kb(site: ChatSite) -> None:
    async with site.client() as client:
        page = await (await client.get("/")).text()
        loaded = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
        sizes = [len(await (await client.get(path)).read()) for path in loaded]
    assert {path.rpartition("/")[2] for path in loaded} >= {path.name for path in STATIC.glob("*.js")}
    assert len(page.encode()) + sum(sizes) < LARGEST_PAGE


async def test_the_page_fetches_nothing_from_elsewhere() -> None:
    for path in (*STATIC.iterdir(), *(STATIC.parent / "templates").iterdir()):
        addresses = set(re.findall(r"https?://[^\s\"'`<>$]+", path.read_text()))
        named = {address for address in addresses if re.search(r"://\w[\w.-]*\.\w+", address)}
        assert named <= {"http://www.w3.org/2000/svg", "https://www.openstreetmap.org/?mlat="}, path


def test_every_text_of_the_page_is_a_phrase_and_every_phrase_is_used() -> None:
    program = "".join(path.read_text() for path in STATIC.glob("*.js"))
    said = {f"web-{key}" for key in re.findall(r'\bsay\("([a-z-]+)"\)', program)}
    said |= {"web-play", "web-pause"}  # chosen between
    template = (STATIC.parent / "templates" / "chat.html").read_text()
    said |= set(re.findall(r'words\.texts\["([a-z-]+)"\]', template))
    assert said == set(words.ENGLISH.texts)


async def test_other_routes_stand_beside_the_chat() -> None:
    async def health() -> dict[str, object]:
        return {"ok": True}

    async with TestClient(TestServer(build_app(health=health))) as client:
        assert (await client.get("/health")).status == 200
        assert (await client.get("/chat")).status == 404
