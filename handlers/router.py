"""One ordered table of what matches, who may do it, and what handles it; the first match wins. Its parts stand in
`handlers/routes`, by who may."""

from dispatch.actions import departing
from dispatch.model.messages import Kind
from handlers import groups, relay, safety, unknown
from handlers.matches import anonymous_in_group, anybody, command, coordinator, happened, in_group, known
from handlers.routes.coordinators import GROUP, SHELF
from handlers.routes.helpers import FOR_LIBRARY, VOLUNTEERS
from handlers.routes.members import EVERYBODY, MEMBERS
from handlers.routes.rest import REST
from handlers.routes.route import Route
from handlers.turn import Turn


def lost(turn: Turn) -> None:
    """She has blocked the bot."""
    departing.lose(turn.tx, turn.person, turn.now)


EVENTS: tuple[Route, ...] = (
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
)

ROUTES: tuple[Route, ...] = (*EVENTS, *EVERYBODY, *MEMBERS, *VOLUNTEERS, *FOR_LIBRARY, *SHELF, *GROUP, *REST)


def route(turn: Turn) -> None:
    """Handle the message by the first route that matches; danger comes before all."""
    safety.look(turn)
    for entry in ROUTES:
        if entry.when(turn):
            (entry.handle if entry.by(turn) else unknown.not_for_you)(turn)
            return
