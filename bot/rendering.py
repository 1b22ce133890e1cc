"""A message that we owe, a language and a channel's limits become what the channel does."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.channels.channel import (
    Answer,
    Button,
    Buttons,
    Change,
    Deed,
    Depart,
    Limits,
    Mark,
    Menu,
    Post,
    Remove,
    Upload,
)
from content.catalog import Catalog
from content.phrases import Body
from dispatch.model.messages import (
    AnswerPress,
    Attachment,
    Choices,
    Delete,
    Edit,
    Leave,
    React,
    Send,
    SetCommands,
)
from dispatch.model.queues import Leased

File = Attachment | Upload
Say = Callable[[Body], str]


class NothingToChange(Exception):
    """What was to be changed never reached this chat."""


def render(leased: Leased, catalog: Catalog, limits: Limits, files: tuple[File, ...] = ()) -> list[Deed]:
    """What the channel has to do, in order. Raises NothingToChange, and KeyError for an unknown phrase."""

    def say(body: Body) -> str:
        return catalog.render(body, leased.language)

    match leased.message.action:
        case Send() as send:
            return list(_send(send, leased, say, limits, files))
        case Edit(body=body):
            return [Change(external_id=_target(leased), text=_cut(say(body), limits.longest_text))]
        case React(emoji=emoji, external_id=external_id):
            return [Mark(external_id=external_id or _target(leased), emoji=emoji)]
        case Delete(external_ids=external_ids):
            return [Remove(external_ids=external_ids)]
        case AnswerPress(press_id=press_id, body=body):
            return [Answer(press_id=press_id, text=say(body) if body else "")]
        case SetCommands(commands=commands):
            return [Menu(commands=tuple((name, say(phrase)) for name, phrase in commands))]
        case Leave():
            return [Depart()]


def first_part(leased: Leased, catalog: Catalog, limits: Limits) -> tuple[Leased, Send | None]:
    """What goes out now, and what is left of a text that is too long: it is sent afterwards, as a delivery of its own.

    A card that changes where it stands is cut instead.
    """
    send = leased.message.action
    if not isinstance(send, Send) or (leased.target and not send.fresh):
        return leased, None
    title = catalog.render(send.title, leased.language) if send.title else ""
    head, tail = split(_text(title, catalog.render(send.body, leased.language)), limits.longest_text)
    if not tail:
        return leased, None
    titled = send.title is not None and head.startswith(f"{title}\n")
    beginning = replace(
        send,
        title=send.title if titled else None,
        body=head.removeprefix(f"{title}\n") if titled else head,
        choices=(),
        pinned=False,
    )
    rest = replace(send, title=None, body=tail, attachments=(), made=(), reply_to=None, fresh=False)
    return replace(leased, message=replace(leased.message, action=beginning)), rest


def _text(title: str, body: str) -> str:
    return "\n".join(part for part in (title, body) if part)


def _target(leased: Leased) -> str:
    if leased.target is None:
        raise NothingToChange
    return leased.target


def _send(send: Send, leased: Leased, say: Say, limits: Limits, files: tuple[File, ...]) -> Iterator[Deed]:
    title = say(send.title) if send.title else ""
    text = _text(title, say(send.body))
    buttons = _buttons(send.choices, say, limits)
    if leased.target and not send.fresh:
        text = _cut(text, limits.longest_text)
        yield Change(external_id=leased.target, text=text, bold=len(title), buttons=buttons)
        return
    yield Post(
        text=text,
        bold=len(title),
        buttons=buttons,
        files=files,
        reply_to=leased.reply_target,
        covered=send.covered,
        guarded=send.guarded,
        quiet=send.quiet,
        pinned=send.pinned,
        relayed=send.about is not None,
    )
    if leased.target:
        yield Remove(external_ids=(leased.target,))


def _buttons(choices: Choices, say: Say, limits: Limits) -> Buttons:
    return tuple(
        tuple(
            Button(
                label=_cut(say(choice.label), limits.longest_label),
                token=choice.token,
                url=choice.url,
                style=choice.style,
            )
            for choice in row
        )
        for row in choices
        if row
    )


def units(text: str) -> int:
    """Length in UTF-16 code units, which is how platforms count."""
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, longest: int) -> str:
    """The text, or as many of its words as fit with an ellipsis."""
    if units(text) <= longest:
        return text
    head = _head(text, longest - 1)
    return f"{head[: _break(head, ' ')].rstrip()}…"


def _break(head: str, *marks: str) -> int:
    """Where to break: at the last of these marks, unless that loses half of it."""
    at = max(map(head.rfind, marks))
    return at if at > len(head) // 2 else len(head)


def _head(text: str, longest: int) -> str:
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore")


def split(text: str, longest: int) -> tuple[str, str]:
    """What fits of the text, broken between lines or words where it can be, and the rest."""
    if units(text) <= longest:
        return text, ""
    at = _break(_head(text, longest), "\n", " ")
    return text[:at].rstrip(), text[at:].lstrip()
