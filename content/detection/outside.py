"""Naming a language that is not among ours, so that who writes it is answered honestly."""

from pathlib import Path
from threading import Lock

from langdetect import PROFILES_DIRECTORY
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

# All that it knows besides ours, and of ours those that these are near to.
_OUTSIDE = frozenset("af bg ca cs cy el et fi gu he id it ja kn lv mk ml mr nl sk sl te".split())
_NEIGHBOURS = frozenset("ar da de en es fa fr hi hr hu lt ne no pl pt ro ru so sq sv sw tl tr uk ur vi zh-cn".split())

_FEWEST_WORDS = 5
_LONGEST = 160  # characters
_TRIALS = 3
_SURE = 0.99


class OutsideLanguages:
    """langdetect with a seed: the same text always has the same answer. Reads its files when first needed."""

    def __init__(self) -> None:
        self._factory: DetectorFactory | None = None
        self._loading = Lock()

    def name(self, text: str) -> str | None:
        """The language of a full sentence if it is surely none of ours; None otherwise.

        A script without spaces between words makes a sentence of any text of as many letters.
        """
        if text.count(" ") + 1 < _FEWEST_WORDS and len(text) < 8 * _FEWEST_WORDS:
            return None
        detector = self._profiles().create()
        detector.n_trial = _TRIALS
        detector.append(text[:_LONGEST])
        try:
            found = detector.get_probabilities()
        except LangDetectException:  # no letter that it knows
            return None
        sure = found and found[0].prob >= _SURE and found[0].lang in _OUTSIDE
        return str(found[0].lang) if sure else None

    def _profiles(self) -> DetectorFactory:
        with self._loading:
            if self._factory is None:
                factory = DetectorFactory()
                factory.set_seed(0)
                languages = sorted(_OUTSIDE | _NEIGHBOURS)
                factory.load_json_profile([Path(PROFILES_DIRECTORY, name).read_text("utf-8") for name in languages])
                self._factory = factory
            return self._factory
