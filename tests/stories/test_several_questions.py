"""Who asks two things in one message is served for both."""

from tests.world import World


async def test_two_questions_with_one_answer_each_get_both(world: World) -> None:
    amina = await world.member("amina", speaks="ar")
    await amina.says("كيف احصل على بانك ايدي وكمان بدي دكتور تاني قريب؟")
    shown = amina.screen()
    assert "BankID" in shown
    assert "طبيب" in " ".join(amina.last().labels())
    amina.does_not_see("no-answer", "consent")


async def test_an_answer_and_titles_are_said_again_in_another_language(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("My residence permit expires in January, also I want a new doctor nearer to home")
    amina.sees("udi.no", "did-you-mean")
    assert any("doctor" in label for label in amina.last().labels())
    await amina.chooses("nb")
    assert len([shown for shown in amina.seen() if "udi.no" in shown.text]) == 2
    assert any("lege" in label for label in amina.last().labels())


async def test_a_person_asked_for_under_one_of_two_answers_gets_the_whole_message(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    text = "My residence permit expires in January. How do I apply for child benefit (barnetrygd)?"
    await amina.says(text)
    amina.sees("udi.no", "nav.no")
    await amina.presses("button-ask-person")
    await amina.presses("button-yes")
    await hodan.presses("button-take")
    hodan.sees(text)


async def test_what_is_known_in_a_long_message_is_found(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says(
        "I'm so tired. my landlord wants us out on friday and I have 2 kids and nav doesnt answer the phone"
    )
    amina.does_not_see("no-answer", "consent")
    assert "rent" in amina.screen().casefold()


async def test_the_volunteer_gets_titles_for_both(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.says("My residence permit expires in January, also I want a new doctor nearer to home")
    await amina.presses("button-none")
    await amina.presses("button-yes")
    await hodan.presses("button-take")
    labels = " ".join(hodan.sees("taken-library").labels()).casefold()
    assert "renew your residence permit" in labels and "change your gp" in labels
