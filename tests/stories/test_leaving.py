"""/stop, /forget and /help, for everybody."""

from tests.world import World


async def test_stop_takes_her_question_back_and_keeps_silent(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await amina.says("/stop")
    amina.sees("stopped")
    hodan.sees("offer-over")
    before = len(amina.seen())
    await world.passes(hours=2)
    assert len(amina.seen()) == before
    await amina.says("/help")
    amina.sees("help-member")


async def test_stop_of_a_volunteer_gives_her_cases_to_others(world: World) -> None:
    hodan = await world.volunteer("hodan")
    leyla = await world.volunteer("leyla", free=None)
    amina = await world.member("amina", speaks="en")
    await amina.asks_people("my question")
    await hodan.presses("button-take")
    await hodan.says("/stop")
    amina.sees("handed-back")
    await leyla.presses("button-free-hour")
    leyla.sees("offer")


async def test_her_volunteer_hears_that_she_has_stopped(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await hodan.presses("button-take")
    await amina.says("/stop")
    hodan.sees("case-stopped")
    hodan.does_not_see("case-cancelled")


async def test_forget_erases_her_and_says_what_it_could_not(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people("a secret about my family")
    await hodan.presses("button-take")
    hodan.sees("a secret about my family")
    await amina.says("/forget")
    amina.sees("forget-ask")
    await amina.presses("button-forget")
    assert len(amina.seen()) == 1
    amina.sees("forgotten")
    hodan.does_not_see("a secret about my family", "case-cancelled")
    hodan.sees("case-forgotten")
    assert await amina.row() is None


async def test_who_was_forgotten_is_a_stranger_when_she_comes_back(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("/forget")
    await amina.presses("button-forget")
    await amina.says("ok")
    assert amina.last().text == "🌐"


async def test_forget_asks_first(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("/forget")
    await amina.presses("button-no")
    amina.sees("nothing-changed")
    assert await amina.row()


async def test_the_last_coordinator_is_told_what_becomes_of_the_group_and_may_go(world: World) -> None:
    kari = await world.coordinator("kari")
    await kari.says("/forget")
    await kari.presses("button-forget")
    kari.sees("last-coordinator")
    assert await kari.row()
    await kari.presses("button-no")
    kari.sees("nothing-changed")
    await kari.says("/forget")
    await kari.presses("button-forget")
    await kari.presses("button-forget-anyway")
    kari.sees("forgotten")
    assert await kari.row() is None


async def test_a_coordinator_who_leaves_the_group_to_another_is_asked_no_more(world: World) -> None:
    kari, ingrid = await world.coordinator("kari"), await world.coordinator("ingrid")
    await kari.says("/forget")
    await kari.presses("button-forget")
    assert await kari.row() is None
    await ingrid.says("/forget")
    await ingrid.presses("button-forget")
    ingrid.sees("last-coordinator")


async def test_a_coordinator_who_has_blocked_the_bot_cannot_steer(world: World) -> None:
    kari, ingrid = await world.coordinator("kari"), await world.coordinator("ingrid")
    await ingrid.blocks()
    await kari.says("/forget")
    await kari.presses("button-forget")
    kari.sees("last-coordinator")


async def test_forget_of_a_volunteer_leaves_no_case_alone(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people("my question")
    await hodan.presses("button-take")
    await hodan.says("/forget")
    await hodan.presses("button-forget")
    amina.sees("handed-back")
    case = await amina.case()
    assert case and case.is_open and case.assignee_id is None


async def test_help_for_each_role(world: World) -> None:
    kari = await world.coordinator("kari")
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    for human, key in ((kari, "help-coordinator"), (hodan, "help-volunteer"), (amina, "help-member")):
        await human.says("/help")
        human.sees(key)


async def test_words_in_her_language_work_as_commands(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("Help!")
    amina.sees("help-member")
    await amina.says("a person")
    amina.sees("consent")
    await amina.says("STOP")
    amina.sees("stopped")


async def test_danger_comes_first_whatever_she_has_agreed_to(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.says("/danger")
    shown = amina.sees("emergency-no")
    assert "112" in shown.text and "113" in shown.text
    await amina.presses("button-person")
    await amina.presses("button-yes")
    hodan.sees("offer-urgent")


async def test_refusing_means_that_nobody_sees_it_and_she_can_change_her_mind(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.says("Zxqv wplk?")
    await amina.presses("button-no")
    amina.sees("consent-refused")
    await world.passes(minutes=30)
    hodan.does_not_see("offer")
    await amina.presses("button-changed-mind")
    amina.sees("consent")
    await amina.presses("button-yes")
    await hodan.presses("button-take")
    hodan.sees("wplk")


async def test_a_word_of_danger_is_understood_before_her_language_is_known(world: World) -> None:
    amina = world.person("amina")
    amina.language = "ar"
    await amina.says("خطر!")
    assert "112" in amina.sees("emergency").text
    assert amina.has_button(world.autonym("ar"))


async def test_a_word_of_danger_helps_in_a_language_that_is_not_hers(world: World) -> None:
    amina = await world.member("amina", speaks="so")
    await amina.says("danger")
    assert "112" in amina.sees("emergency-no").text
