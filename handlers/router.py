"""One ordered table: what matches, who may do it, what handles it. The first match wins."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from content.phrases import Phrase
from dispatch.actions import departing, relaying
from dispatch.model.messages import Kind
from handlers import (
    answering,
    availability,
    cases,
    checking,
    consent,
    drafts,
    feedback,
    gaps,
    greeting,
    groups,
    guides,
    leaving,
    library,
    links,
    people,
    phrasings,
    question,
    queue,
    relay,
    safety,
    shelf,
    shelf_deciding,
    shelf_editing,
    unknown,
    waiting,
    writing,
)
from handlers.asking import ask_all_languages, ask_language
from handlers.matches import (
    Test,
    anonymous_in_group,
    answers_a_case,
    anybody,
    command,
    coordinator,
    courtesy,
    happened,
    helper,
    helper_without_case,
    in_group,
    known,
    member_of_a_case,
    not_yet_volunteer,
    nothing_to_read,
    press,
    records_greeting,
    says,
    start_with_invitation,
    thanks,
    volunteer,
    waits_and_says,
    word,
    word_of_any_language,
    writes_for_library,
)
from handlers.turn import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """When it matches and the sender may, it is handled; when she may not, she is told so."""

    when: Test
    by: Test
    handle: Callable[[Turn], None]


def route(turn: Turn) -> None:
    """Handle the message by the first route that matches."""
    for entry in ROUTES:
        if entry.when(turn):
            (entry.handle if entry.by(turn) else unknown.not_for_you)(turn)
            return


# Handlers of one line


def danger(turn: Turn) -> None:
    """The numbers first; and whoever she talks with reads it too."""
    safety.show_numbers(turn)
    if answers_a_case(turn):
        relay.volunteer_says(turn)
    elif member_of_a_case(turn):
        relay.member_says(turn)


def lost(turn: Turn) -> None:
    """She has blocked the bot."""
    departing.lose(turn.tx, turn.person, turn.now)


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
    "check-text": checking.wrote,
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


ROUTES: tuple[Route, ...] = (
    Route(when=anonymous_in_group, by=anybody, handle=groups.anonymous),
    Route(when=happened(Kind.ADDED), by=anybody, handle=groups.added),
    Route(
        when=lambda turn: turn.message.kind is Kind.REMOVED and not turn.message.private,
        by=anybody,
        handle=groups.removed,
    ),
    Route(when=happened(Kind.REMOVED), by=known, handle=lost),
    Route(when=happened(Kind.RETURNED), by=anybody, handle=unknown.ignore),
    Route(when=command("group"), by=coordinator, handle=groups.how),
    Route(when=in_group, by=anybody, handle=unknown.ignore),
    Route(when=happened(Kind.EDITED), by=known, handle=relay.edited),
    Route(when=happened(Kind.REACTED), by=known, handle=relay.reacted),
    # everybody
    Route(when=start_with_invitation, by=known, handle=people.join),
    Route(when=command("start"), by=known, handle=unknown.start),
    Route(when=command("help"), by=known, handle=unknown.help_),
    Route(when=command("language"), by=known, handle=ask_language),
    Route(when=command("danger"), by=known, handle=safety.show_numbers),
    Route(when=command("library"), by=known, handle=library.browse),
    Route(when=command("person"), by=known, handle=consent.want_person),
    Route(when=command("stop"), by=known, handle=leaving.stop),
    Route(when=command("forget"), by=known, handle=leaving.ask_forget),
    Route(when=press("forget"), by=known, handle=leaving.forget),
    Route(when=press("forget-surely"), by=known, handle=leaving.forget_surely),
    Route(when=press("keep"), by=known, handle=leaving.keep),
    Route(when=press("languages"), by=known, handle=ask_language),
    Route(when=press("all-languages"), by=known, handle=ask_all_languages),
    Route(when=press("language"), by=known, handle=question.choose_language),
    Route(when=press("hear-greeting"), by=known, handle=greeting.play),
    Route(when=press("danger"), by=known, handle=safety.show_numbers),
    Route(when=press("library"), by=known, handle=library.browse),
    Route(when=press("themes"), by=known, handle=library.show_themes),
    Route(when=press("theme"), by=known, handle=library.show_theme),
    Route(when=press("read"), by=known, handle=library.read),
    Route(when=press("services"), by=known, handle=library.show_services),
    Route(when=press("play"), by=known, handle=answering.play),
    Route(when=press("guide"), by=known, handle=guides.turn_page),
    Route(when=press("send-held"), by=known, handle=relay.send_held),
    Route(when=press("keep-back"), by=known, handle=relay.keep_back),
    # a member
    Route(when=press("person"), by=known, handle=consent.want_person),
    Route(when=press("agree"), by=known, handle=consent.agree),
    Route(when=press("disagree"), by=known, handle=consent.disagree),
    Route(when=press("article"), by=known, handle=question.choose_article),
    Route(when=press("stuck"), by=known, handle=guides.stuck),
    Route(when=press("helped"), by=known, handle=question.helped),
    Route(when=press("cancel-case", "end-case"), by=known, handle=waiting.cancel),
    Route(when=press("add-to-case"), by=known, handle=waiting.add),
    Route(when=press("wait"), by=known, handle=waiting.wait),
    Route(when=press("other-languages"), by=known, handle=waiting.ask_other_languages),
    Route(when=press("also-speaks"), by=known, handle=waiting.also_speaks),
    Route(when=press("ask-again"), by=known, handle=waiting.ask_again),
    Route(when=press("rate"), by=known, handle=feedback.rate),
    Route(when=press("no-thanks"), by=known, handle=feedback.no_thanks),
    # a volunteer
    Route(when=command("free"), by=volunteer, handle=availability.home),
    Route(when=command("off"), by=volunteer, handle=availability.off),
    Route(when=command("cases"), by=helper, handle=cases.show_mine),
    Route(when=press("free"), by=volunteer, handle=availability.free),
    Route(when=press("off"), by=volunteer, handle=availability.off),
    Route(when=press("plan"), by=volunteer, handle=availability.ask_plan),
    Route(when=press("plan-at"), by=volunteer, handle=availability.plan),
    Route(when=press("my-cases"), by=helper, handle=cases.show_mine),
    Route(when=press("take"), by=anybody, handle=cases.take),
    Route(when=press("decline"), by=volunteer, handle=cases.decline),
    Route(when=press("finish"), by=helper, handle=cases.finish),
    Route(when=press("finish-surely"), by=helper, handle=cases.finish_surely),
    Route(when=press("hand-over", "give-back", "know-her"), by=helper, handle=cases.hand_over),
    Route(when=press("call-coordinator"), by=helper, handle=cases.call_coordinator),
    Route(when=press("not-yet"), by=helper, handle=cases.not_yet),
    Route(when=press("here"), by=helper, handle=cases.here),
    Route(when=press("answer-later"), by=helper, handle=cases.answer_later),
    Route(when=press("tell-later"), by=helper, handle=cases.tell_later),
    Route(when=press("show-article"), by=helper, handle=cases.show_article),
    Route(when=press("send-article"), by=helper, handle=cases.send_article),
    Route(when=press("send-to"), by=helper, handle=relay.send_to),
    Route(when=press("write-to"), by=helper, handle=relay.write_to),
    Route(when=press("mark-language"), by=known, handle=people.mark_language),
    Route(when=press("languages-done"), by=known, handle=people.languages_done),
    # helpers and the library
    Route(when=command("check"), by=helper, handle=checking.start),
    Route(when=press("check-in"), by=helper, handle=checking.read),
    Route(when=press("check-right"), by=helper, handle=checking.right),
    Route(when=press("check-undo"), by=helper, handle=checking.undo),
    Route(when=press("check-skip"), by=helper, handle=checking.skip),
    Route(when=press("check-wrong"), by=helper, handle=checking.wrong),
    Route(when=press("check-proposed"), by=helper, handle=checking.propose),
    Route(when=press("check-remark"), by=helper, handle=checking.remark),
    Route(when=press("propose"), by=helper, handle=drafts.propose),
    Route(when=press("propose-pick"), by=helper, handle=drafts.pick),
    Route(when=press("propose-picked"), by=helper, handle=drafts.picked),
    Route(when=press("draft"), by=helper, handle=drafts.write),
    Route(when=press("stop-writing"), by=helper, handle=writing.stop),
    # a coordinator and the library
    Route(when=command("shelf"), by=coordinator, handle=shelf.show),
    Route(when=press("shelf"), by=coordinator, handle=shelf.show),
    Route(when=press("shelf-published"), by=coordinator, handle=shelf.show_published),
    Route(when=press("shelf-care"), by=coordinator, handle=shelf.show_care),
    Route(when=press("shelf-two"), by=coordinator, handle=shelf.ask_two),
    Route(when=press("shelf-two-surely"), by=coordinator, handle=shelf.set_two),
    Route(when=press("shelf-new"), by=coordinator, handle=shelf.ask_language),
    Route(when=press("shelf-new-any"), by=coordinator, handle=shelf.ask_any_language),
    Route(when=press("shelf-new-in"), by=coordinator, handle=shelf.begin),
    Route(when=press("shelf-articles"), by=coordinator, handle=shelf.show_themes),
    Route(when=press("shelf-articles-of"), by=coordinator, handle=shelf.show_titles),
    Route(when=press("shelf-article"), by=coordinator, handle=shelf.show_article),
    Route(when=press("shelf-change-article"), by=coordinator, handle=shelf_editing.change_article),
    Route(when=press("shelf-open"), by=coordinator, handle=shelf_editing.open_),
    Route(when=press("shelf-write"), by=coordinator, handle=shelf_editing.ask),
    Route(when=press("shelf-themes"), by=coordinator, handle=shelf_editing.ask_theme),
    Route(when=press("shelf-theme"), by=coordinator, handle=shelf_editing.set_theme),
    Route(when=press("shelf-change"), by=coordinator, handle=shelf_editing.change),
    Route(when=press("shelf-restore"), by=coordinator, handle=shelf_editing.restore),
    Route(when=press("shelf-approve"), by=coordinator, handle=shelf_deciding.approve),
    Route(when=press("shelf-ask-another"), by=coordinator, handle=shelf_deciding.ask_another),
    Route(when=press("shelf-publish"), by=coordinator, handle=shelf_deciding.ask_publish),
    Route(when=press("shelf-publish-surely"), by=coordinator, handle=shelf_deciding.publish),
    Route(when=press("shelf-decline"), by=coordinator, handle=shelf_deciding.ask_decline),
    Route(when=press("shelf-decline-surely"), by=coordinator, handle=shelf_deciding.decline),
    Route(when=press("shelf-withdraw"), by=coordinator, handle=shelf_deciding.ask_withdraw),
    Route(when=press("shelf-withdraw-surely"), by=coordinator, handle=shelf_deciding.withdraw),
    Route(when=press("shelf-undo"), by=coordinator, handle=shelf_deciding.undo),
    Route(when=press("shelf-history"), by=coordinator, handle=shelf_editing.show_history),
    # a coordinator
    Route(when=command("queue"), by=coordinator, handle=queue.show),
    Route(when=command("people"), by=coordinator, handle=people.show_all),
    Route(when=command("invite"), by=coordinator, handle=people.invite_volunteer),
    Route(when=command("coordinator"), by=coordinator, handle=people.invite_coordinator),
    Route(when=press("approve"), by=coordinator, handle=people.approve),
    Route(when=press("decline-volunteer"), by=coordinator, handle=people.decline),
    Route(when=press("person-card"), by=coordinator, handle=people.show_one),
    Route(when=press("ask-languages"), by=coordinator, handle=people.ask_languages),
    Route(when=press("pause"), by=coordinator, handle=people.pause),
    Route(when=press("resume"), by=coordinator, handle=people.resume),
    Route(when=press("remove"), by=coordinator, handle=people.ask_remove),
    Route(when=press("remove-surely"), by=coordinator, handle=people.remove),
    Route(when=command("gaps"), by=coordinator, handle=gaps.show),
    Route(when=press("gaps"), by=coordinator, handle=gaps.show),
    Route(when=press("gap-list"), by=coordinator, handle=gaps.show_list),
    Route(when=press("gap"), by=coordinator, handle=gaps.open_one),
    Route(when=press("gap-reword"), by=coordinator, handle=gaps.ask_phrasing),
    Route(when=press("gap-answer"), by=coordinator, handle=gaps.ask_answer),
    Route(when=press("gap-aside"), by=coordinator, handle=gaps.put_aside),
    Route(when=press("gap-back"), by=coordinator, handle=gaps.take_back),
    Route(when=command("phrasings"), by=coordinator, handle=phrasings.show),
    Route(when=press("phrasing"), by=coordinator, handle=phrasings.show),
    Route(when=press("phrasing-add"), by=coordinator, handle=phrasings.add),
    Route(when=press("phrasing-undo"), by=coordinator, handle=phrasings.undo),
    Route(when=press("phrasing-reword"), by=coordinator, handle=phrasings.ask_words),
    Route(when=press("phrasing-no"), by=coordinator, handle=phrasings.reject),
    Route(when=command("links"), by=coordinator, handle=links.choose),
    Route(when=press("all-links"), by=coordinator, handle=links.choose_any),
    Route(when=press("link"), by=coordinator, handle=links.give),
    Route(when=command("greeting"), by=coordinator, handle=greeting.choose),
    Route(when=press("all-greetings"), by=coordinator, handle=greeting.choose_any),
    Route(when=press("greeting"), by=coordinator, handle=greeting.ask),
    Route(when=records_greeting, by=coordinator, handle=greeting.hear_back),
    Route(when=press("use-greeting"), by=coordinator, handle=greeting.use),
    Route(when=press("remove-greeting"), by=coordinator, handle=greeting.remove),
    # what is left
    Route(when=happened(Kind.PRESSED), by=anybody, handle=unknown.button),
    Route(when=lambda turn: turn.message.command is not None, by=known, handle=unknown.command),
    Route(when=word_of_any_language(safety.WORDS), by=known, handle=danger),
    Route(when=waits_and_says("words-help"), by=known, handle=unknown.help_),
    Route(when=waits_and_says("words-language"), by=known, handle=ask_language),
    Route(when=waits_and_says("words-stop"), by=known, handle=leaving.stop),
    Route(when=writes_for_library, by=helper, handle=written),
    Route(when=answers_a_case, by=known, handle=relay.volunteer_says),
    Route(when=member_of_a_case, by=known, handle=relay.member_says),
    Route(when=not_yet_volunteer, by=known, handle=unknown.waits_for_approval),
    Route(when=helper_without_case, by=helper, handle=home_or_help),
    Route(when=nothing_to_read, by=known, handle=unreadable),
    Route(when=word("words-help"), by=known, handle=unknown.help_),
    Route(when=word("words-language"), by=known, handle=ask_language),
    Route(when=word("words-stop"), by=known, handle=leaving.stop),
    Route(when=word("words-person"), by=known, handle=consent.want_person),
    Route(when=word("words-no"), by=known, handle=consent.want_person),
    Route(when=thanks, by=known, handle=feedback.thank),
    Route(when=courtesy("words-thanks"), by=known, handle=unknown.thanked),
    Route(when=courtesy("words-hello"), by=known, handle=unknown.help_),
    Route(when=says, by=known, handle=question.ask),
)
