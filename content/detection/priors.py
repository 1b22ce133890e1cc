"""What is known besides the text, as the chance of each language before a word is read.

Each piece of evidence says: "with this probability she writes that language, and otherwise any". The
probabilities are assumptions, in the order that experience with such services suggests (what she wrote, the
link she chose, the app somebody set up for her); an organisation's own counts should replace them.
"""

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from content.detection.families import FAMILY_COLUMN, INDEX, LABELS, spoken

EARLIER = 0.95
LINK = 0.6
APP = 0.1
OTHER_ALPHABET = 0.2  # how much of that goes to the same language in Latin letters, or back
OUTSIDE_GROUP = (
    0.1  # how likely a language that nobody in the group speaks is, against one that somebody does
)

# How the short Scandinavian messages of a country divide.
_COUNTRIES = MappingProxyType({
    "NO": {"nb": 0.82, "nn": 0.08, "sv": 0.06, "da": 0.04},
    "DK": {"da": 0.90, "nb": 0.04, "sv": 0.05, "nn": 0.01},
    "SE": {"sv": 0.92, "nb": 0.03, "da": 0.04, "nn": 0.01},
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything known besides the text; all of it may be missing.

    `languages` are those of the group, empty for all that are recognised. `earlier` is what she last
    wrote in, which was found with what she had written before it. `link` is the language of the link or poster she came by, `app` that of her app. `country` is
    where the group is, as two letters.
    """

    languages: tuple[str, ...] = ()
    earlier: str | None = None
    link: str | None = None
    app: str | None = None
    country: str | None = None


Chances = NDArray[np.float32]


@lru_cache(maxsize=1_024)
def prior(evidence: Evidence) -> Chances:
    """The chance of each label before the text is read, shape (labels,), summing to 1; not to be written to."""
    chances = np.full(len(LABELS), 1 / len(LABELS), dtype=np.float32)
    if evidence.languages:
        chances[~of_group(evidence.languages)] *= OUTSIDE_GROUP
    _divide_scandinavian(chances, evidence.country)
    for language, probability in ((evidence.earlier, EARLIER), (evidence.link, LINK), (evidence.app, APP)):
        if language:
            chances *= _leaning(language, probability)
    chances /= chances.sum()
    chances.flags.writeable = False
    return chances


@lru_cache(maxsize=64)
def of_group(languages: tuple[str, ...]) -> NDArray[np.bool_]:
    """Which labels the group serves, shape (labels,): its languages in any alphabet, and those near them."""
    own = np.array([label in languages or spoken(label) in languages for label in LABELS])
    return np.isin(FAMILY_COLUMN, FAMILY_COLUMN[own])


def _divide_scandinavian(chances: Chances, country: str | None) -> None:
    if division := _COUNTRIES.get(country or ""):
        columns = [INDEX[language] for language in division]
        chances[columns] *= np.array([len(division) * share for share in division.values()], dtype=np.float32)


def _leaning(language: str, probability: float) -> Chances:
    leaning = np.full(len(LABELS), (1 - probability) / len(LABELS), dtype=np.float32)
    for label in LABELS:
        if label == language:
            leaning[INDEX[label]] += probability
        elif spoken(label) == spoken(language):
            leaning[INDEX[label]] += probability * OTHER_ALPHABET
    return leaning
