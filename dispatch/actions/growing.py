"""What the library could not answer, and how people ask what it can: kept without a name, for coordinators to look at."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from dispatch.actions import alerting
from dispatch.model import growth
from dispatch.model.cases import Case
from dispatch.model.growth import (
    KEPT_FOR,
    LONGEST_PHRASING,
    OFTEN,
    REJECTED_FOR,
    WEEK,
    Gap,
    GapState,
    Phrasing,
    Pile,
    Unanswered,
)
from dispatch.model.people import Person
from dispatch.model.redaction import redact
from dispatch.ports import Transaction

# What is asked for


def demand(tx: Transaction) -> growth.Demand:
    """What members have asked for, and how often there was a good answer."""
    return growth.demand(tx.answers.counts(), tx.gaps.counts(date.min))


# Questions and gaps


def miss(tx: Transaction, language: str, theme: str, now: datetime) -> None:
    """A question had no good answer: it is counted, and coordinators hear of it when there are many within a week."""
    day = _day(tx, now)
    tx.gaps.count(language, theme, day)
    first = day - WEEK + timedelta(days=1)
    count = tx.gaps.counts(first).get((language, theme), 0)
    if count >= OFTEN and not tx.gaps.was_told(language, theme, first):
        tx.gaps.mark_told(language, theme, day)
        alerting.asked_often(tx, language, theme, count)


def keep_question(tx: Transaction, member: Person, text: str, theme: str, now: datetime) -> None:
    """Keep what she asked, without what leads to her; nothing when she has not agreed that a person sees it."""
    asked = redact(text)
    if not member.has_consented or member.language is None or not asked:
        return
    day = _day(tx, now)
    # An id that grows with time would say when she asked.
    kept = Unanswered(id=tx.new_secret(), language=member.language, theme=theme, day=day, text=asked)
    tx.gaps.keep(kept)
    _forget_later(tx, day)


def put_with_their_like(tx: Transaction, piles: Iterable[Pile]) -> None:
    """Each pile into its gap, except what another coordinator has put meanwhile."""
    placed = {question.id for question in tx.gaps.questions() if question.gap}
    for pile in piles:
        new = [question for question in pile.questions if question.id not in placed]
        if new:
            gap = (tx.gaps.find(pile.gap) if pile.gap else None) or _new_gap(tx, new)
            tx.gaps.put([question.id for question in new], gap.id)


def _new_gap(tx: Transaction, questions: Sequence[Unanswered]) -> Gap:
    """About what most of them are about."""
    ((theme, _),) = Counter(question.theme for question in questions).most_common(1)
    gap = Gap(id=tx.new_id(), language=questions[0].language, theme=theme)
    tx.gaps.add(gap)
    return gap


def reword(tx: Transaction, gap: Gap, text: str) -> Gap | None:
    """A person's words for it are kept for good, and what members wrote goes at once; None when no word is left."""
    phrasing = redact(text)
    if not phrasing:
        return None
    tx.gaps.forget_texts(gap.id)
    return _become(tx, replace(gap, phrasing=phrasing, state=GapState.KEPT))


def put_aside(tx: Transaction, gap: Gap) -> Gap:
    """Nothing for the library: it is out of sight, and so is what is like it."""
    return _become(tx, replace(gap, state=GapState.ASIDE))


def take_back(tx: Transaction, gap: Gap) -> Gap:
    """It is one for the library after all."""
    return _become(tx, replace(gap, state=GapState.KEPT if gap.phrasing else GapState.OPEN))


def _become(tx: Transaction, gap: Gap) -> Gap:
    tx.gaps.save(gap)
    return gap


# Phrasings


def propose(tx: Transaction, member: Person, slug: str, language: str, text: str, now: datetime) -> None:
    """An article helped with this question: coordinators are shown it as one more way to ask."""
    asked = redact(text)
    if not member.has_consented or not asked or len(asked) > LONGEST_PHRASING:
        return
    day, words = _day(tx, now), growth.bare(asked)
    if any(growth.bare(known.text) == words for known in tx.phrasings.of(slug, language)):
        return
    if tx.phrasings.was_rejected(slug, language, words, day - REJECTED_FOR):
        return
    tx.phrasings.add(Phrasing(id=tx.new_secret(), slug=slug, language=language, text=asked, day=day))
    _forget_later(tx, day)


def turn_down(tx: Transaction, phrasing: Phrasing, now: datetime) -> None:
    """Nobody is shown these words for this article again for a year."""
    tx.phrasings.reject(phrasing.slug, phrasing.language, growth.bare(phrasing.text), _day(tx, now))


def reject(tx: Transaction, phrasing: Phrasing, now: datetime) -> None:
    """It is not wanted, and goes."""
    turn_down(tx, phrasing, now)
    tx.phrasings.remove(phrasing.id)


def approve(tx: Transaction, phrasing: Phrasing, now: datetime) -> None:
    """The article is found by it from now on."""
    tx.phrasings.save(replace(phrasing, approved_at=now))
    tx.shelf.changed()


def withdraw(tx: Transaction, phrasing: Phrasing, now: datetime) -> None:
    """An approved phrasing waits for a decision again, or goes if its month is over."""
    if _day(tx, now) - phrasing.day < KEPT_FOR:
        tx.phrasings.save(replace(phrasing, approved_at=None))
    else:
        tx.phrasings.remove(phrasing.id)
    tx.shelf.changed()


def question_of(tx: Transaction, case: Case) -> str:
    """What the member of a case asked: all that she had written when it was opened, else the first thing after that."""
    hers = [
        message
        for message in tx.messages.of(case.id)
        if message.author_id == case.member_id and message.text and message.chat_external_id
    ]
    asked = [message for message in hers if message.sent_at <= case.opened_at]
    first = hers[:1]
    return "\n".join(message.text for message in asked or first)


# Time


def forget_words(tx: Transaction, subject: str, now: datetime) -> None:
    """What nobody has reworded or approved goes, a month after that day; the counts stay.

    With it goes what is left of words that were turned down a year ago.
    """
    day = date.fromisoformat(subject)
    tx.gaps.purge(day)
    tx.phrasings.purge(day)
    tx.phrasings.forget_rejected(_day(tx, now) - REJECTED_FOR)


def _day(tx: Transaction, now: datetime) -> date:
    return tx.group.local(now).date()


def _forget_later(tx: Transaction, day: date) -> None:
    """One timer for each day on which words of members were kept."""
    tx.timers.set("words-kept", day.isoformat(), datetime.combine(day + KEPT_FOR, time(), tzinfo=UTC))
