"""When a route matches, and who may use it: questions to a turn that change nothing."""

from collections.abc import Callable

from dispatch.actions import relaying
from dispatch.actions.joining import START_PREFIX
from dispatch.model.messages import Kind
from dispatch.model.people import Standing
from handlers import feedback, greeting, languages, naming, pending, writing
from handlers.asking import card_of
from handlers.pending import Stage
from handlers.turn import Turn

Test = Callable[[Turn], bool]


SIGNS_OF_YES = frozenset("👍👌✅✔☑\ufe0f🏻🏼🏽🏾🏿")
"""And the colours that they come in."""


# Who


def anybody(turn: Turn) -> bool:
    """Strangers in a group too."""
    return True


def known(turn: Turn) -> bool:
    """Somebody with a row of her own."""
    return turn.sender is not None


def volunteer(turn: Turn) -> bool:
    """An approved volunteer."""
    return turn.sender is not None and turn.sender.is_volunteer


def coordinator(turn: Turn) -> bool:
    """A coordinator."""
    return turn.sender is not None and turn.sender.is_coordinator


def helper(turn: Turn) -> bool:
    """Somebody who may have cases."""
    return volunteer(turn) or coordinator(turn)


# What


def command(name: str) -> Test:
    """/name, in private or in a group."""
    return lambda turn: turn.message.kind is Kind.SAID and turn.message.command == name


def word(key: str) -> Test:
    """What people write for a command in their own language, and nothing else."""
    return lambda turn: _says_privately(turn) and known(turn) and languages.says(turn, key, turn.language)


def word_of_any_language(key: str) -> Test:
    """Such a word in any language of the group: hers may not be known yet, or she knows the word of another."""
    return lambda turn: _says_privately(turn) and known(turn) and bool(languages.that_say(turn, key))


def courtesy(key: str) -> Test:
    """Thanks or a greeting alone, from somebody whose language is known: that is no question to a library."""
    says_it = word_of_any_language(key)
    return lambda turn: says_it(turn) and turn.person.language is not None


def small_talk(*keys: str) -> Test:
    """Nothing but courtesies and such words, from somebody whose language is known."""

    def test(turn: Turn) -> bool:
        known_language = says(turn) and turn.person.language is not None
        return known_language and not turn.message.attachments and languages.says_only(turn, *keys)

    return test


def nods_to_an_older_question(turn: Turn) -> bool:
    """She writes yes, and we have asked her for it, but not last."""
    text = turn.message.text.strip()
    if not says(turn) or turn.message.attachments or not text:
        return False
    waiting = pending.of(turn.tx, turn.person.id)
    if waiting is None or not waiting.asks_yes:
        return False
    return languages.yes_or_no(turn) is True or SIGNS_OF_YES.issuperset(text)


def press(*actions: str) -> Test:
    """A button that does one of these, pressed by whom it is for."""

    def test(turn: Turn) -> bool:
        button = turn.button
        if turn.message.kind is not Kind.PRESSED or button is None or button.action not in actions:
            return False
        return button.person is None or (turn.sender is not None and button.person == turn.sender.id)

    return test


def happened(kind: Kind) -> Test:
    """This kind of thing."""
    return lambda turn: turn.message.kind is kind


def _says_privately(turn: Turn) -> bool:
    return turn.message.kind is Kind.SAID and turn.message.private and turn.message.command is None


def start_with_invitation(turn: Turn) -> bool:
    """/start from an invitation."""
    return turn.message.command == "start" and turn.message.argument.startswith(START_PREFIX)


def anonymous_in_group(turn: Turn) -> bool:
    """A command, or a press, of nobody in particular (H27)."""
    return turn.message.anonymous and (turn.message.command is not None or turn.message.kind is Kind.PRESSED)


def in_group(turn: Turn) -> bool:
    """What people say, change or react to in a group; commands for it stand above."""
    return not turn.message.private and turn.message.kind in {Kind.SAID, Kind.EDITED, Kind.REACTED}


def member_of_a_case(turn: Turn) -> bool:
    """She has asked people, and it is not over."""
    return _says_privately(turn) and known(turn) and turn.tx.cases.open_of(turn.person.id) is not None


def answers_a_case(turn: Turn) -> bool:
    """She has cases, and this is not about one of her own."""
    return _says_privately(turn) and known(turn) and bool(turn.tx.cases.held_by(turn.person.id))


def names_language(turn: Turn) -> bool:
    """She writes a language's name and nothing else, and nobody reads it at once."""
    if not _says_privately(turn) or turn.sender is None:
        return False
    case = turn.tx.cases.open_of(turn.sender.id)
    if case and case.assignee_id is not None:
        return False
    return bool(naming.named(turn.tx, turn.sender, turn.message, turn.catalog))


def thanks(turn: Turn) -> bool:
    """She was just asked whether she would like to thank."""
    return _says_privately(turn) and known(turn) and feedback.is_thanking(turn)


def records_greeting(turn: Turn) -> bool:
    """A voice from a coordinator who was just asked for the greeting."""
    return _says_privately(turn) and coordinator(turn) and greeting.is_recording(turn)


def writes_for_library(turn: Turn) -> bool:
    """She was asked to write something for the library, and this is it."""
    return _says_privately(turn) and helper(turn) and writing.asked(turn) is not None


def helper_without_case(turn: Turn) -> bool:
    """An approved volunteer, to whom nobody listens now."""
    return _says_privately(turn) and helper(turn)


def not_yet_volunteer(turn: Turn) -> bool:
    """She has joined, but may not take cases."""
    standing = turn.sender.volunteer if turn.sender else None
    return _says_privately(turn) and standing in {Standing.PENDING, Standing.PAUSED}


def nameless(turn: Turn) -> bool:
    """She helps, or is about to, and was asked what she is called."""
    helps = turn.sender is not None and not turn.sender.is_member
    return _says_privately(turn) and helps and not turn.person.name


def nothing_to_read(turn: Turn) -> bool:
    """A message that cannot be passed on to anybody: unknown kinds, files too big, nothing at all."""
    return _says_privately(turn) and known(turn) and relaying.hindrance(turn.message) is not None


def says(turn: Turn) -> bool:
    """Anything else that is said in private."""
    return _says_privately(turn) and known(turn)


def answers_yes_or_no(turn: Turn) -> bool:
    """She was asked for a yes, and writes no; or yes, if that was the last that she read. No once more is no, too."""
    if not _says_privately(turn) or turn.sender is None:
        return False
    said, waiting = languages.yes_or_no(turn), pending.of(turn.tx, turn.sender.id)
    if said is None or waiting is None:
        return False
    if waiting.asks_yes and not said:
        return True
    sent = turn.tx.sent.in_chat(turn.message.chat, turn.now - pending.KEPT_FOR)
    last = sent[-1].card if sent else None
    if waiting.stage is Stage.REFUSED:
        return not said and last == card_of(Stage.CONSENT)
    return waiting.asks_yes and last == card_of(waiting.stage)


def waits_and_says(key: str) -> Test:
    """Such a word from somebody whose question waits, and whom nobody reads yet."""
    says_it = word(key)

    def test(turn: Turn) -> bool:
        if turn.sender is None or not says_it(turn):
            return False
        case = turn.tx.cases.open_of(turn.sender.id)
        return case is not None and case.assignee_id is None

    return test
