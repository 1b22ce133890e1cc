"""Which language is this? A calibrated answer, or "I don't know: ask her"."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from content.detection.families import FAMILY_COLUMN, INDEX, LABELS, MEMBERS, spoken
from content.detection.models import MORE, Model, length_class
from content.detection.neutral import telling
from content.detection.outside import OutsideLanguages
from content.detection.priors import Chances, Evidence, of_group, prior
from content.detection.scripts import strange, suggested
from content.detection.text import normalise, without_titles
from content.detection.two_languages import two_parts

__all__ = ["Detection", "Detector", "Evidence"]

# Chosen on texts that the model had not seen: of one to three words 99 % of the answers are right, of more 99.5 %.
SURE, SURE_OF_MORE = 0.9, 0.8
# Hindi and Urdu are one spoken language in two scripts. In Latin letters hardly a word tells them apart, and who is
# answered in the other one cannot read it: the script is what she chose before, her link's or her app's, or she is asked.
ONE_TONGUE = frozenset({"hi", "ur"})
# A sentence less likely than this may be in a language that is not ours: Italian is near to Spanish, Latvian to
# Lithuanian. langdetect has never seen Urdu or Arabic in Latin letters, and calls a tenth of it Indonesian or Estonian;
# hardly a sentence in these is half as certainly taken for either.
DOUBTFUL, DOUBTFUL_NEAR, DOUBTFUL_ROMANISED = 0.9, 0.98, 0.5
NEAR_OTHERS = frozenset(["es", "pt", "ro", "lt", "pl", "ru", "uk", "sr", "bs", "hr"])
NEVER = 2.0  # no probability is as much
STRANGE = 6  # letters of an alphabet that none of ours uses, for its language to be named
CANDIDATES = 6
WITHOUT_LETTERS = "en"  # what --always says of a number
_ANY = Evidence()


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """The language of a message, and how likely that is.

    `language` is None when we should ask; `candidates` are the likeliest, best first, with their probabilities.
    `also` is a second language of the same message. `outside` names a language that the service does not speak.
    """

    language: str | None
    probability: float
    candidates: tuple[tuple[str, float], ...]
    also: str | None = None
    outside: str | None = None


class Detector:
    """Reads texts and remembers nothing, so that threads may share one."""

    def __init__(self, model: Model, outside: OutsideLanguages) -> None:
        self._model = model
        self._outside = outside

    @classmethod
    def load(cls) -> Self:
        """Read the model that ships with the package."""
        return cls(Model.load(), OutsideLanguages())

    def detect(self, text: str, evidence: Evidence = _ANY) -> Detection:
        """The language of a text of any length and content, all evidence weighed together. Never raises."""
        text = normalise(without_titles(text))
        said = telling(text)
        before = prior(evidence)
        if not said:
            by_script = _weighed(suggested(text).astype(np.float32), before)
            return replace(
                _judged(before, evidence), candidates=_candidates(by_script, evidence, written=False)
            )
        if strange(said):
            return replace(
                _judged(before, evidence), language=None, outside=self._outside.name(text, STRANGE)
            )
        sure = SURE if length_class(said) < MORE else SURE_OF_MORE
        chances = _in_her_script(_weighed(self._model.read(said), before), evidence)
        detection = _judged(chances, evidence, sure, written=True)
        return self._looked_at_again(detection, text, evidence)

    def guess(self, text: str) -> Detection:
        """The likeliest label, however unlikely it is; its language is never None."""
        text, before = normalise(without_titles(text)), prior(_ANY)
        chances = _weighed(self._model.read(text), before) if text else before
        label = LABELS[int(chances.argmax())] if text else WITHOUT_LETTERS
        near = MEMBERS[int(FAMILY_COLUMN[INDEX[label]])]
        return Detection(
            language=label,
            probability=float(sum(chances[INDEX[each]] for each in near)),
            candidates=_candidates(chances, _ANY, written=bool(text)),
        )

    def _looked_at_again(self, detection: Detection, text: str, evidence: Evidence) -> Detection:
        """What seems to be in one language may be in two, or in one that is not ours."""
        if parts := two_parts(text, self._model):
            labels = [_likeliest(part, evidence)[0] for part in parts]
            spoken_here = [label for label in labels if _is_served(label, evidence)]
            if spoken_here:
                language = detection.language if detection.language in labels else spoken_here[0]
                return replace(detection, language=language, also=labels[labels[0] == language])
        if detection.probability >= _believed(detection):
            return detection
        if outside := self._outside.name(text):
            return replace(detection, language=None, outside=outside)
        return detection


def _believed(detection: Detection) -> float:
    """How likely the likeliest language must be to be believed without asking what others there are."""
    likeliest = detection.candidates[0][0] if detection.candidates else ""
    if likeliest != spoken(likeliest):
        return DOUBTFUL_ROMANISED
    return DOUBTFUL_NEAR if likeliest in NEAR_OTHERS else DOUBTFUL


def _weighed(read: Chances, before: Chances) -> Chances:
    """Bayes' rule."""
    chances = read * before + np.float32(1e-12)
    return np.asarray(chances / chances.sum())


def _in_her_script(chances: Chances, evidence: Evidence) -> Chances:
    """Hindustani in Latin letters as the one language of the two that something besides the text names."""
    script = _script(evidence)
    if script is None:
        return chances
    merged, latin = chances.copy(), [INDEX[f"{language}-Latn"] for language in sorted(ONE_TONGUE)]
    merged[latin] = 0
    merged[INDEX[f"{script}-Latn"]] = chances[latin].sum()
    return merged


def _script(evidence: Evidence) -> str | None:
    """What she wrote before comes first, then the link, then the app."""
    named = (evidence.earlier, evidence.link, evidence.app)
    return next((spoken(label) for label in named if label and spoken(label) in ONE_TONGUE), None)


def _judged(chances: Chances, evidence: Evidence, sure: float = SURE, *, written: bool = False) -> Detection:
    """The answer, if it is sure enough and the group serves the language."""
    label, probability = _likeliest(chances, evidence)
    known, served = probability >= _needed(label, evidence, sure), _is_served(label, evidence)
    return Detection(
        language=label if known and served else None,
        probability=probability,
        candidates=_candidates(chances, evidence, written=written),
        outside=label if known and not served and written else None,
    )


def _needed(label: str, evidence: Evidence, sure: float) -> float:
    """How likely a language must be to be answered in without asking."""
    either = label != spoken(label) in ONE_TONGUE and ONE_TONGUE.issubset(evidence.languages)
    return NEVER if either and not _script(evidence) else sure


def _is_served(label: str, evidence: Evidence) -> bool:
    return not evidence.languages or bool(of_group(evidence.languages)[INDEX[label]])


def _likeliest(chances: Chances, evidence: Evidence) -> tuple[str, float]:
    """The likeliest of the likeliest near languages, one that the group serves if it can be; and their chance."""
    by_family = np.bincount(FAMILY_COLUMN, weights=chances, minlength=len(LABELS))
    top = int(by_family.argmax())
    near = MEMBERS[top]
    served = [label for label in near if label in evidence.languages or spoken(label) in evidence.languages]
    return max(served or near, key=lambda label: float(chances[INDEX[label]])), float(by_family[top])


def _candidates(chances: Chances, evidence: Evidence, *, written: bool) -> tuple[tuple[str, float], ...]:
    """The likeliest labels that the group serves; of equally likely ones in the group's own order.

    Without words there is no alphabet either, and only languages in their usual one are candidates.
    """
    if not evidence.languages and written:
        best = (-chances).argsort()[:CANDIDATES]
        return tuple(zip([LABELS[column] for column in best], chances[best].tolist(), strict=True))
    served = evidence.languages or LABELS
    labels = [label for label in served if label in INDEX and (written or label == spoken(label))]
    if written:
        labels += [label for label in LABELS if label != spoken(label) in served and label not in served]
    ranked = sorted(labels, key=lambda label: -float(chances[INDEX[label]]))
    return tuple((label, float(chances[INDEX[label]])) for label in ranked[:CANDIDATES])
