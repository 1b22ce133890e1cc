"""What is kept about her is hers to read, and to take out of sight."""

from dispatch.model.messages import AttachmentKind
from tests.world import Human, World, uploads


def file_of(human: Human) -> str:
    """The text of the file that she was given."""
    (upload,) = uploads(human.sees("mydata"))
    return upload.content.decode("utf-8-sig")


async def test_she_reads_all_that_is_kept_about_her(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = world.person("amina", app_language="so-SO")
    await amina.chooses("so")
    await amina.asks_people("Zxqv wplk?")
    await hodan.presses("button-take")
    await hodan.says("Have you talked to her?")
    await amina.shows(AttachmentKind.PHOTO)
    await amina.presses("button-send")
    await amina.says("/mydata")
    told = file_of(amina)
    for kept in ("Soomaali", "so-SO", "amina", "✅", "#1", "Zxqv wplk?", "Have you talked to her?", "📎"):
        assert kept in told, told
    assert "Hodan" not in told


async def test_what_waits_for_her_yes_is_in_it_too_and_nothing_of_others(world: World) -> None:
    fatma, amina = await world.member("fatma", speaks="en"), await world.member("amina", speaks="en")
    await fatma.says("Grmbl fnord?")
    await amina.says("Zxqv wplk?")
    await amina.says("What do you know about me?")
    assert "Zxqv wplk?" in file_of(amina) and "Grmbl" not in file_of(amina)
    assert "no-answer" not in file_of(amina)


async def test_hidden_is_what_we_wrote_and_the_question_goes_on(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await amina.says("hide")
    assert len(amina.seen()) == 1, amina.screen()
    (left,) = amina.seen()
    assert left == amina.sees("hidden") and not left.labels()
    await hodan.presses("button-take")
    amina.sees("here-now")
    await hodan.says("Have you talked to her?")
    amina.sees("Have you talked to her?")
    await amina.says("/hide")
    amina.does_not_see("Have you talked to her?", "here-now")


async def test_words_for_forgetting_ask_before_it_is_done(world: World) -> None:
    for language, words in (("en", "delete everything"), ("so", "wax walba tirtir"), ("ar", "احذفي كل شيء")):
        woman = await world.member(f"woman-{language}", speaks=language)
        await woman.says(words)
        woman.sees("forget-ask")
        woman.does_not_see("consent", "no-answer")
        await woman.presses("button-forget")
        woman.sees("forgotten")
        assert await woman.row() is None
