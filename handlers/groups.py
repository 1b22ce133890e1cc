"""The volunteers' group: a coordinator registers it by adding the bot; other groups are left."""

from dataclasses import replace

from content.phrases import Phrase
from dispatch.actions import cards, departing
from dispatch.actions.owing import owe_chat
from dispatch.model.messages import Action, Delivery, Lane, Leave, Send
from handlers.turn import Turn


def how(turn: Turn) -> None:
    """How to register the group; written in a group by a coordinator, it registers it."""
    if turn.message.private:
        turn.reply(Phrase("group-is" if turn.tx.group.chat else "group-how"))
    else:
        _register(turn)


def added(turn: Turn) -> None:
    """The bot came into a group."""
    if turn.sender is not None and turn.sender.is_coordinator:
        _register(turn)
    elif turn.message.chat != turn.tx.group.chat:
        _say_there(turn, Send(body=Phrase("group-unknown", {"group": turn.tx.group.name})))
        _say_there(turn, Leave())


def _register(turn: Turn) -> None:
    former = turn.tx.group.chat
    turn.tx.save_group(replace(turn.tx.group, chat=turn.message.chat))
    if former != turn.message.chat:
        _say_there(turn, Send(body=Phrase("group-registered", {"group": turn.tx.group.name})))
    cards.show_board(turn.tx, turn.now, news=True)


def _say_there(turn: Turn, action: Action) -> None:
    owe_chat(turn.tx, turn.message.chat, action, lane=Lane.ANSWER, delivery=Delivery.MUST)


def removed(turn: Turn) -> None:
    """The bot left a group."""
    departing.lose_chat(turn.tx, turn.message.chat)


def anonymous(turn: Turn) -> None:
    """Somebody writes as the group: who it is cannot be known, so nothing is done (H27)."""
    _say_there(turn, Send(body=Phrase("anonymous")))
