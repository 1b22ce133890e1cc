"""A volunteer proposes the answer that she gave as one for everybody. Only her own words are taken, never a member's."""

from content.phrases import LanguageName, Phrase, Words
from dispatch.actions.owing import columns
from dispatch.model.cases import Case, CaseMessage
from dispatch.model.messages import Style
from dispatch.model.queues import Dialog
from dispatch.model.shelf import TextState
from handlers import shelf_card, writing
from handlers.turn import Turn, gone

PICKS = "picks"
PICKS_SHOWN = 8
"""Her last messages: what she told at last is what helped."""

LABEL = (
    200  # characters of a message for its button: more than a channel shows, which says itself that it cut
)


def offer(turn: Turn, case: Case) -> None:
    """A case is over: what she told may help others too. A cry for help is nothing for a library."""
    told = any(each.author_id == turn.person.id for each in turn.tx.messages.of(case.id))
    if told and not case.urgent:
        button = turn.choice(Phrase("button-propose"), "propose", case.id)
        turn.reply(Phrase("propose-after"), choices=((button,),), card=_card(case), fresh=True)


def propose(turn: Turn) -> None:
    """She picks which of her messages of a case belong to the answer, or writes it."""
    case = _case(turn)
    if case is None:
        gone(turn)
    elif _own_words(turn, case):
        _keep_picks(turn, case, [])
        _show_picks(turn, case, [], fresh=True)
    else:
        begin(turn, case.language, case.theme)


def pick(turn: Turn) -> None:
    """This message belongs to the answer, or after all it does not."""
    case, picked = _case(turn), _picks(turn)
    if case is None:
        gone(turn)
        return
    message_id = turn.arguments[1]
    picked = (
        [each for each in picked if each != message_id] if message_id in picked else [*picked, message_id]
    )
    _keep_picks(turn, case, picked)
    _show_picks(turn, case, picked)


def picked(turn: Turn) -> None:
    """All are picked: what is it called?"""
    case = _case(turn)
    if case is None:
        gone(turn)
        return
    picks = _picks(turn)
    texts = [message.text for message in _own_words(turn, case) if message.id in picks]
    if not texts:  # or they were removed meanwhile, as all that was said in a case is
        turn.toast(Phrase("propose-pick-one"))
        return
    turn.tx.dialogs.drop(turn.person.id, PICKS)
    turn.reply("✔️", card=_card(case))
    _ask_title(turn, case.language, case.theme, "\n\n".join(texts))


def write(turn: Turn) -> None:
    """She would rather write it: in the language, and about the theme, that the button names."""
    language, theme = turn.arguments
    begin(turn, language, theme)


def begin(turn: Turn, language: str, theme: str, asks: tuple[str, ...] = ()) -> None:
    """Ask her for an answer to be put on the shelf: first the text, then its title; `asks` are ways to ask for it."""
    question = Phrase("propose-write", {"language": LanguageName(language)})
    writing.ask(turn, question, "draft-text", language, theme, *asks)


def wrote_text(turn: Turn) -> None:
    """She has written the answer."""
    language, theme, *asks = writing.take(turn)
    _ask_title(turn, language, theme, turn.message.text, *asks)


def _ask_title(turn: Turn, language: str, theme: str, text: str, *asks: str) -> None:
    question = Phrase("propose-title", {"language": LanguageName(language)})
    writing.ask(turn, question, "draft-title", language, theme, text, *asks)


def wrote_title(turn: Turn) -> None:
    """It has a title: a coordinator's is a draft that she goes on with, a volunteer's waits for a coordinator."""
    language, theme, body, *asks = writing.take(turn)
    article = shelf_card.new_article(
        turn, language=language, title=turn.message.text, body=body, theme=theme, asks=tuple(asks)
    )
    if turn.person.is_coordinator:
        shelf_card.show(turn, shelf_card.keep(turn, article, TextState.DRAFT))
        return
    text = shelf_card.keep(turn, article, TextState.PROPOSED)
    words: Words = {"title": article.title}
    turn.reply(Phrase("propose-sent", words))
    shelf_card.tell_of(turn, text, "text-proposed")


def _case(turn: Turn) -> Case | None:
    """The case that the button names, if it is hers or was the last to be hers."""
    case = turn.tx.cases.find(turn.arguments[0])
    hers = case and turn.person.id == (case.assignee_id or case.last_assignee_id)
    return case if hers else None


def _own_words(turn: Turn, case: Case) -> list[CaseMessage]:
    """What she wrote herself: an article of the library that she sent stands in no message of hers."""
    said = [each for each in turn.tx.messages.of(case.id) if each.author_id == turn.person.id]
    return [each for each in said if each.text.strip() and each.chat_external_id][-PICKS_SHOWN:]


def _picks(turn: Turn) -> list[str]:
    dialog = turn.tx.dialogs.find(turn.person.id, PICKS)
    found = dialog.state.get(turn.arguments[0]) if dialog else None
    return list(map(str, found)) if isinstance(found, list) else []


def _keep_picks(turn: Turn, case: Case, picked: list[str]) -> None:
    state = {case.id: picked}
    turn.tx.dialogs.put(Dialog(person_id=turn.person.id, kind=PICKS, state=state, updated_at=turn.now))


def _show_picks(turn: Turn, case: Case, picked: list[str], *, fresh: bool = False) -> None:
    buttons = [
        turn.choice(
            f"{'✅' if message.id in picked else '▫️'} {' '.join(message.text.split())[:LABEL]}",
            "propose-pick",
            case.id,
            message.id,
        )
        for message in _own_words(turn, case)
    ]
    ends = [
        turn.choice(Phrase("button-done"), "propose-picked", case.id, style=Style.MAIN),
        turn.choice(Phrase("button-write-it"), "draft", case.language, case.theme),
    ]
    turn.reply(
        Phrase("propose-pick"),
        choices=(*columns(buttons, 1), *columns(ends, 2)),
        card=_card(case),
        fresh=fresh,
    )


def _card(case: Case) -> str:
    return f"propose:{case.id}"
