"""Coordinators decide about a text of the group's shelf: a second yes, publish, decline, take back, undo."""

from content.phrases import LanguageName, Phrase, Words
from dispatch.actions import shelving
from dispatch.actions.owing import choice, say
from dispatch.model.messages import Style
from dispatch.model.people import Person
from dispatch.model.shelf import TOLD, ShelfText
from handlers import shelf_card
from handlers.shelf_card import article_of, card_of, of_text, person_of
from handlers.turn import Turn, gone


@of_text
def approve(turn: Turn, text: ShelfText) -> None:
    """Her yes to what another wrote."""
    danger = article_of(text).is_about_danger
    if not shelving.approve(turn.tx, text, turn.person, turn.now, danger=danger):
        gone(turn)
        return
    approved = turn.tx.shelf.find(text.id) or text
    shelf_card.show(turn, approved)
    author = person_of(turn, text.author_id)
    if author and author.is_coordinator:
        look = choice(turn.tx, Phrase("button-look"), "shelf-open", text.id, person=author)
        say(turn.tx, author, Phrase("text-was-approved", _title(text)), choices=((look,),))


@of_text
def ask_another(turn: Turn, text: ShelfText) -> None:
    """It waits for the yes of another coordinator, if there is one."""
    others = [other for other in turn.tx.people.coordinators() if other.reachable]
    if all(other.id == turn.person.id for other in others):
        turn.reply(Phrase("no-other-coordinator"))
        return
    turn.toast(Phrase("coordinator-called"))
    shelf_card.tell_of(turn, text, "text-waits-for-you")


@of_text
def ask_publish(turn: Turn, text: ShelfText) -> None:
    """One question before members get it."""
    words: Words = {"language": LanguageName(text.language), **_title(text)}
    _ask_surely(turn, text, Phrase("publish-ask", words), "button-publish", "shelf-publish-surely")


@of_text
def publish(turn: Turn, text: ShelfText) -> None:
    """Members get it from now on."""
    article = article_of(text)
    complete = not shelf_card.checked(turn, text).hindrances
    if not complete or not shelving.publish(
        turn.tx, text, turn.person, article.digest, turn.now, danger=article.is_about_danger
    ):
        gone(turn)
        return
    _done(turn, text, Phrase("published", _title(text)), "shelf-undo", text.id)
    proposer = _proposer(turn, text)
    if proposer and proposer.id != turn.person.id:
        say(turn.tx, proposer, Phrase("draft-published", _title(text)))


@of_text
def ask_decline(turn: Turn, text: ShelfText) -> None:
    """One question before it is put away."""
    _ask_surely(
        turn, text, Phrase("decline-text-ask", _title(text)), "button-decline", "shelf-decline-surely"
    )


@of_text
def decline(turn: Turn, text: ShelfText) -> None:
    """It does not go into the library."""
    if shelving.decline(turn.tx, text, turn.now):
        _done(turn, text, Phrase("text-declined", _title(text)), "shelf-restore", text.id)
    else:
        gone(turn)


@of_text
def ask_withdraw(turn: Turn, text: ShelfText) -> None:
    """One question before members lose it."""
    _ask_surely(turn, text, Phrase("withdraw-ask", _title(text)), "button-withdraw", "shelf-withdraw-surely")


@of_text
def withdraw(turn: Turn, text: ShelfText) -> None:
    """Members do not get it any more."""
    new = shelving.withdraw(turn.tx, text, turn.person, turn.now)
    if new:
        _done(turn, text, Phrase("text-withdrawn", _title(text)), "shelf-undo", new.id)
    else:
        gone(turn)


@of_text
def undo(turn: Turn, text: ShelfText) -> None:
    """What members get is as it was before."""
    new = shelving.undo(turn.tx, text, turn.person, turn.now)
    if new:
        _done(turn, text, Phrase("text-undone", _title(text)), "shelf-undo", new.id)
    else:
        gone(turn)


def _ask_surely(turn: Turn, text: ShelfText, question: Phrase, label: str, action: str) -> None:
    yes = turn.choice(Phrase(label), action, text.id, style=Style.MAIN)
    no = turn.choice(Phrase("button-no"), "shelf-open", text.id)
    turn.reply(question, choices=((yes, no),), card=card_of(text), fresh=True)


def _done(turn: Turn, text: ShelfText, said: Phrase, undo: str, undo_id: str) -> None:
    buttons = (
        turn.choice(Phrase("button-undo"), undo, undo_id),
        turn.choice(Phrase("button-shelf"), "shelf"),
    )
    turn.reply(said, choices=(buttons,), card=card_of(text), fresh=True)


def _title(text: ShelfText) -> Words:
    return {"title": article_of(text).title}


def _proposer(turn: Turn, text: ShelfText) -> Person | None:
    """The volunteer whose proposal this was, however often coordinators have changed it since."""
    versions = turn.tx.shelf.versions(text.slug, text.language)
    told = [each.version for each in versions if each.state in TOLD and each.id != text.id]
    since = [each for each in versions if each.version > max(told, default=0)]
    writers = [person_of(turn, each.author_id) for each in since]
    return next((person for person in writers if person and not person.is_coordinator), None)
