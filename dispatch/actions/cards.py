"""Status cards: one message that changes, instead of many. A member has one for her question, a volunteer one for
each offer, each case and herself; the volunteers' group has the board."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from content.languages import near
from content.phrases import Autonym, Body, Joined, LanguageName, Moment, Phrase, Words
from dispatch.actions import whom
from dispatch.actions.owing import choice, columns, owe_chat, say
from dispatch.model.cases import Case, Offer, usual_wait
from dispatch.model.matching import not_again
from dispatch.model.messages import Choice, Choices, Delivery, Lane, Send, Style
from dispatch.model.people import Person
from dispatch.ports import Transaction

PRIVATE_THEMES = frozenset({"violence", "mind", "emergency", "rights", "residence"})
"""Themes that are not written in the volunteers' group."""

BOARD_LINES = 6
BOARD_POSTED_AGAIN_AFTER = timedelta(minutes=3)
"""A new board makes a sound; between two of them the old one is edited (H13)."""

NAMED_BY_WEEKDAY = timedelta(days=6)

WAITS_REMEMBERED = timedelta(days=30)


def case_name(case: Case) -> Phrase:
    """What a volunteer calls it: "🟦 case 27"."""
    return Phrase("case-name", {"colour": case.colour, "number": case.number})


def marked_if_urgent(case: Case, line: Phrase) -> Phrase:
    """A line about a case, with 🔴 before it when somebody is in danger."""
    return Phrase("marked", {"mark": "🔴", "label": line}) if case.urgent else line


def theme_name(theme: str) -> Phrase:
    """A theme in the reader's language."""
    return Phrase(f"theme-{theme or 'other'}")


def minutes_since(since: datetime, now: datetime) -> int:
    """Whole minutes that have gone by, at least one: nobody waits "0 minutes"."""
    return max(1, int((now - since) / timedelta(minutes=1)))


def language_choice(tx: Transaction, person: Person, language: str | None = None) -> Choice:
    """🌐 and the language's own name: the way back after a wrong guess (H18). `language` is that of the words above it,
    as long as hers is not known."""
    shown = person.language or language or tx.group.language
    label = Phrase("button-language", {"language": Autonym(shown)})
    return choice(tx, label, "languages")


def library_choice(tx: Transaction, person: Person) -> Choice:
    """📚: the library, without typing."""
    return choice(tx, Phrase("button-library"), "library", person=person)


def numbers(tx: Transaction) -> Body:
    """Whom to call now, in the group's country; a machine writes here."""
    return Joined((Phrase("emergency"), Phrase(f"emergency-{tx.group.country.lower()}")))


def danger_choice(tx: Transaction) -> Choice:
    """🆘: whom to call now."""
    return choice(tx, Phrase("button-danger"), "danger", style=Style.DANGER)


# A member's card


def show_waiting(tx: Transaction, case: Case, now: datetime) -> None:
    """Her question waits: who is asked, and what she can do meanwhile."""
    member = tx.people.get(case.member_id)
    speakers = [person for person in tx.people.volunteers() if _speaks_any(person, case)]
    if whom.is_being_asked(tx, case, now):
        body = _being_asked(tx, case, now)
        choices = (_cancel(tx, member, case), choice(tx, Phrase("button-add"), "add-to-case", person=member))
        rows: Choices = (choices, (danger_choice(tx), language_choice(tx, member)))
    else:
        body = _nobody_free(tx, case, speakers, now)
        if case.urgent:
            body = Joined((numbers(tx), body))
        rows = (
            (choice(tx, Phrase("button-wait"), "wait", case.id, person=member), _cancel(tx, member, case)),
            *(() if speakers else _near_languages(tx, member, case)),
            (
                choice(tx, Phrase("button-other-languages"), "other-languages", case.id, person=member),
                library_choice(tx, member),
            ),
            (danger_choice(tx), language_choice(tx, member)),
        )
    say(tx, member, body, choices=rows, card=f"case:{case.id}")


def _near_languages(tx: Transaction, member: Person, case: Case) -> Choices:
    """One tap for each language near hers that a volunteer does speak: Persian for Dari, say."""
    spoken = {tag for person in tx.people.volunteers() if person.is_volunteer for tag in person.languages}
    tags = [tag for tag in near(case.language) if tag in spoken and tag not in case.languages]
    return columns([choice(tx, Autonym(tag), "also-speaks", case.id, tag, person=member) for tag in tags], 2)


def _being_asked(tx: Transaction, case: Case, now: datetime) -> Body:
    asking = Phrase("waiting", {"language": LanguageName(case.language)})
    taken = tx.cases.taken_since(case.language, now - WAITS_REMEMBERED)
    wait = usual_wait(taken, tx.group.local(now).hour, lambda at: tx.group.local(at).hour)
    if wait is None:
        return asking
    minutes = max(1, round(wait / timedelta(minutes=1)))
    return Joined((asking, Phrase("waiting-lately", count=minutes)), close=True)


def _speaks_any(person: Person, case: Case) -> bool:
    return (
        person.is_volunteer
        and person.reachable
        and any(person.speaks(language) for language in case.languages)
    )


def _cancel(tx: Transaction, member: Person, case: Case) -> Choice:
    return choice(tx, Phrase("button-cancel"), "cancel-case", case.id, person=member)


def _nobody_free(tx: Transaction, case: Case, speakers: Sequence[Person], now: datetime) -> Body:
    language = LanguageName(case.language)
    if not speakers:
        nobody = Phrase("nobody-speaks", {"group": tx.group.name, "language": language})
        return Joined((nobody, Phrase("nobody-speaks-offer")), close=True)
    not_asked = not_again(tx.offers.of(case.id))
    plans = [person.plans_at for person in speakers if person.plans_at and person.id not in not_asked]
    coming = [at for at in plans if at > now]
    when = (
        Phrase("nobody-free-plan", {"time": Moment(min(coming), tx.group.zone)})
        if coming
        else Phrase("nobody-free-unknown")
    )
    return Joined((Phrase("nobody-free", {"language": language}), when), close=True)


def show_here(tx: Transaction, case: Case) -> None:
    """Somebody has taken her question."""
    member = tx.people.get(case.member_id)
    finish = choice(tx, Phrase("button-finish"), "end-case", case.id, person=member)
    say(
        tx,
        member,
        Phrase("here-now"),
        choices=((finish, language_choice(tx, member)),),
        card=f"case:{case.id}",
        fresh=True,
    )


def show_ended(tx: Transaction, case: Case, body: Phrase) -> None:
    """It is over; she can ask again."""
    member = tx.people.get(case.member_id)
    again = choice(tx, Phrase("button-ask-again"), "ask-again", case.id, person=member)
    say(tx, member, body, choices=((again,), (language_choice(tx, member),)), card=f"case:{case.id}")


# A volunteer's cards


def show_home(tx: Transaction, person: Person, now: datetime, *, fresh: bool = False) -> None:
    """Whether she is free, until when, and what she can press."""
    held = len(tx.cases.held_by(person.id))
    lines: list[Body] = []
    if person.is_available(now) and person.available_until:
        lines.append(Phrase("home-free", {"time": Moment(person.available_until, tx.group.zone)}))
    else:
        lines.append(Phrase("home-off"))
        if person.plans_at and person.plans_at > now:
            lines.append(Phrase("home-plan", {"time": Moment(person.plans_at, tx.group.zone)}))
    if held:
        lines.append(Phrase("home-cases", count=held))
    say(
        tx,
        person,
        Joined(tuple(lines), close=True),
        choices=(
            *free_choices(tx, person, now),
            _home_last_row(tx, person, now),
            (library_choice(tx, person),),
        ),
        card="home",
        fresh=fresh,
        quiet=True,
        delivery=Delivery.EDIT if not fresh else Delivery.MUST,
    )


def free_choices(tx: Transaction, person: Person, now: datetime) -> Choices:
    """For how long she has time. Late in the evening there is no "until I stop": the night is hers."""
    spans = (
        choice(tx, Phrase("button-free-hour"), "free", "hour", person=person),
        choice(tx, Phrase("button-free-two"), "free", "two", person=person),
    )
    latest = tx.group.latest_tonight(now)
    if tx.group.local(latest).date() != tx.group.local(now).date():
        return (spans,)
    label = Phrase("button-free-stop", {"time": Moment(latest, tx.group.zone)})
    return (spans, (choice(tx, label, "free", "stop", person=person),))


def _home_last_row(tx: Transaction, person: Person, now: datetime) -> tuple[Choice, ...]:
    cases = choice(tx, Phrase("button-my-cases"), "my-cases", person=person)
    if person.is_available(now):
        return (choice(tx, Phrase("button-off"), "off", person=person), cases)
    return (choice(tx, Phrase("button-plan"), "plan", person=person), cases)


def offer_line(tx: Transaction, case: Case, now: datetime) -> Phrase:
    """What a case that waits is about and since when it does; 🔴 when somebody is in danger."""
    words: Words = {
        "language": LanguageName(case.language),
        "theme": theme_name(case.theme),
        "time": _since(tx, case, now),
    }
    return Phrase("offer-urgent" if case.urgent else "offer", words)


def show_offer(
    tx: Transaction, offer: Offer, case: Case, volunteer: Person, now: datetime, *, fresh: bool = False
) -> None:
    """A case that waits, without content and without a name."""
    say(
        tx,
        volunteer,
        offer_line(tx, case, now),
        choices=(
            (
                choice(tx, Phrase("button-take"), "take", case.id, person=volunteer, style=Style.MAIN),
                choice(tx, Phrase("button-not-now"), "decline", offer.id, person=volunteer),
            ),
        ),
        card=f"offer:{offer.id}",
        fresh=fresh,
        lane=Lane.EMERGENCY if case.urgent else Lane.OFFER,
    )


def end_offer(tx: Transaction, offer: Offer, key: str) -> None:
    """Its card says what became of it, and has no buttons any more (H25)."""
    volunteer = tx.people.find(offer.volunteer_id)
    if volunteer:
        say(
            tx,
            volunteer,
            Phrase(key),
            card=f"offer:{offer.id}",
            lane=Lane.OFFER,
            delivery=Delivery.EDIT,
            quiet=True,
        )


def show_case(tx: Transaction, case: Case, body: Body, *, open_buttons: bool = True) -> None:
    """The state of a case, for the volunteer who has it."""
    assert case.assignee_id
    volunteer = tx.people.get(case.assignee_id)
    say(
        tx,
        volunteer,
        body,
        title=case_name(case),
        choices=case_choices(tx, case, volunteer) if open_buttons else (),
        card=f"held:{case.id}:{volunteer.id}",
    )


def case_choices(tx: Transaction, case: Case, volunteer: Person) -> Choices:
    """What she can do with a case that she has."""
    return columns(
        [
            choice(tx, Phrase("button-finish"), "finish", case.id, person=volunteer),
            choice(tx, Phrase("button-hand-over"), "hand-over", case.id, person=volunteer),
            choice(tx, Phrase("button-coordinator"), "call-coordinator", case.id, person=volunteer),
            choice(tx, Phrase("button-know-her"), "know-her", case.id, person=volunteer),
            choice(tx, Phrase("button-propose"), "propose", case.id, person=volunteer),
        ],
        2,
    )


# The volunteers' group


def show_board(tx: Transaction, now: datetime, *, news: bool = False) -> None:
    """Every waiting case with a button; beyond six, a line a language. `news`: something new waits."""
    if tx.group.chat is None:
        return
    waiting = [case for case in tx.cases.waiting() if not case.for_coordinators]
    shown = waiting[:BOARD_LINES]
    lines: list[Body] = [_board_line(tx, case, now) for case in shown]
    rest = Counter(case.language for case in waiting[BOARD_LINES:])
    lines += [
        Phrase("board-more", {"language": LanguageName(tag)}, count=count)
        for tag, count in rest.most_common()
    ]
    send = Send(
        body=Joined(tuple(lines), close=True) if lines else Phrase("board-empty"),
        title=Phrase("board-title") if lines else None,
        choices=columns([_board_button(tx, case) for case in shown], 1),
        card="board",
        fresh=news and not _posted_lately(tx, now),
        quiet=not news,
    )
    owe_chat(tx, tx.group.chat, send, lane=Lane.OFFER, delivery=Delivery.EDIT)


def _posted_lately(tx: Transaction, now: datetime) -> bool:
    assert tx.group.chat
    recent = tx.sent.in_chat(tx.group.chat, now - BOARD_POSTED_AGAIN_AFTER)
    return any(sent.card == "board" for sent in recent)


def _board_words(case: Case) -> dict[str, LanguageName | Phrase]:
    theme = Phrase("theme-private") if case.theme in PRIVATE_THEMES else theme_name(case.theme)
    return {"language": LanguageName(case.language), "theme": theme}


def _board_line(tx: Transaction, case: Case, now: datetime) -> Phrase:
    line = Phrase("board-line", {**_board_words(case), "time": _since(tx, case, now)})
    return marked_if_urgent(case, line)


def _since(tx: Transaction, case: Case, now: datetime) -> Moment:
    """Since when it waits: minutes would stand still on a card that nobody changes."""
    dated = now - case.waiting_since >= NAMED_BY_WEEKDAY
    return Moment(case.waiting_since, tx.group.zone, dated=dated)


def _board_button(tx: Transaction, case: Case) -> Choice:
    return choice(
        tx,
        marked_if_urgent(case, Phrase("board-button", _board_words(case))),
        "take",
        case.id,
        style=Style.MAIN,
    )
