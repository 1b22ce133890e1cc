"""The group's own shelf: a volunteer's answer becomes an article; coordinators change, approve, publish and take back."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from content.languages import LANGUAGES
from dispatch.actions.owing import choice
from dispatch.model.shelf import ShelfText, TextState
from dispatch.ports import Transaction
from tests.content.library.folders import simple, town, write
from tests.world import Human, World

ASKS = "womens swimming hall\nswimming for women only\nswiming course ladies\nsvømming for kvinner\nwhere can i swim"
ANSWER = "On Tuesdays the hall is open for women only. Take your own towel."


@pytest.fixture
async def shelf(world: World, tmp_path: Path) -> World:
    """A world whose library is a small folder, and changes."""
    await world.follows(town(tmp_path / "articles"))
    return world


async def texts(world: World) -> list[ShelfText]:
    return list(await world.within(lambda tx: [*tx.shelf.in_hand(), *tx.shelf.published()]))


async def answered(world: World, hodan: Human) -> None:
    """Amina asks, and Hodan answers and finishes."""
    amina = await world.member("amina", speaks="en")
    await amina.asks_people("Mrs Berg says I may not swim, Zxqv wplk")
    await hodan.presses("button-take")
    await hodan.says("Hello, I am here")
    await hodan.says(ANSWER)
    await hodan.presses("button-finish")
    await hodan.presses("button-finish")


async def proposed(world: World, hodan: Human) -> None:
    await answered(world, hodan)
    await hodan.presses("button-propose")
    await hodan.presses(ANSWER[:20])
    await hodan.presses("button-done")
    await hodan.says("Swimming for women")


async def completed(kari: Human) -> None:
    """A coordinator adds what is missing."""
    await kari.presses("button-ways")
    await kari.says(ASKS)
    await kari.presses("button-theme-of")
    await kari.presses("theme-health")


async def published(kari: Human) -> None:
    await kari.presses("button-publish")
    kari.sees("publish-ask")
    await kari.presses("button-publish")


def offers(human: Human, key: str) -> bool:
    """Has her newest message this button?"""
    return any(human.world.says(key, label, "en") for label in human.last().labels())


async def test_a_volunteers_answer_becomes_an_article_and_answers_the_next_member(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    await proposed(shelf, hodan)
    hodan.sees("propose-sent")
    assert "Swimming for women" in kari.sees("text-proposed").text
    await kari.presses("button-look")
    kari.sees(ANSWER, "text-missing", "missing-asks", "missing-theme", "Written by Hodan")
    kari.does_not_see("Mrs Berg", "Hello, I am here")
    assert not kari.has_button("button-publish")
    await completed(kari)
    await published(kari)
    assert "Hodan" not in kari.sees("published").text
    hodan.sees("draft-published")
    noor = await shelf.member("noor", speaks="en")
    await noor.says("Womens swimming hall")
    shown = noor.sees(ANSWER, "answer-from-group")
    assert "Hodan" not in noor.screen() and shown.labels()


async def test_a_coordinator_sees_exactly_what_members_will_see(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    await proposed(shelf, hodan)
    await kari.presses("button-look")
    await kari.presses("button-sources")
    await kari.says("Oslo kommune https://www.oslo.kommune.no/bad\nNorges Svømmeforbund: https://svomming.no")
    await completed(kari)
    preview = kari.sees("oslo.kommune.no/bad").text
    await published(kari)
    noor = await shelf.member("noor", speaks="en")
    await noor.says("womens swimming hall")
    assert noor.sees("oslo.kommune.no/bad").text == preview


async def test_what_nobody_sees_is_no_title_and_no_text(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    await answered(shelf, hodan)
    await hodan.presses("button-propose")
    await hodan.presses(ANSWER[:20])
    await hodan.presses("button-done")
    await hodan.says("\u200b\ufeff")
    assert await texts(shelf) == []
    await hodan.says("Swimming for women")
    await kari.presses("button-look")
    for field in ("button-title", "button-text"):
        await kari.presses(field)
        await kari.says("\u2060\u200b")
        await kari.presses("button-cancel")
    (text,) = await texts(shelf)
    assert "title: Swimming for women" in text.text and ANSWER in text.text


async def test_a_wrong_source_is_named_and_a_dash_means_our_own_knowledge(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    await proposed(shelf, hodan)
    await kari.presses("button-look")
    await completed(kari)
    await kari.presses("button-sources")
    await kari.says("nav")
    kari.sees("missing-source")
    assert not offers(kari, "button-publish")
    await kari.presses("button-sources")
    await kari.says("-")
    assert offers(kari, "button-publish")


async def test_a_volunteer_may_write_the_answer_anew(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    await answered(shelf, hodan)
    await hodan.presses("button-propose")
    await hodan.presses("button-write-it")
    await hodan.says("Ask at the desk for the hours.")
    await hodan.says("Swimming")
    await kari.presses("button-look")
    kari.sees("Ask at the desk for the hours.")
    kari.does_not_see(ANSWER)


async def test_a_new_text_may_be_in_any_language_of_the_group(shelf: World) -> None:
    await shelf.serves(*LANGUAGES)
    kari = await shelf.coordinator("kari")
    await kari.says("/shelf")
    await kari.presses("button-new-text")
    assert "Hausa" not in kari.last().labels()
    await kari.turns_to("Hausa")
    await kari.presses("Hausa")
    kari.sees("propose-write", "Hausa")


async def test_h58_what_she_writes_to_a_member_does_not_go_into_a_form_that_she_left(shelf: World) -> None:
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    amina = await shelf.member("amina", speaks="en")
    await amina.asks_people()
    await hodan.presses("button-take")
    await hodan.presses("button-propose")
    hodan.sees("propose-write")  # she has said nothing in the case yet
    await shelf.passes(minutes=11)
    await hodan.says("Are you there?")
    amina.sees("Are you there?")


async def test_a_reply_goes_to_the_member_even_while_a_form_waits(shelf: World) -> None:
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    amina = await shelf.member("amina", speaks="en")
    await amina.asks_people("Zxqv wplk one")
    await hodan.presses("button-take")
    await hodan.presses("button-propose")
    await hodan.replies(hodan.sees("Zxqv wplk one"), "This is for you")
    amina.sees("This is for you")
    await hodan.presses("button-cancel")
    await hodan.says("And this")
    amina.sees("And this")


async def test_a_helper_who_asks_herself_is_not_answered_by_a_form(shelf: World) -> None:
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    leyla = await shelf.volunteer("leyla", speaks=("en",))
    await answered(shelf, hodan)
    await hodan.presses("button-propose")
    await hodan.presses("button-write-it")
    await hodan.says("/person")
    await hodan.presses("button-yes")
    await leyla.presses("button-take")
    await shelf.passes(minutes=11)
    await hodan.says("It is about my own rent")
    leyla.sees("It is about my own rent")


async def test_a_case_of_somebody_else_gives_no_words(shelf: World) -> None:
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    leyla = await shelf.volunteer("leyla", speaks=("en",), free=None)
    await answered(shelf, hodan)
    press = hodan.press("button-propose")
    await shelf.arrive(leyla.press_token(press.pressed or "", hodan.last()))
    await shelf.settles()
    leyla.does_not_see("propose-pick", ANSWER)


async def test_words_of_a_case_that_were_removed_meanwhile_are_no_draft(shelf: World) -> None:
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    await answered(shelf, hodan)
    await hodan.presses("button-propose")
    await hodan.presses(ANSWER[:20])
    done = hodan.press("button-done")
    await shelf.passes(days=31)
    await shelf.arrive(done)
    await shelf.settles()
    hodan.does_not_see("propose-title")
    assert shelf.says("propose-pick-one", shelf.channel.toasts[-1][1], "en")


async def test_a_member_who_is_forgotten_takes_along_what_a_volunteer_was_picking_from(shelf: World) -> None:
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    amina = await shelf.member("amina", speaks="en")
    await amina.asks_people("Mrs Berg says I may not swim")
    await hodan.presses("button-take")
    await hodan.says(ANSWER)
    await hodan.presses("button-propose")
    await hodan.presses(ANSWER[:20])
    done = hodan.press("button-done")
    await amina.says("/forget")
    await amina.presses("button-forget")
    await shelf.arrive(done)
    await shelf.settles()
    hodan.sees("button-gone")
    hodan.does_not_see("propose-title", "Mrs Berg")


async def test_a_coordinator_alone_hears_that_nobody_else_can_say_yes_and_how_to_invite(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    await kari.says("/shelf")
    await kari.presses("button-two-approve")
    await kari.presses("button-yes")
    await kari.presses("button-new-text")
    await kari.presses("English")
    await kari.says(ANSWER)
    await kari.says("Swimming for women")
    await completed(kari)
    await kari.presses("button-ask-another")
    assert "/coordinator" in kari.sees("no-other-coordinator").text


async def test_with_four_eyes_the_author_cannot_publish_alone(shelf: World) -> None:
    kari, anne = await shelf.coordinator("kari"), await shelf.coordinator("anne")
    await kari.says("/shelf")
    await kari.presses("button-two-approve")
    await kari.presses("button-yes")
    anne.sees("two-approve-on")
    await kari.presses("button-new-text")
    await kari.presses("English")
    await kari.says(ANSWER)
    await kari.says("Swimming for women")
    await completed(kari)
    kari.sees("text-needs-another")
    assert not offers(kari, "button-publish")
    await kari.presses("button-ask-another")
    assert shelf.says("coordinator-called", shelf.channel.toasts[-1][1], "en")
    anne.sees("text-waits-for-you")
    await anne.presses("button-look")
    await anne.presses("button-approve-text")
    kari.sees("text-was-approved")
    await kari.presses("button-look")
    await published(kari)
    kari.sees("published")
    found = await texts(shelf)
    assert [text.state for text in found] == [TextState.PUBLISHED]
    rows = [await human.row() for human in (kari, anne)]
    assert rows[0] and rows[1]
    assert (found[0].author_id, found[0].approved_by) == (rows[0].id, rows[1].id)


@pytest.mark.parametrize("theme", ["theme-violence", "theme-emergency"])
async def test_who_writes_about_danger_cannot_publish_alone_whatever_the_group_has_chosen(
    shelf: World, theme: str
) -> None:
    kari, anne = await shelf.coordinator("kari"), await shelf.coordinator("anne")
    await kari.says("/shelf")
    kari.sees("two-approve-off")
    await kari.presses("button-new-text")
    await kari.presses("English")
    await kari.says(ANSWER)
    await kari.says("Swimming for women")
    await completed(kari)
    assert offers(kari, "button-publish")  # a text on health: one yes is enough
    await kari.presses("button-theme-of")
    await kari.presses(theme)
    kari.sees("text-danger-needs-another")
    assert not offers(kari, "button-publish")
    await kari.presses("button-ask-another")
    await anne.presses("button-look")
    await anne.presses("button-approve-text")
    await kari.presses("button-look")
    await published(kari)
    assert [text.state for text in await texts(shelf)] == [TextState.PUBLISHED]


async def test_a_press_that_no_card_offers_her_publishes_nothing_about_danger(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    await proposed(shelf, hodan)
    await kari.presses("button-look")
    await kari.presses("button-ways")
    await kari.says(ASKS)
    await kari.presses("button-theme-of")
    await kari.presses("theme-violence")
    (text,) = await shelf.within(lambda tx: tx.shelf.in_hand())
    forged = await shelf.within(lambda tx: choice(tx, "publish", "shelf-publish-surely", text.id))
    await shelf.arrive(kari.press_token(forged.token, kari.last()))
    await shelf.settles()
    kari.sees("button-gone")
    assert await shelf.within(lambda tx: tx.shelf.published()) == []


async def test_h26_two_who_ask_for_four_eyes_at_once_both_get_it(shelf: World) -> None:
    kari, anne = await shelf.coordinator("kari"), await shelf.coordinator("anne")
    for human in (kari, anne):
        await human.says("/shelf")
        await human.presses("button-two-approve")
    late = anne.press("button-yes")
    await kari.presses("button-yes")
    for press in (late, late):
        await shelf.arrive(press)
        await shelf.settles()
        assert (await shelf.within(lambda tx: tx.group)).two_approve
    told = [shown for shown in kari.seen() if shelf.says("two-approve-on", shown.text, "en")]
    assert len(told) == 2  # once as news, and in her own card


async def test_with_four_eyes_a_change_after_the_yes_needs_a_new_yes(shelf: World) -> None:
    kari, anne = await shelf.coordinator("kari"), await shelf.coordinator("anne")
    await kari.says("/shelf")
    await kari.presses("button-two-approve")
    await kari.presses("button-yes")
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    await proposed(shelf, hodan)
    await anne.presses("button-look")
    await completed(anne)
    await kari.says("/shelf")
    await kari.presses("Swimming for women")
    await kari.presses("button-approve-text")
    old = kari.press("button-publish")
    await kari.presses("button-title")
    await kari.says("Swimming hall")
    kari.sees("text-needs-another")
    await shelf.arrive(old)
    await shelf.settles()
    await kari.presses("button-publish")
    kari.does_not_see("published")
    assert {text.state for text in await texts(shelf)} == {TextState.DRAFT}


async def test_the_second_of_two_who_publish_at_once_is_told(shelf: World) -> None:
    kari, anne = await shelf.coordinator("kari"), await shelf.coordinator("anne")
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    await proposed(shelf, hodan)
    await kari.presses("button-look")
    await completed(kari)
    await anne.says("/shelf")
    await anne.presses("Swimming for women")
    for human in (kari, anne):
        await human.presses("button-publish")
    late = anne.press("button-publish")
    await kari.presses("button-publish")
    await shelf.arrive(late)
    await shelf.settles()
    anne.sees("button-gone")
    assert len(await texts(shelf)) == 1


async def test_a_publication_is_undone_and_the_undoing_too(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    noor = await shelf.member("noor", speaks="en")
    await proposed(shelf, hodan)
    await kari.presses("button-look")
    await completed(kari)
    await published(kari)
    await kari.presses("button-shelf")
    await kari.presses("button-published")
    await kari.presses("Swimming for women")
    await kari.presses("button-change")
    await kari.presses("button-text")
    await kari.says("The hall is closed in July.")
    await noor.says("womens swimming hall")
    noor.sees(ANSWER)  # what is published stays in use until the new version is
    await published(kari)
    await noor.says("womens swimming hall")
    noor.sees("The hall is closed in July.")
    await kari.presses("button-undo")
    kari.sees("text-undone")
    await noor.says("womens swimming hall")
    assert ANSWER in noor.last().text
    await kari.presses("button-undo")
    await noor.says("womens swimming hall")
    assert "The hall is closed in July." in noor.last().text
    versions = await shelf.within(lambda tx: tx.shelf.versions(*_key(tx)))
    assert [each.state for each in versions].count(TextState.PUBLISHED) == 4


def _key(tx: Transaction) -> tuple[str, str]:
    text = tx.shelf.published()[0]
    return text.slug, text.language


async def test_what_is_published_after_something_was_taken_back_is_what_members_get(shelf: World) -> None:
    """A change was begun, the old text was taken back meanwhile, then the change was published."""
    kari = await shelf.coordinator("kari")
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    noor = await shelf.member("noor", speaks="en")
    await proposed(shelf, hodan)
    await kari.presses("button-look")
    await completed(kari)
    await published(kari)
    await kari.says("/shelf")
    await kari.presses("button-published")
    await kari.presses("Swimming for women")
    take_back = kari.press("button-withdraw")
    await kari.presses("button-change")
    await kari.presses("button-text")
    await kari.says("The hall is closed in July.")
    publish = kari.press("button-publish")
    await shelf.arrive(take_back)
    await shelf.settles()
    await kari.presses("button-withdraw")
    await noor.says("womens swimming hall")
    noor.does_not_see(ANSWER)
    await shelf.arrive(publish)
    await shelf.settles()
    await kari.presses("button-publish")
    kari.sees("published")
    await noor.says("womens swimming hall")
    noor.sees("The hall is closed in July.")
    await kari.presses("button-undo")
    await noor.says("womens swimming hall")
    assert "closed in July" not in noor.last().text


async def test_a_version_from_before_is_taken_out_again_and_published(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    noor = await shelf.member("noor", speaks="en")
    await proposed(shelf, hodan)
    await kari.presses("button-look")
    await completed(kari)
    await kari.presses("button-text")
    await kari.says("The hall is closed in July.")
    await published(kari)
    await noor.says("womens swimming hall")
    noor.sees("The hall is closed in July.")
    await kari.says("/shelf")
    await kari.presses("button-published")
    await kari.presses("Swimming for women")
    await kari.presses("button-history")
    await kari.presses("3")  # with all that was missing, and the text as Hodan wrote it
    await kari.presses("button-take-out-again")
    await published(kari)
    await noor.says("womens swimming hall")
    assert ANSWER in noor.last().text


async def test_the_first_publication_undone_leaves_the_folders_article(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    noor = await shelf.member("noor", speaks="en")
    asks = ["landlord wants money", "rent", "how much rent", "husleie", "leie"]
    simple(shelf.articles, "no-rent", "en", "Pay the rent", asks, theme="home", country="NO", kind="article")
    await shelf.settles()
    await kari.says("/shelf")
    await kari.presses("button-articles")
    await kari.presses("theme-home")
    await kari.presses("Pay the rent")
    await kari.presses("button-change")
    await kari.presses("button-text")
    await kari.says("Pay on the first of the month.")
    await published(kari)
    await noor.says("landlord wants money")
    noor.sees("Pay on the first of the month.")
    await kari.presses("button-undo")
    kari.sees("text-undone")
    await noor.says("landlord wants money")
    assert "About Pay the rent." in noor.last().text


async def test_a_change_that_lacks_something_leaves_the_folders_article_in_use(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    noor = await shelf.member("noor", speaks="en")
    simple(shelf.articles, "no-rent", "en", "Pay the rent", ["landlord wants money"] * 5, theme="home")
    await shelf.settles()
    await kari.says("/shelf")
    await kari.presses("button-articles")
    await kari.presses("theme-home")
    await kari.presses("Pay the rent")
    await kari.presses("button-change")
    await kari.presses("button-text")
    await kari.says("Pay on the first of the month.")
    kari.sees("text-missing")
    await kari.presses("button-ways")
    await kari.says("rent\nhow much rent\nwhen rent\nhusleie\nleie")
    found = await shelf.within(lambda tx: tx.shelf.in_hand())
    assert [text.slug for text in found] == ["no-rent"]
    assert "country" in kari.last().text  # the folder's own article says no country
    await noor.says("landlord wants money")
    noor.sees("About Pay the rent.")


async def test_what_is_withdrawn_is_given_no_more_until_it_is_taken_back(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    await proposed(shelf, hodan)
    await kari.presses("button-look")
    await completed(kari)
    await published(kari)
    await kari.says("/shelf")
    await kari.presses("button-published")
    await kari.presses("Swimming for women")
    await kari.presses("button-withdraw")
    kari.sees("withdraw-ask")
    await kari.presses("button-withdraw")
    noor = await shelf.member("noor", speaks="en")
    await noor.says("womens swimming hall")
    noor.does_not_see(ANSWER)
    await kari.presses("button-undo")
    await noor.says("womens swimming hall")
    noor.sees(ANSWER)


async def test_what_is_declined_can_be_taken_out_again_and_is_gone_after_a_month(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    await proposed(shelf, hodan)
    await kari.presses("button-look")
    await kari.presses("button-decline")
    await kari.presses("button-decline")
    assert await texts(shelf) == []
    await kari.presses("button-undo")
    assert [text.state for text in await texts(shelf)] == [TextState.DRAFT]
    await kari.presses("button-decline")
    await kari.presses("button-decline")
    undo = kari.press("button-undo")
    shelf.clock.advance(timedelta(days=31))
    await shelf.timers.tick()
    await shelf.arrive(undo)
    await shelf.settles()
    kari.sees("button-gone")
    assert await texts(shelf) == []


async def test_a_change_is_undone_and_the_history_shows_every_version(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    await proposed(shelf, hodan)
    await kari.presses("button-look")
    await kari.presses("button-title")
    await kari.says("Somthing wrong")
    await kari.presses("button-undo")
    assert "Swimming for women" in kari.last().text
    await kari.presses("button-history")
    shown = kari.last()
    assert "Hodan" in shown.text and "Kari" in shown.text
    assert shown.labels() == ["2", "1"]


async def test_who_is_forgotten_leaves_her_text_and_no_name(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    await proposed(shelf, hodan)
    await hodan.says("/forget")
    await hodan.presses("button-forget")
    await kari.says("/shelf")
    await kari.presses("Swimming for women")
    kari.sees(ANSWER)
    kari.does_not_see("Written by Hodan")


async def test_only_coordinators_steer_the_shelf(shelf: World) -> None:
    hodan = await shelf.volunteer("hodan")
    await hodan.says("/shelf")
    hodan.sees("not-for-you")
    amina = await shelf.member("amina", speaks="en")
    await amina.says("/check")
    amina.sees("not-for-you")


async def test_a_folder_that_breaks_while_running_is_told_and_changes_nothing_for_members(
    shelf: World,
) -> None:
    kari = await shelf.coordinator("kari")
    noor = await shelf.member("noor", speaks="en")
    write(shelf.articles, "no-rent/en.md", "---\ntitle: [open\n---\nBody")
    await noor.says("landlord wants money")
    noor.sees("About Pay the rent.")
    await kari.says("/shelf")
    kari.sees("care-faults")
    await kari.presses("button-care")
    assert "no-rent/en.md:3" in kari.sees("care-broken").text
    simple(shelf.articles, "no-rent", "en", "Rent, mended", ["landlord wants money"])
    await shelf.settles()
    await noor.says("landlord wants money")
    noor.sees("About Rent, mended.")
    await kari.says("/shelf")
    assert not shelf.says("care-faults", kari.last().text, "en")


async def test_who_looks_at_an_article_and_publishes_it_need_not_look_again_for_a_year(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    asks = ["bus", "buss", "bus card", "busskort", "ride bus"]
    simple(
        shelf.articles,
        "no-bus",
        "en",
        "Bus pass",
        asks,
        theme="work",
        country="NO",
        kind="article",
        review_by="2026-10-01",
    )
    await shelf.settles()
    await kari.says("/shelf")
    await kari.presses("button-articles")
    await kari.presses("theme-work")
    await kari.presses("Bus pass")
    await kari.presses("button-change")
    await published(kari)
    await kari.says("/shelf")
    await kari.presses("button-care")
    assert "Bus pass" not in kari.last().text
    assert shelf.library_of(shelf.group_id).every["no-bus", "en"].review_by == date(2027, 11, 23)


async def test_what_needs_care_is_listed(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    simple(shelf.articles, "no-tax", "en", "Tax card", expires="2026-12-01")
    simple(shelf.articles, "no-bus", "en", "Bus pass", review_by="2026-10-01")
    simple(shelf.articles, "no-bus", "so", "Baska", translated_from="en", source_digest="0000000000000000")
    await shelf.settles()
    await kari.says("/shelf")
    await kari.presses("button-care")
    shown = kari.sees("care-expiring", "care-review", "care-stale", "care-unchecked").text
    assert "Tax card" in shown and "Bus pass" in shown and "Somali: 1" in shown
    await kari.presses("button-shelf")
    assert kari.find("shelf-title") == kari.last()


async def test_a_picture_that_is_missing_is_listed_for_coordinators_and_not_shown_to_members(
    shelf: World,
) -> None:
    kari, noor = await shelf.coordinator("kari"), await shelf.member("noor", speaks="en")
    steps = "## Open it\nTap the app.\n\n![The red button]()\n\n## Wait\nIt takes a minute."
    guide = "---\ntitle: The app\nkind: guide\ntheme: digital\nasks:\n  - open the app\n---\n"
    write(shelf.articles, "no-app/en.md", guide + steps)
    await shelf.settles()
    await noor.says("open the app")
    shown = noor.sees("Tap the app.").text
    assert "red button" not in shown and "🖼" not in shown and "![" not in shown
    await kari.says("/shelf")
    await kari.presses("button-care")
    assert "The app: The red button" in kari.sees("care-pictures").text


async def test_a_text_on_violence_is_given_when_a_speaker_has_checked_it(shelf: World) -> None:
    kari, anne = await shelf.coordinator("kari"), await shelf.coordinator("anne")
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    await proposed(shelf, hodan)
    await kari.presses("button-look")
    await kari.presses("button-ways")
    await kari.says(ASKS)
    await kari.presses("button-theme-of")
    await kari.presses("theme-violence")
    kari.sees("text-sensitive", "text-danger-needs-another")
    await kari.presses("button-ask-another")
    await anne.presses("button-look")
    await published(anne)  # Kari's version: nobody who speaks the language has read it
    noor = await shelf.member("noor", speaks="en")
    await noor.says("womens swimming hall")
    noor.does_not_see(ANSWER)
    await hodan.says("/check")
    while ANSWER not in hodan.seen()[-2].text:
        await hodan.presses("button-skip")
    await hodan.presses("button-right")
    await noor.says("womens swimming hall")
    noor.sees(ANSWER)


async def test_a_title_that_the_library_has_already_is_refused(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    simple(shelf.articles, "no-rent", "en", "Pay the rent", country="NO")
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    await proposed(shelf, hodan)
    await kari.presses("button-look")
    await completed(kari)
    await kari.presses("button-title")
    await kari.says("Pay the rent")
    kari.sees("missing-other-title")
    assert not offers(kari, "button-publish")


async def test_a_text_that_is_too_long_to_read_is_refused_until_it_is_shorter(shelf: World) -> None:
    kari = await shelf.coordinator("kari")
    hodan = await shelf.volunteer("hodan", speaks=("en",))
    await proposed(shelf, hodan)
    await kari.presses("button-look")
    await completed(kari)
    await kari.presses("button-text")
    await kari.says(f"{ANSWER} {'Come and swim. ' * 60}")
    kari.sees("missing-shorter")
    assert not offers(kari, "button-publish")
    await kari.presses("button-text")
    await kari.says(ANSWER)
    kari.does_not_see("text-missing")
    assert offers(kari, "button-publish")
