"""Naming a language that is not among ours, so that who writes it is answered honestly."""

from langdetect import PROFILES_DIRECTORY
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from content.detection.families import LABELS

_FEWEST_WORDS = 4
_SURE = 0.99
# What langdetect calls some of ours, and what it has never learnt to tell from one of ours.
_OURS = frozenset(LABELS) | {"no", "zh-cn", "zh-tw"}


class OutsideLanguages:
    """langdetect with a seed: the same text always has the same answer."""

    def __init__(self) -> None:
        self._factory = DetectorFactory()
        self._factory.load_profile(PROFILES_DIRECTORY)
        self._factory.set_seed(0)

    def name(self, text: str) -> str | None:
        """The language of a full sentence if langdetect is sure and it is none of ours; None otherwise."""
        if text.count(" ") + 1 < _FEWEST_WORDS:
            return None
        detector = self._factory.create()
        detector.append(text)
        try:
            found = detector.get_probabilities()
        except LangDetectException:  # no letter that it knows
            return None
        sure = found and found[0].prob >= _SURE and found[0].lang not in _OURS
        return found[0].lang if sure else None
