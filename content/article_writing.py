"""An article as the text of its file: what `content.articles.parse_article` reads back."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import yaml

from content.articles import Article

_WIDE = 10**9  # one value, one line: whoever compares two versions sees what changed


def written(article: Article) -> str:
    """The whole file, front matter first, in the order in which every file has it."""
    lines = [
        "---",
        _line("title", article.title),
        _line("kind", article.kind),
        _line("theme", article.theme),
        # In quotes, since YAML takes a bare NO for "false".
        f'country: "{article.country}"' if article.country else "country:",
        _line("area", article.area),
        "asks:" if article.asks else "asks: []",
        *(f"  - {_scalar(ask)}" for ask in article.asks),
        *_sources(article),
        _line("checked_by", article.checked_by),
        _line("checked", article.checked),
        _line("review_by", article.review_by),
        _line("expires", article.expires),
        *([f"translated_from: {article.translated_from}"] if article.translated_from else []),
        *([f"source_digest: {article.source_digest}"] if article.source_digest else []),
        *(["sensitive: true"] if article.sensitive else []),
        _line("related", article.related),
        _line("services", article.services),
        _line("attachments", article.attachments),
        "---",
        article.body,
    ]
    return "\n".join(lines) + "\n"


def _sources(article: Article) -> Iterator[str]:
    yield "sources:" if article.sources else "sources: []"
    for source in article.sources:
        yield f"  - {_line('publisher', source.publisher)}"
        yield f"    {_line('address', source.address)}"
        yield f"    {_line('read', source.read)}"


def _line(name: str, value: str | date | Iterable[str] | None) -> str:
    """A field; an empty one is its name alone, without a space after it."""
    if isinstance(value, str):
        return f"{name}: {_scalar(value)}" if value else f"{name}:"
    if isinstance(value, date) or value is None:
        return f"{name}: {value}" if value else f"{name}:"
    return f"{name}: [{', '.join(_scalar(each, flow=True) for each in value)}]"


def _scalar(text: str, *, flow: bool = False) -> str:
    """One line of text as YAML writes it, in quotes only where YAML would take it for something else."""
    text = " ".join(text.split())
    plain = _dumped(text, default_flow_style=flow)
    if plain == (f"[{text}]" if flow else f"- {text}"):
        return text
    return _dumped(text, default_style='"').removeprefix("- ")


def _dumped(text: str, **style: Any) -> str:
    dumped: str = yaml.safe_dump([text], allow_unicode=True, width=_WIDE, **style)
    return dumped.strip()
