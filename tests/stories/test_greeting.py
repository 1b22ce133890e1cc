"""The spoken greeting: who cannot read hears who we are."""

from dispatch.model.messages import AttachmentKind
from tests.fake_channel import Shown
from tests.world import Human, World, uploads


def sounds(shown: Shown) -> list[bytes]:
    """The voices in a message, which has one at most."""
    return [file.content for file in uploads(shown) if file.kind is AttachmentKind.VOICE]


async def records(kari: Human, language: str) -> bytes:
    """A coordinator records a greeting and uses it; her voice."""
    await kari.says("/greeting")
    await kari.presses(language)
    await kari.shows(AttachmentKind.VOICE)
    (voice,) = sounds(kari.sees("greeting-listen"))
    await kari.presses("button-use")
    kari.sees("greeting-kept")
    return voice


async def test_a_recorded_greeting_is_one_tap_away_in_the_first_message(world: World) -> None:
    voice = await records(await world.coordinator("kari"), "Soomaali")
    amina = world.person("amina")
    amina.language = "so"
    await amina.says("/start so")
    assert "🔊" in amina.sees("welcome").labels()
    await amina.presses("🔊")
    assert sounds(amina.last()) == [voice]


async def test_without_a_greeting_in_her_language_there_is_no_button(world: World) -> None:
    await records(await world.coordinator("kari"), "Soomaali")
    amina = world.person("amina")
    amina.language = "ar"
    await amina.says("/start ar")
    assert "🔊" not in amina.sees("welcome").labels()


async def test_a_voice_first_is_answered_with_a_voice_and_the_languages(world: World) -> None:
    kari = await world.coordinator("kari")
    await records(kari, "العربية")
    voice = await records(kari, "Soomaali")
    hodan = await world.volunteer("hodan", speaks=("so",))
    amina = world.person("amina", app_language="so-SO")
    await amina.shows(AttachmentKind.VOICE)
    asked, heard = amina.seen()
    assert asked.text == "🌐" and asked.labels()[0] == "Soomaali"
    assert sounds(heard) == [voice]

    await amina.presses("Soomaali")
    amina.language = "so"
    assert "🔊" in amina.sees("welcome").labels()
    await amina.presses("button-yes")
    await hodan.presses("button-take")
    assert [shown for shown in hodan.seen() if shown.files]


async def test_a_picture_first_hears_the_groups_first_language_that_is_recorded(world: World) -> None:
    voice = await records(await world.coordinator("kari"), "العربية")
    amina = world.person("amina", app_language="th")
    await amina.shows(AttachmentKind.PHOTO)
    await amina.shows(AttachmentKind.PHOTO)
    assert [sounds(shown) for shown in amina.seen() if shown.files] == [[voice]]


async def test_who_writes_words_is_not_spoken_to_without_asking(world: World) -> None:
    await records(await world.coordinator("kari"), "Soomaali")
    amina = world.person("amina")
    await amina.says("ok")
    assert [shown.text for shown in amina.seen()] == ["🌐"]


async def test_a_coordinator_hears_it_back_before_anybody_else(world: World) -> None:
    kari = await world.coordinator("kari")
    await kari.says("/greeting")
    await kari.presses("Soomaali")
    kari.sees("greeting-record")
    await kari.shows(AttachmentKind.VOICE)
    amina = world.person("amina")
    amina.language = "so"
    await amina.says("/start so")
    assert "🔊" not in amina.sees("welcome").labels()


async def test_a_greeting_is_replaced_and_removed(world: World) -> None:
    kari = await world.coordinator("kari")
    first = await records(kari, "Soomaali")
    await kari.says("/greeting")
    assert "✅ Soomaali" in kari.last().labels()
    await kari.presses("Soomaali")
    await kari.presses("🔊")
    assert sounds(kari.last()) == [first]

    second = await records(kari, "Soomaali")
    amina = world.person("amina")
    amina.language = "so"
    await amina.says("/start so")
    await amina.presses("🔊")
    assert sounds(amina.last()) == [second]

    await kari.says("/greeting")
    await kari.presses("Soomaali")
    await kari.presses("button-remove")
    kari.sees("greeting-removed")
    await amina.presses("🔊")
    amina.sees("button-gone")


async def test_the_take_that_she_presses_is_the_one_that_is_used(world: World) -> None:
    """H26: the button under an earlier take does not use a later one."""
    kari = await world.coordinator("kari")
    await kari.says("/greeting")
    await kari.presses("Soomaali")
    await kari.shows(AttachmentKind.VOICE)
    early = kari.sees("greeting-listen")
    await kari.shows(AttachmentKind.VOICE)
    await world.arrive(kari.press_token(early.buttons[0][0].token, early))
    await world.settles()
    kari.sees("button-gone")
    kari.does_not_see("greeting-kept")


async def test_a_voice_long_after_the_question_is_not_a_greeting(world: World) -> None:
    kari = await world.coordinator("kari")
    await kari.says("/greeting")
    await kari.presses("Soomaali")
    await world.passes(minutes=11)
    await kari.shows(AttachmentKind.VOICE)
    kari.does_not_see("greeting-listen")


async def test_text_meanwhile_means_what_it_always_means(world: World) -> None:
    kari = await world.coordinator("kari")
    await kari.says("/greeting")
    await kari.presses("Soomaali")
    await kari.says("/queue")
    kari.sees("queue-empty")
    await kari.shows(AttachmentKind.VOICE)
    kari.sees("greeting-listen")


async def test_what_she_recorded_is_forgotten_with_her(world: World) -> None:
    """The greeting is the group's own, and stays when she only stops; a voice tells who one is, so that /forget takes it."""
    kari = await world.coordinator("kari")
    voice = await records(kari, "Soomaali")
    await kari.says("/stop")
    amina = world.person("amina")
    amina.language = "so"
    await amina.says("/start so")
    await amina.presses("🔊")
    assert sounds(amina.last()) == [voice]

    await kari.says("/forget")
    await kari.presses("button-forget")
    await kari.presses("button-forget-anyway")
    await amina.presses("🔊")
    amina.sees("button-gone")


async def test_only_coordinators_record(world: World) -> None:
    hodan = await world.volunteer("hodan")
    await hodan.says("/greeting")
    hodan.sees("not-for-you")


async def test_h58_a_voice_that_answers_a_member_is_no_greeting(world: World) -> None:
    kari = await world.coordinator("kari")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people("Are you there, zxqv?")
    await kari.presses("button-take")
    await kari.says("/greeting")
    await kari.presses("Soomaali")
    voice = world.attachment(AttachmentKind.VOICE)
    await kari.says(attachments=(voice,), reply_to=kari.sees("Are you there, zxqv?").external_id)
    kari.does_not_see("greeting-listen")
    assert sounds(amina.last())


async def test_a_voice_of_four_hours_is_too_big_and_another_may_follow(world: World) -> None:
    kari = await world.coordinator("kari")
    await kari.says("/greeting")
    await kari.presses("Soomaali")
    await kari.shows(AttachmentKind.AUDIO, size=60_000_000)
    kari.sees("too-big")
    kari.does_not_see("greeting-listen")
    await kari.shows(AttachmentKind.VOICE)
    kari.sees("greeting-listen")


async def test_what_is_no_voice_is_not_a_greeting(world: World) -> None:
    kari = await world.coordinator("kari")
    await kari.says("/greeting")
    await kari.presses("Soomaali")
    for kind in set(AttachmentKind) - {AttachmentKind.VOICE, AttachmentKind.AUDIO}:
        await kari.shows(kind)
    kari.does_not_see("greeting-listen")


async def test_who_stops_is_not_recorded_when_she_comes_back(world: World) -> None:
    kari = await world.coordinator("kari")
    await kari.says("/greeting")
    await kari.presses("Soomaali")
    await kari.says("/stop")
    await kari.shows(AttachmentKind.VOICE)
    kari.does_not_see("greeting-listen")


async def test_h23_the_greeting_names_women_only_where_there_are_any(world: World) -> None:
    await world.volunteer("hodan", speaks=("so",), free=None)
    for tag, there, missing in (
        ("so", "welcome-women", "welcome-nobody"),
        ("ar", "welcome-nobody", "welcome-women"),
    ):
        woman = world.person(f"woman-{tag}")
        woman.language = tag
        await woman.says(f"/start {tag}")
        woman.sees("welcome", there)
        woman.does_not_see(missing)
