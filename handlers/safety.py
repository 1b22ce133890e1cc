"""Danger comes first, whatever she has agreed to, and whatever she is in the middle of."""

from datetime import timedelta

from content.danger import Danger
from content.phrases import Phrase
from dispatch.actions import escalation
from dispatch.actions.cards import numbers
from dispatch.model.cases import CaseState
from dispatch.model.messages import Kind, Lane, Style
from dispatch.model.queues import Dialog
from handlers import languages
from handlers.asking import ask_language
from handlers.turn import Turn

WORDS = "words-danger"
"""What people write for it, in the catalogue."""

CRIES = "words-help"
"""What a member may write for it as well as for an explanation."""

HARMLESS = (
    "words-hello",
    "words-thanks",
    "words-yes",
    "words-no",
    "words-person",
    "words-language",
    "words-stop",
    "words-mydata",
    "words-hide",
    "words-forget",
    "words-small-talk",
)
"""What we know by itself; the library, which knows whole questions, may take such a word for anything."""

SIGN = "🆘"
SIGNS = frozenset({"sos"})
"""What needs no language."""

EMERGENCY_DIGITS = 3
"""Services of this theme have longer telephone numbers too; those are not what somebody in danger writes alone."""

AGAIN_AFTER = timedelta(hours=1)
"""Between two words of ours about the same danger; when she writes a word for danger herself, she is answered at once."""


def look(turn: Turn) -> None:
    """What is said in private is looked at for danger: the numbers come first, and then it goes its way."""
    if turn.sender is None or not turn.message.private:
        return
    danger = found(turn)
    if is_sign(turn) or _cries(turn):
        _hurry(turn, "emergency")
        show_numbers(turn)
    elif danger:
        if danger.urgent:
            _hurry(turn, danger.article.theme)
        if _is_news(turn, danger.article.slug):
            show_numbers(turn)


def found(turn: Turn) -> Danger | None:
    """The danger that the library heard in what a member wrote."""
    danger = turn.thought.danger if turn.person.is_member else None
    harmless = any(languages.that_say(turn, key) for key in HARMLESS) or languages.says_only(turn, *HARMLESS)
    return None if harmless else danger


def is_sign(turn: Turn) -> bool:
    """Is it nothing but a sign or a word for danger, or a number to call in it?"""
    if turn.message.kind is not Kind.SAID or not turn.message.private or turn.message.command:
        return False
    said = _bare(turn.message.text)
    if not said:
        return SIGN in turn.message.text
    return said in SIGNS or _is_emergency_number(turn, said) or bool(_languages(turn))


def _cries(turn: Turn) -> bool:
    """Does a member call for help, and nobody reads it at once?"""
    if turn.message.kind is not Kind.SAID or not turn.person.is_member:
        return False
    case = turn.tx.cases.open_of(turn.person.id)
    return (case is None or case.assignee_id is None) and bool(languages.that_say(turn, CRIES))


def _bare(text: str) -> str:
    return languages.bare(text.replace(SIGN, " "))


def _languages(turn: Turn) -> list[str]:
    """The languages in which what she wrote is a word for danger, or stands on the button for it."""
    said = _bare(turn.message.text)
    return [tag for tag in languages.likely(turn) if said in _words(turn, tag)]


def _words(turn: Turn, tag: str) -> frozenset[str]:
    button = turn.catalog.render(Phrase("button-danger"), tag)
    return turn.catalog.words(WORDS, tag) | {_bare(button)}


def _is_emergency_number(turn: Turn, said: str) -> bool:
    """One of the group's country, in digits of any script."""
    if len(said) != EMERGENCY_DIGITS or not said.isdecimal():
        return False
    services = turn.directory.find(country=turn.tx.group.country, theme="emergency")
    return any(str(int(said)) in service.telephone for service in services)


def _hurry(turn: Turn, theme: str) -> None:
    """What waits of hers is urgent from now on."""
    case = turn.tx.cases.open_of(turn.person.id)
    if case and case.state is CaseState.WAITING and not case.urgent:
        escalation.make_urgent(turn.tx, case, turn.now, theme)


def _is_news(turn: Turn, slug: str) -> bool:
    """Has she not been shown the numbers for this a moment ago?"""
    told = turn.tx.dialogs.find(turn.person.id, "danger")
    if told and told.state["about"] == slug and turn.now - told.updated_at < AGAIN_AFTER:
        return False
    state = {"about": slug}
    turn.tx.dialogs.put(Dialog(person_id=turn.person.id, kind="danger", state=state, updated_at=turn.now))
    return True


def asked(turn: Turn) -> None:
    """She asked for the numbers; and her language, if it is not known yet."""
    show_numbers(turn)
    ask_unknown_language(turn)


def ask_unknown_language(turn: Turn) -> None:
    """So that we can go on, after the numbers."""
    if turn.person.language is None:
        ask_language(turn)


def show_numbers(turn: Turn) -> None:
    """Whom to call now, in the group's country; and a person here, who may take longer."""
    spoken = _spoken(turn)
    turn.reply(
        numbers(turn.tx),
        title=SIGN,
        choices=(
            (turn.choice(Phrase("button-person"), "person", "urgent", style=Style.DANGER),),
            turn.language_choices(spoken),
        ),
        card="emergency",
        fresh=True,
        lane=Lane.EMERGENCY,
        language=spoken,
    )


def _spoken(turn: Turn) -> str:
    """The language of the word that she wrote, or the likeliest one, as long as we do not know hers."""
    said = [*_languages(turn), *languages.that_say(turn, CRIES)]
    if found(turn):
        said += languages.likely(turn)
    return next(iter(said), languages.readable(turn))
