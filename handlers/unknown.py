"""What fits nowhere else: it is answered kindly, and loses nothing."""

from content.languages import resolve
from content.phrases import Body, Joined, Phrase
from dispatch.actions import cards
from dispatch.actions.owing import owe
from dispatch.model.messages import Delivery, React
from dispatch.model.people import Standing
from handlers.asking import ask_language, greet
from handlers.turn import Turn, gone


def start(turn: Turn) -> None:
    """/start: a greeting, in the language of the link she came by, or the language buttons."""
    # A poster may hang for years, and call a language as it was called then.
    tag = resolve(turn.message.argument)
    if tag in turn.tx.group.languages and not turn.person.language_chosen:
        turn.becomes(language=tag, link_language=tag)
    if turn.person.is_volunteer:
        cards.show_home(turn.tx, turn.person, turn.now, fresh=True)
    elif turn.person.coordinator:
        help_(turn)
    elif turn.person.language is None:
        ask_language(turn)
    else:
        greet(turn)


def help_(turn: Turn) -> None:
    """What can be done here, for each of her roles."""
    parts: list[Body] = []
    if turn.person.is_coordinator:
        parts.append(Phrase("help-coordinator"))
    if turn.person.is_volunteer:
        parts.append(Phrase("help-volunteer"))
    if not parts and turn.person.language is None:
        ask_language(turn)
        return
    turn.reply(
        Joined(tuple(parts) or (Phrase("help-member"),)),
        choices=((turn.library_choice(), turn.language_choice()),),
    )
    if turn.person.is_volunteer:
        cards.show_home(turn.tx, turn.person, turn.now, fresh=True)


def thanked(turn: Turn) -> None:
    """She thanks for an answer."""
    turn.reply(Phrase("helped-thanks"))


def nod(turn: Turn) -> None:
    """She has said something kind, and asked for nothing."""
    seen = React(emoji="👍", external_id=turn.message.external_id)
    owe(turn.tx, turn.person, seen, delivery=Delivery.EDIT)


def waits_for_approval(turn: Turn) -> None:
    """She has joined, and no coordinator has said yes yet."""
    paused = turn.person.volunteer is Standing.PAUSED
    turn.reply(Phrase("volunteer-paused" if paused else "joined-wait"))


def not_for_you(turn: Turn) -> None:
    """A command or a button of another role."""
    if turn.message.press_id:
        turn.toast(Phrase("not-for-you"))
    elif turn.sender is not None:
        turn.reply(Phrase("not-for-you"))


def command(turn: Turn) -> None:
    """A command that we do not have."""
    turn.reply(Phrase("unknown-command"))


def button(turn: Turn) -> None:
    """A button that means nothing here any more."""
    if turn.sender is None or not turn.message.private:
        turn.toast(Phrase("button-gone"))
    else:
        gone(turn)


def ignore(turn: Turn) -> None:
    """People talk in their group; that is theirs."""
