"""What a volunteer may, and what helpers do for the library."""

from handlers import availability, cases, checking, drafts, people, relay, writing
from handlers.matches import anybody, command, helper, known, press, volunteer
from handlers.routes.route import Route

VOLUNTEERS: tuple[Route, ...] = (
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
)

FOR_LIBRARY: tuple[Route, ...] = (
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
)
