"""What stands in an article's body: web addresses, pictures, and a guide's steps."""

import re
from dataclasses import dataclass

PICTURE = re.compile(r"!\[([^\[\]]*)\]\(([^()\s]+)\)")
"""A picture in Markdown: what is to be seen, and its file in the article's folder."""

_PLACE = re.compile(r"\n{0,2}!\[(?!\s*\])([^\[\]]*)\]\(\)")

ADDRESS = re.compile(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?")
"""A web address and nothing else."""

PICTURE_SIGN = "🖼"

LIST_NUMBER = re.compile(r"^[^\S\n]*\d+[.)]\s", re.MULTILINE)
"""The number that begins a line of a list."""

_SENTENCE_END = re.compile(r"[.!?…؟۔।။።]+(?=[\s»”\"')]|$)|[。！？]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A file of the article's folder, and in words what is to be seen on it."""

    name: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a guide; shown alone, with back and next. Its picture stands in `body` as words only."""

    title: str
    body: str
    picture: Picture | None = None


def steps_of(body: str) -> tuple[Step, ...]:
    """A guide's steps: its sections `## Title` with the text under each. The first picture of a step is its own."""
    parts = re.split(r"^## +(.+)$", body, flags=re.MULTILINE)[1:]
    return tuple(
        Step(title=title.strip(), body=without_pictures(text), picture=next(iter(pictures_of(text)), None))
        for title, text in zip(parts[::2], parts[1::2], strict=True)
    )


def pictures_of(body: str) -> tuple[Picture, ...]:
    """The pictures that stand in a body."""
    return tuple(Picture(name=found[2], says=found[1].strip()) for found in PICTURE.finditer(body))


def places_of(body: str) -> tuple[str, ...]:
    """What the pictures will show that nobody has taken yet: `![the red button]()`."""
    return tuple(found[1].strip() for found in _PLACE.finditer(body))


def without_places(body: str) -> str:
    """The text as if nobody had thought of a picture where there is none yet."""
    return _PLACE.sub("", body).strip("\n")


def without_pictures(body: str) -> str:
    """The text, with what is to be seen in words: they hold also where the picture is missing or is not seen."""
    return re.sub(r"\n{3,}", "\n\n", PICTURE.sub(_in_words, without_places(body))).strip()


def sentences_of(text: str) -> int:
    """About how many sentences a text has; a line is one at least, since Thai ends none with a sign."""
    ends = _SENTENCE_END.findall(LIST_NUMBER.sub("", text))
    return max(len(ends), sum(bool(line.strip()) for line in text.splitlines()))


def _in_words(found: re.Match[str]) -> str:
    return f"{PICTURE_SIGN} {found[1].strip()}" if found[1].strip() else ""
