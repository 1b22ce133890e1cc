"""The two talk: what each says is carried to the other, and what would tell who she is is asked about first."""

from dataclasses import replace
from datetime import timedelta

from content.phrases import Phrase
from dispatch.actions import cards, relaying
from dispatch.actions.owing import columns
from dispatch.model.cases import Case
from dispatch.model.messages import InboundMessage, Style
from handlers import pending
from handlers.asking import escalate
from handlers.pending import Pending, Stage
from handlers.turn import Turn, gone, of_held_case

MARK_LASTS = timedelta(minutes=10)
"""How long the case that she wrote to last is taken for the one she writes to now (conversation.md, two cases)."""


def member_says(turn: Turn) -> None:
    """She adds to her case, waiting or not."""
    case = turn.tx.cases.open_of(turn.person.id)
    assert case
    _member_sends(turn, case, turn.message)


def _member_sends(turn: Turn, case: Case, message: InboundMessage) -> None:
    refused = relaying.hindrance(message)
    if refused:
        turn.reply(refused)
    elif not turn.person.has_consented:  # the case was opened for her, when her message could not be handled
        earlier = pending.of(turn.tx, turn.person.id) or Pending(stage=Stage.ANSWERED)
        escalate(turn, earlier.adding(message))
    elif relaying.shows_a_picture(message) and not case.pictures_agreed:
        _hold(turn, case, message, "picture-warning", "button-send", "button-take-another")
    elif relaying.names_the_sender(message):
        _hold(turn, case, message, "identity-warning", "button-yes", "button-no")
    else:
        relaying.from_member(turn.tx, case, turn.person, [message], turn.now)


def volunteer_says(turn: Turn) -> None:
    """She writes to the member of one of her cases: which one is never guessed (H58)."""
    refused = relaying.hindrance(turn.message)
    case = _meant(turn)
    if refused:
        turn.reply(refused)
    elif case is None:
        _ask_which(turn)
    else:
        _send(turn, case, turn.message)


def _send(turn: Turn, case: Case, message: InboundMessage) -> None:
    if case.member_id == turn.person.id:
        _member_sends(turn, case, message)
    elif relaying.names_the_sender(message):
        _hold(turn, case, message, "identity-warning", "button-yes", "button-no")
    else:
        _to_member(turn, case, message)


def _open_cases(turn: Turn) -> dict[str, Case]:
    """Those she holds, and her own question if she has one."""
    own = turn.tx.cases.open_of(turn.person.id)
    return {case.id: case for case in [*turn.tx.cases.held_by(turn.person.id), *([own] if own else [])]}


def _meant(turn: Turn) -> Case | None:
    """The case of what she replies to; else the one marked a moment ago; else the only one. None: ask her.

    A case that has just ended is none of those she still has, and what she writes may be meant for it.
    """
    open_cases = _open_cases(turn)
    if turn.message.reply_to:
        case_id = _replied_to(turn, turn.message.reply_to)
        if case_id:
            return open_cases.get(case_id)
    marked_at = turn.person.case_marked_at
    if turn.person.case_marked and marked_at and turn.now - marked_at <= MARK_LASTS:
        return open_cases.get(turn.person.case_marked)
    return next(iter(open_cases.values())) if len(open_cases) == 1 else None


def _replied_to(turn: Turn, external_id: str) -> str | None:
    """The case of a message of hers or of a card, by its place in her chat."""
    message = turn.tx.messages.at(turn.message.chat, external_id)
    if message:
        return message.case_id
    sent = turn.tx.sent.at(turn.message.chat, external_id)
    return sent.card.split(":")[1] if sent and sent.card and ":" in sent.card else None


def _to_member(turn: Turn, case: Case, message: InboundMessage) -> None:
    switched = turn.person.case_marked != case.id
    relaying.from_volunteer(turn.tx, case, turn.person, message, turn.now)
    others = [other for other in turn.tx.cases.held_by(turn.person.id) if other.id != case.id]
    if others and switched:
        _show_mark(turn, case, others)


def _show_mark(turn: Turn, case: Case, others: list[Case]) -> None:
    choices = [turn.choice(cards.case_name(other), "write-to", other.id) for other in others]
    turn.reply(
        Phrase("writing-to", {"case": cards.case_name(case)}),
        choices=columns(choices, 2),
        card="writing-to",
        fresh=True,
    )


def _ask_which(turn: Turn) -> None:
    open_cases = _open_cases(turn)
    if not open_cases:
        turn.reply(Phrase("no-case"))
        cards.show_home(turn.tx, turn.person, turn.now, fresh=True)
        return
    key = pending.hold(turn.tx, turn.person.id, turn.message, turn.now)
    choices = [turn.choice(_called(turn, case), "send-to", case.id, key) for case in open_cases.values()]
    choices.append(turn.choice(Phrase("button-cancel"), "keep-back", next(iter(open_cases)), key))
    turn.reply(Phrase("which-case"), choices=columns(choices, 2), card=key)


def _called(turn: Turn, case: Case) -> Phrase:
    own = case.member_id == turn.person.id
    return Phrase("case-name", {"colour": "👤", "number": case.number}) if own else cards.case_name(case)


def send_to(turn: Turn) -> None:
    """She said to whom."""
    case = _open_cases(turn).get(turn.arguments[0])
    message = pending.release(turn.tx, turn.person.id, turn.arguments[1]) if case else None
    if case is None or message is None:
        gone(turn)
        return
    turn.reply("✔️", card=turn.arguments[1], way_back=False)
    _send(turn, case, message)


@of_held_case
def write_to(turn: Turn, case: Case) -> None:
    """She switches to another of her cases."""
    turn.becomes(case_marked=case.id, case_marked_at=turn.now)
    others = [other for other in turn.tx.cases.held_by(turn.person.id) if other.id != case.id]
    _show_mark(turn, case, others)


def _hold(turn: Turn, case: Case, message: InboundMessage, warning: str, yes: str, no: str) -> None:
    key = pending.hold(turn.tx, turn.person.id, message, turn.now)
    turn.reply(
        Phrase(warning),
        choices=(
            (
                turn.choice(Phrase(yes), "send-held", case.id, key, style=Style.MAIN),
                turn.choice(Phrase(no), "keep-back", case.id, key),
            ),
        ),
        card=key,
        fresh=True,
    )


def send_held(turn: Turn) -> None:
    """She said yes: it goes, if the two still talk. A picture may need a second yes, for what is written with it."""
    case_id, key = turn.arguments
    case = turn.tx.cases.find(case_id)
    may = case is not None and case.is_open and turn.person.id in {case.member_id, case.assignee_id}
    message = pending.release(turn.tx, turn.person.id, key) if may else None
    if case is None or message is None:
        gone(turn)
        return
    if case.member_id != turn.person.id:
        turn.reply("✔️", card=key, way_back=False)
        _to_member(turn, case, message)
        return
    asks_about_picture = relaying.shows_a_picture(message) and not case.pictures_agreed
    if asks_about_picture:
        case = replace(case, pictures_agreed=True)
        turn.tx.cases.save(case)
    if asks_about_picture and relaying.names_the_sender(message):
        _hold(turn, case, message, "identity-warning", "button-yes", "button-no")
        return
    turn.reply("✔️", card=key, way_back=False)
    relaying.from_member(turn.tx, case, turn.person, [message], turn.now)


def keep_back(turn: Turn) -> None:
    """She said no: nobody gets it."""
    message = pending.release(turn.tx, turn.person.id, turn.arguments[1])
    if message is None:
        gone(turn)
        return
    picture = relaying.shows_a_picture(message)
    turn.reply(Phrase("picture-dropped" if picture else "identity-kept-back"), card=turn.arguments[1])


def edited(turn: Turn) -> None:
    """Somebody changed what she had said: waiting for her yes, or already passed on."""
    if pending.edit(turn.tx, turn.person.id, turn.message, turn.now):
        return
    said = turn.tx.messages.at(turn.message.chat, turn.message.external_id)
    if said is None or said.author_id != turn.person.id:
        return
    if relaying.names_the_sender(turn.message) or not relaying.edit(
        turn.tx, turn.person, turn.message, turn.now
    ):
        turn.reply(Phrase("undelivered"))


def reacted(turn: Turn) -> None:
    """Somebody put an emoji on a message, or took it away."""
    relaying.react(turn.tx, turn.person, turn.message)
