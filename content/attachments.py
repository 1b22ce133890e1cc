"""The sound, pictures and films of an article, and for whom they are.

The last part of a file's name before its ending may be a language of the service: `so.ogg` and `greeting.so.mp3` are
for readers of Somali only. Every other file is for whoever is given an article that names it.
"""

from pathlib import PurePosixPath
from typing import Literal

from content.articles import Article
from content.bodies import pictures_of
from content.languages import LANGUAGES

Media = Literal["sound", "picture", "film", "document"]

ENDINGS: dict[str, Media] = {
    ".mp3": "sound",
    ".ogg": "sound",
    ".opus": "sound",
    ".m4a": "sound",
    ".mp4": "film",
    ".webm": "film",
    ".png": "picture",
    ".jpg": "picture",
    ".jpeg": "picture",
    ".webp": "picture",
    ".svg": "picture",
    ".pdf": "document",
}
"""What a file is by the ending of its name; other endings are no attachments."""


def files_of(article: Article, language: str, *kinds: Media) -> tuple[str, ...]:
    """The names of an article's files of these kinds for a reader, in the order in which the article has them.

    The pictures that stand in the body of an article come first; those of a guide belong to its steps.
    """
    shown = () if article.steps else tuple(picture.name for picture in pictures_of(article.body))
    return tuple(
        name
        for name in dict.fromkeys((*shown, *article.attachments))
        if ENDINGS.get(PurePosixPath(name).suffix.casefold()) in kinds
        and language_of_file(name) in (None, language)
    )


def language_of_file(name: str) -> str | None:
    """The language that a file is for; None: any."""
    last = PurePosixPath(name).stem.rpartition(".")[2]
    return last if last in LANGUAGES else None
