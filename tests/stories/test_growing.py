"""The library grows from what people ask: what it could not answer, and how they ask for what it can."""

from datetime import timedelta

from content.articles import read_folder
from content.digests import ARTICLES
from dispatch.model.growth import Gap, Unanswered
from dispatch.model.messages import AttachmentKind
from tests.world import Human, World, uploads

UNKNOWN = "Zxqv wplk mnrt?"


async def questions(world: World) -> list[Unanswered]:
    return list(await world.within(lambda tx: tx.gaps.questions()))


async def only_gap(world: World) -> Gap:
    (gap,) = await world.within(lambda tx: tx.gaps.all())
    return gap


async def agrees(world: World, user: str, *, speaks: str = "en") -> Human:
    """A member who has said yes to a woman seeing her words, and has no question open."""
    human = await world.member(user, speaks=speaks)
    await human.says("/person")
    await human.presses("button-yes")
    await human.presses("button-cancel")
    return human


async def missed_by(world: World, user: str, text: str = UNKNOWN) -> Human:
    """A member who has agreed asks what the library does not know."""
    human = await agrees(world, user)
    await human.says(text)
    human.sees("no-answer")
    return human


async def test_a_question_without_an_answer_is_shown_to_coordinators_without_who_asked(world: World) -> None:
    kari = await world.coordinator("kari")
    await missed_by(world, "amina")
    await kari.says("/gaps")

    chart, card = kari.seen()[-2:]
    (picture,) = uploads(chart)
    assert picture.content.startswith(b"\x89PNG") and picture.kind is AttachmentKind.PHOTO
    assert "English" in card.text and "Zxqv" not in card.text
    await kari.presses("gaps-line")
    opened = kari.sees("gap-words", "• Zxqv wplk mnrt?")
    assert "Amina" not in opened.text
    (kept,) = await questions(world)
    assert (kept.language, kept.text, kept.day) == ("en", UNKNOWN, world.clock.now().date())


async def test_h50_what_leads_to_her_is_not_in_what_is_kept(world: World) -> None:
    kari = await world.coordinator("kari")
    amina = await missed_by(world, "amina", "Zxqv wplk, ring +47 ٩١٢ 34 567 or fatima@example.com")
    await amina.presses("button-yes")  # it is hers, and may go to a woman
    await kari.says("/gaps")
    await kari.presses("gaps-line")
    kari.sees("• Zxqv wplk, ring # or #")
    kari.does_not_see("fatima", "567")


async def test_of_one_who_said_no_nothing_but_a_count_is_kept(world: World) -> None:
    kari = await world.coordinator("kari")
    members = [await world.member(name, speaks="en") for name in ("a1", "a2", "a3", "a4", "amina")]
    for member in members[:-1]:
        await member.says(UNKNOWN)
        await member.presses("button-no")
    await kari.says("/gaps")
    kari.sees("gaps-none")  # so few could be told apart

    amina = members[-1]
    await amina.says(UNKNOWN)
    await amina.presses("button-no")
    assert await questions(world) == []
    await kari.says("/gaps")
    kari.sees("gap-label-counted", "gaps-counted")
    assert "· 5" in kari.last().text
    kari.does_not_see("Zxqv")
    assert not kari.has_button("gaps-line")


async def test_of_one_who_has_not_answered_yet_nothing_but_a_count_is_kept(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says(UNKNOWN)
    await amina.says("And something more to it")  # the same question (H8)
    assert await questions(world) == []
    counted = await world.within(lambda tx: tx.gaps.counts(world.clock.now().date()))
    assert sum(counted.values()) == 1

    await amina.presses("button-yes")
    (kept,) = await questions(world)
    assert kept.text == "Zxqv wplk mnrt? And something more to it"
    counted = await world.within(lambda tx: tx.gaps.counts(world.clock.now().date()))
    assert sum(counted.values()) == 1


async def test_who_wants_a_person_after_an_answer_was_not_helped_by_it(world: World) -> None:
    amina = await agrees(world, "amina")
    await amina.says("How do I apply for child benefit (barnetrygd)?")
    assert await questions(world) == []
    await amina.presses("button-ask-person")
    (kept,) = await questions(world)
    assert (kept.theme, kept.text) == ("money", "How do I apply for child benefit (barnetrygd)?")


async def test_who_is_in_danger_has_asked_no_question_of_a_library(world: World) -> None:
    amina = await agrees(world, "amina")
    await amina.says("/danger")
    await amina.presses("button-person")
    await amina.says(UNKNOWN)
    assert await questions(world) == []


async def test_who_is_in_danger_after_all_is_no_question_of_a_library_either(world: World) -> None:
    """The library had no answer, and while she was asked for her yes she pressed the danger button."""
    amina = await world.member("amina", speaks="en")
    await amina.says(UNKNOWN)
    amina.sees("no-answer")
    await amina.says("/danger")
    await amina.presses("button-person")
    await amina.presses("button-yes")
    row = await amina.row()
    assert row
    case = await world.within(lambda tx: tx.cases.open_of(row.id))
    assert case and case.urgent
    assert await questions(world) == []


async def test_questions_that_are_alike_are_one_gap(world: World) -> None:
    kari = await world.coordinator("kari")
    await missed_by(world, "amina", "Zxqv wplk mnrt hbfg")
    await missed_by(world, "fatima", "zxqv wplk, mnrt jklx")
    await missed_by(world, "leyla", "Bjkq hgrt dcvb")
    await kari.says("/gaps")
    asked = {gap.asked for gap in await world.within(lambda tx: tx.gaps.all())}
    assert asked == {1, 2}
    await missed_by(world, "hanna", "zxqv wplk mnrt")
    await kari.says("/gaps")
    asked = {gap.asked for gap in await world.within(lambda tx: tx.gaps.all())}
    assert asked == {1, 3}


async def test_what_a_coordinator_rewords_is_kept_for_good_and_the_members_words_go(world: World) -> None:
    kari = await world.coordinator("kari")
    await missed_by(world, "amina")
    await kari.says("/gaps")
    await kari.presses("gaps-line")
    await kari.presses("button-reword-keep")
    kari.sees("gap-ask-phrasing")
    await kari.says("How does one wplk at 12345678?")
    kari.sees("gap-phrasing", "How does one wplk at #?")
    kari.does_not_see("• Zxqv")
    assert [question.text for question in await questions(world)] == [None]

    await missed_by(world, "fatima", "how does one wplk")
    await world.passes(days=31)
    assert await questions(world) == []
    gap = await only_gap(world)
    assert gap.phrasing == "How does one wplk at #?"
    await kari.says("/gaps")
    kari.sees("gaps-none")
    await kari.presses("button-gaps-ever")
    await kari.presses("gaps-line")
    kari.sees("How does one wplk at #?")


async def test_what_nobody_reworded_is_gone_after_a_month_and_counted_still(world: World) -> None:
    kari = await world.coordinator("kari")
    await missed_by(world, "amina")
    await kari.says("/gaps")
    began = world.clock.now().date()
    await world.passes(days=28)
    assert len(await questions(world)) == 1
    await world.passes(days=2)
    assert await questions(world) == []
    assert await world.within(lambda tx: tx.gaps.all()) == []
    assert sum((await world.within(lambda tx: tx.gaps.counts(began))).values()) == 1
    await kari.presses("gaps-line")
    kari.sees("button-gone")


async def test_an_answer_to_a_gap_is_a_draft_that_keeps_its_phrasing(world: World) -> None:
    kari = await world.coordinator("kari")
    await missed_by(world, "amina")
    await kari.says("/gaps")
    await kari.presses("gaps-line")
    await kari.presses("button-reword-keep")
    await kari.says("How does one wplk?")
    await kari.presses("button-write-answer")
    kari.sees("propose-write")
    await kari.says("Call 116 117, day and night.")
    await kari.says("Wplk")
    (draft,) = await world.within(lambda tx: tx.shelf.in_hand())
    assert draft.author_id == (await kari.row()).id and "How does one wplk?" in draft.text
    assert "Call 116 117" in draft.text and "mnrt" not in draft.text


async def test_what_is_not_for_the_library_is_out_of_sight_and_so_is_what_is_like_it(world: World) -> None:
    kari = await world.coordinator("kari")
    await missed_by(world, "amina")
    await kari.says("/gaps")
    await kari.presses("gaps-line")
    await kari.presses("button-not-for-library")
    kari.sees("gap-aside")
    await missed_by(world, "fatima", "Zxqv wplk mnrt please")
    await kari.says("/gaps")
    assert not kari.has_button("gaps-line")
    assert (await only_gap(world)).asked == 2


async def test_putting_a_gap_aside_can_be_undone(world: World) -> None:
    kari = await world.coordinator("kari")
    await missed_by(world, "amina")
    await kari.says("/gaps")
    await kari.presses("gaps-line")
    await kari.presses("button-not-for-library")
    await kari.presses("button-undo")
    kari.does_not_see("gap-aside")
    await kari.presses("◀")
    assert kari.has_button("gaps-line")


async def test_words_that_answer_a_certain_message_or_come_late_are_not_taken_for_the_library(
    world: World,
) -> None:
    kari = await world.coordinator("kari")
    await missed_by(world, "amina")
    await kari.says("/gaps")
    await kari.presses("gaps-line")
    await kari.presses("button-reword-keep")
    await kari.replies(kari.seen()[0], "This is for somebody else")
    await world.passes(minutes=61)
    await kari.says("And so is this")
    assert (await only_gap(world)).phrasing == ""


async def test_who_stops_in_the_middle_of_a_form_is_not_taken_at_her_next_word(world: World) -> None:
    kari = await world.coordinator("kari")
    await missed_by(world, "amina")
    await kari.says("/gaps")
    await kari.presses("gaps-line")
    await kari.presses("button-reword-keep")
    await kari.says("/stop")
    await kari.says("Hello again")
    assert (await only_gap(world)).phrasing == ""
    assert [question.text for question in await questions(world)] == [UNKNOWN]


async def test_nobody_but_coordinators_sees_gaps(world: World) -> None:
    await missed_by(world, "amina")
    hodan = await world.volunteer("hodan")
    await hodan.says("/gaps")
    await hodan.says("/phrasings")
    hodan.sees("not-for-you")
    hodan.does_not_see("Zxqv", "gaps-lately", "phrasings-none")


async def test_five_questions_about_one_theme_within_a_week_are_told_once(world: World) -> None:
    kari = await world.coordinator("kari")
    for user in ("a1", "a2", "a3", "a4"):
        await missed_by(world, user)
    kari.does_not_see("alert-gaps")
    no = await world.member("a5", speaks="en")
    await no.says(UNKNOWN)  # she has not agreed: she counts all the same
    kari.sees("alert-gaps")
    alerts = sum(world.says("alert-gaps", shown.text, "en") for shown in kari.seen())
    await missed_by(world, "a6")
    assert sum(world.says("alert-gaps", shown.text, "en") for shown in kari.seen()) == alerts == 1
    await kari.presses("button-look")
    kari.sees("gaps-lately")


async def test_a_question_that_an_article_helped_with_becomes_a_way_to_find_it(world: World) -> None:
    """A volunteer sends an article; from then on the next one who asks so is answered at once."""
    await world.follows(ARTICLES)
    kari = await world.coordinator("kari")
    hodan = await world.volunteer("hodan", speaks=("en",))
    asked = "who pays zxqv wplk for our little ones"
    amina = await missed_by(world, "amina", asked)
    await hodan.presses("button-take")
    hodan.sees("taken-library", asked)
    await hodan.presses("button-article")
    hodan.sees("answer-unchecked")
    await hodan.presses("button-send-article")
    hodan.sees("article-sent")
    amina.sees("answer-unchecked")  # a helper's hand makes nothing more certain
    await hodan.presses("button-finish")
    await hodan.presses("button-finish")
    await amina.presses("😀")  # both ends of it propose the same: once

    fatima = await world.member("fatima", speaks="en")
    await fatima.says(asked)
    fatima.sees("no-answer")

    await kari.says("/phrasings")
    kari.sees("phrasing-asked", asked)
    kari.does_not_see("phrasings-more")
    await kari.presses("button-phrasing-add")
    kari.sees("phrasing-added", "phrasings-none")

    (approved,) = await world.within(lambda tx: tx.phrasings.approved())
    leyla = await world.member("leyla", speaks="en")
    await leyla.says(asked)
    leyla.sees(read_folder(ARTICLES)[0][approved.slug, "en"].title)
    leyla.does_not_see("no-answer")


async def test_what_helped_is_proposed_in_her_words_and_a_coordinator_may_say_it_otherwise(
    world: World,
) -> None:
    kari = await world.coordinator("kari")
    amina = await agrees(world, "amina")
    await amina.says("How do I apply for child benefit (barnetrygd) for Ali, born 010120?")
    await amina.presses("button-helped")
    await kari.says("/phrasings")
    kari.sees("phrasing-asked", "for Ali, born #?")
    await kari.presses("button-reword")
    await kari.says("12345678")
    await kari.says("How do I apply for child benefit for a small child?")
    kari.sees("phrasing-added", "How do I apply for child benefit for a small child?")
    (approved,) = await world.within(lambda tx: tx.phrasings.approved())
    assert approved.text == "How do I apply for child benefit for a small child?"

    await kari.presses("button-undo")
    assert await world.within(lambda tx: tx.phrasings.approved()) == []
    await kari.presses("button-no")
    kari.sees("phrasings-none")
    assert await world.within(lambda tx: tx.phrasings.proposed()) == []


async def test_what_helped_one_who_has_not_agreed_is_not_proposed(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.says("How do I apply for child benefit (barnetrygd) please?")
    await amina.presses("button-helped")
    assert await world.within(lambda tx: tx.phrasings.proposed()) == []


async def test_a_phrasing_that_nobody_approved_is_gone_after_a_month(world: World) -> None:
    amina = await agrees(world, "amina")
    await amina.says("How do I apply for child benefit (barnetrygd) please?")
    await amina.presses("button-helped")
    assert len(await world.within(lambda tx: tx.phrasings.proposed())) == 1
    await world.passes(days=30)
    assert await world.within(lambda tx: tx.phrasings.proposed()) == []


async def helped_with(amina: Human, question: str) -> None:
    """An article answers it, and she presses 👍."""
    await amina.says(question)
    await amina.presses("button-helped")


async def test_words_that_a_coordinator_did_not_want_are_not_proposed_again_for_a_year(world: World) -> None:
    kari = await world.coordinator("kari")
    amina = await agrees(world, "amina")
    fatima = await agrees(world, "fatima")
    await helped_with(amina, "How do I apply for child benefit (barnetrygd) please?")
    await kari.says("/phrasings")
    await kari.presses("button-no")
    await helped_with(amina, "How do I apply for child benefit (barnetrygd) please?")
    await helped_with(fatima, "how do i apply for child benefit, Barnetrygd please...")
    assert await world.within(lambda tx: tx.phrasings.proposed()) == []

    await helped_with(fatima, "How may I apply for child benefit (barnetrygd)?")  # other words are
    (other,) = await world.within(lambda tx: tx.phrasings.proposed())
    assert other.text == "How may I apply for child benefit (barnetrygd)?"

    world.clock.advance(timedelta(days=366))
    await helped_with(amina, "How do I apply for child benefit (barnetrygd) please?")
    proposed = [each.text for each in await world.within(lambda tx: tx.phrasings.proposed())]
    assert "How do I apply for child benefit (barnetrygd) please?" in proposed


async def test_words_that_a_coordinator_said_otherwise_are_not_proposed_again(world: World) -> None:
    kari = await world.coordinator("kari")
    amina = await agrees(world, "amina")
    await helped_with(amina, "How do I apply for child benefit (barnetrygd) for Ali?")
    await kari.says("/phrasings")
    await kari.presses("button-reword")
    await kari.says("How do I apply for child benefit for a small child?")
    await helped_with(amina, "How do I apply for child benefit (barnetrygd) for Ali?")
    assert await world.within(lambda tx: tx.phrasings.proposed()) == []
