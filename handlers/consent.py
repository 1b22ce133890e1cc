"""She wants a person; and she says yes or no to what must be asked before one sees anything."""

from dataclasses import replace

from content.phrases import Phrase
from dispatch.actions import alerting, cards, escalation, relaying
from handlers import growing, pending
from handlers.answering import given
from handlers.asking import ask_language, escalate
from handlers.pending import Pending, Stage
from handlers.turn import Turn, gone


def want_person(turn: Turn) -> None:
    """👩: she wants a person, whatever the library says."""
    case = turn.tx.cases.open_of(turn.person.id)
    if case and turn.arguments == ("urgent",) and not case.urgent:
        escalation.make_urgent(turn.tx, case, turn.now)
        alerting.wants_coordinator(turn.tx, case)
    if case:
        turn.reply(Phrase("waiting-add"))
        return
    waiting = _question(turn)
    waiting = replace(waiting, wants_person=True, urgent=waiting.urgent or turn.arguments == ("urgent",))
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


def agree(turn: Turn) -> None:
    """She said yes to what was asked."""
    asked = Stage(turn.arguments[0])
    waiting = pending.of(turn.tx, turn.person.id)
    if asked is Stage.CONSENT:
        turn.becomes(consented_at=turn.now, refused_at=None)
        waiting = waiting or Pending(stage=asked, wants_person=True)
    if waiting is None:
        gone(turn)
        return
    waiting = replace(
        waiting,
        pictures_agreed=waiting.pictures_agreed or asked is Stage.PICTURE,
        identity_agreed=waiting.identity_agreed or asked is Stage.IDENTITY,
    )
    turn.reply("✔️", card=f"ask-{asked}", way_back=False)
    escalate(turn, waiting)


def disagree(turn: Turn) -> None:
    """She said no: nothing is sent to anybody, and what waits for somebody is taken back."""
    asked = Stage(turn.arguments[0])
    if asked is Stage.CONSENT:
        _refuse(turn)
    else:
        _keep_back(turn, asked)


def _refuse(turn: Turn) -> None:
    turn.becomes(consented_at=None, refused_at=turn.now)
    waiting = pending.of(turn.tx, turn.person.id)
    if waiting:
        pending.put(turn.tx, turn.person.id, replace(waiting, stage=Stage.REFUSED), turn.now)
    case = turn.tx.cases.open_of(turn.person.id)
    if case:
        closed = escalation.close(turn.tx, case, turn.now, key="case-cancelled")
        cards.show_ended(turn.tx, closed, Phrase("cancelled"))
    changed = turn.choice(Phrase("button-changed-mind"), "person")
    turn.reply(
        Phrase("consent-refused"), choices=((changed, turn.library_choice()),), card=f"ask-{Stage.CONSENT}"
    )


def _keep_back(turn: Turn, asked: Stage) -> None:
    waiting = pending.of(turn.tx, turn.person.id)
    if waiting is None:
        gone(turn)
        return
    drops = relaying.shows_a_picture if asked is Stage.PICTURE else relaying.names_the_sender
    kept = tuple(message for message in waiting.messages if not drops(message))
    key = "picture-dropped" if asked is Stage.PICTURE else "identity-kept-back"
    turn.reply(Phrase(key), card=f"ask-{asked}")
    if kept:
        escalate(turn, replace(waiting, messages=kept))
    else:
        pending.drop(turn.tx, turn.person.id)
