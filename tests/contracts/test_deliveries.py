import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select, update

from content.phrases import Phrase
from dispatch.model.messages import (
    AnswerPress,
    Choice,
    Delete,
    Delivery,
    Edit,
    Lane,
    Leave,
    OutboundMessage,
    React,
    Send,
    SetCommands,
    Style,
)
from dispatch.model.queues import Leased
from dispatch.ports import Service, Transaction
from dispatch.store.database import Database
from dispatch.store.schema.owed import outbox
from dispatch.store.unit import SqlService
from tests.contracts.conftest import Within
from tests.contracts.samples import (
    AARHUS,
    ACCOUNT,
    CHANNEL,
    MINUTE,
    NOW,
    a_case,
    a_message,
    a_person,
    an_address,
    key_of,
    words,
)


class Sender:
    """Sends for one account, at a time that the test chooses."""

    def __init__(self, database: Database, account: str = ACCOUNT) -> None:
        self.database = database
        self.account = account

    async def lease(
        self, minutes: int = 0, skip: Sequence[str] = (), *, only_urgent: bool = False
    ) -> Leased | None:
        """Take the next row for a minute."""
        now = NOW + minutes * MINUTE
        return await self.database.run(
            lambda service: service.deliveries.lease(
                CHANNEL, self.account, now, now + MINUTE, skip, only_urgent
            )
        )

    async def take(self, minutes: int = 0) -> Leased:
        leased = await self.lease(minutes)
        assert leased is not None
        return leased

    async def sent(
        self, leased: Leased, *external_ids: str, minutes: int = 0, rest: Send | None = None
    ) -> None:
        now = NOW + minutes * MINUTE
        await self.database.run(lambda service: service.deliveries.sent(leased, external_ids, now, rest))

    async def retry(self, leased: Leased, minutes: int) -> None:
        await self.database.run(lambda service: service.deliveries.retry(leased, NOW + minutes * MINUTE))

    async def give_up(self, leased: Leased) -> None:
        await self.database.run(lambda service: service.deliveries.give_up(leased, "blocked", NOW))

    async def pause(self, chat: str | None, minutes: int) -> None:
        until = NOW + minutes * MINUTE
        await self.database.run(lambda service: service.deliveries.pause(CHANNEL, self.account, chat, until))

    async def next_minute(self, after: int = 0) -> float | None:
        """When something may go out, in minutes from NOW."""
        now = NOW + after * MINUTE
        at = await self.database.read(lambda service: service.deliveries.next_at(CHANNEL, self.account, now))
        return None if at is None else (at - NOW) / MINUTE

    async def everything(self, minutes: int = 0) -> list[str]:
        """Send all that may go out; what was said, in order."""
        said = []
        while (leased := await self.lease(minutes)) is not None:
            said.append(key_of(leased.message))
            await self.sent(leased)
        return said


@pytest.fixture
def sender(database: Database) -> Sender:
    return Sender(database)


async def owe(oslo: Within, *messages: OutboundMessage) -> None:
    def add(tx: Transaction) -> None:
        for message in messages:
            tx.outbox.add(message)

    await oslo(add)


@pytest.mark.parametrize(
    "action",
    [
        Send(
            body=Phrase("hello", {"name": "\ud800 نور"}, count=3),
            title="plain",
            choices=(
                (Choice(label="ok", token="t", style=Style.DANGER), Choice(label="web", url="https://x.no")),
            ),
            quiet=True,
            pinned=True,
        ),
        Edit(about="m1", body="new"),
        React(emoji="👍", about="m1"),
        Delete(external_ids=("1", "2")),
        AnswerPress(press_id="p", body=None),
        SetCommands(commands=(("ask", Phrase("command-ask")),)),
        Leave(),
    ],
    ids=lambda action: type(action).__name__,
)
async def test_what_is_owed_is_leased_exactly(oslo: Within, sender: Sender, action: object) -> None:
    message = replace(words(delivery=Delivery.EDIT, language="so"), action=action)  # type: ignore[arg-type]
    await owe(oslo, message)
    leased = await sender.take()
    assert leased == Leased(id=leased.id, group_id="oslo", message=message, language="so", attempts=0)
    assert await sender.lease() is None


async def test_the_lowest_lane_goes_first_then_the_oldest(oslo: Within, sender: Sender) -> None:
    lanes = [Lane.BROADCAST, Lane.ANSWER, Lane.OFFER, Lane.EMERGENCY, Lane.REMINDER, Lane.RELAY, Lane.ANSWER]
    for number, lane in enumerate(lanes):
        await owe(oslo, words(f"{lane.name}-{number}", chat=f"chat-{number}", lane=lane))
    assert await sender.everything() == [
        "EMERGENCY-3",
        "RELAY-5",
        "ANSWER-1",
        "ANSWER-6",
        "OFFER-2",
        "REMINDER-4",
        "BROADCAST-0",
    ]


async def test_within_a_chat_what_was_owed_first_is_sent_first_whatever_its_lane(
    oslo: Within, sender: Sender
) -> None:
    await owe(oslo, words("first", lane=Lane.REMINDER), words("second", lane=Lane.EMERGENCY), words("third"))
    assert await sender.everything() == ["first", "second", "third"]


async def test_only_urgent_rows_go_where_only_they_may(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("answer", chat="a"), words("relay", chat="b", lane=Lane.RELAY))
    leased = await sender.lease(only_urgent=True)
    assert leased is not None
    assert key_of(leased.message) == "relay"
    assert await sender.lease(only_urgent=True) is None


async def test_a_leased_row_blocks_its_chat_and_no_other(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("a1", chat="a"), words("a2", chat="a"), words("b1", chat="b"))
    first = await sender.take()
    assert key_of(first.message) == "a1"
    assert await sender.everything() == ["b1"]
    await sender.sent(first)
    assert await sender.everything() == ["a2"]


async def test_skipped_chats_are_left_out(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("a1", chat="a"), words("b1", chat="b"))
    leased = await sender.lease(skip=["a"])
    assert leased is not None
    assert key_of(leased.message) == "b1"
    assert await sender.lease(skip=["a"]) is None


async def test_a_retried_row_keeps_its_place(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("a1", chat="a"), words("a2", chat="a"))
    await sender.retry(await sender.take(), minutes=2)
    assert await sender.lease(1) is None
    assert await sender.next_minute() == 2
    leased = await sender.take(2)
    assert (key_of(leased.message), leased.attempts) == ("a1", 1)
    await sender.sent(leased)
    assert await sender.everything(2) == ["a2"]


async def test_what_is_scheduled_blocks_nobody_until_it_is_due(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("later", not_before=NOW + MINUTE), words("now"))
    assert await sender.next_minute() == 1
    leased = await sender.take()
    assert key_of(leased.message) == "now"
    await sender.sent(leased)
    assert await sender.lease() is None
    assert await sender.everything(1) == ["later"]


async def test_what_falls_due_while_its_chat_is_busy_waits(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("later", not_before=NOW + MINUTE), words("now"))
    leased = await sender.database.run(
        lambda service: service.deliveries.lease(CHANNEL, ACCOUNT, NOW, NOW + 5 * MINUTE, (), False)
    )
    assert leased is not None
    assert key_of(leased.message) == "now"
    assert await sender.lease(1) is None
    assert await sender.next_minute() == 5
    await sender.sent(leased)
    assert await sender.everything(1) == ["later"]


async def test_what_was_scheduled_and_is_due_goes_before_what_came_later(
    oslo: Within, sender: Sender
) -> None:
    await owe(oslo, words("later", not_before=NOW + MINUTE), words("now"))
    assert await sender.everything(1) == ["later", "now"]


async def test_a_must_row_is_leased_again_when_its_lease_has_ended(oslo: Within, sender: Sender) -> None:
    for delivery in (Delivery.MUST, Delivery.EDIT):
        await owe(oslo, words("a1", delivery=delivery), words("a2"))
        first = await sender.take()
        assert await sender.next_minute() == 1
        assert await sender.lease() is None
        again = await sender.take(1)
        assert (again.id, again.attempts) == (first.id, 1)
        await sender.sent(again)
        assert await sender.everything(1) == ["a2"]


async def test_a_once_row_is_given_up_when_its_lease_has_ended(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("a1", delivery=Delivery.ONCE), words("a2"))
    assert key_of((await sender.take()).message) == "a1"
    assert await sender.everything(1) == ["a2"]


async def test_a_row_that_was_given_up_makes_way(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("a1"), words("a2"))
    await sender.give_up(await sender.take())
    assert await sender.everything() == ["a2"]


async def test_whoever_lost_the_lease_cannot_hold_the_row_back(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("a1"))
    slow = await sender.take()
    quick = await sender.take(1)
    await sender.retry(slow, minutes=60)
    await sender.give_up(slow)
    assert await sender.lease(1) is None
    await sender.retry(quick, minutes=2)
    assert (await sender.take(2)).attempts == 2


async def test_what_arrived_is_not_sent_again_even_if_the_lease_was_lost(
    oslo: Within, sender: Sender
) -> None:
    await owe(oslo, words("a1"))
    slow = await sender.take()
    quick = await sender.take(1)
    await sender.sent(slow, "11", minutes=1)
    await sender.retry(quick, minutes=1)
    assert await sender.lease(5) is None
    found = await oslo(lambda tx: tx.sent.in_chat(an_address("amira"), NOW))
    assert [each.external_id for each in found] == ["11"]


async def test_a_new_sender_takes_over_what_the_old_one_had_in_hand(oslo: Within, sender: Sender) -> None:
    once = words("once", chat="b", delivery=Delivery.ONCE)
    await owe(oslo, words("must", chat="a"), once, words("other", to=an_address("c", "other_bot")))
    other = Sender(oslo.database, "other_bot")
    for each in (sender, sender, other):
        await each.take()
    await oslo.database.run(lambda service: service.deliveries.reclaim(CHANNEL, ACCOUNT, NOW))
    assert await sender.everything() == ["must"]
    assert await other.lease() is None


async def test_two_senders_never_lease_the_same_row(oslo: Within, sender: Sender, kind: str) -> None:
    await owe(oslo, words("a1", chat="a"), words("a2", chat="a"), words("b1", chat="b"))
    meeting = Barrier(2, timeout=10)

    def lease_and_hold(service: Service) -> str:
        leased = service.deliveries.lease(CHANNEL, ACCOUNT, NOW, NOW + MINUTE, (), False)
        if kind == "postgresql":  # both are inside their transactions now
            meeting.wait()
        assert leased is not None
        return key_of(leased.message)

    leased = await asyncio.gather(*(oslo.database.run(lease_and_hold) for _ in range(2)))
    assert sorted(leased) == ["a1", "b1"]


async def test_a_paused_chat_waits_and_others_do_not(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("a1", chat="a"), words("b1", chat="b"))
    await sender.pause("a", 5)
    await sender.pause("a", 2)  # the longer pause stands
    assert await sender.everything() == ["b1"]
    assert await sender.next_minute() == 5
    assert await sender.everything(4) == []
    assert await sender.everything(5) == ["a1"]


async def test_a_paused_account_waits(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("a1", chat="a"))
    other = words("other", chat="a", to=an_address("a", "other_bot"))
    await owe(oslo, other)
    await sender.pause("a", 1)
    await sender.pause(None, 3)
    assert await sender.lease(2) is None
    assert await sender.next_minute() == 3
    assert await Sender(oslo.database, "other_bot").everything() == ["other"]
    assert await sender.everything(3) == ["a1"]


async def test_what_is_over_is_not_waited_for(oslo: Within, sender: Sender) -> None:
    await owe(
        oslo, words("a1", chat="a", not_before=NOW + MINUTE), words("b1", chat="b"), words("c1", chat="c")
    )
    await sender.pause("b", 2)
    await sender.pause(None, 3)
    assert await sender.next_minute() == 3
    assert await sender.next_minute(after=3) is None
    await owe(oslo, words("d1", chat="d", not_before=NOW + 9 * MINUTE))
    await sender.pause("c", 8)
    assert await sender.next_minute(after=3) == 8
    assert await sender.next_minute(after=8) == 9
    assert (
        await sender.database.read(lambda service: service.deliveries.next_at(CHANNEL, ACCOUNT))
        == NOW + 3 * MINUTE
    )


async def test_a_failed_row_in_a_paused_chat_waits_for_both(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("a1", chat="a"), words("b1", chat="b"))
    first, second = await sender.take(), await sender.take()
    await sender.retry(first, minutes=2)
    await sender.retry(second, minutes=9)
    for chat in "ab":
        await sender.pause(chat, 5)
    assert await sender.next_minute() == 5
    assert await sender.next_minute(after=5) == 9


async def test_nothing_is_waited_for_when_everything_may_go(oslo: Within, sender: Sender) -> None:
    assert await sender.next_minute() is None
    await owe(oslo, words("a1"), words("a2"))
    assert await sender.next_minute() is None


async def test_an_account_sees_its_own_rows_only(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("a1", to=an_address("a", "other_bot"), not_before=NOW + MINUTE))
    assert await sender.lease(5) is None
    assert await sender.next_minute() is None


async def test_the_language_is_hers_then_the_messages_then_the_groups(oslo: Within, sender: Sender) -> None:
    await oslo(lambda tx: tx.people.add(a_person("Amira", language="ar")))
    await oslo(lambda tx: tx.people.add(a_person("Hodan")))
    await owe(
        oslo,
        words("1", chat="1", person="amira", language="so"),
        words("2", chat="2", person="hodan", language="so"),
        words("3", chat="3", person="hodan"),
        words("4", chat="4", language="ti"),
        words("5", chat="5"),
        words("6", chat="6", person="gone", language="ti"),
    )
    languages = []
    while (leased := await sender.lease()) is not None:
        languages.append(leased.language)
        await sender.sent(leased)
    assert languages == ["ar", "so", "nb", "ti", "nb", "ti"]


async def test_a_changed_language_reaches_what_waits(oslo: Within, sender: Sender) -> None:
    await oslo(lambda tx: tx.people.add(a_person("Amira", language="ar")))
    await owe(oslo, words(person="amira"))
    await oslo(lambda tx: tx.people.save(tx.people.get("amira").chooses("so")))
    assert (await sender.take()).language == "so"


async def test_what_was_sent_is_remembered(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("1", card="home"), words("2", about="m1"), words("3", chat="other"))
    for number in range(3):
        await sender.sent(await sender.take(), f"{number}a", f"{number}b", minutes=number)
    found = await oslo(lambda tx: tx.sent.in_chat(an_address("amira"), NOW))
    assert [(each.external_id, each.card, each.about) for each in found] == [
        ("0a", "home", None),
        ("0b", "home", None),
        ("1a", None, "m1"),
        ("1b", None, "m1"),
    ]
    assert {each.chat for each in found} == {an_address("amira")}
    later = await oslo(lambda tx: tx.sent.in_chat(an_address("amira"), NOW + MINUTE))
    assert [each.external_id for each in later] == ["1a", "1b"]


async def test_what_was_sent_is_forgotten_after_a_while(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("1"), words("2"), words("3"))
    for number in range(2):
        await sender.sent(await sender.take(), str(number), minutes=number)
    await sender.give_up(await sender.take())
    days = timedelta(days=2)
    await oslo.database.run(lambda service: service.purge(NOW + days + MINUTE, days, days))
    found = await oslo(lambda tx: tx.sent.in_chat(an_address("amira"), NOW))
    assert [each.external_id for each in found] == ["1"]


async def test_a_card_finds_its_latest_message_in_that_chat(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("1", card="home"))
    leased = await sender.take()
    assert leased.target is None
    await sender.sent(leased, "11")
    await owe(
        oslo,
        words("2", card="home"),
        words("3", card="home", chat="other"),
        words("4", card="case", chat="x"),
    )
    targets = {}
    while (leased := await sender.lease()) is not None:
        targets[key_of(leased.message)] = leased.target
        await sender.sent(leased, *(["12"] if leased.target else []), minutes=1)
    assert targets == {"2": "11", "3": None, "4": None}

    await owe(oslo, words("5", card="home"))
    assert (await sender.take()).target == "12"


async def test_an_edited_card_is_as_old_as_it_was(oslo: Within, sender: Sender) -> None:
    """Platforms let us delete for 48 hours after the first sending (H52)."""
    for minutes in (0, 9):
        await owe(oslo, words("1", card="home"))
        await sender.sent(await sender.take(), "11", minutes=minutes)
    found = await oslo(lambda tx: tx.sent.in_chat(an_address("amira"), NOW - MINUTE))
    assert [(each.external_id, each.sent_at) for each in found] == [("11", NOW)]


async def test_a_card_that_still_waits_is_replaced_where_it_stands(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("old", card="home", person="amira"), words("between"))
    await owe(oslo, words("new", card="home", person="amira"))
    await owe(oslo, words("other card", card="case"), words("elsewhere", card="home", chat="x"))
    assert await sender.everything() == ["new", "between", "other card", "elsewhere"]


async def test_a_card_that_changes_twice_in_one_transaction_is_sent_once(
    oslo: Within, sender: Sender
) -> None:
    await owe(oslo, words("old", card="home"), words("between"), words("new", card="home"))
    assert await sender.everything() == ["new", "between"]


async def test_a_card_that_is_being_sent_is_not_replaced(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("old", card="home"))
    leased = await sender.take()
    await owe(oslo, words("new", card="home"))
    await sender.sent(leased, "11")
    again = await sender.take()
    assert (key_of(again.message), again.target) == ("new", "11")


async def test_a_replaced_card_is_as_urgent_and_as_audible_as_either_asked_for(
    oslo: Within, sender: Sender
) -> None:
    await owe(oslo, words("old", card="home", fresh=True, lane=Lane.RELAY, delivery=Delivery.MUST))
    await owe(oslo, words("new", card="home", quiet=True, lane=Lane.REMINDER, delivery=Delivery.EDIT))
    leased = await sender.take()
    assert leased.message == words("new", card="home", fresh=True, lane=Lane.RELAY, delivery=Delivery.MUST)


async def test_a_replaced_card_that_failed_before_goes_on_waiting(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("old", card="home"))
    await sender.retry(await sender.take(), minutes=3)
    await owe(oslo, words("new", card="home"))
    assert await sender.lease(2) is None
    assert await sender.everything(3) == ["new"]


async def test_a_scheduled_card_that_is_replaced_by_one_for_now_goes_out_now(
    oslo: Within, sender: Sender
) -> None:
    await owe(oslo, words("old", card="home", not_before=NOW + MINUTE))
    await owe(oslo, words("new", card="home"))
    assert await sender.everything() == ["new"]


async def test_a_row_of_another_release_is_set_aside_aloud_and_holds_nobody_up(
    oslo: Within, sender: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    await owe(oslo, words("strange"), words("next"), words("elsewhere", chat="b"))

    def spoil(service: Service) -> None:
        assert isinstance(service, SqlService)
        connection, sealer = service.work.connection, service.work.service.sealer
        row_id = connection.scalar(select(outbox.c.id).order_by(outbox.c.position))
        assert row_id is not None
        strange = sealer.seal(b'{"_": "Telegram", "text": "secret"}', "outbox", "body", row_id)
        connection.execute(update(outbox).where(outbox.c.id == row_id).values(body_sealed=strange))

    await oslo.database.run(spoil)
    assert await sender.everything() == ["next", "elsewhere"]
    assert "cannot be read" in caplog.text
    assert "secret" not in caplog.text


@pytest.fixture
async def talking(oslo: Within) -> Within:
    """Amira wrote m1 (her chat's message 11); Noor, who has the case, wrote m2 (his chat's 22)."""

    def arrive(tx: Transaction) -> None:
        tx.people.add(a_person("Amira"))
        tx.people.add(a_person("Noor"))
        tx.cases.add(a_case())
        tx.messages.add(a_message("m1", chat_external_id="11"))
        tx.messages.add(a_message("m2", author="noor", chat_external_id="22"))

    await oslo(arrive)
    return oslo


async def test_edits_replies_and_reactions_find_copy_and_original(talking: Within, sender: Sender) -> None:
    await owe(talking, words("1", chat="noor", about="m1"))
    await sender.sent(await sender.take(), "31", "32")

    async def targets(message: OutboundMessage) -> tuple[str | None, str | None]:
        await owe(talking, message)
        leased = await sender.take()
        await sender.sent(leased)
        return leased.target, leased.reply_target

    def act(action: Edit | React, chat: str) -> OutboundMessage:
        return replace(words(chat=chat), action=action)

    assert await targets(act(Edit(about="m1", body="x"), "noor")) == ("31", None)
    assert await targets(act(React(emoji="👍", about="m1"), "noor")) == ("31", None)
    assert await targets(act(React(emoji="👍", about="m1"), "amira")) == ("11", None)
    assert await targets(act(React(emoji="👀", external_id="99"), "amira")) == ("99", None)
    assert await targets(act(React(emoji="👍", about="m2"), "amira")) == (None, None)
    assert await targets(words("2", chat="noor", reply_to="m1")) == (None, "31")
    assert await targets(words("3", chat="noor", reply_to="m2")) == (None, "22")
    assert await targets(words("4", chat="amira", reply_to="m2")) == (None, None)
    assert await targets(words("5", chat="noor", reply_to="unknown")) == (None, None)


async def test_an_edit_that_is_owed_before_the_copy_went_out_finds_it(
    talking: Within, sender: Sender
) -> None:
    edit = replace(words(chat="noor"), action=Edit(about="m1", body="x"))
    await owe(talking, words("1", chat="noor", about="m1"), edit)
    await sender.sent(await sender.take(), "31")
    assert (await sender.take()).target == "31"


async def test_the_latest_copy_of_a_message_is_the_one_that_is_edited(
    talking: Within, sender: Sender
) -> None:
    for minutes, first, second in ((0, "31", "32"), (1, "41", "42")):
        await owe(talking, words("1", chat="noor", about="m1"))
        await sender.sent(await sender.take(), first, second, minutes=minutes)
    await owe(talking, replace(words(chat="noor"), action=Edit(about="m1", body="x")))
    assert (await sender.take()).target == "41"


async def test_the_rest_of_a_message_waits_where_the_whole_did(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("whole"), words("next"))
    await sender.sent(await sender.take(), "11", rest=Send(body=Phrase("rest")))
    leased = await sender.take()
    assert key_of(leased.message) == "rest"
    await sender.retry(leased, minutes=1)
    assert await sender.lease() is None
    await sender.sent(await sender.take(1), "12", minutes=1)
    assert await sender.everything(1) == ["next"]


async def test_edits_find_the_first_part_and_a_card_its_last(talking: Within, sender: Sender) -> None:
    for kind in ({"about": "m1"}, {"card": "home"}):
        await owe(talking, words("whole", chat="noor", **kind))
        name = next(iter(kind))
        for number in range(2):
            leased = await sender.take(number)
            assert leased.target is None
            rest = replace(leased.message.action, body=Phrase("rest"))
            await sender.sent(leased, f"{name}{number}", minutes=number, rest=rest)
        await sender.sent(await sender.take(2), f"{name}2", minutes=2)
    await owe(talking, replace(words(chat="noor"), action=Edit(about="m1", body="x")))
    leased = await sender.take(3)
    assert leased.target == "about0"
    await sender.sent(leased)
    await owe(talking, words("newer", chat="noor", card="home"))
    assert (await sender.take(3)).target == "card2"


async def test_a_card_that_changes_before_its_rest_went_out_changes_what_arrived(
    oslo: Within, sender: Sender
) -> None:
    await owe(oslo, words("whole", card="home"))
    await sender.sent(await sender.take(), "11", rest=Send(body=Phrase("rest"), card="home"))
    await owe(oslo, words("newer", card="home"))
    leased = await sender.take()
    assert (key_of(leased.message), leased.target) == ("newer", "11")
    await sender.sent(leased)
    assert await sender.lease() is None


async def test_nothing_follows_what_was_cancelled_or_taken_over_meanwhile(
    oslo: Within, sender: Sender
) -> None:
    rest = Send(body=Phrase("rest"))
    await owe(oslo, words("1", person="amira"))
    leased = await sender.take()
    await oslo(lambda tx: tx.outbox.cancel_for("amira"))
    await sender.sent(leased, "11", rest=rest)
    assert await sender.lease(2) is None

    await owe(oslo, words("2"))
    slow = await sender.take()
    other = await sender.take(2)
    await sender.sent(slow, "12", minutes=2, rest=rest)
    await sender.sent(other, "13", minutes=2, rest=rest)
    assert await sender.everything(2) == ["rest"]


async def test_deleted_messages_are_no_longer_found(talking: Within, sender: Sender) -> None:
    await owe(talking, words("1", chat="noor", about="m1"))
    await sender.sent(await sender.take(), "31", "32")
    await owe(talking, replace(words(chat="noor"), action=Delete(external_ids=("31",))))
    await sender.sent(await sender.take())
    found = await talking(lambda tx: tx.sent.in_chat(an_address("noor"), NOW))
    assert [each.external_id for each in found] == ["32"]


async def test_the_copies_of_a_case_are_found(talking: Within, sender: Sender) -> None:
    await owe(
        talking,
        words("1", chat="noor", about="m1"),
        words("2", chat="noor", card="case"),
        words("3", chat="amira", about="m2"),
        words("4", chat="noor", about="another case's"),
    )
    while (leased := await sender.lease()) is not None:
        await sender.sent(leased, f"sent-{key_of(leased.message)}")
    copies = await talking(lambda tx: tx.sent.of_case("case-1", an_address("noor")))
    assert [(each.external_id, each.about) for each in copies] == [("sent-1", "m1")]
    assert await talking(lambda tx: tx.sent.of_case("case-2", an_address("noor"))) == []


async def test_what_is_cancelled_is_not_sent(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("1", chat="a", person="amira"), words("2", chat="b", person="noor"))

    def cancel(tx: Transaction) -> None:
        tx.outbox.add(words("3", chat="a", person="amira"))
        tx.outbox.cancel_for("amira")
        tx.outbox.add(words("4", chat="a", person="amira"))

    await oslo(cancel)
    assert await sender.everything() == ["2", "4"]


async def test_what_is_on_its_way_when_it_is_cancelled_is_not_repeated(oslo: Within, sender: Sender) -> None:
    await owe(oslo, words("1", chat="a", person="amira"))
    leased = await sender.take()
    await oslo(lambda tx: tx.outbox.cancel_for("amira"))
    await sender.retry(leased, minutes=1)
    assert await sender.lease(9) is None


async def test_h44_a_group_that_moved_is_found_at_its_new_place(oslo: Within, sender: Sender) -> None:
    old, new = an_address("-1001"), an_address("-2002")
    await owe(oslo, words("1", chat="-1001", card="board"))
    await sender.sent(await sender.take(), "11")
    await owe(
        oslo, words("2", chat="-1001", card="board"), words("3", chat="-1001"), words("4", chat="other")
    )
    await sender.pause("-1001", 60)
    leased = await sender.lease(61)
    assert leased is not None

    await oslo.database.run(lambda service: service.deliveries.move_chat(old, new))
    await sender.retry(leased, minutes=0)

    assert (await oslo(lambda tx: tx.group)).chat == new
    moved = await sender.take()
    assert (moved.id, moved.message.to, moved.target) == (leased.id, new, None)
    await sender.sent(moved, "21")
    again = await sender.take()
    assert (key_of(again.message), again.message.to) == ("3", new)
    assert await oslo(lambda tx: tx.sent.in_chat(old, NOW)) == []
    assert [each.external_id for each in await oslo(lambda tx: tx.sent.in_chat(new, NOW))] == ["21"]


async def test_order_within_a_chat_survives_many_who_owe_at_once(oslo: Within, sender: Sender) -> None:
    """What one transaction owed before another began is sent before what the other owes."""

    async def talk(name: str) -> None:
        for number in range(6):
            await owe(oslo, words(f"{name}-{number}", chat="a"), words(f"{name}-{number}", chat="b"))

    await asyncio.gather(*(talk(name) for name in "vwxyz"))
    said: dict[str, list[str]] = {"a": [], "b": []}
    while (leased := await sender.lease()) is not None:
        said[leased.message.to.chat].append(key_of(leased.message))
        await sender.sent(leased)
    for lines in said.values():
        for name in "vwxyz":
            assert [line for line in lines if line.startswith(name)] == [
                f"{name}-{number}" for number in range(6)
            ]
        assert len(lines) == 30


async def test_transactions_that_owe_to_the_same_chats_in_opposite_order_both_succeed(oslo: Within) -> None:
    chats = [f"chat-{number}" for number in range(30)]
    await asyncio.gather(
        *(
            owe(oslo, *(words(chat=chat) for chat in order))
            for order in (chats, chats[::-1], chats, chats[::-1])
        )
    )


async def test_another_groups_sent_messages_are_not_there(
    database: Database, talking: Within, sender: Sender
) -> None:
    await database.run(lambda service: service.put_group(AARHUS))
    await owe(
        talking, words("1", chat="noor", about="m1", person="noor"), words("2", chat="noor", person="noor")
    )
    await sender.sent(await sender.take(), "31")

    def look(tx: Transaction) -> list[object]:
        tx.outbox.cancel_for("noor")
        noor = an_address("noor")
        return [
            *tx.sent.in_chat(noor, NOW - MINUTE),
            *tx.sent.of_case("case-1", noor),
            tx.messages.at(noor, "31"),
        ]

    assert await Within(database, AARHUS)(look) == [None]
    assert await sender.everything() == ["2"]
