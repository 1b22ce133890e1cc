"""Which language to speak: what she chose always wins, and the way back is always there."""

from tests.world import World


async def test_an_unclear_first_message_is_asked_about_with_the_languages_own_names(world: World) -> None:
    amina = world.person("amina")
    await amina.says("ok")
    asked = amina.last()
    assert asked.text == "🌐"
    assert {"Soomaali", "العربية", "Українська"} <= set(asked.labels())


async def test_what_she_asked_before_she_chose_is_answered_afterwards(world: World) -> None:
    amina = world.person("amina")
    await amina.says("barnetrygd")
    if amina.find("🌐"):
        await amina.presses(world.autonym("nb"))
    amina.language = "nb"
    amina.sees("welcome")
    amina.sees("barnetrygd")


async def test_the_question_is_kept_while_the_language_is_asked(world: World) -> None:
    amina = world.person("amina")
    await amina.says("ok")
    await amina.says("112")
    await amina.presses("Soomaali")
    amina.language = "so"
    amina.sees("welcome")


async def test_what_she_chose_wins_over_what_she_writes_in(world: World) -> None:
    amina = await world.member("amina", speaks="so")
    await amina.says("How do I apply for child benefit for my two children?")
    row = await amina.row()
    assert row and row.language == "so" and row.language_chosen
    amina.language = "so"
    amina.sees("welcome")


async def test_h18_the_way_back_is_under_every_answer(world: World) -> None:
    amina = world.person("amina")
    await amina.says("How do I apply for child benefit for my two children?")
    await amina.presses("🌐 English")
    await amina.presses("Soomaali")
    row = await amina.row()
    assert row and row.language == "so"


async def test_a_link_in_a_language_greets_in_that_language(world: World) -> None:
    amina = world.person("amina", app_language="nb")
    amina.language = "so"
    await amina.says("/start so")
    amina.sees("welcome")


async def test_a_bare_start_asks_for_the_language(world: World) -> None:
    amina = world.person("amina")
    await amina.says("/start")
    assert amina.last().text == "🌐"


async def test_a_voice_message_first_asks_for_the_language_and_is_kept(world: World) -> None:
    from dispatch.model.messages import AttachmentKind

    hodan = await world.volunteer("hodan", speaks=("so",))
    amina = world.person("amina")
    await amina.shows(AttachmentKind.VOICE)
    assert amina.last().text == "🌐"
    await amina.presses("Soomaali")
    amina.language = "so"
    amina.sees("welcome", "consent")
    await amina.presses("button-yes")
    await hodan.presses("button-take")
    assert [shown for shown in hodan.seen() if shown.files]


async def test_changing_the_language_while_a_case_waits_asks_other_volunteers(world: World) -> None:
    olena = await world.volunteer("olena", speaks=("uk",))
    amina = await world.member("amina", speaks="so")
    await amina.asks_people()
    olena.does_not_see("offer")
    await amina.chooses("uk")
    olena.sees("offer")
