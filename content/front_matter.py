"""Markdown files that open with YAML between two lines of three hyphens, every value with its line.

Scalars stay the text that was typed: YAML would read a bare `NO` as false, `nb: 1_000` as a number and
`2027-02-30` as an error without a line. Which field holds a date or a flag is for the reader to know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

Value = str | list["Field"] | dict[str, "Field"]

_FENCE = "---"
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong in one place of a library's folder.

    `file` is relative to the folder, `line` counts from 1 (1 also where the file as a whole is meant).
    An `unusable` fault keeps the file out of the library; the others are for whoever keeps it in order.
    """

    file: str
    line: int
    message: str
    unusable: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {'error' if self.unusable else 'warning'}: {self.message}"


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
    fields = _fields("\n".join(lines[1:end]))
    return FrontMatter(fields=fields, body="\n".join(lines[end + 1 :]).strip("\n"), body_line=end + 2)


def _fields(source: str) -> dict[str, Field]:
    try:
        node = yaml.compose(source, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FrontMatterError(f"YAML: {error.problem}", mark.line + 2 if mark else 1) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise FrontMatterError(f"YAML: {error}".splitlines()[0], 1) from error
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise FrontMatterError("the front matter is not a list of `name: value`", 2)
    return _mapping(node)


def _mapping(node: yaml.MappingNode) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for key, value in node.value:
        line = key.start_mark.line + 2
        if not isinstance(key, yaml.ScalarNode):
            raise FrontMatterError("a field's name is not plain text", line)
        if key.value in fields:
            raise FrontMatterError(f"`{key.value}` is there twice", line)
        fields[key.value] = _field(value)
    return fields


def _field(node: yaml.Node) -> Field:
    line = node.start_mark.line + 2
    if isinstance(node, yaml.MappingNode):
        return Field(value=_mapping(node), line=line)
    if isinstance(node, yaml.SequenceNode):
        return Field(value=[_field(item) for item in node.value], line=line)
    assert isinstance(node, yaml.ScalarNode)  # an alias stands for one of these three
    empty = node.tag == "tag:yaml.org,2002:null"
    return Field(value="" if empty else node.value.strip(), line=line, quoted=node.style in ("'", '"'))
