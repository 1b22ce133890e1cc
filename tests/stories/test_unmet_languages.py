"""A language that nobody in the group speaks, or that the service does not have: it is said honestly, and nothing is lost."""

from tests.world import World

GREEK = "Πώς μπορώ να γράψω το παιδί μου στο σχολείο;"
DARI = "چطور می‌توانم طفل خود را در کودکستان شامل کنم؟"


async def test_who_writes_greek_is_told_so_in_a_language_of_her_telephone(world: World) -> None:
    eleni = world.person("eleni", app_language="no-NO")
    eleni.language = "nb"
    await eleni.says(GREEK)
    told = eleni.sees("outside-language")
    assert "gresk" in told.text
    assert told.labels()[0] == "Norsk (bokmål)"
    assert len(eleni.seen()) == 1


async def test_who_writes_greek_on_a_greek_telephone_is_told_so_in_english(world: World) -> None:
    eleni = world.person("eleni", app_language="el")
    await eleni.says(GREEK)
    assert eleni.sees("outside-language").labels()[0] == "English"
    assert "Greek" in eleni.last().text


async def test_what_she_wrote_is_kept_until_she_has_chosen_what_she_can_read(world: World) -> None:
    hodan = await world.volunteer("hodan", speaks=("en",))
    eleni = world.person("eleni")
    await eleni.says(GREEK)
    await eleni.presses("English")
    eleni.sees("welcome")
    if not eleni.find("consent"):
        await eleni.presses("button-ask-person")
    await eleni.presses("button-yes")
    await hodan.presses("button-take")
    hodan.sees(GREEK)


async def test_coordinators_hear_of_a_language_at_once_and_of_others_like_it_once_a_day(world: World) -> None:
    kari = await world.coordinator("kari")
    for user in ("eleni", "maria", "sofia"):
        await world.person(user).says(GREEK)
    assert [shown.text for shown in kari.seen() if "Greek" in shown.text] == [kari.sees("alert-outside").text]

    await world.passes(hours=24, minutes=1)
    assert kari.last().text == "2 more questions in Greek since yesterday."
    await world.passes(hours=24, minutes=1)  # a quiet day
    await world.person("anna").says(GREEK)
    assert world.says("alert-outside", kari.last().text, "en")


async def test_who_writes_on_in_greek_is_told_once(world: World) -> None:
    kari = await world.coordinator("kari")
    eleni = world.person("eleni")
    for text in (GREEK, "Παρακαλώ, χρειάζομαι βοήθεια με το σχολείο."):
        await eleni.says(text)
    assert len(eleni.seen()) == 1
    await world.passes(hours=24, minutes=1)
    kari.does_not_see("alert-outside-again")


async def test_greek_after_a_word_that_said_nothing_is_told_too(world: World) -> None:
    eleni = world.person("eleni")
    await eleni.says("ok")
    await eleni.says(GREEK)
    eleni.sees("outside-language")


async def test_who_has_chosen_a_language_may_quote_another(world: World) -> None:
    """She asks about a letter, say: what she chose stands."""
    amina = await world.member("amina", speaks="so")
    await amina.says(GREEK)
    amina.sees("welcome")
    assert not any("العربية" in shown.labels() for shown in amina.seen())


async def test_who_only_seemed_to_speak_a_language_is_asked_again(world: World) -> None:
    eleni = world.person("eleni")
    await eleni.says("How do I apply for child benefit for my two children?")
    await eleni.says(GREEK)
    assert "Greek" in eleni.sees("outside-language").text


async def test_a_dari_question_to_a_group_with_persian_volunteers(world: World) -> None:
    await world.serves("nb", "en", "fa", "prs", "ps")
    sara = await world.volunteer("sara", speaks=("fa",))
    kari = await world.coordinator("kari")
    zahra = await world.member("zahra", speaks="prs")
    await zahra.asks_people(DARI)
    zahra.sees("nobody-speaks", "nobody-speaks-offer")
    kari.sees("alert-nobody-speaks")
    sara.does_not_see("offer")
    labels = zahra.sees("nobody-speaks").labels()
    assert "فارسی" in labels and "پښتو" not in labels
    assert zahra.has_button("button-library")

    await zahra.presses("فارسی")
    await sara.presses("button-take")
    sara.sees(DARI)
    zahra.sees("here-now")


async def test_a_language_without_near_ones_has_the_library_and_others_to_choose(world: World) -> None:
    await world.volunteer("olena", speaks=("uk",))
    amina = await world.member("amina", speaks="so")
    await amina.asks_people()
    assert "Українська" not in amina.sees("nobody-speaks").labels()
    assert amina.has_button("button-library") and amina.has_button("button-other-languages")
    await amina.presses("button-other-languages")
    await amina.presses("Українська")
    amina.sees("other-languages-noted")
