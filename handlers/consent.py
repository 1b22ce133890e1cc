"""She wants a person; and she says yes or no to what must be asked before one sees anything."""

from dataclasses import replace

from content.phrases import Phrase
from dispatch.actions import alerting, cards, escalation, relaying
from handlers import growing, languages, pending
from handlers.answering import given
from handlers.asking import ask_language, card_of, escalate
from handlers.pending import Pending, Stage
from handlers.turn import Turn, gone


def want_person(turn: Turn) -> None:
    """👩: she wants a person, whatever the library says."""
    case = turn.tx.cases.open_of(turn.person.id)
    if case and turn.arguments == ("urgent",) and not case.urgent:
        escalation.make_urgent(turn.tx, case, turn.now)
        alerting.wants_coordinator(turn.tx, case, turn.now)
    if case:
        turn.reply(Phrase("waiting-add"))
        return
    waiting = replace(_question(turn), wanted_at=turn.now)
    if turn.arguments == ("urgent",) and not waiting.urgent:
        waiting = replace(waiting, urgent=True, theme="emergency")
    if turn.person.language is None:
        pending.put(turn.tx, turn.person.id, replace(waiting, stage=Stage.LANGUAGE), turn.now)
        ask_language(turn)
        return
    if waiting.stage in {Stage.ANSWERED, Stage.SUGGESTED}:
        waiting = growing.missed(turn, waiting)
    escalate(turn, waiting)


def _question(turn: Turn) -> Pending:
    """What she wants a person for: the article under which the button stood, or what she asked last."""
    match turn.arguments:
        case ("about", slug) if article := given(turn, slug):
            return pending.about(turn.tx, turn.person.id, article)
    return pending.of(turn.tx, turn.person.id) or Pending(stage=Stage.CONSENT)


def answer(turn: Turn) -> None:
    """She wrote yes or no to what was asked."""
    waiting = pending.of(turn.tx, turn.person.id)
    assert waiting
    (_agree if languages.yes_or_no(turn) else _disagree)(turn, waiting.stage)


def remind(turn: Turn) -> None:
    """She may have said yes to something else: what we ask her comes down below it."""
    waiting = pending.of(turn.tx, turn.person.id)
    assert waiting
    escalate(turn, waiting)


def agree(turn: Turn) -> None:
    """She pressed yes."""
    _agree(turn, Stage(turn.arguments[0]))


def _agree(turn: Turn, asked: Stage) -> None:
    waiting = pending.of(turn.tx, turn.person.id)
    if asked is Stage.CONSENT:
        turn.becomes(consented_at=turn.now, refused_at=None)
        waiting = waiting or Pending(stage=asked, wanted_at=turn.now)
    if waiting is None:
        gone(turn)
        return
    waiting = replace(
        waiting,
        pictures_agreed=waiting.pictures_agreed or asked is Stage.PICTURE,
        identity_agreed=waiting.identity_agreed or asked is Stage.IDENTITY,
    )
    turn.reply("✔️", card=card_of(asked), way_back=False)
    escalate(turn, waiting)


def disagree(turn: Turn) -> None:
    """She pressed no."""
    _disagree(turn, Stage(turn.arguments[0]))


def _disagree(turn: Turn, asked: Stage) -> None:
    """Nothing is sent to anybody, and what waits for somebody is taken back."""
    if asked in {Stage.CONSENT, Stage.REFUSED}:
        _refuse(turn)
    else:
        _keep_back(turn, asked)


def _refuse(turn: Turn) -> None:
    turn.becomes(consented_at=None, refused_at=turn.now)
    waiting = pending.of(turn.tx, turn.person.id)
    if waiting:
        pending.put(turn.tx, turn.person.id, replace(waiting, stage=Stage.REFUSED, wanted_at=None), turn.now)
    case = turn.tx.cases.open_of(turn.person.id)
    if case:
        closed = escalation.close(turn.tx, case, turn.now, key="case-refused")
        cards.show_ended(turn.tx, closed, Phrase("cancelled"))
    changed = turn.choice(Phrase("button-changed-mind"), "person")
    turn.reply(
        Phrase("consent-refused"), choices=((changed, turn.library_choice()),), card=card_of(Stage.CONSENT)
    )


def _keep_back(turn: Turn, asked: Stage) -> None:
    waiting = pending.of(turn.tx, turn.person.id)
    if waiting is None:
        gone(turn)
        return
    drops = relaying.shows_a_picture if asked is Stage.PICTURE else relaying.names_the_sender
    kept = tuple(message for message in waiting.messages if not drops(message))
    key = "picture-dropped" if asked is Stage.PICTURE else "identity-kept-back"
    turn.reply(Phrase(key), card=card_of(asked))
    if kept:
        escalate(turn, replace(waiting, messages=kept))
    else:
        pending.drop(turn.tx, turn.person.id)
