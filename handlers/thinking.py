"""What must be known before a message is handled: its language, and what the library has; or, for a coordinator who asks
for gaps, which unanswered questions are alike. This costs time, so it is done on a thread of its own and outside any
transaction: first what to think about is read from a snapshot, then it is thought about, then the turn acts, if what it
read still holds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, partial

from content import grouping
from content.catalog import Catalog
from content.danger import Danger, danger_in
from content.detection.detector import Detection, Detector, Evidence
from content.languages import resolve
from content.library import Finding, Library
from content.several import findings
from dispatch.model.growth import Gap, Pile, Unanswered
from dispatch.model.messages import InboundMessage, Kind
from dispatch.model.people import Person
from dispatch.model.queues import Button
from dispatch.ports import Transaction
from handlers import naming, pending

LONGEST_QUESTION = 1000
"""Characters that are looked at; what a question is about stands in its beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wonder:
    """What is to be thought about, as read from a snapshot."""

    text: str
    newest: str  # the end of the text that she has just written: danger is looked for in this alone
    group_id: str
    chosen: str | None  # the language she chose
    known: str | None  # the language she seems to speak
    evidence: Evidence
    country: str
    languages: tuple[str, ...]
    today: date  # in the group's time zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """Unanswered questions to be put with their like; what arrives meanwhile is left for the next time."""

    group_id: str
    questions: Sequence[Unanswered] = field(compare=False)
    gaps: Sequence[Gap] = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """What came of it; empty when there was nothing to think about."""

    language: str | None = None  # None: ask her
    also: str | None = None  # another language of the group, in which she wrote a part of it
    detection: Detection | None = None
    findings: tuple[Finding, ...] = ()  # one for each of her questions
    danger: Danger | None = None
    piles: tuple[Pile, ...] = ()

    @property
    def likeliest(self) -> tuple[str, ...]:
        """Languages that it may be in, the likeliest first, however unlikely."""
        return tuple(tag for tag, _ in self.detection.candidates) if self.detection else ()

    @property
    def outside(self) -> str | None:
        """The language that it is in, if that is none of ours."""
        return self.detection.outside if self.detection else None


def wonder(
    tx: Transaction,
    person: Person | None,
    message: InboundMessage,
    button: Button | None,
    now: datetime,
    catalog: Catalog,
) -> Wonder | Sorting | None:
    """What to think about, if this message is a question, chooses the language of one that waits, or asks for gaps."""
    if person and person.is_coordinator and _asks_for_gaps(message, button):
        return Sorting(group_id=tx.group.id, questions=tx.gaps.questions(), gaps=tx.gaps.all())
    chooses = _chooses(tx, person, message, button, catalog)
    text = _waiting(tx, person) if chooses else _question(tx, person, message)
    if not text.strip():
        return None
    newest = text if chooses else message.text
    chosen = chooses or (person.language if person and person.language_chosen else None)
    group = tx.group
    app = message.app_language or (person.app_language if person else None)
    return Wonder(
        text=text[:LONGEST_QUESTION],
        newest=newest[:LONGEST_QUESTION],
        group_id=group.id,
        chosen=chosen,
        known=person.language if person else None,
        evidence=Evidence(
            languages=group.languages,
            earlier=person.language if person else None,
            link=person.link_language if person else None,
            app=resolve(app) if app else None,  # a browser says ur-PK
            country=group.country,
        ),
        country=group.country,
        languages=group.languages,
        today=group.local(now).date(),
    )


def _asks_for_gaps(message: InboundMessage, button: Button | None) -> bool:
    return message.command == "gaps" or (button is not None and button.action == "gaps")


def _chooses(
    tx: Transaction,
    person: Person | None,
    message: InboundMessage,
    button: Button | None,
    catalog: Catalog,
) -> str | None:
    """The language that she chooses by this press, or by its name."""
    if message.kind is Kind.PRESSED and button and button.action == "language" and person:
        return button.arguments[0]
    names = () if person and _talks(tx, person) else naming.named(tx, person, message, catalog)
    return names[0] if len(names) == 1 else None


def _waiting(tx: Transaction, person: Person | None) -> str:
    """The question that waits for her language."""
    waiting = pending.of(tx, person.id) if person else None
    return waiting.text if waiting and waiting.stage is not pending.Stage.REFUSED else ""


def _question(tx: Transaction, person: Person | None, message: InboundMessage) -> str:
    if message.kind not in {Kind.SAID, Kind.EDITED} or not message.private or message.command:
        return ""
    if person and (_talks(tx, person) or person.has_joined):
        return ""  # a relay thinks nothing
    if person and tx.cases.open_of(person.id):
        return message.text  # nobody reads it yet
    earlier = pending.of(tx, person.id) if person and message.kind is Kind.SAID else None
    if earlier and earlier.stage is pending.Stage.LANGUAGE:
        return f"{earlier.text}\n{message.text}"
    return message.text


def _talks(tx: Transaction, person: Person) -> bool:
    """Does another person read at once what she writes?"""
    case = tx.cases.open_of(person.id)
    return (case is not None and case.assignee_id is not None) or bool(tx.cases.held_by(person.id))


def think(wonder: Wonder | Sorting, detector: Detector, library: Library) -> Thought:
    """Which language, and which article? Takes tens of milliseconds of a processor."""
    if isinstance(wonder, Sorting):
        return Thought(piles=tuple(_piles(wonder)))
    detection = detector.detect(wonder.text, wonder.evidence)
    known = None if detection.outside else wonder.known
    language = wonder.chosen or _offered(detection.language, wonder) or known

    @cache
    def find(text: str, language: str) -> Finding:
        return library.find(text, language, country=wonder.country, today=wonder.today)

    return Thought(
        language=language,
        also=_other(detection, language, wonder),
        detection=detection,
        findings=findings(wonder.text, partial(find, language=language)) if language else (),
        danger=_danger(wonder, language, detection, find),
    )


def _danger(
    wonder: Wonder, language: str | None, detection: Detection, find: Callable[..., Finding]
) -> Danger | None:
    """In any part of what she has just written, read in her language and in the one that it looks most like."""
    if not any(map(str.isalpha, wonder.newest)):
        return None  # a year of birth is near to many numbers
    looks_like = [offered for tag, _ in detection.candidates[:1] if (offered := _offered(tag, wonder))]
    dangers = [
        danger
        for tag in dict.fromkeys(tag for tag in (language, *looks_like) if tag)
        if (danger := danger_in(wonder.newest, partial(find, language=tag)))
    ]
    return max(dangers, key=lambda danger: danger.probability, default=None)


def _other(detection: Detection, language: str | None, wonder: Wonder) -> str | None:
    """The other language of a message in two, unless she chose what to be answered in: that is absolute (H18)."""
    if wonder.chosen:
        return None
    others = [offered for tag in (detection.language, detection.also) if (offered := _offered(tag, wonder))]
    return next((each for each in others if each != language), None) if detection.also else None


def _offered(detected: str | None, wonder: Wonder) -> str | None:
    """The detected language, if the group offers it: Urdu in Latin letters is answered in Urdu."""
    language = resolve(detected) if detected else None
    return language if language in wonder.languages else None


def _piles(sorting: Sorting) -> Iterator[Pile]:
    """The questions that are in no gap yet, put with those that are, language by language."""
    for language in sorted({question.language for question in sorting.questions}):
        asked = [
            question for question in sorting.questions if question.language == language and question.text
        ]
        gaps = [gap for gap in sorting.gaps if gap.language == language]
        held = [
            [
                *(question.text or "" for question in asked if question.gap == gap.id),
                *filter(None, [gap.phrasing]),
            ]
            for gap in gaps
        ]
        new = [question for question in asked if question.gap is None]
        places = grouping.places([question.text or "" for question in new], held)
        for place in sorted(set(places)):
            alike = tuple(question for question, at in zip(new, places, strict=True) if at == place)
            yield Pile(gap=gaps[place].id if place < len(gaps) else None, questions=alike)
