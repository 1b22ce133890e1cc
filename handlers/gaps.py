"""Coordinators see what the library had no good answer to, most asked first, and say what becomes of it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import wraps

from content.phrases import Body, Joined, LanguageName, Phrase, Words
from dispatch.actions import cards, growing
from dispatch.actions.owing import columns
from dispatch.model import growth
from dispatch.model.growth import KEPT_FOR, Gap, GapState, Ranked, Subject, Unanswered
from dispatch.model.messages import Bar, Chart, Choice, Choices, Style
from handlers import drafts, writing
from handlers.turn import Turn, gone

EVER = "ever"
LINES = 8
TEXTS = 6
"""Members' own words that are shown of a gap: of the longest, what one message holds."""
CARD = "gaps"


def show(turn: Turn) -> None:
    """What was asked most, with a chart; new questions are put with their like first."""
    growing.put_with_their_like(turn.tx, turn.thought.piles)
    rows = _rows(turn)
    if rows:
        bars = tuple(Bar(label=_label(row), value=row.count) for row in rows)
        chart = Chart(title=_title(turn), bars=bars)
        turn.reply("", made=(chart,), card="gaps-chart", fresh=True)
    _show_list(turn, rows, fresh=True)


def show_list(turn: Turn) -> None:
    """The list again, in the card where one of its gaps was open."""
    writing.forget(turn)
    _show_list(turn, _rows(turn), fresh=False)


def _rows(turn: Turn) -> Sequence[Ranked]:
    gaps = turn.tx.gaps.all()
    if EVER in turn.arguments:
        return growth.ever(gaps)[:LINES]
    first = turn.today - KEPT_FOR + timedelta(days=1)
    return growth.lately(gaps, turn.tx.gaps.questions(), turn.tx.gaps.counts(first))[:LINES]


def _title(turn: Turn) -> Phrase:
    return Phrase("gaps-ever") if EVER in turn.arguments else Phrase("gaps-lately", count=KEPT_FOR.days)


def _show_list(turn: Turn, rows: Sequence[Ranked], *, fresh: bool) -> None:
    ever = EVER in turn.arguments
    lines: list[Body] = [
        Phrase("gaps-line", {"number": number, "gap": _label(row)}, count=row.count)
        for number, row in enumerate(rows, start=1)
    ]
    if any(row.gap is None for row in rows):
        lines.append(Phrase("gaps-counted"))
    buttons = [
        (_open(turn, number, row, row.gap),)
        for number, row in enumerate(rows, start=1)
        if row.gap is not None
    ]
    other = (
        turn.choice(Phrase("button-gaps-lately", count=KEPT_FOR.days), "gaps")
        if ever
        else turn.choice(Phrase("button-gaps-ever"), "gaps", EVER)
    )
    body: Body = Joined(tuple(lines), close=True) if lines else Phrase("gaps-none")
    turn.reply(body, title=_title(turn), choices=(*buttons, (other,)), card=CARD, fresh=fresh)


def _open(turn: Turn, number: int, row: Ranked, gap: Gap) -> Choice:
    words: Words = {"number": number, "gap": _label(row)}
    return turn.choice(Phrase("gaps-line", words, count=row.count), "gap", gap.id, *_view(turn))


def _view(turn: Turn) -> tuple[str, ...]:
    """Which list she came from, carried by the buttons of what she opened there."""
    return (EVER,) if EVER in turn.arguments else ()


def _label(row: Ranked) -> Phrase:
    return Phrase("gap-label" if row.gap else "gap-label-counted", _words(row.subject))


def _words(subject: Subject) -> Words:
    language, theme = subject
    return {"language": LanguageName(language), "theme": cards.theme_name(theme)}


# One gap


def _of_gap(handle: Callable[[Turn, Gap], None]) -> Callable[[Turn], None]:
    """The press, or what she was asked to write, is about a gap that is still there; otherwise it is gone."""

    @wraps(handle)
    def handler(turn: Turn) -> None:
        asked = writing.asked(turn)
        (gap_id, *_) = turn.arguments or (asked.arguments if asked else ("",))
        gap = turn.tx.gaps.find(gap_id)
        writing.forget(turn)
        if gap:
            handle(turn, gap)
        else:
            gone(turn)

    return handler


@_of_gap
def open_one(turn: Turn, gap: Gap) -> None:
    """One gap: its questions, as far as somebody's words are still kept, and what can become of it."""
    _show(turn, gap)


def _show(turn: Turn, gap: Gap, *, fresh: bool = False) -> None:
    questions = _questions(turn, gap)
    parts: list[Body] = [Phrase("gap-aside")] if gap.state is GapState.ASIDE else []
    asked = Phrase("gap-asked-lately", count=len(questions)), Phrase("gap-asked-ever", count=gap.asked)
    parts.append(Joined(asked, close=True))
    if gap.phrasing:
        parts.append(Joined((Phrase("gap-phrasing"), gap.phrasing), close=True))
    texts = _texts(questions)
    if texts:
        parts.append(Joined((Phrase("gap-words"), *(f"• {text}" for text in texts)), close=True))
    title = Phrase("gap-label", _words(gap.subject))
    turn.reply(Joined(tuple(parts)), title=title, choices=_choices(turn, gap), card=CARD, fresh=fresh)


def _questions(turn: Turn, gap: Gap) -> list[Unanswered]:
    return [question for question in turn.tx.gaps.questions() if question.gap == gap.id]


def _texts(questions: Sequence[Unanswered]) -> list[str]:
    """What is still kept of them, each once."""
    return [*dict.fromkeys(question.text for question in questions if question.text)][:TEXTS]


def _choices(turn: Turn, gap: Gap) -> Choices:
    came_from = _view(turn)
    put = (
        turn.choice(Phrase("button-undo"), "gap-back", gap.id, *came_from)
        if gap.state is GapState.ASIDE
        else turn.choice(Phrase("button-not-for-library"), "gap-aside", gap.id, *came_from)
    )
    return columns(
        [
            turn.choice(Phrase("button-reword-keep"), "gap-reword", gap.id, *came_from, style=Style.MAIN),
            turn.choice(Phrase("button-write-answer"), "gap-answer", gap.id, *came_from),
            put,
            turn.choice("◀", "gap-list", *came_from),
        ],
        2,
    )


@_of_gap
def ask_phrasing(turn: Turn, gap: Gap) -> None:
    """She words the question anew: a person's own words may be kept for good."""
    _ask_phrasing(turn, gap)


@_of_gap
def ask_answer(turn: Turn, gap: Gap) -> None:
    """She answers what many have asked; only what a person has reworded may be among the ways to ask for it."""
    drafts.begin(turn, gap.language, gap.theme, (gap.phrasing,) if gap.phrasing else ())


def _ask_phrasing(turn: Turn, gap: Gap, *, fresh: bool = False) -> None:
    writing.expect(turn, CARD, "gap-phrasing", gap.id)
    cancel = turn.choice(Phrase("button-cancel"), "gap", gap.id, *_view(turn))
    shown = _texts(_questions(turn, gap))
    words = Joined(tuple(f"• {text}" for text in shown), close=True)
    body = Phrase("gap-ask-phrasing")
    turn.reply(Joined((body, words)) if shown else body, choices=((cancel,),), card=CARD, fresh=fresh)


@_of_gap
def keep_phrasing(turn: Turn, gap: Gap) -> None:
    """Her sentence is kept for good, and what members wrote goes at once."""
    kept = growing.reword(turn.tx, gap, turn.message.text)
    if kept is None:
        _ask_phrasing(turn, gap, fresh=True)
    else:
        _show(turn, kept, fresh=True)


@_of_gap
def put_aside(turn: Turn, gap: Gap) -> None:
    """Nothing for the library: it is not shown any more, and neither is what is like it."""
    _show(turn, growing.put_aside(turn.tx, gap))


@_of_gap
def take_back(turn: Turn, gap: Gap) -> None:
    """It is one for the library after all."""
    _show(turn, growing.take_back(turn.tx, gap))
