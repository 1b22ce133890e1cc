from dataclasses import replace

import pytest

from dispatch.model.errors import NotFound
from dispatch.model.messages import Attachment, AttachmentKind
from dispatch.ports import Transaction
from dispatch.store.database import Database
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
    says_everything,
    words,
)

EVERYTHING = a_message(
    text="Ich brauche \ud800 \0 \u202e Hilfe 🙏",
    attachments=(
        Attachment(
            kind=AttachmentKind.VOICE,
            channel=CHANNEL,
            account=ACCOUNT,
            ref="file-1",
            content_type="audio/ogg",
            name="../../x.ogg",
            size=123456789012,
            seconds=14,
        ),
        Attachment(
            kind=AttachmentKind.LOCATION, channel=CHANNEL, account=ACCOUNT, latitude=59.9139, longitude=-0.1
        ),
        Attachment(
            kind=AttachmentKind.CONTACT, channel=CHANNEL, account=ACCOUNT, name="Zahra", phone="+47 123"
        ),
    ),
    chat_external_id="4711",
    reply_to="m0",
    edited_at=NOW + MINUTE,
)


@pytest.fixture
async def talking(oslo: Within) -> Within:
    """Amira and Noor, and a case that Noor holds."""

    def arrive(tx: Transaction) -> None:
        tx.people.add(a_person("Amira"))
        tx.people.add(a_person("Noor"))
        tx.cases.add(a_case())

    await oslo(arrive)
    return oslo


async def test_a_message_comes_back_exactly_as_it_was_kept(talking: Within) -> None:
    assert says_everything(EVERYTHING)
    await talking(lambda tx: tx.messages.add(EVERYTHING))
    assert await talking(lambda tx: tx.messages.get("m1")) == EVERYTHING
    assert await talking(lambda tx: tx.messages.find("m1")) == EVERYTHING


async def test_every_field_of_a_message_can_be_changed(talking: Within) -> None:
    await talking(lambda tx: tx.messages.add(a_message()))
    await talking(lambda tx: tx.messages.save(EVERYTHING))
    assert await talking(lambda tx: tx.messages.get("m1")) == EVERYTHING


async def test_what_is_not_there_is_not_found(talking: Within) -> None:
    assert await talking(lambda tx: tx.messages.find("none")) is None
    for attempt in (
        lambda tx: tx.messages.get("none"),
        lambda tx: tx.messages.save(a_message()),
        lambda tx: tx.messages.add(a_message(case="none")),
    ):
        with pytest.raises(NotFound):
            await talking(attempt)


async def test_a_conversation_is_in_the_order_in_which_it_came(talking: Within) -> None:
    names = ["m3", "m1", "m2"]
    for name in names:
        await talking(lambda tx, name=name: tx.messages.add(a_message(name)))
    assert [message.id for message in await talking(lambda tx: tx.messages.of("case-1"))] == names


async def test_a_message_is_found_where_it_was_written(talking: Within) -> None:
    hers = a_message("m1", chat_external_id="11")
    his = a_message("m2", author="noor", chat_external_id="12")
    await talking(lambda tx: (tx.messages.add(hers), tx.messages.add(his)))

    assert await talking(lambda tx: tx.messages.at(an_address("amira"), "11")) == hers
    assert await talking(lambda tx: tx.messages.at(an_address("noor"), "12")) == his
    assert await talking(lambda tx: tx.messages.at(an_address("noor"), "11")) is None
    assert await talking(lambda tx: tx.messages.at(an_address("amira", "another_bot"), "11")) is None


async def test_a_message_is_found_where_its_copy_stands(talking: Within) -> None:
    def say(tx: Transaction) -> None:
        tx.messages.add(a_message("m1", chat_external_id="11"))
        tx.outbox.add(words(chat="noor", about="m1", person="noor"))

    await talking(say)
    leased = await talking.database.run(
        lambda service: service.deliveries.lease(CHANNEL, ACCOUNT, NOW, NOW + MINUTE, (), False)
    )
    assert leased is not None
    await talking.database.run(lambda service: service.deliveries.sent(leased, ("77",), NOW))

    found = await talking(lambda tx: tx.messages.at(an_address("noor"), "77"))
    assert found == a_message("m1", chat_external_id="11")
    assert await talking(lambda tx: tx.messages.at(an_address("amira"), "77")) is None


async def test_a_purged_conversation_is_gone(talking: Within) -> None:
    def arrive(tx: Transaction) -> None:
        tx.people.add(a_person("Hodan"))
        tx.cases.add(a_case("hodan", 2))
        tx.messages.add(a_message("m1"))
        tx.messages.add(a_message("m2", case="case-2", author="hodan"))

    await talking(arrive)
    await talking(lambda tx: tx.messages.purge("case-1"))
    assert await talking(lambda tx: tx.messages.of("case-1")) == []
    assert [message.id for message in await talking(lambda tx: tx.messages.of("case-2"))] == ["m2"]


async def test_another_groups_messages_are_not_there(database: Database, talking: Within) -> None:
    await database.run(lambda service: service.put_group(AARHUS))
    aarhus = Within(database, AARHUS)
    message = a_message(chat_external_id="11")
    await talking(lambda tx: tx.messages.add(message))

    def look(tx: Transaction) -> list[object]:
        tx.messages.purge("case-1")
        return [tx.messages.find("m1"), tx.messages.at(an_address("amira"), "11"), *tx.messages.of("case-1")]

    assert await aarhus(look) == [None, None]
    for attempt in (
        lambda tx: tx.messages.save(message),
        lambda tx: tx.messages.add(replace(message, id="m2")),
    ):
        with pytest.raises(NotFound):
            await aarhus(attempt)
    assert await talking(lambda tx: tx.messages.of("case-1")) == [message]
