from dataclasses import replace

import pytest

from dispatch.model.errors import NotFound
from dispatch.model.people import Group
from dispatch.model.queues import Account
from dispatch.ports import Service, Transaction
from dispatch.store.database import Database
from tests.contracts.conftest import Within
from tests.contracts.samples import AARHUS, ACCOUNT, CHANNEL, NOW, OSLO, an_address, says_everything


async def test_groups_come_back_exactly_as_they_were_kept(database: Database) -> None:
    demo = replace(AARHUS, demo=True, two_approve=True, languages=())
    assert says_everything(replace(OSLO, demo=True, two_approve=True))
    await database.run(lambda service: (service.put_group(OSLO), service.put_group(demo)))
    assert await database.read(lambda service: service.groups()) == [demo, OSLO]


async def test_a_group_can_be_changed(database: Database, oslo: Within) -> None:
    changed = replace(OSLO, name="Oslo øst", chat=an_address("-7"))
    await database.run(lambda service: service.put_group(changed))
    assert await oslo(lambda tx: tx.group) == changed


async def test_what_coordinators_set_holds_at_once_and_afterwards(oslo: Within) -> None:
    changed = replace(OSLO, chat=None, language="en")

    def change(tx: Transaction) -> Group:
        tx.save_group(changed)
        return tx.group

    assert await oslo(change) == changed
    assert await oslo(lambda tx: tx.group) == changed


async def test_a_transaction_cannot_save_another_group(oslo: Within) -> None:
    with pytest.raises(ValueError, match="another group"):
        await oslo(lambda tx: tx.save_group(AARHUS))


async def test_there_is_nothing_within_an_unknown_group(database: Database) -> None:
    with pytest.raises(NotFound):
        await database.run(lambda service: service.within("nowhere"))


async def test_one_unit_of_work_sees_its_own_changes_in_several_groups(database: Database) -> None:
    def work(service: Service) -> list[str]:
        for group in (OSLO, AARHUS):
            service.put_group(group)
            service.within(group.id).timers.set("board", "x", NOW)
        service.put_group(replace(OSLO, name="changed"))
        return [service.within("oslo").group.name, *(timer.group_id for timer in service.due.due(NOW))]

    assert await database.run(work) == ["changed", "aarhus", "oslo"]


async def test_ids_grow_and_secrets_do_not_repeat(database: Database, oslo: Within) -> None:
    ids = await oslo(lambda tx: [tx.new_id() for _ in range(1000)])
    assert ids == sorted(set(ids))
    more = await database.run(lambda service: [service.new_id() for _ in range(10)])
    assert more[0] > ids[-1]
    secrets = await oslo(lambda tx: [tx.new_secret() for _ in range(1000)])
    assert len(set(secrets)) == 1000
    assert min(map(len, secrets)) >= 22  # 128 bits


async def test_a_bot_belongs_to_a_group(database: Database, oslo: Within) -> None:
    await database.run(lambda service: service.put_group(AARHUS))

    async def put(group_id: str) -> None:
        account = Account(channel=CHANNEL, account=ACCOUNT, group_id=group_id)
        await database.run(lambda service: service.accounts.put(account))

    async def group_of(channel: str = CHANNEL, account: str = ACCOUNT) -> str | None:
        return await database.read(lambda service: service.accounts.group_of(channel, account))

    await put("oslo")
    assert await group_of() == "oslo"
    assert await group_of(account="other") is None
    assert await group_of(channel="sms") is None
    await put("aarhus")
    assert await group_of() == "aarhus"


async def test_how_far_a_bot_has_read_is_remembered(database: Database) -> None:
    async def offset(account: str = ACCOUNT) -> int | None:
        return await database.read(lambda service: service.accounts.offset(CHANNEL, account))

    assert await offset() is None
    for position in (0, 987654321012, 5):
        await database.run(
            lambda service, position=position: service.accounts.set_offset(CHANNEL, ACCOUNT, position)
        )
        assert await offset() == position
    assert await offset("other") is None


async def test_a_body_that_cannot_be_read_is_kept_as_often_as_it_comes(database: Database) -> None:
    for _ in range(2):
        await database.run(
            lambda service: service.accounts.reject(CHANNEL, ACCOUNT, b"\xff\0{", "not JSON \0", NOW)
        )
