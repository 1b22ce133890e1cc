"""A member asks: she is greeted in her language, answered from the library, or asked whether a woman may see it."""

from tests.world import World


async def test_the_first_message_of_any_kind_opens_the_conversation(world: World) -> None:
    amina = world.person("amina")
    await amina.says("How do I find a doctor for my child?")
    amina.sees("welcome")
    assert amina.has_button("button-danger")
    assert amina.has_button("button-person")


async def test_a_question_is_answered_from_the_library_with_its_source(world: World) -> None:
    amina = world.person("amina")
    await amina.says("How do I apply for child benefit (barnetrygd)?")
    shown = amina.sees("child benefit")
    assert "nav.no" in shown.text
    await amina.presses("button-helped")
    amina.sees("helped-thanks")


async def test_a_question_without_answer_reaches_a_volunteer_after_her_yes(world: World) -> None:
    hodan = await world.volunteer("hodan", speaks=("so", "en"))
    amina = await world.member("amina", speaks="en")
    await amina.says("Zxqv wplk?")
    amina.sees("no-answer", "consent")
    hodan.does_not_see("offer")
    await amina.presses("button-yes")
    amina.sees("waiting")
    hodan.sees("offer")
    await hodan.presses("button-take")
    hodan.sees("taken", "wplk")
    amina.sees("here-now")
    await hodan.says("Have you talked to her?")
    amina.sees("Have you talked to her?")
    await amina.says("Not yet")
    hodan.sees("Not yet")
    await hodan.presses("button-finish")
    await hodan.presses("button-finish")
    amina.sees("how-was-it")
    await amina.presses("😀")
    await amina.says("Thank you sister")
    hodan.sees("case-good", "Thank you sister")


async def test_h8_what_she_is_asked_comes_down_to_what_she_says_next(world: World) -> None:
    hodan = await world.volunteer("hodan", speaks=("so", "en"))
    amina = await world.member("amina", speaks="en")
    await amina.says("Zxqv wplk?")
    above = amina.sees("consent")
    await amina.says("And grmbl fnord?")
    assert amina.sees("consent") == amina.last() != above
    assert [shown for shown in amina.seen() if "Yes" in shown.labels()] == [amina.last()]
    await amina.presses("button-yes")
    await hodan.presses("button-take")
    hodan.sees("wplk", "fnord")


async def test_h8_ten_messages_at_once_are_asked_about_once(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    for _ in range(10):
        await amina.writes("Zxqv wplk?")
    await world.settles()
    assert amina.last() == amina.sees("consent")
    assert len([shown for shown in world.channel.chats["amina"] if "Yes" in shown.labels()]) == 1


async def test_a_guide_is_one_card_with_one_step_at_a_time(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("how to get bankid")
    if not amina.find("1/"):
        await amina.presses("BankID")
    before = len(amina.seen())
    first = amina.last().text
    assert "1/" in first and "##" not in first
    await amina.presses("▶")
    await amina.presses("▶")
    assert "3/" in amina.last().text
    await amina.presses("◀")
    assert "2/" in amina.last().text
    assert len(amina.seen()) == before
    while amina.has_button("▶"):
        await amina.presses("▶")
    assert "https://" in amina.last().text
    await amina.presses("button-helped")
    amina.sees("helped-thanks")


async def test_thanks_and_a_greeting_are_no_questions(world: World) -> None:
    amina = await world.member("amina", speaks="so")
    await amina.says("Mahadsanid!")
    amina.sees("helped-thanks")
    await amina.says("takk")  # a word that she has learned here
    await amina.says("salaan")
    amina.sees("help-member")
    amina.does_not_see("no-answer", "did-you-mean", "consent")
    assert not await world.within(lambda tx: tx.gaps.questions())


SMALL_TALK = ("ok", "👍", "تمام", "طيب", "نعم", "ههههه", "مع السلامة", "😀", "آسفة غلط", "شكرا 🌹")


async def test_small_talk_of_a_woman_who_has_agreed_opens_no_case(world: World) -> None:
    hodan = await world.volunteer("hodan", speaks=("ar",))
    amina = await world.member("amina", speaks="ar")
    await amina.asks_people("سؤالي")
    await hodan.presses("button-take")
    await hodan.presses("button-finish")
    await hodan.presses("button-finish")
    await amina.presses("😀")
    await amina.says("شكرا يا اختي على المساعدة")
    amina.sees("thanks-sent")
    closed = await amina.case()
    before = len(amina.seen())
    for text in SMALL_TALK:
        said = await amina.says(text)
        assert world.channel.reactions[-1] == (amina.user, said, "👍")
    assert len(amina.seen()) == before
    assert await amina.case() == closed
    assert not hodan.has_button("button-take")
    assert not await world.within(lambda tx: tx.gaps.questions())
    # A question after it is still one.
    await amina.says("Zxqv wplk?")
    assert hodan.has_button("button-take")


async def test_small_talk_after_an_answer_is_no_question(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("How do I apply for child benefit (barnetrygd)?")
    before = len(amina.seen())
    for text in ("ok", "bye bye", "😊", "hahaha"):
        await amina.says(text)
    assert len(amina.seen()) == before
    await amina.says("hello 🌹")
    amina.sees("help-member")
    amina.does_not_see("no-answer", "consent")


async def test_ok_to_what_she_was_asked_is_not_passed_over(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("Zxqv wplk?")
    amina.sees("consent")
    await amina.says("ok")
    assert "👍" not in world.channel.reactions_on(amina.user)


async def test_a_sign_of_sorrow_is_not_answered_with_a_thumb(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("😭")
    assert "👍" not in world.channel.reactions_on(amina.user)
    assert amina.has_button("button-yes")
