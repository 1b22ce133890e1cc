"""Danger comes first, whatever she has agreed to."""

from content.phrases import Joined, Phrase
from dispatch.model.messages import Lane, Style
from handlers import languages
from handlers.asking import ask_language
from handlers.turn import Turn

WORDS = "words-danger"
"""What people write for it, in the catalogue."""


def show_numbers(turn: Turn) -> None:
    """Whom to call now, in the group's country; and a person here, who may take longer."""
    numbers = Phrase(f"emergency-{turn.tx.group.country.lower()}")
    turn.reply(
        Joined((Phrase("emergency"), numbers)),
        title="🆘",
        choices=(
            (turn.choice(Phrase("button-person"), "person", "urgent", style=Style.DANGER),),
            (turn.language_choice(),),
        ),
        lane=Lane.EMERGENCY,
        language=next(iter(languages.that_say(turn, WORDS)), languages.readable(turn)),
    )
    if turn.person.language is None:
        ask_language(turn)
