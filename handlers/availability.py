"""A volunteer says when she has time."""

from content.phrases import Moment, Phrase
from dispatch.actions import availability, cards
from dispatch.actions.owing import columns
from handlers.turn import Turn, gone


def home(turn: Turn) -> None:
    """Her card, with everything she can press."""
    cards.show_home(turn.tx, turn.person, turn.now, fresh=True)


def free(turn: Turn) -> None:
    """She has time for as long as the button says."""
    (span,) = turn.arguments
    availability.free(turn.tx, turn.refreshed(), span, turn.now)


def off(turn: Turn) -> None:
    """She has no time."""
    availability.off(turn.tx, turn.refreshed(), turn.now)


def ask_plan(turn: Turn) -> None:
    """When will she be free next? She need not know."""
    times = availability.next_times(turn.tx.group, turn.now)
    choices = [turn.choice(Moment(at, turn.tx.group.zone), "plan-at", at.isoformat()) for at in times]
    choices.append(turn.choice(Phrase("button-not-sure"), "plan-at", ""))
    turn.reply(Phrase("plan-ask"), choices=columns(choices, 2), card="plan", fresh=True)


def plan(turn: Turn) -> None:
    """She said when, or that she does not know."""
    (text,) = turn.arguments
    at = availability.parse(text) if text else None
    if at and at <= turn.now:
        gone(turn)
        return
    availability.plan(turn.tx, turn.refreshed(), at, turn.now)
    said = Phrase("plan-set", {"time": Moment(at, turn.tx.group.zone)}) if at else Phrase("plan-none")
    turn.reply(said, card="plan")
    cards.show_home(turn.tx, turn.refreshed(), turn.now)
