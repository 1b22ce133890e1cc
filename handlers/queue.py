"""Coordinators see who waits and who is free."""

from content.phrases import Body, Joined, LanguageName, Listed, Phrase, Words
from dispatch.actions import cards, whom
from dispatch.model.cases import Case, CaseState
from dispatch.model.messages import Style
from handlers.turn import Turn, gone

LINES = 20


def show(turn: Turn) -> None:
    """The queue: each waiting case with a line and a button, and who could take it."""
    waiting = turn.tx.cases.waiting()
    lines: list[Body] = []
    for case in waiting[:LINES]:
        lines.append(_line(turn, case))
        if not whom.is_being_asked(turn.tx, case, turn.now):
            lines.append(Phrase("queue-nobody-left"))
    answered = turn.tx.cases.count_assigned()
    if answered:
        lines.append(Phrase("queue-assigned", count=answered))
    lines.append(_free(turn))
    title = Phrase("queue-title", count=len(waiting)) if waiting else Phrase("queue-empty")
    rows = tuple(
        (turn.choice(_button(case), "take", case.id, style=Style.MAIN),)
        for case in waiting[: cards.BOARD_LINES]
    )
    turn.reply(Joined(tuple(lines), close=True), title=title, choices=rows, card="queue", fresh=True)


def show_case(turn: Turn) -> None:
    """One case: who has it, or that it waits and can be taken. What is said in it stays with the two."""
    case = turn.tx.cases.find(turn.arguments[0])
    helper = turn.tx.people.find(case.assignee_id) if case and case.assignee_id else None
    if case is None:
        gone(turn)
    elif case.state is CaseState.WAITING:
        take = turn.choice(_button(case), "take", case.id, style=Style.MAIN)
        turn.reply(_line(turn, case), choices=((take,),), card=f"look:{case.id}", fresh=True)
    elif helper and case.assigned_at:
        words: Words = {"name": helper.name, **_about(case)}
        has_it = Phrase("case-with", words, count=cards.minutes_since(case.assigned_at, turn.now))
        her_card = turn.choice(f"👩 {helper.name}", "person-card", helper.id)
        rows = ((her_card,),) if helper.has_joined else ()
        turn.reply(has_it, choices=rows, card=f"look:{case.id}", fresh=True)
    else:
        turn.reply(Phrase("case-over", {"number": case.number}), card=f"look:{case.id}", fresh=True)


def _line(turn: Turn, case: Case) -> Phrase:
    line = Phrase("queue-line", _about(case), count=cards.minutes_since(case.waiting_since, turn.now))
    return cards.marked_if_urgent(case, line)


def _about(case: Case) -> Words:
    return {
        "number": case.number,
        "language": LanguageName(case.language),
        "theme": cards.theme_name(case.theme),
    }


def _button(case: Case) -> Phrase:
    words: Words = {"language": LanguageName(case.language), "theme": cards.theme_name(case.theme)}
    return cards.marked_if_urgent(case, Phrase("board-button", words))


def _free(turn: Turn) -> Phrase:
    free = [person for person in turn.tx.people.volunteers() if person.is_available(turn.now)]
    if not free:
        return Phrase("queue-nobody-free")
    spoken = sorted({tag for person in free for tag in person.languages})
    return Phrase(
        "queue-free", {"languages": Listed(tuple(LanguageName(tag) for tag in spoken))}, count=len(free)
    )
