"""Coordinators and the people of their group: invite, approve, languages, pause, remove."""

from content.phrases import Day, Joined, Moment, Phrase, Words
from dispatch.actions import joining, offering
from dispatch.actions.owing import columns
from dispatch.model.messages import Choice, Style
from dispatch.model.people import Person, Role, Standing
from handlers import menus
from handlers.turn import Turn, gone

SIGNS = {Standing.PENDING: "✋", Standing.ACTIVE: "🔴", Standing.PAUSED: "⏸"}


def invite_volunteer(turn: Turn) -> None:
    """A link for one volunteer."""
    _invite(turn, Role.VOLUNTEER, "invite-link")


def invite_coordinator(turn: Turn) -> None:
    """A link for one more coordinator."""
    _invite(turn, Role.COORDINATOR, "invite-coordinator-link")


def _invite(turn: Turn, role: Role, key: str) -> None:
    start = joining.invite(turn.tx, role, turn.person, turn.now)
    ends = Moment(turn.now + joining.LINK_LASTS[role], turn.tx.group.zone, dated=True)
    turn.reply(Phrase(key, {"time": ends, "link": turn.links.to(start)}))


def join(turn: Turn) -> None:
    """Somebody opened such a link."""
    joined = joining.accept(turn.tx, turn.person, turn.message.name, turn.message.argument, turn.now)
    if isinstance(joined, joining.LinkOver):
        turn.reply(Phrase("invitation-over"))
        return
    turn.sender = joined
    menus.show(turn.tx, joined)


def say_name(turn: Turn) -> None:
    """Somebody who has no name yet says what she is called, or is asked once more."""
    name = " ".join(turn.message.text.split())
    if name:
        joining.give_name(turn.tx, turn.person, name)
    else:
        joining.ask_name(turn.tx, turn.person)


def mark_language(turn: Turn) -> None:
    """A volunteer's language, marked by herself while she joins, or by a coordinator."""
    volunteer = _whose_languages(turn)
    if volunteer is None:
        gone(turn)
        return
    volunteer = joining.mark_language(turn.tx, volunteer, turn.arguments[1])
    if volunteer.id == turn.person.id:
        joining.ask_languages(turn.tx, volunteer)
    else:
        _show_marks(turn, volunteer)


def _whose_languages(turn: Turn) -> Person | None:
    volunteer = turn.tx.people.find(turn.arguments[0])
    own = volunteer is not None and volunteer.id == turn.person.id and volunteer.volunteer is Standing.PENDING
    return volunteer if own or turn.person.is_coordinator else None


def languages_done(turn: Turn) -> None:
    """All languages are marked."""
    volunteer = _whose_languages(turn)
    if volunteer is None:
        gone(turn)
    elif not volunteer.languages:
        turn.toast(Phrase("choose-one-language"))
    elif volunteer.id == turn.person.id and volunteer.volunteer is Standing.PENDING:
        turn.reply(Phrase("joined-wait"), card="my-languages")
        joining.ask_approval(turn.tx, volunteer)
    else:
        words: Words = {"name": volunteer.name, "languages": joining.spoken(volunteer)}
        turn.reply(Phrase("languages-saved", words), card=f"languages:{volunteer.id}")
        if volunteer.id != turn.person.id:
            joining.tell_languages(turn.tx, volunteer)
        offering.offer_waiting(turn.tx, volunteer, turn.now)


def approve(turn: Turn) -> None:
    """A coordinator has met her."""
    _decide(turn, approved=True)


def decline(turn: Turn) -> None:
    """A coordinator says no."""
    _decide(turn, approved=False)


def _decide(turn: Turn, *, approved: bool) -> None:
    volunteer = turn.tx.people.find(turn.arguments[0])
    volunteer = turn.tx.people.lock(volunteer.id) if volunteer else None  # two may press at once
    if volunteer is None or volunteer.volunteer is not Standing.PENDING:
        turn.toast(Phrase("already-decided"))
        return
    joining.decide(turn.tx, volunteer, approved=approved, now=turn.now)
    if approved:
        menus.show(turn.tx, turn.tx.people.get(volunteer.id))


def show_all(turn: Turn) -> None:
    """The volunteers, a button each."""
    volunteers = turn.tx.people.volunteers()
    if not volunteers:
        turn.reply(Phrase("people-none"))
        return
    buttons = [
        turn.choice(f"{_sign(turn, person)} {person.name}", "person-card", person.id) for person in volunteers
    ]
    turn.reply(
        Phrase("people-title", count=len(volunteers)), choices=columns(buttons, 2), card="people", fresh=True
    )


def _sign(turn: Turn, person: Person) -> str:
    assert person.volunteer
    return "🟢" if person.is_available(turn.now) else SIGNS.get(person.volunteer, "")


def show_one(turn: Turn) -> None:
    """One volunteer, and what a coordinator can change."""
    volunteer = turn.tx.people.find(turn.arguments[0])
    if volunteer is None or volunteer.volunteer in {None, Standing.REMOVED}:
        gone(turn)
        return
    _show_card(turn, volunteer)


def _show_card(turn: Turn, volunteer: Person) -> None:
    assert volunteer.volunteer
    standing = Phrase(f"standing-{volunteer.volunteer}")
    lines = [
        Phrase("person-card", {"name": volunteer.name, "standing": standing}),
        Phrase("person-languages", {"languages": joining.spoken(volunteer)}),
        Phrase("person-joined", {"date": Day(turn.tx.group.local(volunteer.created_at).date())}),
    ]
    turn.reply(
        Joined(tuple(lines), close=True),
        choices=columns(_changes(turn, volunteer), 2),
        card=f"volunteer:{volunteer.id}",
        fresh=True,
    )


def _changes(turn: Turn, volunteer: Person) -> list[Choice]:
    changes = []
    if volunteer.volunteer is Standing.PENDING:
        changes += [("button-approve", "approve"), ("button-decline", "decline-volunteer")]
    changes.append(("button-languages", "ask-languages"))
    if volunteer.volunteer is Standing.ACTIVE:
        changes.append(("button-pause", "pause"))
    if volunteer.volunteer is Standing.PAUSED:
        changes.append(("button-resume", "resume"))
    changes.append(("button-remove", "remove"))
    return [turn.choice(Phrase(label), action, volunteer.id) for label, action in changes]


def ask_languages(turn: Turn) -> None:
    """A coordinator changes which languages she speaks."""
    volunteer = turn.tx.people.find(turn.arguments[0])
    if volunteer is None:
        gone(turn)
        return
    _show_marks(turn, volunteer)


def _show_marks(turn: Turn, volunteer: Person) -> None:
    turn.reply(
        Phrase("languages-ask", {"name": volunteer.name}),
        choices=joining.language_marks(turn.tx, volunteer, reader=turn.person),
        card=f"languages:{volunteer.id}",
    )


def pause(turn: Turn) -> None:
    """She gets no questions for now."""
    _set(turn, Standing.PAUSED, "paused")


def resume(turn: Turn) -> None:
    """She is back."""
    _set(turn, Standing.ACTIVE, "resumed")


def ask_remove(turn: Turn) -> None:
    """One question before somebody is removed."""
    volunteer = turn.tx.people.find(turn.arguments[0])
    if volunteer is None:
        gone(turn)
        return
    yes = turn.choice(Phrase("button-remove"), "remove-surely", volunteer.id, style=Style.DANGER)
    no = turn.choice(Phrase("button-no"), "person-card", volunteer.id)
    turn.reply(
        Phrase("remove-ask", {"name": volunteer.name}), choices=((yes, no),), card=f"volunteer:{volunteer.id}"
    )


def remove(turn: Turn) -> None:
    """She is not a volunteer any more."""
    _set(turn, Standing.REMOVED, "removed")


def _set(turn: Turn, standing: Standing, key: str) -> None:
    volunteer = turn.tx.people.find(turn.arguments[0])
    if volunteer is None or volunteer.volunteer in {None, Standing.REMOVED, standing}:
        gone(turn)
        return
    joining.set_standing(turn.tx, volunteer, standing, turn.now)
    menus.show(turn.tx, turn.tx.people.get(volunteer.id))
    turn.reply(Phrase(key, {"name": volunteer.name}), card=f"volunteer:{volunteer.id}")
