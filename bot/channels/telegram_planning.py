"""How a post becomes Telegram messages: which files go together, where the text stands, what it looks like. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar

from bot.channels.channel import Buttons, Change, Post, Upload
from bot.channels.telegram_failures import says
from bot.channels.telegram_reading import ANIMATION, VIDEO_NOTE
from bot.channels.telegram_request import Refused
from dispatch.model.messages import Attachment, AttachmentKind

File = Attachment | Upload

LONGEST_CAPTION = 1024
LARGEST_ALBUM = 10
LARGEST_PHOTO = 10 * 2**20
# What may share an album: pictures with films, documents with documents, sounds with sounds.
ALBUMS = {"photo": "seen", "video": "seen", "document": "document", "audio": "audio"}
CAPTIONED = frozenset({"photo", "video", "animation", "voice", "audio", "document"})
COVERABLE = frozenset({"photo", "video", "animation"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One call: a text, a file or an album, with the buttons under it."""

    files: tuple[File, ...] = ()
    text: str = ""
    bold: int = 0
    buttons: Buttons = ()
    covered: bool = False


def utf16(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def what(file: File) -> str:
    """Telegram's word for the kind of file. Resent by its id, a file cannot become another kind."""
    match file:
        case Attachment(ref=ref) if ref.startswith(VIDEO_NOTE):
            return "video_note"
        case Attachment(ref=ref) if ref.startswith(ANIMATION):
            return "animation"
        case Upload(kind=AttachmentKind.PHOTO, content=content) if len(content) > LARGEST_PHOTO:
            return "document"
    return str(file.kind)


def steps(post: Post) -> Sequence[Step]:
    """The calls that a post takes: the text is a caption where one can hold it, else a message after the files."""
    batches = list(_batches(post.files))
    if (
        post.buttons and not post.text and batches and len(batches[-1]) > 1
    ):  # an album has no buttons: its last item
        batches[-1:] = [batches[-1][:-1], batches[-1][-1:]]
    if not batches:
        return [Step(text=post.text, bold=post.bold, buttons=post.buttons)]
    *before, last = [Step(files=batch, covered=post.covered) for batch in batches]
    if not post.text:
        return [*before, replace(last, buttons=post.buttons)]
    if not before and _can_say(last.files, post):
        return [replace(last, text=post.text, bold=post.bold, buttons=post.buttons)]
    return [*before, last, Step(text=post.text, bold=post.bold, buttons=post.buttons)]


def _batches(files: Sequence[File]) -> Iterator[tuple[File, ...]]:
    for family, members in groupby(files, key=lambda file: ALBUMS.get(what(file))):
        together = tuple(members)
        size = LARGEST_ALBUM if family else 1
        for start in range(0, len(together), size):
            yield together[start : start + size]


def _can_say(files: tuple[File, ...], post: Post) -> bool:
    if utf16(post.text) > LONGEST_CAPTION or (len(files) > 1 and post.buttons):
        return False
    return all(what(file) in CAPTIONED for file in files)


Shown = TypeVar("Shown", Post, Change)


def plainer(deed: Shown, error: Refused) -> Shown | None:
    """The same without what Telegram found wrong with its looks; None when that was not it (H15)."""
    if deed.bold and says(error, "entit"):
        return replace(deed, bold=0)
    if says(error, "url") and any(button.url for row in deed.buttons for button in row):
        return _with_addresses_in_text(deed)
    if isinstance(deed, Post) and says(error, "photo_", "image_process"):
        return _with_photos_as_documents(deed)
    return None


def _with_addresses_in_text(deed: Shown) -> Shown:
    lines = [deed.text, *(f"{each.label}: {each.url}" for row in deed.buttons for each in row if each.url)]
    rows = [tuple(button for button in row if not button.url) for row in deed.buttons]
    return replace(deed, text="\n".join(lines).strip(), buttons=tuple(row for row in rows if row))


def _with_photos_as_documents(post: Post) -> Post | None:
    files = tuple(
        replace(file, kind=AttachmentKind.DOCUMENT)
        if isinstance(file, Upload) and file.kind is AttachmentKind.PHOTO
        else file
        for file in post.files
    )
    return replace(post, files=files) if files != post.files else None
