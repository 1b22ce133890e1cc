"""Where in an article's file something stands."""

from collections import Counter
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Self

from content.articles import Article
from content.front_matter import Fault


class Lines:
    """Finds the line of a field or of a piece of text in one article's file, which is opened when a fault is found."""

    def __init__(self, name: str, read: Callable[[], str]) -> None:
        self._name = name
        self._read = read

    @classmethod
    def of_file(cls, folder: Path, article: Article) -> Self:
        """The lines of an article of the folder."""
        name = f"{article.slug}/{article.language}.md"
        return cls(name, lambda: (folder / name).read_text(encoding="utf-8"))

    @cached_property
    def _lines(self) -> list[str]:
        return self._read().removeprefix("\ufeff").splitlines()

    def fault(self, text: str, message: str, field: str = "") -> Fault:
        """A fault on the first line that holds `text`, or on the first line of all."""
        line = next((number for number, line in enumerate(self._lines, 1) if text in line), 1)
        return Fault(file=self._name, line=line, message=message, field=field)

    def saying(self, what: str, of: Callable[[str], Counter[str]], message: str) -> Fault:
        """A fault on the first line of the title or the body in which `of` finds something."""
        body = [number for number, line in enumerate(self._lines, 1) if line.rstrip() == "---"][1]
        said = (n for n, line in enumerate(self._lines, 1) if n > body or line.startswith("title:"))
        line = next((number for number in said if what in of(self._lines[number - 1])), 1)
        return Fault(file=self._name, line=line, message=message)

    def field(self, name: str, message: str) -> Fault:
        """A fault on the line of a field."""
        line = next((n for n, line in enumerate(self._lines, 1) if line.startswith(f"{name}:")), 1)
        return Fault(file=self._name, line=line, message=message, field=name)
