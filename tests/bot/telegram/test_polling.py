"""Long polling: stored first, acknowledged after, and nothing stops the line."""

import asyncio
from datetime import timedelta

import pytest

from bot.channels.errors import Rejected, Revoked
from bot.channels.telegram import TelegramChannel
from dispatch.model.messages import Kind
from tests.bot.telegram.conftest import NOW, Inbox, Offsets, Pauses, make_channel, polling
from tests.bot_api_server import BotApiServer


async def test_what_people_write_is_accepted_in_order(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox
) -> None:
    amira = server.person("Amira")
    async with polling(channel, inbox):
        for number in range(5):
            amira.says(str(number))
        await server.until(lambda: len(inbox.envelopes) == 5)
    assert inbox.texts(channel) == ["0", "1", "2", "3", "4"]
    assert {envelope.sender for envelope in inbox.envelopes.values()} == {str(amira.id)}


async def test_h4_what_was_written_at_night_arrives_when_the_bot_starts_again(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox
) -> None:
    server.person("Amira").says("are you there?")
    async with polling(channel, inbox):
        await server.until(lambda: inbox.envelopes)
    assert inbox.texts(channel) == ["are you there?"]
    assert not [call for call in server.calls if call.parameters.get("drop_pending_updates")]


async def test_reactions_and_membership_are_asked_for_by_name(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox
) -> None:
    amira = server.person("Amira")
    async with polling(channel, inbox):
        await server.until(lambda: server.called("getUpdates"))
        amira.reacts(amira.says("hello"), "❤")
        amira.blocks()
        await server.until(lambda: len(inbox.envelopes) == 3)
    assert [message.kind for message in inbox.read(channel)] == [Kind.SAID, Kind.REACTED, Kind.REMOVED]


async def test_h2_nothing_is_acknowledged_before_it_is_stored(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox, offsets: Offsets
) -> None:
    server.person("Amira").says("hello")
    inbox.failures = 1
    with pytest.raises(ConnectionError):
        await channel.receive(inbox.accept)
    assert offsets.offset == 0
    async with polling(channel, inbox):
        await server.until(lambda: inbox.envelopes)
    assert inbox.texts(channel) == ["hello"]


async def test_h1_what_comes_again_after_a_kill_has_the_same_key(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox, offsets: Offsets
) -> None:
    amira = server.person("Amira")
    amira.edits(amira.says("hello"), "hello!")
    server.bot.receives(poll={"id": "1"})
    async with polling(channel, inbox):
        await server.until(lambda: inbox.envelopes and not server.bot.updates)
        amira.says("more")
        await server.until(lambda: len(inbox.envelopes) == 3)
    keys = list(inbox.envelopes)
    offsets.offset = 0  # the process died before it was written
    server.bot.updates.clear()
    server.bot.receives(message=amira.chat.messages[1])
    async with polling(channel, inbox):
        await server.until(lambda: inbox.repeats)
    assert list(inbox.envelopes) == keys
    assert keys[0] == f"m:{amira.id}:1"
    assert keys[1].startswith(f"e:{amira.id}:1:")


async def test_an_update_that_is_no_json_stops_nothing(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox
) -> None:
    amira = server.person("Amira")
    for number in range(20):
        amira.says(str(number))
        if number == 11:
            server.bot.receives_raw(b'{"update_id": %d, "message": {"text": "\x01"}}')
    async with polling(channel, inbox):
        await server.until(lambda: len(inbox.envelopes) == 20)
    assert inbox.texts(channel) == [str(number) for number in range(20)]
    assert len(inbox.rejected) == 1


async def test_an_update_that_makes_no_sense_is_stored_and_stops_nothing(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox
) -> None:
    amira = server.person("Amira")
    amira.says("before")
    server.bot.receives(message={"message_id": "one", "chat": [], "text": 7})
    server.bot.receives_raw(b'"not even an object"')
    amira.says("after")
    async with polling(channel, inbox):
        await server.until(lambda: len(inbox.envelopes) == 3)
    first, odd, last = inbox.envelopes.values()
    assert odd.external_id.startswith("u:")
    with pytest.raises(ValueError, match="validation error"):
        channel.read(odd.raw)
    assert [channel.read(each.raw).text for each in (first, last)] == ["before", "after"]  # type: ignore[union-attr]
    assert inbox.rejected == [b'"not even an object"']


@pytest.mark.parametrize("depth", [300, 980, 1010, 1018, 1030, 100_000])
async def test_an_update_that_is_nested_too_deeply_stops_nothing(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox, depth: int
) -> None:
    amira = server.person("Amira")
    amira.says("before")
    server.bot.receives_raw(b'{"update_id": %d, "x": ' + b"[" * depth + b"]" * depth + b"}")
    amira.says("after")
    async with polling(channel, inbox):
        await server.until(lambda: sum(key.startswith("m:") for key in inbox.envelopes) == 2)
    assert len(inbox.envelopes) + len(inbox.rejected) == 3


async def test_half_of_a_surrogate_pair_costs_only_that_half(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox
) -> None:
    amira = server.person("Amira")
    amira.says("a\ud83db\0c")
    async with polling(channel, inbox):
        await server.until(lambda: inbox.envelopes)
    assert inbox.texts(channel) == ["abc"]


async def test_after_a_quiet_week_ids_may_start_lower(
    server: BotApiServer, inbox: Inbox, offsets: Offsets, pauses: Pauses
) -> None:
    channel = make_channel(server, inbox, offsets, pauses, longest_poll=timedelta(0))
    await channel.start()
    amira = server.person("Amira")
    async with polling(channel, inbox):
        amira.says("hello")
        await server.until(lambda: offsets.written[1:] == [0])  # an empty answer: all is confirmed
        server.bot.next_update = 17
        amira.says("after a week")
        await server.until(lambda: len(inbox.envelopes) == 2)
    await channel.close()
    assert inbox.texts(channel) == ["hello", "after a week"]


async def test_a_webhook_in_the_way_is_removed(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox
) -> None:
    server.bot.webhook = {"url": "https://elsewhere.example/hook"}
    server.person("Amira").says("hello")
    async with polling(channel, inbox):
        await server.until(lambda: inbox.envelopes)
    assert not server.bot.webhook


async def test_a_webhook_that_somebody_sets_meanwhile_is_removed(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox
) -> None:
    amira = server.person("Amira")
    async with polling(channel, inbox):
        amira.says("before")
        await server.until(lambda: inbox.envelopes)
        server.bot.webhook = {"url": "https://elsewhere.example/hook"}
        amira.says("after")
        await server.until(lambda: len(inbox.envelopes) == 2)
    assert not server.bot.webhook


async def test_a_restart_that_overlaps_is_survived(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox, pauses: Pauses
) -> None:
    server.fails(
        "getUpdates", status=409, description="Conflict: terminated by other getUpdates request", times=5
    )
    server.person("Amira").says("hello")
    async with polling(channel, inbox):
        await server.until(lambda: inbox.envelopes)
    assert sum(pauses.seconds) <= 60


async def test_somebody_else_who_keeps_polling_ends_it(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox, pauses: Pauses
) -> None:
    server.fails(
        "getUpdates", status=409, description="Conflict: terminated by other getUpdates request", times=99
    )
    with pytest.raises(Rejected, match="Conflict"):
        await channel.receive(inbox.accept)
    assert sum(pauses.seconds) == 60


async def test_a_revoked_token_ends_it(
    server: BotApiServer, inbox: Inbox, offsets: Offsets, pauses: Pauses
) -> None:
    channel = make_channel(server, inbox, offsets, pauses, token="7000000002:AAF-unknown-token-of-somebody")
    with pytest.raises(Revoked):
        await channel.start()
    with pytest.raises(Revoked):
        await channel.receive(inbox.accept)
    await channel.close()


@pytest.mark.parametrize("how", ["drop_before", "drop_after", "half", "garbage"])
async def test_a_broken_answer_costs_time_and_no_message(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox, how: str
) -> None:
    server.fails("getUpdates", how, times=3)
    amira = server.person("Amira")
    for number in range(10):
        amira.says(str(number))
    async with polling(channel, inbox):
        await server.until(lambda: len(inbox.envelopes) == 10)
    assert inbox.texts(channel) == [str(number) for number in range(10)]
    assert not inbox.rejected


async def test_pauses_grow_to_half_a_minute(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox, pauses: Pauses
) -> None:
    server.fails("getUpdates", status=502, times=7)
    server.person("Amira").says("hello")
    async with polling(channel, inbox):
        await server.until(lambda: inbox.envelopes)
    assert pauses.seconds == [1, 2, 4, 8, 16, 30, 30]


async def test_polling_waits_as_long_as_the_platform_says(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox, pauses: Pauses
) -> None:
    server.fails("getUpdates", status=429, parameters={"retry_after": 17})
    server.person("Amira").says("hello")
    async with polling(channel, inbox):
        await server.until(lambda: inbox.envelopes)
    assert pauses.seconds == [17]


async def test_h7_the_items_of_an_album_wait_for_each_other(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox
) -> None:
    server.person("Amira").sends_album(b"1", b"2", b"3", caption="my letter")
    async with polling(channel, inbox):
        await server.until(lambda: len(inbox.envelopes) == 3)
    envelopes = list(inbox.envelopes.values())
    assert len({envelope.album for envelope in envelopes}) == 1
    assert all(
        envelope.not_before and (envelope.not_before - NOW).total_seconds() == 2 for envelope in envelopes
    )
    assert [message.text for message in inbox.read(channel)] == ["my letter", "", ""]


async def test_two_bots_take_only_their_own_updates(
    channel: TelegramChannel, server: BotApiServer, inbox: Inbox, offsets: Offsets, pauses: Pauses
) -> None:
    token = "7000000003:AAF-second-token-of-the-tests-0123"
    second = server.add_bot(token, "SecondTestBot")
    other, other_inbox = make_channel(server, Inbox(), Offsets(), pauses, token=token), Inbox()
    await other.start()
    server.person("Amira").says("to the first")
    server.person("Leo", bot=second).says("to the second")
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(channel.receive(inbox.accept)),
            group.create_task(other.receive(other_inbox.accept)),
        ]
        await server.until(lambda: inbox.envelopes and other_inbox.envelopes)
        for task in tasks:
            task.cancel()
    await other.close()
    assert inbox.texts(channel) == ["to the first"]
    assert other_inbox.texts(other) == ["to the second"]
    assert next(iter(other_inbox.envelopes.values())).account == "7000000003"
