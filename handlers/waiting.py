"""What a member does with her own case: wait, add to it, take it back, open it again."""

from dataclasses import replace

from content.phrases import Autonym, LanguageName, Phrase
from dispatch.actions import cards, escalation, offering
from dispatch.actions.owing import columns
from dispatch.model.cases import Case
from handlers.turn import Turn, gone, of_own_case


@of_own_case
def cancel(turn: Turn, case: Case) -> None:
    """The member takes her question back, or says that she has what she needs."""
    if not case.is_open:
        gone(turn)
        return
    was_answered = case.assignee_id is not None
    closed = escalation.close(turn.tx, case, turn.now, key="case-cancelled")
    cards.show_ended(turn.tx, closed, Phrase("ended" if was_answered else "cancelled"))
    if was_answered:
        escalation.ask_how_it_was(turn.tx, closed)


@of_own_case
def ask_again(turn: Turn, case: Case) -> None:
    """The member opens a case again that was over."""
    another = "another" in turn.arguments
    coordinator = "coordinator" in turn.arguments
    if case.is_open or turn.tx.cases.open_of(turn.person.id):
        gone(turn)
        return
    turn.reply(Phrase("reopened"), card=f"rating:{case.id}")
    escalation.reopen(turn.tx, case, turn.now, another=another, coordinator=coordinator)
    if not turn.tx.messages.of(case.id):
        turn.reply(Phrase("waiting-add"))


def add(turn: Turn) -> None:
    """How to add to a question that waits."""
    turn.reply(Phrase("waiting-add"))


def wait(turn: Turn) -> None:
    """She waits; that is all she has to do."""
    turn.toast(Phrase("will-wait"))


@of_own_case
def ask_other_languages(turn: Turn, case: Case) -> None:
    """Which other languages does she speak? None is proposed: all are shown."""
    if not case.is_open:
        gone(turn)
        return
    tags = [tag for tag in turn.tx.group.languages if tag not in case.languages]
    choices = [turn.choice(Autonym(tag), "also-speaks", case.id, tag) for tag in tags]
    turn.reply(Phrase("which-other-languages"), choices=columns(choices, 2), card=f"also:{case.id}")


@of_own_case
def also_speaks(turn: Turn, case: Case) -> None:
    """Volunteers of that language are asked too."""
    if not case.is_open:
        gone(turn)
        return
    tag = turn.arguments[1]
    case = replace(case, also=tuple(dict.fromkeys((*case.also, tag))))
    turn.tx.cases.save(case)
    turn.reply(Phrase("other-languages-noted", {"language": LanguageName(tag)}), card=f"also:{case.id}")
    if case.assignee_id is None:
        offering.announce(turn.tx, case, turn.now)
