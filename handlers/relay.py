"""The two talk: what each says is carried to the other, and what would tell who she is is asked about first."""

from dataclasses import replace

from content.phrases import Phrase
from dispatch.actions import cards, marking, relaying
from dispatch.actions.owing import columns
from dispatch.model.cases import Case
from dispatch.model.messages import InboundMessage, Style
from handlers import pending
from handlers.asking import escalate
from handlers.pending import Pending, Stage
from handlers.turn import Turn, gone


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
        relaying.from_volunteer(turn.tx, case, turn.person, message, turn.now)


def _meant(turn: Turn) -> Case | None:
    """The case of what she replies to, as long as it is hers; else the one that she writes to. None: ask her."""
    if turn.message.reply_to:
        case_id = _replied_to(turn, turn.message.reply_to)
        if case_id:
            return marking.open_cases(turn.tx, turn.person).get(case_id)
    return marking.meant(turn.tx, turn.person, turn.now)


def _replied_to(turn: Turn, external_id: str) -> str | None:
    """The case of a message of hers or of a card, by its place in her chat."""
    message = turn.tx.messages.at(turn.message.chat, external_id)
    if message:
        return message.case_id
    sent = turn.tx.sent.at(turn.message.chat, external_id)
    return sent.card.split(":")[1] if sent and sent.card and ":" in sent.card else None


def _ask_which(turn: Turn) -> None:
    open_cases = marking.open_cases(turn.tx, turn.person)
    if not open_cases:
        turn.reply(Phrase("no-case"))
        cards.show_home(turn.tx, turn.person, turn.now, fresh=True)
        return
    key = pending.hold(turn.tx, turn.person.id, turn.message, turn.now)
    choices = [
        turn.choice(marking.name(turn.person, case), "send-to", case.id, key) for case in open_cases.values()
    ]
    choices.append(turn.choice(Phrase("button-cancel"), "keep-back", next(iter(open_cases)), key))
    turn.reply(Phrase("which-case"), choices=columns(choices, 2), card=key)


def send_to(turn: Turn) -> None:
    """She said to whom."""
    case = marking.open_cases(turn.tx, turn.person).get(turn.arguments[0])
    message = pending.release(turn.tx, turn.person.id, turn.arguments[1]) if case else None
    if case is None or message is None:
        gone(turn)
        return
    turn.reply("✔️", card=turn.arguments[1], way_back=False)
    marking.choose(turn.tx, turn.person, case, turn.now)
    _send(turn, case, message)


def write_to(turn: Turn) -> None:
    """She switches to another of her cases."""
    case = marking.open_cases(turn.tx, turn.person).get(turn.arguments[0])
    if case is None:
        gone(turn)
        return
    marking.choose(turn.tx, turn.person, case, turn.now)
    marking.show(turn.tx, turn.person, case, "writing-to")


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
        relaying.from_volunteer(turn.tx, case, turn.person, message, turn.now)
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
