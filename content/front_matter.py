"""Markdown files that open with YAML between two lines of three hyphens, every value with its line.

Scalars stay the text that was typed: YAML would read a bare `NO` as false, `nb: 1_000` as a number and
`2027-02-30` as an error without a line. Which field holds a date or a flag is for the reader to know.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import yaml

Value = str | list["Field"] | dict[str, "Field"]

_FENCE = "---"
_DEEPEST = 10  # a list of groups is three deep
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong in one place of a library's folder.

    `file` is relative to the folder, `line` counts from 1 (1 also where the file as a whole is meant).
    An `unusable` fault keeps the file out of the library; the others are for whoever keeps it in order. Of a day that
    has `passed` nobody is to blame. `field` is the front matter's field that it is about, where it is about one.
    """

    file: str
    line: int
    message: str
    unusable: bool = False
    passed: bool = False
    field: str = ""

    def __str__(self) -> str:
        said = f"{self.file}:{self.line}: {'error' if self.unusable else 'warning'}: {self.message}"
        # A file's name may be no text at all, and must not keep the others from being told.
        return said.encode(errors="replace").decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A value of the front matter, the line it stands on, and whether it was written in quotes."""

    value: Value
    line: int
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The fields of a file by name, its body, and the line on which the body starts."""

    fields: Mapping[str, Field]
    body: str
    body_line: int


class FrontMatterError(ValueError):
    """The front matter cannot be read; `line` says where."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def parse(text: str) -> FrontMatter:
    """Split a file's text into fields and body; raises FrontMatterError with the line."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != _FENCE:
        raise FrontMatterError("the file does not start with front matter between two lines of ---", 1)
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        raise FrontMatterError("the front matter is not closed by a line of ---", 1)
    # The fence's line stays, empty, so that YAML counts lines as the file has them.
    fields = _fields("\n".join(["", *lines[1:end]]))
    return FrontMatter(fields=fields, body="\n".join(lines[end + 1 :]).strip("\n"), body_line=end + 2)


def parse_groups(text: str) -> list[Field]:
    """The groups of `name: value` of a file that is a list of them; raises FrontMatterError with the line."""
    node = _compose(text)
    if node is None:
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise FrontMatterError("the file is not a list of groups of `name: value`", 1)
    return [_field(item) for item in node.value]


def _fields(source: str) -> dict[str, Field]:
    node = _compose(source)
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise FrontMatterError("the front matter is not a list of `name: value`", 2)
    return _mapping(node)


def _compose(source: str) -> yaml.Node | None:
    try:
        _refuse_bombs(source)
        return yaml.compose(source, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FrontMatterError(f"YAML: {error.problem}", mark.line + 1 if mark else 1) from error
    except yaml.YAMLError as error:
        raise FrontMatterError(f"YAML: {error}".splitlines()[0], 1) from error


def _refuse_bombs(source: str) -> None:
    """Ten lines of aliases can stand for a thousand million values, and thousands of brackets within each other end
    the process itself: they are found in the events, one after the other, before anything is made of them."""
    depth = 0
    for event in yaml.parse(source, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise FrontMatterError(f"YAML: aliases (*{event.anchor}) are not used here", line)
        if depth > _DEEPEST:
            raise FrontMatterError("YAML: too many lists within each other", line)


def _mapping(node: yaml.MappingNode) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise FrontMatterError("a field's name is not plain text", line)
        if key.value in fields:
            raise FrontMatterError(f"`{key.value}` is there twice", line)
        fields[key.value] = _field(value)
    return fields


def _field(node: yaml.Node) -> Field:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return Field(value=_mapping(node), line=line)
    if isinstance(node, yaml.SequenceNode):
        return Field(value=[_field(item) for item in node.value], line=line)
    assert isinstance(node, yaml.ScalarNode)  # there is no fourth kind
    empty = node.tag == "tag:yaml.org,2002:null"
    return Field(value="" if empty else node.value.strip(), line=line, quoted=node.style in ("'", '"'))


class Reader:
    """Takes typed values out of fields, and notes with its line what does not fit."""

    def __init__(self, fields: Mapping[str, Field], file: str, faults: list[Fault], line: int = 1) -> None:
        """`line` is where the fields begin: it is named for what is not there."""
        self._fields = fields
        self._file = file
        self._faults = faults
        self._line = line

    def note(self, name: str, message: str, *, unusable: bool = False) -> None:
        """Note a fault on a field's line, or where the fields begin when it is not there."""
        field = self._fields.get(name)
        self._note(field.line if field else self._line, message, unusable=unusable)

    def strangers(self, known: frozenset[str], of: str = "an article") -> None:
        """Note every field that is not among the known; `of` says of what they are the fields."""
        for name in self._fields.keys() - known:
            self.note(name, f"`{name}` is not a field of {of}")

    def is_bare(self, name: str) -> bool:
        """Was the field written without quotes?"""
        return name in self._fields and not self._fields[name].quoted

    def word(self, name: str) -> str:
        """A field's line of text; empty where there is none."""
        field = self._fields.get(name)
        if field is None or isinstance(field.value, str):
            return field.value if field and isinstance(field.value, str) else ""
        self.note(name, f"`{name}` must be one line of text")
        return ""

    def words(self, name: str) -> tuple[str, ...]:
        """A field's list of lines of text."""
        found = []
        for item in self._items(name):
            if isinstance(item.value, str) and item.value:
                found.append(item.value)
            else:
                self._note(item.line, f"an entry of `{name}` is not a line of text (a colon needs quotes)")
        return tuple(found)

    def groups(self, name: str) -> list[Reader]:
        """A field's list of groups of fields."""
        return Reader.of_groups(self._items(name), self._file, self._faults, f"an entry of `{name}`")

    @classmethod
    def of_groups(
        cls, items: Sequence[Field], file: str, faults: list[Fault], entry: str = "an entry"
    ) -> list[Self]:
        """A reader for each group of a list; what is no group is noted."""
        readers = [cls(item.value, file, faults, item.line) for item in items if isinstance(item.value, dict)]
        faults += [
            Fault(file=file, line=item.line, message=f"{entry} is not a group of `name: value`")
            for item in items
            if not isinstance(item.value, dict)
        ]
        return readers

    def day(self, name: str, *, unusable: bool = False) -> date | None:
        """A field's day, written like 2027-05-21; None where it is empty or cannot be read."""
        word = self.word(name)
        try:
            return date.fromisoformat(word) if word else None
        except ValueError:
            self.note(name, f"`{name}` is not a day like 2027-05-21: {word!r}", unusable=unusable)
            return None

    def flag(self, name: str) -> bool:
        """Is a field there and not false?"""
        word = self.word(name).casefold()
        if word not in ("", "true", "false"):
            self.note(name, f"`{name}` is true or false, not {word!r}")
        return word not in ("", "false")

    def _items(self, name: str) -> list[Field]:
        field = self._fields.get(name)
        if field is None or field.value == "":
            return []
        if isinstance(field.value, list):
            return field.value
        self.note(name, f"`{name}` must be a list")
        return []

    def _note(self, line: int, message: str, *, unusable: bool = False) -> None:
        self._faults.append(Fault(file=self._file, line=line, message=message, unusable=unusable))
