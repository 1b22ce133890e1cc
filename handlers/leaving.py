"""/stop and /forget, for everybody."""

from content.phrases import Phrase
from dispatch.actions import departing
from dispatch.actions.owing import say
from dispatch.model.messages import Style
from handlers import greeting, writing
from handlers.turn import Turn


def stop(turn: Turn) -> None:
    """She wants to hear nothing for now: what she was asked to write or to record is not waited for any more."""
    for kind in (writing.KIND, greeting.KIND):
        turn.tx.dialogs.drop(turn.person.id, kind)
    departing.stop(turn.tx, turn.person, turn.now)
    say(turn.tx, turn.refreshed(), Phrase("stopped"))


def ask_forget(turn: Turn) -> None:
    """One question, since it cannot be undone."""
    yes = turn.choice(Phrase("button-forget"), "forget", style=Style.DANGER)
    no = turn.choice(Phrase("button-no"), "keep")
    turn.reply(Phrase("forget-ask"), choices=((yes, no),), card="forget", fresh=True)


def forget(turn: Turn) -> None:
    """She is erased; the last thing she hears says so. The last who can steer the group is asked once more."""
    if departing.leaves_nobody_to_steer(turn.tx, turn.person):
        yes = turn.choice(Phrase("button-forget-anyway"), "forget-surely", style=Style.DANGER)
        no = turn.choice(Phrase("button-no"), "keep")
        group = {"group": turn.tx.group.name}
        turn.reply(Phrase("last-coordinator", group), choices=((yes, no),), card="forget")
    else:
        forget_surely(turn)


def forget_surely(turn: Turn) -> None:
    """Nobody is kept from being forgotten."""
    departing.forget(turn.tx, turn.person, turn.now)


def keep(turn: Turn) -> None:
    """She changed her mind."""
    turn.reply(Phrase("nothing-changed"), card="forget")
