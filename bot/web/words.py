"""What the page itself says. The catalogue says the same in other languages."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from content.catalog import Catalog
from content.languages import direction, resolve
from content.phrases import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The page's texts in one language."""

    language: str  # BCP 47
    direction: str  # ltr or rtl
    texts: Mapping[str, str]


ENGLISH = Words(
    language="en",
    direction="ltr",
    texts=MappingProxyType(
        {
            "web-demonstration": "A demonstration. Nothing leaves this machine.",
            "web-start": "Start",
            "web-write": "Write here",
            "web-send": "Send",
            "web-voice": "Speak",
            "web-recording": "Recording",
            "web-photo": "Picture",
            "web-document": "File",
            "web-place": "My place",
            "web-commands": "Commands",
            "web-reply": "Reply",
            "web-edit": "Edit",
            "web-copy": "Copy",
            "web-cancel": "Cancel",
            "web-close": "Close",
            "web-more": "More",
            "web-edited": "edited",
            "web-removed": "Deleted",
            "web-unsent": "Not sent yet, will be",
            "web-failed": "Could not be sent",
            "web-again": "Try again",
            "web-discard": "Throw away",
            "web-offline": "No connection. What you write is kept and sent later.",
            "web-refused": "This chat cannot be opened.",
            "web-too-big": "This file is too big. At most 20 MB.",
            "web-unreadable": "This picture cannot be read.",
            "web-no-microphone": "The microphone cannot be used.",
            "web-no-place": "The place cannot be found.",
            "web-covered": "Tap to see",
            "web-play": "Play",
            "web-pause": "Pause",
            "web-newest": "To the newest",
            "web-earlier": "Earlier messages",
            "web-unread": "New messages",
            "web-pinned": "Pinned",
            "web-new-member": "New member",
            "web-member": "Member",
            "web-as": "as",
        }
    ),
)


def english(_: str) -> Words:
    """English, whatever the browser accepts."""
    return ENGLISH


def spoken(catalog: Catalog, accepted: str, offered: Collection[str]) -> Words:
    """The page's texts in the first language that is offered of those that she accepts (as in Accept-Language); else
    English."""
    wanted = [part.split(";")[0].strip() for part in accepted.split(",")]
    tags = [resolve(want) or resolve(want.split("-")[0]) for want in wanted if want]
    language = next((tag for tag in tags if tag and tag in offered), ENGLISH.language)
    texts = {key: catalog.render(Phrase(key), language) for key in ENGLISH.texts}
    return Words(language=language, direction=direction(language), texts=texts)
