"""Naming a language that is not among ours, so that who writes it is answered honestly."""

import json
import re
from pathlib import Path
from threading import Lock

import numpy as np
from langdetect import PROFILES_DIRECTORY
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException
from numpy.typing import NDArray

# All that it knows besides ours, and of ours those that these are near to.
_UNSERVED = "af bg ca cs cy el et fi gu he id it ja kn lv mk ml mr nl sk sl te"
_SERVED = "da de en es fr hi hr hu lt ne no pl pt ro ru so sq sv sw tl tr uk"
_OUTSIDE = frozenset(_UNSERVED.split())
_NEIGHBOURS = frozenset(_SERVED.split())

SENTENCE = 25  # letters of a text that may be named; a word of our alphabets proves nothing
# Arabic, Ethiopic, Burmese and Thai letters: all that langdetect knows in these is ours.
_ONLY_OURS = re.compile("[\u0600-\u06ff\u1200-\u139f\u1000-\u109f\u0e00-\u0e7f]")
_LONGEST = 160  # characters
_TRIALS = 1  # of its 7: the answer to a sentence hardly changes, and it takes a millisecond a trial
_SETTLED = (
    0.9995  # so sure that it looks no further; with its own 0.99999 the answers are the same, and take longer
)
_SURE = 0.99


class OutsideLanguages:
    """langdetect with a seed: the same text always has the same answer. Reads its files when first needed."""

    def __init__(self) -> None:
        self._factory: DetectorFactory | None = None
        self._loading = Lock()

    def name(self, text: str, fewest_letters: int = SENTENCE) -> str | None:
        """The language of a normalised text that is surely in none of ours; None otherwise, or if it is short."""
        if len(text) < fewest_letters or _ONLY_OURS.search(text):
            return None
        detector = self._profiles().create()
        detector.n_trial = _TRIALS
        detector.CONV_THRESHOLD = _SETTLED
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
                self._factory = _loaded(sorted(_OUTSIDE | _NEIGHBOURS))
            return self._factory


class _Profiles(dict[str, int]):
    """What langdetect knows of each n-gram, in half of the memory: a row of a table instead of a list of numbers."""

    def __init__(self, languages: list[str]) -> None:
        super().__init__()
        columns = [self._column(name) for name in languages]
        # langdetect adds 5e-5 to every chance, so half precision, which is wrong by 3e-8 at that size, is enough.
        self._chances = np.zeros((len(self), len(languages)), dtype=np.float16)
        for column, (rows, chances) in enumerate(columns):
            self._chances[rows, column] = chances

    def _column(self, language: str) -> tuple[NDArray[np.int32], NDArray[np.float16]]:
        """The rows of a language's n-grams, new ones included, and its chance of each."""
        profile = json.loads(Path(PROFILES_DIRECTORY, language).read_text("utf-8"))
        counts, sizes = profile["freq"], profile["n_words"]
        rows = [self.setdefault(ngram, len(self)) for ngram in counts]
        chances = [count / sizes[len(ngram) - 1] for ngram, count in counts.items()]
        return np.array(rows, dtype=np.int32), np.array(chances, dtype=np.float16)

    def __getitem__(self, ngram: str) -> list[float]:  # type: ignore[override]  # langdetect asks for this
        chances: list[float] = self._chances[super().__getitem__(ngram)].tolist()
        return chances


def _loaded(languages: list[str]) -> DetectorFactory:
    factory = DetectorFactory()
    factory.set_seed(0)
    factory.langlist = languages
    factory.word_lang_prob_map = _Profiles(languages)
    return factory
