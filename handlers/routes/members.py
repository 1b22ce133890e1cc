"""What everybody may say and press, and what a member may."""

from handlers import (
    answering,
    consent,
    feedback,
    greeting,
    guides,
    leaving,
    library,
    own_data,
    people,
    question,
    relay,
    safety,
    unknown,
    waiting,
)
from handlers.asking import ask_all_languages, ask_language
from handlers.matches import command, known, press, start_with_invitation
from handlers.routes.route import Route

EVERYBODY: tuple[Route, ...] = (
    Route(when=start_with_invitation, by=known, handle=people.join),
    Route(when=command("start"), by=known, handle=unknown.start),
    Route(when=command("help"), by=known, handle=unknown.help_),
    Route(when=command("language"), by=known, handle=ask_language),
    Route(when=command("danger"), by=known, handle=safety.asked),
    Route(when=command("library"), by=known, handle=library.browse),
    Route(when=command("person"), by=known, handle=consent.want_person),
    Route(when=command("stop"), by=known, handle=leaving.stop),
    Route(when=command("mydata"), by=known, handle=own_data.show),
    Route(when=command("hide"), by=known, handle=own_data.hide),
    Route(when=command("forget"), by=known, handle=leaving.ask_forget),
    Route(when=press("forget"), by=known, handle=leaving.forget),
    Route(when=press("forget-surely"), by=known, handle=leaving.forget_surely),
    Route(when=press("keep"), by=known, handle=leaving.keep),
    Route(when=press("languages"), by=known, handle=ask_language),
    Route(when=press("all-languages"), by=known, handle=ask_all_languages),
    Route(when=press("language"), by=known, handle=question.choose_language),
    Route(when=press("hear-greeting"), by=known, handle=greeting.play),
    Route(when=press("danger"), by=known, handle=safety.asked),
    Route(when=press("library"), by=known, handle=library.browse),
    Route(when=press("themes"), by=known, handle=library.show_themes),
    Route(when=press("theme"), by=known, handle=library.show_theme),
    Route(when=press("read"), by=known, handle=library.read),
    Route(when=press("services"), by=known, handle=library.show_services),
    Route(when=press("play"), by=known, handle=answering.play),
    Route(when=press("guide"), by=known, handle=guides.turn_page),
    Route(when=press("send-held"), by=known, handle=relay.send_held),
    Route(when=press("keep-back"), by=known, handle=relay.keep_back),
)

MEMBERS: tuple[Route, ...] = (
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
)
