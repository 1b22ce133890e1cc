"""Which language is this? A calibrated answer, or "I don't know: ask her"."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from content.detection.families import FAMILY_COLUMN, INDEX, LABELS, spoken
from content.detection.models import Models, Reading
from content.detection.neutral import telling
from content.detection.outside import OutsideLanguages
from content.detection.priors import Chances, Evidence, of_group, prior
from content.detection.scripts import strange, writable
from content.detection.text import normalise
from content.detection.two_languages import second_language

__all__ = ["Detection", "Detector", "Evidence"]

# Chosen on the tuning texts so that of one to three words 99 % of the answers are right.
SURE = 0.9
SURE_IF_MODELS_DISAGREE = 0.99
SURE_IT_IS_OURS = 0.9999  # below this a sentence is also shown to the recogniser of other languages
CANDIDATES = 6
FEWEST_WORDS_OF_A_SENTENCE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """The language of a message, and how likely that is.

    `language` is None when we should ask; `candidates` are then the likeliest, best first. `also` is a second
    language of the same message. `outside` names a language that the service does not speak.
    """

    language: str | None
    probability: float
    candidates: tuple[tuple[str, float], ...]
    also: str | None = None
    outside: str | None = None


class Detector:
    """Reads texts; holds no state between them, so that threads may share one."""

    def __init__(self, models: Models, outside: OutsideLanguages) -> None:
        self._models = models
        self._outside = outside

    @classmethod
    def load(cls) -> Self:
        """Read the model files that ship with the package; about a second."""
        return cls(Models.load(), OutsideLanguages())

    def detect(self, text: str, evidence: Evidence = Evidence()) -> Detection:
        """The language of a text of any length and content, all evidence weighed together. Never raises."""
        text = normalise(text)
        said = telling(text)
        chances = prior(evidence)
        if not said:
            return _judge(chances, evidence, agreed=True)
        if strange(said):
            return Detection(
                language=None, probability=0.0, candidates=_best(chances), outside=self._outside.name(text)
            )
        reading = self._models.read(said)
        chances = _weigh(reading, said, chances)
        detection = _judge(chances, evidence, agreed=_agree(reading))
        ...
        return detection

    def guess(self, text: str) -> str:
        """The likeliest label, however unlikely; English for a text without letters."""
        text = normalise(text)
        if not text:
            return "en"
        return LABELS[int(_weigh(self._models.read(text), text, prior(Evidence())).argmax())]
