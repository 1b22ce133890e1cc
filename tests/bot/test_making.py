"""Files of our own are made when they are sent."""

import os
import re
from pathlib import Path

import pytest

from bot.channels.errors import Rejected
from bot.making import QR_CORRECTION, Maker
from bot.web import poster
from content.phrases import LanguageName, Phrase
from dispatch.model.messages import ArticleFile, AttachmentKind, Bar, Chart, Poster, QrCode
from tests.qr_codes import modules_for, modules_of_path, modules_of_picture

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def said(body: object, *, language: str = "en") -> str:
    return f"{body} in {language}"


def test_a_code_for_the_camera_is_a_picture_of_its_address(tmp_path: Path) -> None:
    address = "https://t.me/example_bot?start=so"
    made = Maker(tmp_path).make(QrCode(address=address), said)
    assert made.kind is AttachmentKind.PHOTO
    assert modules_of_picture(made.content) == modules_for(address, correction=QR_CORRECTION)
    assert modules_of_picture(made.content) != modules_for(f"{address}m", correction=QR_CORRECTION)


def test_a_chart_is_a_picture_in_the_words_of_whom_it_is_for(tmp_path: Path) -> None:
    asked: list[object] = []

    def say(body: object) -> str:
        asked.append(body)
        return f"said {len(asked)}"

    chart = Chart(title=Phrase("gaps-title"), bars=(Bar(label=LanguageName("so"), value=3),))
    made = Maker(tmp_path).make(chart, say)
    assert made.kind is AttachmentKind.PHOTO
    assert made.content.startswith(SIGNATURE)
    assert asked == [Phrase("gaps-title"), LanguageName("so")]


def test_a_poster_holds_no_markup_but_its_own(tmp_path: Path) -> None:
    group = """<script>alert(1)</script>"'><img src=x onerror=alert(1)>{{ 7*7 }}\u202e"""
    hostile = Poster(address='https://t.me/bot?start=so"><svg onload=alert(1)>', language="so", group=group)
    page = Maker(tmp_path).make(hostile, said).content.decode()
    for markup in ("<script", "<img", "<svg onload"):
        assert markup not in page, markup
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("name", "kind"),
    [("step.png", AttachmentKind.PHOTO), ("so.ogg", AttachmentKind.VOICE), ("so.mp3", AttachmentKind.AUDIO),
     ("film.mp4", AttachmentKind.VIDEO), ("form.pdf", AttachmentKind.DOCUMENT)],
)  # fmt: skip
def test_a_file_of_an_article_is_sent_as_what_it_is(tmp_path: Path, name: str, kind: AttachmentKind) -> None:
    (tmp_path / "no-school").mkdir()
    (tmp_path / "no-school" / name).write_bytes(b"content")
    made = Maker(tmp_path).make(ArticleFile(slug="no-school", name=name), said)
    assert (made.kind, made.content, made.name) == (kind, b"content", name)


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("no-school", "gone.png"),
        ("..", "secret"),
        ("no-school", "../../secret"),
        ("no-school", "circle.png"),
        ("no-school", "pipe.png"),
        ("no-school", "out.png"),
        ("no-school", "x" * 5000),
        ("no-school", "a\0b.png"),
    ],
)
def test_a_file_that_is_gone_or_elsewhere_is_refused(tmp_path: Path, slug: str, name: str) -> None:
    (tmp_path / "articles" / "no-school").mkdir(parents=True)
    (tmp_path / "secret").write_bytes(b"key")
    os.mkfifo(tmp_path / "articles" / "no-school" / "pipe.png")
    for link, to in (("circle.png", "circle.png"), ("out.png", "../../secret")):
        (tmp_path / "articles" / "no-school" / link).symlink_to(to)
    with pytest.raises(Rejected):
        Maker(tmp_path / "articles").make(ArticleFile(slug=slug, name=name), said)


def test_a_poster_speaks_its_own_language_and_needs_nothing_else(tmp_path: Path) -> None:
    """Whoever prints it has no network, perhaps, and nobody learns who opens it."""
    address = "https://t.me/example_bot?start=ur"
    made = Maker(tmp_path).make(Poster(address=address, language="ur", group="Oslo"), said)
    page = made.content.decode()
    assert (made.kind, made.name) == (AttachmentKind.DOCUMENT, "poster-ur.html")
    assert modules_of_path(page, border=poster.QR_BORDER) == modules_for(
        address, correction=poster.QR_CORRECTION
    )
    assert "poster-scan" in page and "in ur" in page and "in en" not in page
    assert 'lang="ur" dir="rtl"' in page
    assert not re.findall(r"(?:src|href)=|@import|url\(", page)
