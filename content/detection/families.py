"""The languages that are recognised, and which of them are so near that one may stand for another."""

from types import MappingProxyType

import numpy as np

LABELS = (
    "am", "ar", "ar-Latn", "ber", "bn", "bs", "ckb", "da", "de", "en", "es", "fa", "fa-Latn", "fr", "ha", "hi",
    "hi-Latn", "hr", "hu", "ko", "ku", "ln", "lt", "my", "nb", "ne", "nn", "om", "pa", "pl", "pnb", "prs", "ps",
    "pt", "rhg", "ro", "ru", "rw", "so", "sq", "sr", "sv", "sw", "ta", "th", "ti", "tl", "tr", "uk", "ur",
    "ur-Latn", "vi", "wo", "zh",
)  # fmt: skip
INDEX = MappingProxyType({label: column for column, label in enumerate(LABELS)})

# Told apart only by chance in a short message, and understood by each other's speakers.
_NEAR = (("nb", "nn"), ("bs", "hr", "sr"), ("fa", "prs"))
_FAMILY = {label: near[0] for near in _NEAR for label in near}


def family(label: str) -> str:
    """The first of the near languages to which the label belongs; the label itself when it has none."""
    return _FAMILY.get(label, label)


def spoken(label: str) -> str:
    """The language without its alphabet: `ur` for `ur-Latn`."""
    return label.removesuffix("-Latn")


FAMILY_COLUMN = np.array([INDEX[family(label)] for label in LABELS])  # of each label, shape (labels,)

# The near languages of each family, by the column of its first.
MEMBERS = MappingProxyType(
    {
        column: tuple(label for label in LABELS if INDEX[family(label)] == column)
        for column in set(FAMILY_COLUMN.tolist())
    }
)
