"""What a volunteer does with a case: take it, answer, hand it over, finish it."""

from dataclasses import replace

from content.phrases import Joined, Moment, Phrase
from dispatch.actions import alerting, availability, cards, escalation, holding, offering, relaying, silence
from dispatch.actions.offering import NotEligible, Taken, TooLate
from dispatch.actions.owing import columns
from dispatch.model.cases import Case
from dispatch.model.messages import InboundMessage, Kind, Style
from handlers import drafts, growing
from handlers.answering import about, given, readable, text_of
from handlers.turn import Turn, gone, of_held_case


def take(turn: Turn) -> None:
    """She takes the case that this button named."""
    if turn.sender is None:
        turn.toast(Phrase("offer-not-volunteer"))
        return
    match offering.take(turn.tx, turn.arguments[0], turn.person.id, turn.now):
        case Taken(case=case):
            turn.toast(Phrase("offer-yours"))
            _offer_articles(turn, case.suggested, case.id)
        case TooLate():
            turn.toast(Phrase("offer-gone"))
            if not turn.message.private:
                cards.show_board(turn.tx, turn.now)
        case NotEligible(reason=reason):
            turn.toast(reason)


def _offer_articles(turn: Turn, slugs: tuple[str, ...], case_id: str) -> None:
    case = turn.tx.cases.get(case_id)
    rows = []
    for slug in slugs:
        if article := given(turn, slug, case.language):
            label = Phrase("button-article", {"title": readable(article.title, article)})
            rows.append((turn.choice(label, "show-article", case.id, slug),))
    if turn.directory.find(country=turn.tx.group.country, theme=case.theme):
        rows.append((turn.choice(Phrase("button-services"), "services", "theme", case.theme, "0", "new"),))
    if rows:
        turn.reply(Phrase("taken-library"), choices=tuple(rows), card=f"library:{case.id}")


@of_held_case
def show_article(turn: Turn, case: Case) -> None:
    """She looks at an article before she sends it."""
    article = given(turn, turn.arguments[1], case.language)
    if article is None:
        gone(turn)
        return
    send = turn.choice(Phrase("button-send-article"), "send-article", case.id, article.slug, style=Style.MAIN)
    notes = Joined(about(turn, article, reader=case.language), close=True)
    title = readable(article.title, article)
    turn.reply(Joined((text_of(article), notes)), title=title, choices=((send,),))


@of_held_case
def send_article(turn: Turn, case: Case) -> None:
    """She sends it to the member, as if she had written it; where it comes from and what is not certain go with it."""
    article = given(turn, turn.arguments[1], case.language)
    if article is None:
        gone(turn)
        return
    notes = Joined(about(turn, article, reader=case.language), close=True)
    parts = Joined((readable(article.title, article), text_of(article), notes))
    said = InboundMessage(
        kind=Kind.SAID,
        chat=turn.message.chat,
        user=turn.message.user,
        private=True,
        external_id="",
        sent_at=turn.now,
        text=turn.catalog.render(parts, case.language),
    )
    relaying.from_volunteer(turn.tx, case, turn.person, said, turn.now)
    turn.tx.cases.save(replace(turn.tx.cases.get(case.id), article=article.slug))
    turn.reply(Phrase("article-sent"))


def decline(turn: Turn) -> None:
    """Not now."""
    offering.decline(turn.tx, turn.arguments[0], turn.now)


@of_held_case
def finish(turn: Turn, case: Case) -> None:
    """She wants to finish: one question, since a case that is closed by mistake hurts."""
    choices = [
        turn.choice(Phrase("button-finish"), "finish-surely", case.id, style=Style.MAIN),
        turn.choice(Phrase("button-not-yet"), "not-yet", case.id),
    ]
    turn.reply(
        Phrase("finish-ask", {"case": cards.case_name(case)}),
        choices=columns(choices, 2),
        card=f"finish:{case.id}",
    )


def not_yet(turn: Turn) -> None:
    """She does not want to finish after all."""
    turn.reply("✔️", card=f"finish:{turn.arguments[0]}")


@of_held_case
def finish_surely(turn: Turn, case: Case) -> None:
    """It is over; the member is asked how it was."""
    turn.reply("✔️", card=f"finish:{case.id}")
    closed = escalation.close(turn.tx, case, turn.now, key="case-finished")
    growing.resolved(turn, closed)
    cards.show_ended(turn.tx, closed, Phrase("ended"))
    escalation.ask_how_it_was(turn.tx, closed)
    cards.show_home(turn.tx, turn.refreshed(), turn.now)
    drafts.offer(turn, closed)


@of_held_case
def hand_over(turn: Turn, case: Case) -> None:
    """Somebody else should go on."""
    escalation.hand_over(turn.tx, case, turn.now, Phrase("case-handed-over", {"case": cards.case_name(case)}))


@of_held_case
def call_coordinator(turn: Turn, case: Case) -> None:
    """She wants a coordinator to look at it; the case stays hers."""
    alerting.called(turn.tx, case, turn.person)
    turn.reply(Phrase("coordinator-called"))


@of_held_case
def here(turn: Turn, case: Case) -> None:
    """She is still there."""
    silence.end_nudge(turn.tx, case, turn.person)
    silence.watch(turn.tx, case, turn.now)


@of_held_case
def answer_later(turn: Turn, case: Case) -> None:
    """She says when she answers, so that the member can be told."""
    choices = [
        turn.choice(Moment(at, turn.tx.group.zone), "tell-later", case.id, at.isoformat())
        for at in availability.next_times(turn.tx.group, turn.now)
    ]
    turn.reply(Phrase("plan-ask"), choices=columns(choices, 1), card=f"later:{case.id}")


@of_held_case
def tell_later(turn: Turn, case: Case) -> None:
    """The member is told when she is answered."""
    at = availability.parse(turn.arguments[1])
    if at <= turn.now:
        gone(turn)
        return
    holding.tell_later(turn.tx, case, at, turn.now)
    time = Moment(at, turn.tx.group.zone)
    turn.reply(Phrase("told-later", {"time": time}), card=f"later:{case.id}")
    availability.plan(turn.tx, turn.refreshed(), at, turn.now)


def show_mine(turn: Turn) -> None:
    """Her open cases."""
    holding.show_mine(turn.tx, turn.person)
