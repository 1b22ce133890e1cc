"""Files of our own, made when they are sent: an article's pictures and sound, charts, posters, codes for a camera."""

import io
import mimetypes
from functools import partial
from pathlib import Path
from typing import Protocol

import segno

from bot.channels.channel import Upload
from bot.channels.errors import Rejected
from bot.charts import draw
from bot.web import poster
from content.phrases import Body
from dispatch.model.messages import ArticleFile, AttachmentKind, Chart, Made, Poster, QrCode, TextFile


class Say(Protocol):
    """Says a body in the language of whom the file is for, or in the one that is given."""

    def __call__(self, body: Body, *, language: str = ...) -> str:
        """The text."""


QR_SCALE = 12  # pixels of one module: sharp on a poster of A5
QR_CORRECTION = "m"  # 15 % may be dirty or torn

KINDS = {"image": AttachmentKind.PHOTO, "audio": AttachmentKind.AUDIO, "video": AttachmentKind.VIDEO}
VOICES = frozenset({"audio/ogg"})  # what a telephone shows as a voice message


class Maker:
    """Makes files on the thread that calls it. `articles` is the folder of the library."""

    def __init__(self, articles: Path) -> None:
        self._articles = articles

    def make(self, made: Made, say: Say) -> Upload:
        """The file as bytes. Raises Rejected when what it shows is gone."""
        match made:
            case ArticleFile(slug=slug, name=name):
                return self._of_article(slug, name)
            case QrCode(address=address):
                return _qr_code(address)
            case Poster():
                return _poster(made, say)
            case TextFile(name=name, body=body):
                return _text(name, say(body))
            case Chart(title=title, bars=bars):
                return _picture(draw(say(title), [(say(bar.label), bar.value) for bar in bars]), "chart.png")

    def _of_article(self, slug: str, name: str) -> Upload:
        try:
            path = (self._articles / slug / name).resolve()
            ours = path.is_relative_to(self._articles.resolve()) and path.is_file()
            content = path.read_bytes() if ours else None
        except (
            OSError,
            RuntimeError,
            ValueError,
        ):  # it is gone, leads in a circle, or no file can be called so
            content = None
        if content is None:
            raise Rejected("the article's file is gone")
        content_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        kind = KINDS.get(content_type.partition("/")[0], AttachmentKind.DOCUMENT)
        if content_type in VOICES:
            kind = AttachmentKind.VOICE
        return Upload(kind=kind, content=content, name=path.name, content_type=content_type)


def _qr_code(address: str) -> Upload:
    picture = io.BytesIO()
    segno.make(address, error=QR_CORRECTION, micro=False).save(picture, kind="png", scale=QR_SCALE)
    return _picture(picture.getvalue(), "qr.png")


def _picture(png: bytes, name: str) -> Upload:
    return Upload(kind=AttachmentKind.PHOTO, content=png, name=name, content_type="image/png")


def _text(name: str, text: str) -> Upload:
    kind, content = (
        AttachmentKind.DOCUMENT,
        f"\ufeff{text}\n".encode(),
    )  # the mark tells old viewers that it is UTF-8
    return Upload(kind=kind, content=content, name=name, content_type="text/plain; charset=utf-8")


def _poster(made: Poster, say: Say) -> Upload:
    page = poster.draw(made, partial(say, language=made.language))
    return Upload(
        kind=AttachmentKind.DOCUMENT,
        content=page.encode(),
        name=f"poster-{made.language}.html",
        content_type="text/html",
    )
