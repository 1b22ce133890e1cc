"""The directory of services: who can help with what, where, when and in which languages. One YAML file a country."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from content.articles import SLUG, THEMES
from content.bodies import ADDRESS
from content.front_matter import Fault, FrontMatterError, Reader, parse_groups

DIRECTORY = Path(__file__).with_name("directory")
ALWAYS = frozenset({"døgnet rundt", "hele døgnet"})  # how the hours of our own files say "day and night"

_TELEPHONE = re.compile(r"\+?\d[\d ]*\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """An office, a help line or an association.

    `area` is empty where it serves the whole country. Empty `hours` and `languages` mean unknown. `page` is where it is
    on the web, `source` the page on which all this was read, `read` the day a person opened it.
    """

    id: str
    name: str
    theme: str
    country: str
    source: str
    area: str = ""
    languages: tuple[str, ...] = ()
    hours: str = ""
    always: bool = False
    telephone: tuple[str, ...] = ()
    page: str = ""
    read: date | None = None

    @property
    def publisher(self) -> str:
        """Whose page was read: the name of its site."""
        return urlsplit(self.source).netloc.removeprefix("www.")


class Directory:
    """Services of one moment, in the order in which they are offered."""

    def __init__(self, services: Iterable[Service] = ()) -> None:
        self._services = {service.id: service for service in services}

    @classmethod
    def load(cls, folder: Path = DIRECTORY) -> Self:
        """The services of a folder that can be used; raises NotADirectoryError when there is no such folder."""
        return cls(read_services(folder)[0])

    def of(self, ids: Sequence[str]) -> tuple[Service, ...]:
        """The services with these ids, as far as they are known."""
        return tuple(self._services[each] for each in ids if each in self._services)

    def find(self, *, country: str, theme: str, language: str = "", place: str = "") -> tuple[Service, ...]:
        """The services of a country about a theme: those that answer in the language first, those of another area than
        the place names last. Who lives elsewhere finds hers too, and a service may have more languages than we know."""
        found = [each for each in self._services.values() if (each.country, each.theme) == (country, theme)]
        return tuple(
            sorted(
                found,
                key=lambda each: (
                    language not in each.languages,
                    each.area.casefold() not in place.casefold(),
                ),
            )
        )


def folder_beside(articles: Path) -> Path:
    """The folder of services that goes with a folder of articles: the one beside it; where there is none, ours."""
    beside = articles.parent / DIRECTORY.name
    return beside if beside.is_dir() else DIRECTORY


def read_services(folder: Path) -> tuple[list[Service], list[Fault]]:
    """Every service of a folder that can be used, and every fault; raises NotADirectoryError."""
    if not folder.is_dir():
        raise NotADirectoryError(folder)
    services: dict[str, Service] = {}
    faults: list[Fault] = []
    for file in sorted(folder.glob("*.yaml")):
        name = f"{folder.name}/{file.name}"
        for reader in _groups(file, name, faults):
            service = _service(reader, faults)
            if service and service.id in services:
                reader.note("id", f"there are two services {service.id!r}", unusable=True)
            elif service:
                services[service.id] = service
    return list(services.values()), faults


def _groups(file: Path, name: str, faults: list[Fault]) -> list[Reader]:
    try:
        groups = parse_groups(file.read_text(encoding="utf-8-sig"))
    except FrontMatterError as error:
        faults.append(Fault(file=name, line=error.line, message=str(error), unusable=True))
    except (UnicodeDecodeError, OSError) as error:
        faults.append(Fault(file=name, line=1, message=f"cannot be read: {error}", unusable=True))
    else:
        return Reader.of_groups(groups, name, faults)
    return []


def _service(fields: Reader, faults: list[Fault]) -> Service | None:
    before = len(faults)
    fields.strangers(_FIELDS, of="a service")
    needed = {name: fields.word(name) for name in ("id", "name", "theme", "country", "source")}
    for name, value in needed.items():
        if not value:
            fields.note(name, f"`{name}` is missing", unusable=True)
    service = Service(
        **needed,
        area=fields.word("area"),
        languages=fields.words("languages"),
        hours=fields.word("hours"),
        always=fields.flag("always"),
        telephone=fields.words("telephone"),
        page=fields.word(_page(fields)),
        read=fields.day("read"),
    )
    _check(service, fields)
    return None if any(fault.unusable for fault in faults[before:]) else service


def _check(service: Service, fields: Reader) -> None:
    """What is there must be right: a wrong number is worse than none."""
    if service.id and not SLUG.fullmatch(service.id):
        fields.note("id", f"an id may hold only a-z, 0-9 and hyphens: {service.id!r}", unusable=True)
    if service.theme and service.theme not in THEMES:
        fields.note("theme", f"unknown theme {service.theme!r}; one of {', '.join(THEMES)}", unusable=True)
    for number in service.telephone:
        if not _TELEPHONE.fullmatch(number):
            fields.note("telephone", f"not a telephone number: {number!r}", unusable=True)
    for name in (_page(fields), "source"):
        if (link := fields.word(name)) and not ADDRESS.fullmatch(link):
            fields.note(name, f"not a web address: {link!r}", unusable=True)
    if service.hours.casefold() in ALWAYS and not service.always:
        fields.note("hours", f"{service.hours!r} without `always: true`")
    if not (service.telephone or service.page):
        fields.note("telephone", "neither `telephone` nor `page`: nobody can reach it")


def _page(fields: Reader) -> str:
    """The name of the field for the page: older files call it an address, though it never was a street."""
    return "page" if fields.word("page") else "address"


# What may stand in an entry.
_FIELDS = frozenset(Service.__dataclass_fields__) | {"address"}
