"""What no table before it has matched: unknown buttons and commands, words, and what is said to somebody."""

from collections.abc import Callable, Mapping

from content.phrases import Phrase
from dispatch.actions import relaying
from dispatch.model.messages import Kind
from handlers import (
    checking,
    consent,
    drafts,
    feedback,
    gaps,
    leaving,
    own_data,
    people,
    phrasings,
    question,
    relay,
    safety,
    shelf_editing,
    unknown,
    writing,
)
from handlers.asking import ask_language
from handlers.languages import COURTEOUS
from handlers.matches import (
    answers_a_case,
    answers_yes_or_no,
    anybody,
    courtesy,
    happened,
    helper,
    helper_without_case,
    known,
    member_of_a_case,
    nameless,
    names_language,
    nods_to_an_older_question,
    not_yet_volunteer,
    nothing_to_read,
    says,
    small_talk,
    thanks,
    waits_and_says,
    word,
    word_of_any_language,
    writes_for_library,
)
from handlers.routes.route import Route
from handlers.turn import Turn


def danger(turn: Turn) -> None:
    """She has the numbers; whoever she talks with reads it too."""
    if answers_a_case(turn):
        relay.volunteer_says(turn)
    elif member_of_a_case(turn):
        relay.member_says(turn)
    else:
        safety.ask_unknown_language(turn)


def unreadable(turn: Turn) -> None:
    """Say what does not work, and what does."""
    if turn.person.language is None:
        ask_language(turn)
    else:
        turn.reply(relaying.hindrance(turn.message) or Phrase("unsupported"))


def home_or_help(turn: Turn) -> None:
    """Nobody got what she wrote: say so, and show what she can do."""
    if turn.person.is_volunteer:
        relay.volunteer_says(turn)
    else:
        unknown.help_(turn)


WRITTEN: Mapping[str, Callable[[Turn], None]] = {
    "draft-text": drafts.wrote_text,
    "draft-title": drafts.wrote_title,
    checking.CORRECTION: checking.wrote,
    "title": shelf_editing.wrote_title,
    "body": shelf_editing.wrote_body,
    "asks": shelf_editing.wrote_asks,
    "sources": shelf_editing.wrote_sources,
    "gap-phrasing": gaps.keep_phrasing,
    "phrasing-words": phrasings.reword,
}
"""Who takes what somebody was asked to write, by its purpose."""


def written(turn: Turn) -> None:
    """She has written what she was asked for."""
    asked = writing.asked(turn)
    assert asked
    WRITTEN[asked.purpose](turn)


REST: tuple[Route, ...] = (
    Route(when=happened(Kind.PRESSED), by=anybody, handle=unknown.button),
    Route(when=lambda turn: turn.message.command is not None, by=known, handle=unknown.command),
    Route(when=safety.is_sign, by=known, handle=danger),
    Route(when=answers_yes_or_no, by=known, handle=consent.answer),
    Route(when=waits_and_says("words-help"), by=known, handle=unknown.help_),
    Route(when=waits_and_says("words-language"), by=known, handle=ask_language),
    Route(when=waits_and_says("words-stop"), by=known, handle=leaving.stop),
    Route(when=waits_and_says("words-mydata"), by=known, handle=own_data.show),
    Route(when=waits_and_says("words-hide"), by=known, handle=own_data.hide),
    Route(when=waits_and_says("words-forget"), by=known, handle=leaving.ask_forget),
    Route(when=writes_for_library, by=helper, handle=written),
    Route(when=answers_a_case, by=known, handle=relay.volunteer_says),
    Route(when=names_language, by=known, handle=question.name_language),
    Route(when=member_of_a_case, by=known, handle=relay.member_says),
    Route(when=nameless, by=known, handle=people.say_name),
    Route(when=not_yet_volunteer, by=known, handle=unknown.waits_for_approval),
    Route(when=helper_without_case, by=helper, handle=home_or_help),
    Route(when=nothing_to_read, by=known, handle=unreadable),
    Route(when=word_of_any_language("words-help"), by=known, handle=unknown.help_),
    Route(when=word("words-language"), by=known, handle=ask_language),
    Route(when=word("words-stop"), by=known, handle=leaving.stop),
    Route(when=word("words-mydata"), by=known, handle=own_data.show),
    Route(when=word("words-hide"), by=known, handle=own_data.hide),
    Route(when=word("words-forget"), by=known, handle=leaving.ask_forget),
    Route(when=word("words-person"), by=known, handle=consent.want_person),
    Route(when=word("words-no"), by=known, handle=consent.want_person),
    Route(when=thanks, by=known, handle=feedback.thank),
    Route(when=courtesy("words-thanks"), by=known, handle=unknown.thanked),
    Route(when=courtesy("words-hello"), by=known, handle=unknown.help_),
    Route(when=nods_to_an_older_question, by=known, handle=consent.remind),
    Route(when=small_talk(*COURTEOUS), by=known, handle=unknown.nod),
    Route(when=small_talk("words-hello", *COURTEOUS), by=known, handle=unknown.help_),
    Route(when=says, by=known, handle=question.ask),
)
