"""What stands in the web chat: lines as they are stored, and as a browser is shown them. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.channels.channel import Button, Buttons, Change, Post
from bot.web.frames import FileClaim
from dispatch.model.messages import Attachment
from dispatch.model.queues import ChatLine

SERVICE = "service"  # the author of our own lines
MENU = "menu"  # the external id of the line that holds a chat's commands
ANSWERS = "answers"  # and of the one that holds the latest answers to presses
ANSWERS_KEPT = 8
START = "/start"
STATES = frozenset({MENU, ANSWERS})

Content = dict[str, Any]
"""The JSON of a line: text, bold, card, buttons, files, reply_to, marks and the flags of a Post."""


def posted(post: Post, files: Sequence[Content]) -> Content:
    """A message of ours. One with a title or buttons is a card: it looks different and changes in place."""
    flags = ("covered", "guarded", "quiet", "pinned", "relayed")
    return {
        "text": post.text,
        "bold": post.bold,
        "card": bool(post.bold or post.buttons),
        "buttons": rows_of(post.buttons),
        "files": list(files),
        "reply_to": post.reply_to,
        **{flag: True for flag in flags if getattr(post, flag)},
    }


def changed(content: Mapping[str, Any], change: Change) -> Content:
    """The message with another text and other buttons. What is no card counts as edited."""
    new = {**content, "text": change.text, "bold": change.bold, "buttons": rows_of(change.buttons)}
    if change.buttons:
        new["card"] = True
    return new if new.get("card") or content["text"] == change.text else {**new, "edited": True}


def said(text: str, files: Sequence[FileClaim], reply_to: str | None) -> Content:
    """A message of somebody who sits at the page."""
    return {"text": text, "files": [file_of_claim(one) for one in files], "reply_to": reply_to}


def without_link(text: str) -> str:
    """What a link makes the page say, without the link's own part: an invitation is a secret, and none of her words."""
    return START if text.startswith(f"{START} ") else text


def reworded(content: Mapping[str, Any], text: str) -> Content:
    """The writer changed her message."""
    return {**content, "text": text, "edited": True}


def marked(content: Mapping[str, Any], author: str, emoji: str | None) -> Content:
    """The message with this author's emoji on it, or without."""
    marks = {who: mark for who, mark in content.get("marks", {}).items() if who != author}
    if emoji:
        marks[author] = emoji
    rest = {key: value for key, value in content.items() if key != "marks"}
    return {**rest, "marks": marks} if marks else rest


def answered(content: Mapping[str, Any], press_id: str, text: str) -> Content:
    """The latest answers to presses with this one; the page shows those that it waits for."""
    earlier = [one for one in content.get("answers", []) if one["press"] != press_id]
    return {"answers": [*earlier[1 - ANSWERS_KEPT :], {"press": press_id, "text": text}]}


def menu(commands: Sequence[tuple[str, str]]) -> Content:
    """The commands of a chat."""
    return {"commands": [{"name": name, "does": does} for name, does in commands]}


def rows_of(buttons: Buttons) -> list[list[Content]]:
    """Buttons, row by row."""

    def button(one: Button) -> Content:
        goes = {"url": one.url} if one.url else {"token": one.token}
        return {"label": one.label, "style": one.style.value, **goes}

    return [[button(one) for one in row] for row in buttons]


def file_of(attachment: Attachment) -> Content:
    """A file, place or contact that we send."""
    return {
        "kind": attachment.kind.value,
        "ref": attachment.ref,
        "type": attachment.content_type,
        "size": attachment.size,
        "seconds": attachment.seconds,
        "latitude": attachment.latitude,
        "longitude": attachment.longitude,
        "phone": attachment.phone,
    }


def file_of_claim(claim: FileClaim) -> Content:
    """A file or place that came from the page."""
    return {
        "kind": claim.kind,
        "ref": claim.ref,
        "type": claim.content_type,
        "size": claim.size,
        "seconds": claim.seconds,
        "latitude": claim.latitude,
        "longitude": claim.longitude,
    }


def shown(line: ChatLine, viewer: str, name: Callable[[str], str]) -> Content:
    """The line as this viewer's page gets it: without the ids of others, and whose it is."""
    head = {"id": line.external_id, "revision": line.revision, "at": int(line.at.timestamp() * 1000)}
    if line.removed:
        return {**head, "mine": line.author == viewer, "removed": True}
    marks: Any = line.content.get("marks")
    rest = {key: value for key, value in line.content.items() if value and key != "marks"}
    if marks:
        rest["marks"] = [{"emoji": emoji, "mine": who == viewer} for who, emoji in marks.items()]
    mine = line.author == viewer
    author = "" if mine or line.author == SERVICE else name(line.author)
    return {**head, "mine": mine, "service": line.author == SERVICE, "author": author, **rest}
