"""Files go up with a seat, come down with an unguessable id, and are named only by who sent them."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from bot.channels.channel import Upload
from bot.web import files
from bot.web.frames import FileClaim, Refused, Say
from dispatch.model.messages import AttachmentKind
from tests.bot.web.test_socket import say, uuid
from tests.chat_site import MEMBER_SECRET, ChatSite, sitting

PICTURE = b"\xff\xd8 a picture"


def seat(site: ChatSite, user: str = "") -> str:
    return f"Seat {user}:{user}:{site.seats.secret_of(user) if user else MEMBER_SECRET}"


async def uploaded(
    site: ChatSite,
    client: TestClient[Any, Any],
    content: bytes = PICTURE,
    kind: str = "image/jpeg",
    user: str = "",
) -> dict[str, Any]:
    headers = {"Authorization": seat(site, user), "Content-Type": kind}
    response = await client.post("/chat/files", data=content, headers=headers)
    assert response.status == 200
    stored: dict[str, Any] = await response.json()
    return stored


async def test_a_picture_is_sent_and_can_be_fetched(site: ChatSite) -> None:
    async with site.client() as client, sitting(site) as browser:
        stored = await uploaded(site, client)
        frame = say(1, "", files=[{"kind": "photo", "seconds": 0, **stored}])
        assert (await browser.ask(frame))["type"] == "ack"
        message = await site.next()
        response = await client.get(f"/chat/files/{stored['ref']}")
        assert await response.read() == PICTURE
        assert response.headers["Content-Type"] == "image/jpeg"
        assert response.headers["Cache-Control"] == "no-store"
    (attachment,) = message.attachments
    assert (attachment.kind, attachment.size) == (AttachmentKind.PHOTO, len(PICTURE))
    assert await site.channel.fetch(attachment) == PICTURE


async def test_voice_keeps_its_length_and_a_place_needs_no_file(site: ChatSite) -> None:
    async with site.client() as client, sitting(site) as browser:
        stored = await uploaded(site, client, b"opus", "audio/webm;codecs=opus")
        voice = {"kind": "voice", "seconds": 12, **stored}
        place = {"kind": "location", "latitude": 59.9, "longitude": 10.7}
        assert (await browser.ask(say(1, "", files=[voice, place])))["type"] == "ack"
    first, second = (await site.next()).attachments
    assert (first.kind, first.seconds, first.content_type) == (
        AttachmentKind.VOICE,
        12,
        "audio/webm;codecs=opus",
    )
    assert (second.kind, second.latitude, second.longitude) == (AttachmentKind.LOCATION, 59.9, 10.7)


async def test_nobody_sends_on_the_file_of_another_or_a_file_that_is_none(site: ChatSite) -> None:
    async with site.client() as client, sitting(site) as browser:
        hers = await uploaded(site, client, user="leo")
        mine = await uploaded(site, client)
        for stored in (hers, {**mine, "size": 1}, {**mine, "type": "text/html"}, {**mine, "ref": "x" * 22}):
            answer = await browser.ask(say(1, "", files=[{"kind": "photo", **stored}]))
            assert answer == {"type": "refused", "id": uuid(1), "reason": "unknown-file"}


@pytest.mark.parametrize(
    "authorization", ["", "Seat", "Seat a:b", "Seat amira:amira:" + "x" * 22, "Basic x:y:z"]
)
async def test_without_a_seat_nothing_is_taken(site: ChatSite, authorization: str) -> None:
    async with site.client() as client:
        response = await client.post("/chat/files", data=b"x", headers={"Authorization": authorization})
        assert response.status == 401


async def test_a_file_is_at_most_20_mib(site: ChatSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_FILE", 1000)
    headers = {"Authorization": seat(site)}

    async def unannounced() -> Any:
        for _ in range(11):
            yield b"x" * 100

    async with site.client() as client:
        assert (await client.post("/chat/files", data=b"x" * 1000, headers=headers)).status == 200
        assert (await client.post("/chat/files", data=b"x" * 1001, headers=headers)).status == 413
        assert (await client.post("/chat/files", data=unannounced(), headers=headers)).status == 413
        assert (await client.post("/chat/files", data=b"", headers=headers)).status == 400


@pytest.mark.parametrize(
    "kind",
    ["text/html", "image/svg+xml", "application/pdf", "nonsense", "text/html; charset=utf-8", "TEXT/HTML"],
)
async def test_what_could_hold_a_program_is_only_ever_saved(site: ChatSite, kind: str) -> None:
    async with site.client() as client:
        stored = await uploaded(site, client, b"<script>alert(1)</script>", kind)
        response = await client.get(f"/chat/files/{stored['ref']}")
        assert response.headers["Content-Disposition"].startswith("attachment; filename=")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]


async def test_the_name_of_a_file_tells_nothing(site: ChatSite) -> None:
    async with site.client() as client:
        stored = await uploaded(site, client, b"%PDF", "application/pdf")
        response = await client.get(f"/chat/files/{stored['ref']}")
        assert response.headers["Content-Disposition"] == 'attachment; filename="file.pdf"'


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("poster-ur.html", "poster-ur.html"),
        ("årsmøte.html", "%C3%A5rsm%C3%B8te.html"),
        ('a"b\r\nSet-Cookie: x.html', "a%22b%0D%0ASet-Cookie%3A%20x.html"),
        ("document", "document.html"),
    ],
)
async def test_a_file_that_the_service_sends_is_saved_under_its_own_name(
    site: ChatSite, name: str, saved: str
) -> None:
    upload = Upload(kind=AttachmentKind.DOCUMENT, content=b"<p>", name=name, content_type="text/html")
    async with site.client() as client, sitting(site) as browser:
        line = await browser.line(await site.post(site.member, "", files=(upload,)))
        response = await client.get(f"/chat/files/{line['files'][0]['ref']}")
        disposition = response.headers["Content-Disposition"]
        assert disposition == f"attachment; filename=\"file.html\"; filename*=UTF-8''{saved}"


@pytest.mark.parametrize(
    ("asked", "status", "body", "named"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=8-", 206, b"89", "bytes 8-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=0-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=10-", 416, None, "bytes */10"),
        ("bytes=5-2", 200, b"0123456789", None),
        ("nonsense", 200, b"0123456789", None),
    ],
)
async def test_sound_can_be_fetched_in_parts(
    site: ChatSite, asked: str, status: int, body: bytes | None, named: str | None
) -> None:
    async with site.client() as client:
        stored = await uploaded(site, client, b"0123456789", "audio/mp4")
        response = await client.get(f"/chat/files/{stored['ref']}", headers={"Range": asked})
        assert (response.status, response.headers.get("Content-Range")) == (status, named)
        assert body is None or await response.read() == body


@pytest.mark.parametrize("ref", ["x" * 22, "x", "../../etc/passwd", "x" * 22 + "/..", "%2e%2e%2f"])
async def test_a_file_that_is_none_is_not_found(site: ChatSite, ref: str) -> None:
    async with site.client() as client:
        assert (await client.get(f"/chat/files/{ref}")).status == 404


async def test_a_slow_upload_is_given_up(site: ChatSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LONGEST_UPLOAD", files.LONGEST_UPLOAD * 0)

    async with site.client() as client:
        response = await client.post(
            "/chat/files",
            data=b"x" * 1000,
            headers={"Authorization": seat(site), "Content-Length": "2000"},
            timeout=None,
        )
        assert response.status == 408


async def test_uploads_beyond_what_memory_holds_are_asked_to_come_again(
    site: ChatSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "UPLOADS_AT_ONCE", 0)
    await site.stop()
    await site.start()
    async with site.client() as client:
        response = await client.post("/chat/files", data=b"x", headers={"Authorization": seat(site)})
        assert (response.status, response.headers["Retry-After"]) == (503, "5")


def test_a_claim_without_proof_is_refused(site: ChatSite) -> None:
    taker = files.Files(database=site.database, seats=site.seats, secret=b"s", now=site.clock.now)
    claim = FileClaim(kind="photo", ref="r", content_type="image/png", size=1, proof="é")
    with pytest.raises(Refused):
        taker.verify("amira", Say(id=uuid(1), text="", files=(claim,), reply_to=None))
