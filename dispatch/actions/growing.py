"""What the library could not answer, and how people ask what it can: kept without a name, for coordinators to look at."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from dispatch.actions import alerting
from dispatch.model.cases import Case
from dispatch.model.growth import KEPT_FOR, LONGEST_PHRASING, OFTEN, WEEK, Phrasing, Unanswered
from dispatch.model.people import Person
from dispatch.model.redaction import redact
from dispatch.ports import Transaction


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


def propose(tx: Transaction, member: Person, slug: str, language: str, text: str, now: datetime) -> None:
    """An article helped with this question: coordinators are shown it as one more way to ask."""
    asked = redact(text)
    if not member.has_consented or not asked or len(asked) > LONGEST_PHRASING:
        return
    if any(known.text.casefold() == asked.casefold() for known in tx.phrasings.of(slug, language)):
        return
    day = _day(tx, now)
    tx.phrasings.add(Phrasing(id=tx.new_secret(), slug=slug, language=language, text=asked, day=day))
    _forget_later(tx, day)


def withdraw(tx: Transaction, phrasing: Phrasing, now: datetime) -> None:
    """An approved phrasing waits for a decision again, or goes if its month is over."""
    if _day(tx, now) - phrasing.day < KEPT_FOR:
        tx.phrasings.save(replace(phrasing, approved_at=None))
    else:
        tx.phrasings.remove(phrasing.id)


def question_of(tx: Transaction, case: Case) -> str:
    """What the member of a case asked: all that she had written when it was opened, else the first thing after that."""
    hers = [message for message in tx.messages.of(case.id) if message.author_id == case.member_id]
    asked = [message for message in hers if message.text and message.sent_at <= case.opened_at]
    first = [message for message in hers if message.text][:1]
    return "\n".join(message.text for message in asked or first)


def forget_words(tx: Transaction, subject: str, now: datetime) -> None:
    """What nobody has reworded or approved goes, a month after that day; the counts stay."""
    day = date.fromisoformat(subject)
    tx.gaps.purge(day)
    tx.phrasings.purge(day)


def _day(tx: Transaction, now: datetime) -> date:
    return tx.group.local(now).date()


def _forget_later(tx: Transaction, day: date) -> None:
    """One timer for each day on which words of members were kept."""
    tx.timers.set("words-kept", day.isoformat(), datetime.combine(day + KEPT_FOR, time(), tzinfo=UTC))
