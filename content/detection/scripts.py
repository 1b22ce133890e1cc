"""What the letters alone say: Thai is Thai, Ethiopic is Amharic or Tigrinya, Greek is nobody's here."""

import re

import numpy as np
from numpy.typing import NDArray

from content.detection.families import LABELS

# Letters of a script as a regular expression's range, and the languages written in it.
_SCRIPTS = {
    "Arabic": ("\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff", "ar fa prs ps ur pnb ckb"),
    "Bengali": ("\u0980-\u09ff", "bn"),
    "Cyrillic": ("\u0400-\u04ff", "ru uk sr bs"),
    "Devanagari": ("\u0900-\u097f", "hi ne"),
    "Ethiopic": ("\u1200-\u139f\u2d80-\u2ddf", "am ti"),
    "Gurmukhi": ("\u0a00-\u0a7f", "pa"),
    "Han": ("\u3400-\u4dbf\u4e00-\u9fff", "zh"),
    "Hangul": ("\u1100-\u11ff\u3130-\u318f\uac00-\ud7af", "ko"),
    "Myanmar": ("\u1000-\u109f\uaa60-\uaa7f", "my"),
    "Tamil": ("\u0b80-\u0bff", "ta"),
    "Thai": ("\u0e00-\u0e7f", "th"),
    "Tifinagh": ("\u2d30-\u2d7f", "ber"),
}
_LATIN_RANGE = "a-z\u00aa-\u024f\u0250-\u02af\u1e00-\u1eff"
_NEVER_LATIN = "am ar bn ckb fa hi ko my ne pa pnb prs ps ru ta th ti uk ur zh"
_NOT_LATIN = frozenset(_NEVER_LATIN.split())

_FIND = {
    "Latin": re.compile(f"[{_LATIN_RANGE}]"),
    **{name: re.compile(f"[{letters}]") for name, (letters, _) in _SCRIPTS.items()},
}
_IN_ALL = frozenset(" '0123456789")
_STRANGE = re.compile(
    f"[^{_LATIN_RANGE}{''.join(letters for letters, _ in _SCRIPTS.values())}\u0300-\u036f0-9' ]"
)
_ALL = np.ones(len(LABELS), dtype=np.bool_)
_WRITTEN_IN = {
    "Latin": np.array([label not in _NOT_LATIN for label in LABELS]),
    **{
        name: np.array([label in languages.split() for label in LABELS])
        for name, (_, languages) in _SCRIPTS.items()
    },
}

# The model keeps what it knows in one table for each of these; a row has weights only for the labels written so.
_GROUPS = {"Latin": "latin", "Arabic": "arabic"}
_OTHER = "other"  # most of these scripts have one language each, and need no table
# Latin comes last: names in Latin letters stand within other scripts, whose tables know better what they say there.
GROUPS = (_OTHER, "arabic", "latin")
WRITTEN_IN_GROUP = {
    group: np.any([mask for name, mask in _WRITTEN_IN.items() if _GROUPS.get(name, _OTHER) == group], axis=0)
    for group in GROUPS
}


def writable(text: str) -> NDArray[np.bool_]:
    """Which labels a normalised text may be, by its letters, shape (labels,); all when alphabets are mixed."""
    found = _scripts(text)
    return _WRITTEN_IN[found[0]] if len(found) == 1 else _ALL


def suggested(text: str) -> NDArray[np.bool_]:
    """Which labels the letters of a normalised text suggest though its words say nothing, shape (labels,); all for
    Latin ones, since everybody can write these."""
    return _ALL if "Latin" in _scripts(text) else writable(text)


def groups(text: str) -> list[str]:
    """The groups of scripts that a normalised text is written in; all when none of its letters is ours."""
    if text.isascii():
        return ["latin"]
    found = {_GROUPS.get(name, _OTHER) for name in _scripts(text)}
    return [group for group in GROUPS if group in found or not found]


def _scripts(text: str) -> list[str]:
    if text.isascii():
        return ["Latin"]
    found, letters = [], "".join(set(text) - _IN_ALL)
    for name, of_script in _FIND.items():
        if of_script.search(letters):
            found.append(name)
            letters = of_script.sub("", letters)
            if not letters:
                break
    return found


def strange(text: str) -> bool:
    """Is at least a third of a normalised text in letters that none of our languages uses?"""
    return not text.isascii() and 3 * len(_STRANGE.findall(text)) >= len(text.replace(" ", ""))
