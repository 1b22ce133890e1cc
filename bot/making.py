"""Files of our own, made when they are sent: an article's pictures and sound, charts, codes for a telephone's camera."""

import io
import mimetypes
from collections.abc import Callable
from pathlib import Path

import segno

from bot.channels.channel import Upload
from bot.channels.errors import Rejected
from bot.charts import draw
from content.phrases import Body
from dispatch.model.messages import ArticleFile, AttachmentKind, Chart, Made, QrCode

Say = Callable[[Body], str]
"""Says a body in the language of whom the file is for."""

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
            case Chart(title=title, bars=bars):
                return _picture(draw(say(title), [(say(bar.label), bar.value) for bar in bars]), "chart.png")

    def _of_article(self, slug: str, name: str) -> Upload:
        path = (self._articles / slug / name).resolve()
        if not path.is_relative_to(self._articles.resolve()) or not path.is_file():
            raise Rejected("the article's file is gone")
        content_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        kind = KINDS.get(content_type.partition("/")[0], AttachmentKind.DOCUMENT)
        if content_type in VOICES:
            kind = AttachmentKind.VOICE
        return Upload(kind=kind, content=path.read_bytes(), name=path.name, content_type=content_type)


def _qr_code(address: str) -> Upload:
    picture = io.BytesIO()
    segno.make(address, error=QR_CORRECTION, micro=False).save(picture, kind="png", scale=QR_SCALE)
    return _picture(picture.getvalue(), "qr.png")


def _picture(png: bytes, name: str) -> Upload:
    return Upload(kind=AttachmentKind.PHOTO, content=png, name=name, content_type="image/png")
