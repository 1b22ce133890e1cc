"""Say of new translations which text they were made from: `python -m content.digests [FOLDER]`.

Fills in an empty `source_digest` with the digest of the original as it is now. A digest that is there
is left alone: when the original has changed since, the translation is stale and a person must look.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from content.articles import read_folder

ARTICLES = Path(__file__).with_name("articles")
_EMPTY = re.compile(r"^source_digest:[ \t]*$", re.MULTILINE)
_ORIGIN = re.compile(r"^(translated_from:.*)$", re.MULTILINE)


def fill_in(folder: Path) -> list[str]:
    """Fill in the digests of translations that have none; the names of the files that were changed."""
    articles, _ = read_folder(folder)
    changed = []
    for article in articles.values():
        original = articles.get((article.slug, article.translated_from or ""))
        if original is None or article.source_digest:
            continue
        file = folder / article.slug / f"{article.language}.md"
        text = file.read_text(encoding="utf-8")
        line = f"source_digest: {original.digest}"
        text, found = _EMPTY.subn(line, text, count=1)
        if not found:
            text = _ORIGIN.sub(rf"\1\n{line}", text, count=1)
        file.write_text(text, encoding="utf-8", newline="\n")
        changed.append(f"{article.slug}/{article.language}.md")
    return changed


if __name__ == "__main__":
    for name in fill_in(Path(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES):
        print(name)
