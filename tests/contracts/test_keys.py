from pathlib import Path

import pytest

from dispatch.ports import Service
from dispatch.store.database import Database
from dispatch.store.sealing import Keys, WrongKey
from tests.contracts.databases import KEYS, fresh_url
from tests.contracts.samples import NOW, OSLO, a_case, a_message, a_person, an_envelope


async def test_all_is_readable_under_a_new_master_key_and_the_old_one_can_be_thrown_away(
    kind: str, tmp_path: Path
) -> None:
    new = KEYS.renewed()
    alone = Keys(current=new.current, by_id={new.current: new.by_id[new.current]})

    def fill(service: Service) -> None:
        service.put_group(OSLO)
        tx = service.within("oslo")
        for number, name in enumerate(("Amira", "Hodan"), 1):
            tx.people.add(a_person(name))
            tx.cases.add(a_case(name.lower(), number))
        tx.messages.add(a_message())
        service.inbox.add(an_envelope(), NOW)

    def look(service: Service) -> None:
        tx = service.within("oslo")
        assert tx.group == OSLO
        assert tx.people.get("amira") == a_person("Amira")
        assert tx.messages.of("case-1") == [a_message()]
        assert [each.raw for each in service.inbox.peek(NOW)] == [b"raw 1"]

    with fresh_url(kind, tmp_path, empty=True) as url:
        database = Database.open(url, keys=KEYS)
        await database.migrate()
        await database.run(fill)
        assert await database.rewrap(new) == 3  # two people and the service
        await database.run(look)
        await database.run(lambda service: service.within("oslo").people.add(a_person("Zahra")))
        await database.close()

        database = Database.open(url, keys=alone)
        await database.migrate()
        await database.read(look)
        assert (
            await database.read(lambda service: service.within("oslo").people.get("zahra"))
        ).name == "Zahra"
        await database.close()

        database = Database.open(url, keys=KEYS)
        with pytest.raises(WrongKey, match="missing"):
            await database.read(look)
        await database.close()


async def test_a_new_key_that_forgets_the_old_one_changes_nothing(database: Database) -> None:
    stranger = Keys.generate().renewed()
    with pytest.raises(WrongKey):
        await database.rewrap(Keys(current=2, by_id={2: stranger.by_id[2]}))
    await database.run(lambda service: service.put_group(OSLO))
    assert await database.read(lambda service: service.groups()) == [OSLO]
