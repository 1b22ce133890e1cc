"""What a member is asked before she can be answered: her language, her yes, and her yes again before a picture."""

from collections.abc import Iterable
from dataclasses import replace

from content.phrases import Body, Joined, LanguageName, Phrase
from dispatch.actions import escalation, growing, relaying, whom
from dispatch.actions.escalation import KEPT_AFTER_END
from dispatch.model.messages import Choices, Style
from handlers import greeting, languages, menus, pending
from handlers.pending import Pending, Stage
from handlers.turn import Turn


def ask_language(turn: Turn, body: Body = "🌐", likely: Iterable[str] = ()) -> None:
    """Ask with nothing but the languages' own names, the likeliest first."""
    best = (turn.person.language, *likely, *turn.thought.likeliest, turn.person.app_language)
    _ask_language(turn, body, languages.page(turn, "language", "all-languages", likely=best), fresh=True)


def ask_all_languages(turn: Turn) -> None:
    """Another page of languages, when hers was not among the first."""
    another = languages.page(turn, "language", "all-languages", turned=True)
    _ask_language(turn, "🌐", another, fresh=False)


def _ask_language(turn: Turn, body: Body, buttons: Choices, *, fresh: bool) -> None:
    reads = languages.readable(turn)  # unless we know better
    if turn.person.language is None:  # she has no other card yet, and the sign needs no words
        buttons = (*buttons, (turn.choice("🆘", "danger", style=Style.DANGER),))
    turn.reply(body, choices=buttons, card="languages", fresh=fresh, language=reads, way_back=False)


def greet_once(turn: Turn) -> None:
    """Greet her, if it is the first time that she writes."""
    if turn.person.greeted_at is None:
        greet(turn)


def greet(turn: Turn) -> None:
    """Who we are, in her language, with what she can do without typing."""
    turn.becomes(greeted_at=turn.now)
    spoken = whom.speaks(turn.tx, turn.language)
    people = Phrase(
        "welcome-women" if spoken else "welcome-nobody", {"language": LanguageName(turn.language)}
    )
    turn.reply(
        Phrase("welcome", {"group": turn.tx.group.name, "people": people}),
        choices=(
            (
                turn.danger_choice(),
                turn.choice(Phrase("button-person"), "person"),
            ),
            (turn.library_choice(), turn.language_choice(), *greeting.listen(turn, turn.language)),
        ),
    )
    menus.show(turn.tx, turn.person)


def escalate(turn: Turn, waiting: Pending) -> None:
    """Open the case, or ask for what is still missing, below the newest that she said."""
    missing = _missing(turn, waiting)
    if missing is None:
        pending.drop(turn.tx, turn.person.id)
        case = turn.tx.cases.open_of(turn.person.id)
        if case:
            relaying.from_member(turn.tx, case, turn.person, waiting.messages, turn.now)
            return
        escalation.open_case(
            turn.tx,
            turn.person,
            waiting.messages,
            turn.now,
            theme=waiting.theme,
            suggested=waiting.suggested,
            urgent=waiting.urgent,
        )
        if waiting.missed and not waiting.urgent:
            growing.keep_question(turn.tx, turn.person, waiting.text, waiting.theme, turn.now)
        if not waiting.messages:
            turn.reply(Phrase("waiting-add"))
        return
    pending.put(turn.tx, turn.person.id, replace(waiting, stage=missing), turn.now)
    _ask(turn, missing)


def _missing(turn: Turn, waiting: Pending) -> Stage | None:
    if not turn.person.has_consented:
        return Stage.CONSENT
    if not waiting.pictures_agreed and any(relaying.shows_a_picture(message) for message in waiting.messages):
        return Stage.PICTURE
    if not waiting.identity_agreed and any(
        relaying.names_the_sender(message) for message in waiting.messages
    ):
        return Stage.IDENTITY
    return None


def _ask(turn: Turn, missing: Stage) -> None:
    match missing:
        case Stage.PICTURE:
            body: Body = Phrase("picture-warning")
            yes, no = Phrase("button-send"), Phrase("button-take-another")
        case Stage.IDENTITY:
            body, yes, no = Phrase("identity-warning"), Phrase("button-yes"), Phrase("button-no")
        case _:
            body, yes, no = _consent_text(turn), Phrase("button-yes"), Phrase("button-no")
    turn.reply(
        body,
        choices=(
            (
                turn.choice(yes, "agree", missing, style=Style.MAIN),
                turn.choice(no, "disagree", missing),
            ),
            (turn.danger_choice(), *turn.language_choices()),
        ),
        card=card_of(missing),
        fresh=True,
    )


def card_of(asked: Stage) -> str:
    """The card that asks for this yes."""
    return f"ask-{asked}"


def _consent_text(turn: Turn) -> Body:
    text = Phrase("consent", {"group": turn.tx.group.name}, count=KEPT_AFTER_END.days)
    if not turn.links.platform:
        return text
    return Joined((text, Phrase("consent-platform", {"platform": turn.links.platform})), close=True)
