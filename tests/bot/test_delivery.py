"""Delivery: what a failure means for each kind of message, and that nobody waits for somebody else's."""

from datetime import timedelta

from bot.channels.errors import Rejected, Revoked, Throttled, Unavailable
from dispatch.actions import owing
from dispatch.model.messages import (
    ArticleFile,
    AttachmentKind,
    Choice,
    Delivery,
    Lane,
    OutboundMessage,
    QrCode,
    Send,
)
from tests.world import CHAT, Human, World

CODE = (QrCode(address="https://example.org"),)


async def owed(
    world: World, human: Human, text: str, delivery: Delivery = Delivery.MUST, lane: Lane = Lane.ANSWER
) -> None:
    person = await human.row()
    assert person
    message = OutboundMessage(
        to=person.address, action=Send(body=text), lane=lane, delivery=delivery, person=person.id
    )
    await world.within(lambda tx: tx.outbox.add(message))


def count(human: Human, text: str) -> int:
    return len([shown for shown in human.seen() if shown.text == text])


async def test_h11_what_did_not_reach_the_platform_is_sent_again_and_arrives_once(world: World) -> None:
    amina = await world.member("amina")
    world.channel.failures.append(Unavailable("no connection", reached=False))
    await owed(world, amina, "hello")
    await world.settles()
    assert count(amina, "hello") == 0
    await world.passes(seconds=10)
    assert count(amina, "hello") == 1


async def test_h11_an_uncertain_must_is_repeated(world: World) -> None:
    amina = await world.member("amina")
    world.channel.failures_after.append(Unavailable("dropped", reached=True))
    await owed(world, amina, "hello")
    await world.passes(seconds=10)
    assert count(amina, "hello") == 2


async def test_h11_an_uncertain_once_is_given_up(world: World) -> None:
    amina = await world.member("amina")
    world.channel.failures_after.append(Unavailable("dropped", reached=True))
    await owed(world, amina, "hello", Delivery.ONCE)
    await world.passes(minutes=10)
    assert count(amina, "hello") == 1


async def test_order_in_a_chat_survives_a_failure(world: World) -> None:
    amina = await world.member("amina")
    world.channel.failures.append(Unavailable("no connection", reached=False))
    for number in range(3):
        await owed(world, amina, f"number {number}")
    await world.passes(seconds=10)
    assert [shown.text for shown in amina.seen()][-3:] == ["number 0", "number 1", "number 2"]


async def test_h12_a_throttled_chat_waits_and_others_do_not(world: World) -> None:
    amina, fatma = await world.member("amina"), await world.member("fatma")
    world.channel.failures.append(Throttled(30))
    await owed(world, amina, "later")
    await owed(world, fatma, "now")
    await world.settles()
    assert count(amina, "later") == 0
    assert count(fatma, "now") == 1
    await world.passes(seconds=31)
    assert count(amina, "later") == 1


async def test_h12_several_throttled_chats_mean_everybody(world: World) -> None:
    members = [await world.member(f"member{number}") for number in range(3)]
    world.channel.failures.extend([Throttled(30), Throttled(30)])
    for member in members:
        await owed(world, member, "hello")
    await world.settles()
    assert [count(member, "hello") for member in members] == [0, 0, 0]
    await world.passes(seconds=31)
    assert [count(member, "hello") for member in members] == [1, 1, 1]


async def test_a_pause_of_the_platform_survives_a_restart(world: World) -> None:
    amina = await world.member("amina")
    world.channel.failures.append(Throttled(60))
    await owed(world, amina, "hello")
    await world.settles()
    world.start_service()
    await world.settles()
    assert count(amina, "hello") == 0
    await world.passes(seconds=61)
    assert count(amina, "hello") == 1


async def test_the_author_of_a_relay_that_the_platform_refuses_is_told(world: World) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await hodan.presses("button-take")
    world.channel.failures.append(Rejected("no"))
    await amina.says("does it pass?")
    amina.sees("undelivered")
    hodan.does_not_see("does it pass?")


async def test_h10_a_file_too_big_is_refused_in_her_language_before_anybody_waits_for_it(
    world: World,
) -> None:
    hodan = await world.volunteer("hodan")
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    await hodan.presses("button-take")
    await amina.shows(AttachmentKind.DOCUMENT, size=30 * 2**20)
    amina.sees("too-big")
    assert not [shown for shown in hodan.seen() if shown.files]


async def test_h44_a_group_that_moved_is_written_to_at_its_new_place(world: World) -> None:
    hodan = await world.volunteer("hodan", free=None)
    amina = await world.member("amina")
    world.channel.moved[CHAT] = world.channel.address("-1001")
    await amina.asks_people()
    await world.passes(seconds=5)
    hodan.sees("board-line", chat="-1001")
    group = await world.within(lambda tx: tx.group)
    assert group.chat and group.chat.chat == "-1001"


async def test_a_revoked_token_stops_sending_and_keeps_what_is_owed(world: World) -> None:
    amina = await world.member("amina")
    world.channel.failures.append(Revoked("401"))
    await owed(world, amina, "hello")
    await world.settles()
    assert world.outgoing.revoked
    assert count(amina, "hello") == 0
    await world.passes(minutes=6)
    assert count(amina, "hello") == 1


async def test_a_card_that_she_deleted_is_posted_anew(world: World) -> None:
    amina = await world.member("amina", speaks="en")
    await amina.asks_people()
    card = amina.sees("nobody-speaks")
    for shown in world.channel.chats["amina"]:
        shown.gone = shown.gone or shown.external_id == card.external_id
    await amina.says("/language")
    await amina.presses("Soomaali")
    amina.language = "so"
    amina.sees("nobody-speaks")


async def test_a_long_text_goes_out_in_pieces_that_together_say_all(world: World) -> None:
    amina = await world.member("amina")
    before = len(amina.seen())
    text = " ".join(f"word{number}" for number in range(1500)) + " 👩‍👩‍👧‍👧" * 50
    await owed(world, amina, text)
    await world.settles()
    pieces = [shown.text for shown in amina.seen()[before:]]
    assert len(pieces) > 1
    assert " ".join(pieces).split() == text.split()
    assert all(len(piece.encode("utf-16-le")) // 2 <= 4096 for piece in pieces)


LONG = " ".join(f"word{number}" for number in range(900))  # two parts


async def test_h12_pieces_that_arrived_are_not_repeated_when_a_later_one_is_throttled(world: World) -> None:
    amina = await world.member("amina")
    before = len(amina.seen())
    await owed(world, amina, LONG)
    await owed(world, amina, "and then")
    world.channel.failures.extend([None, Throttled(30)])
    await world.settles()
    assert len(amina.seen()) == before + 1
    world.start_service()
    await world.passes(seconds=31)
    assert " ".join(shown.text for shown in amina.seen()[before:]) == f"{LONG} and then"


async def test_h11_only_the_piece_whose_fate_is_uncertain_is_repeated(world: World) -> None:
    amina = await world.member("amina")
    before = len(amina.seen())
    await owed(world, amina, LONG)
    world.channel.failures_after.extend([None, Unavailable("dropped", reached=True)])
    await world.passes(seconds=10)
    first, *again, last = [shown.text for shown in amina.seen()[before:]]
    assert f"{first} {last}" == LONG
    assert again == [last]


async def test_a_long_card_has_its_files_and_title_first_and_its_buttons_last(world: World) -> None:
    amina = await world.member("amina")
    person = await amina.row()
    assert person
    choices = ((Choice(label="More", url="https://example.org"),),)

    async def shown(body: str, *, fresh: bool) -> None:
        send = Send(body=body, title="Long", choices=choices, made=CODE, card="long", fresh=fresh)
        await world.within(lambda tx: owing.owe(tx, person, send))
        await world.settles()

    for _ in range(2):
        await shown(LONG, fresh=True)
    first, last = amina.seen()[-2:]
    assert (first.bold, len(first.files), first.labels()) == (4, 1, [])
    assert (last.bold, len(last.files), last.labels()) == (0, 0, ["More"])
    assert f"{first.text} {last.text}" == f"Long\n{LONG}"
    await shown("short", fresh=False)
    assert [one.text for one in amina.seen()[-2:]] == [first.text, "Long\nshort"]


async def test_relays_overtake_broadcasts(world: World) -> None:
    members = [await world.member(f"member{number}") for number in range(3)]
    for member in members[:2]:
        await owed(world, member, "news", lane=Lane.BROADCAST)
    await owed(world, members[2], "relay", lane=Lane.RELAY)
    leased = await world.outgoing._lease()
    assert leased and leased.message.lane is Lane.RELAY
    await world.database.run(lambda service: service.deliveries.retry(leased, world.clock.now()))


async def test_h13_many_changes_of_the_board_cost_few_messages(world: World) -> None:
    hodan = await world.volunteer("hodan", free=None)
    members = [await world.member(f"member{number}") for number in range(5)]
    for member in members:
        await member.says("/person")
    before = len(world.channel.chats.get(CHAT, []))
    world.channel.failures.append(Throttled(30))
    for member in members:
        await world.arrive(member.press("button-yes"))
    await world.settles()
    await world.passes(seconds=40)
    assert len(world.channel.chats[CHAT]) - before <= 2
    assert len(hodan.sees("board-line", chat=CHAT).labels()) == 5
    world.clock.advance(timedelta(minutes=1))


async def test_a_file_that_is_gone_is_given_up_and_holds_nothing_up(world: World) -> None:
    amina = await world.member("amina")
    person = await amina.row()
    assert person
    gone = Send(body="", made=(ArticleFile(slug="no-school", name="gone.ogg"),))
    message = OutboundMessage(
        to=person.address, action=gone, lane=Lane.ANSWER, delivery=Delivery.MUST, person=person.id
    )
    before = len(amina.seen())
    await world.within(lambda tx: tx.outbox.add(message))
    await owed(world, amina, "hello")
    await world.passes(seconds=10)
    assert [shown.text for shown in amina.seen()[before:]] == ["hello"]


async def test_words_arrive_although_their_picture_is_gone(world: World) -> None:
    amina = await world.member("amina")
    person = await amina.row()
    assert person
    gone = Send(body="Child money", made=(ArticleFile(slug="no-school", name="gone.png"),))
    message = OutboundMessage(
        to=person.address, action=gone, lane=Lane.ANSWER, delivery=Delivery.MUST, person=person.id
    )
    await world.within(lambda tx: tx.outbox.add(message))
    await world.settles()
    assert count(amina, "Child money") == 1
