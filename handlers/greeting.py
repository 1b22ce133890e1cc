"""The greeting as a voice, for members who do not read: a coordinator records one in a language."""

from collections.abc import Iterable
from datetime import timedelta

from pydantic import TypeAdapter

from content.languages import resolve
from content.phrases import LanguageName, Phrase, Words
from dispatch.actions import relaying
from dispatch.actions.owing import owe
from dispatch.model.messages import Attachment, AttachmentKind, Choice, Recording, Send, Style
from dispatch.model.queues import Dialog
from handlers import languages
from handlers.turn import Turn, gone

KIND = "greeting"
"""Of the recording, and of the dialog in which it is made."""

RECORDS_WITHIN = timedelta(minutes=10)
"""A voice that she sends so soon after choosing the language is the greeting; later it is meant for somebody."""

_SOUND = TypeAdapter(Attachment)


# What members hear


def listen(turn: Turn, language: str) -> tuple[Choice, ...]:
    """[🔊], if the group has recorded a greeting in this language."""
    if language not in turn.tx.recordings.languages(KIND):
        return ()
    return (turn.choice("🔊", "hear-greeting", language),)


def play(turn: Turn) -> None:
    """🔊: the greeting as a voice message."""
    recording = turn.tx.recordings.find(KIND, turn.arguments[0])
    if recording is None:
        gone(turn)
        return
    _send(turn, recording)


def play_likeliest(turn: Turn, likely: Iterable[str | None]) -> None:
    """Something to hear for who may not read the languages' names: one greeting, in the likeliest language that
    has one; then those of the group, in its order."""
    recorded = turn.tx.recordings.languages(KIND)
    tags = [known for tag in likely if tag and (known := resolve(tag))]
    best = next((tag for tag in (*tags, *turn.tx.group.languages) if tag in recorded), None)
    if best and (recording := turn.tx.recordings.find(KIND, best)):
        _send(turn, recording)


def _send(turn: Turn, recording: Recording) -> None:
    owe(turn.tx, turn.person, Send(body="", attachments=(recording.sound,)))


# What a coordinator does


def choose(turn: Turn) -> None:
    """/greeting: in which language? Those that have one are marked."""
    _choose(turn, turned=False)


def choose_any(turn: Turn) -> None:
    """Another page of languages."""
    _choose(turn, turned=True)


def _choose(turn: Turn, *, turned: bool) -> None:
    recorded = turn.tx.recordings.languages(KIND)
    buttons = languages.page(
        turn, "greeting", "all-greetings", likely=sorted(recorded), marked=recorded, turned=turned
    )
    turn.reply(Phrase("greeting-ask"), choices=buttons, card="greetings", fresh=not turned)


def ask(turn: Turn) -> None:
    """She chose a language: what to say, and what there is already."""
    (tag,) = turn.arguments
    if tag not in turn.tx.group.languages:
        gone(turn)
        return
    _wait_for_voice(turn, {"language": tag})
    hear = listen(turn, tag)
    remove = (turn.choice(Phrase("button-remove"), "remove-greeting", tag),) if hear else ()
    turn.reply(
        Phrase("greeting-record", {"language": LanguageName(tag)}),
        choices=((*hear, *remove),),
        card="greeting",
        fresh=True,
    )


def is_recording(turn: Turn) -> bool:
    """Has she just been asked for the greeting, and is this a voice, which answers nobody (H58)?"""
    dialog = turn.tx.dialogs.find(turn.person.id, KIND)
    fresh = dialog is not None and turn.now - dialog.updated_at <= RECORDS_WITHIN
    return fresh and _voice(turn) is not None and not _answers_somebody(turn)


def _answers_somebody(turn: Turn) -> bool:
    reply_to = turn.message.reply_to
    return reply_to is not None and turn.tx.messages.at(turn.message.chat, reply_to) is not None


def _voice(turn: Turn) -> Attachment | None:
    sounds = {AttachmentKind.VOICE, AttachmentKind.AUDIO}
    return next((file for file in turn.message.attachments if file.kind in sounds), None)


def hear_back(turn: Turn) -> None:
    """She hears what she said before any member does. Another voice replaces it.

    What is too big to be fetched could not be sent on another platform: she is told, and may record again.
    """
    if too_big := relaying.hindrance(turn.message):
        turn.reply(too_big)
        return
    dialog, voice = turn.tx.dialogs.find(turn.person.id, KIND), _voice(turn)
    assert dialog and voice
    tag = str(dialog.state["language"])
    sound = voice.unnamed()
    take = turn.message.external_id
    state = {"language": tag, "take": take, "sound": _SOUND.dump_python(sound, mode="json")}
    _wait_for_voice(turn, state)
    choice = turn.choice(Phrase("button-use"), "use-greeting", take, style=Style.MAIN)
    words: Words = {"language": LanguageName(tag)}
    send = Send(body=Phrase("greeting-listen", words), attachments=(sound,), choices=((choice,),))
    owe(turn.tx, turn.person, send)


def _wait_for_voice(turn: Turn, state: dict[str, object]) -> None:
    turn.tx.dialogs.put(Dialog(person_id=turn.person.id, kind=KIND, state=state, updated_at=turn.now))


def use(turn: Turn) -> None:
    """Members hear it from now on. It is the group's own, and stays when she leaves; when she is forgotten it goes."""
    dialog = turn.tx.dialogs.find(turn.person.id, KIND)
    if dialog is None or dialog.state.get("take") != turn.arguments[0]:  # she has recorded another since
        gone(turn)
        return
    tag = str(dialog.state["language"])
    turn.tx.dialogs.drop(turn.person.id, KIND)
    turn.tx.recordings.put(
        Recording(
            kind=KIND,
            language=tag,
            sound=_SOUND.validate_python(dialog.state["sound"]),
            recorded_by=turn.person.id,
            recorded_at=turn.now,
        )
    )
    turn.reply(Phrase("greeting-kept", {"language": LanguageName(tag)}), card="greeting", fresh=True)


def remove(turn: Turn) -> None:
    """Nobody hears it any more."""
    (tag,) = turn.arguments
    turn.tx.dialogs.drop(turn.person.id, KIND)
    turn.tx.recordings.remove(KIND, tag)
    turn.reply(Phrase("greeting-removed", {"language": LanguageName(tag)}), card="greeting")
