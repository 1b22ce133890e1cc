"""/mydata and /hide: what is kept about somebody, for her to read; and her chat without what we wrote in it."""

import json
from datetime import datetime

from content.phrases import Autonym, Body, Joined, LanguageName, Listed, Moment, Phrase
from dispatch.actions import departing
from dispatch.actions.cards import theme_name
from dispatch.model.cases import Case, CaseMessage
from dispatch.model.messages import TextFile
from handlers.turn import Turn

FILE = "morsmal.txt"


def show(turn: Turn) -> None:
    """All that is kept under her own key, as a file that a telephone opens; signs stand where words would be needed."""
    cases = [part for case in reversed(turn.tx.cases.of(turn.person.id)) for part in _case(turn, case)]
    body = Joined((Joined(tuple(_about_her(turn)), close=True), *cases, *_under_way(turn)))
    turn.reply(Phrase("mydata"), made=(TextFile(name=FILE, body=body),))


def hide(turn: Turn) -> None:
    """She does not want others to read here. What she is told now says nothing about it either, and has no buttons."""
    departing.clear_chat(turn.tx, turn.person, turn.now)
    turn.reply(Phrase("hidden"), way_back=False)


def _about_her(turn: Turn) -> list[Body]:
    her = turn.person
    moments = {"👋": her.created_at, "✅": her.consented_at, "❌": her.refused_at, "🔕": her.stopped_at}
    tags = dict.fromkeys(filter(None, (her.language, her.link_language)))
    lines: list[Body] = [f"👤 {her.name}".strip(), f"💬 {her.address.channel}: {her.user}"]
    lines += [_marked("🌐", Autonym(tag)) for tag in tags]
    lines += [f"📱 {her.app_language}"] if her.app_language else []
    if her.languages:
        lines.append(_marked("🗣", Listed(tuple(LanguageName(tag) for tag in her.languages))))
    lines += [_marked(sign, _moment(turn, at)) for sign, at in moments.items() if at]
    return lines


def _case(turn: Turn, case: Case) -> list[Body]:
    about = Listed((LanguageName(case.language), theme_name(case.theme)))
    heading = Joined((_marked(f"#{case.number}", about), _moment(turn, case.opened_at)), close=True)
    return [heading, *(_said(turn, message) for message in turn.tx.messages.of(case.id))]


def _said(turn: Turn, message: CaseMessage) -> Body:
    sign = "👤" if message.author_id == turn.person.id else "👩"
    files = [f"📎 {attachment.name or attachment.kind}" for attachment in message.attachments]
    when = _marked(sign, _moment(turn, message.sent_at))
    return Joined((when, *filter(None, (message.text, *files))), close=True)


def _under_way(turn: Turn) -> list[Body]:
    """What waits for her answer, and where she is in a guide, as it is kept."""
    return [
        f"⏳ {dialog.kind}: {json.dumps(dict(dialog.state), ensure_ascii=False)}"
        for dialog in turn.tx.dialogs.of(turn.person.id)
    ]


def _marked(mark: str, label: Autonym | LanguageName | Listed | Moment) -> Phrase:
    return Phrase("marked", {"mark": mark, "label": label})


def _moment(turn: Turn, at: datetime) -> Moment:
    return Moment(at, turn.tx.group.zone, dated=True)
