"""Spoken greetings, the count of unmet languages, and what bots have said of themselves."""

from dataclasses import replace
from datetime import timedelta

from dispatch.model.messages import Attachment, AttachmentKind, Recording
from dispatch.store.database import Database
from tests.contracts.conftest import Within
from tests.contracts.samples import AARHUS, ACCOUNT, CHANNEL, MINUTE, NOW, a_person

GREETING = Recording(
    kind="greeting",
    language="so",
    sound=Attachment(
        kind=AttachmentKind.VOICE,
        channel=CHANNEL,
        account=ACCOUNT,
        ref="voice-1",
        content_type="audio/ogg",
        size=12345,
        seconds=9,
    ),
    recorded_by="kari",
    recorded_at=NOW,
)


async def test_a_recording_comes_back_exactly_as_it_was_kept(oslo: Within) -> None:
    await oslo(lambda tx: tx.people.add(a_person("Kari")))
    await oslo(lambda tx: tx.recordings.put(GREETING))
    assert await oslo(lambda tx: tx.recordings.find("greeting", "so")) == GREETING
    assert await oslo(lambda tx: tx.recordings.find("greeting", "ar")) is None
    assert await oslo(lambda tx: tx.recordings.find("consent", "so")) is None
    assert set(await oslo(lambda tx: tx.recordings.languages("greeting"))) == {"so"}


async def test_somebody_else_may_record_it_anew(oslo: Within) -> None:
    """Then it is sealed under her key."""
    await oslo(lambda tx: [tx.people.add(a_person(name)) for name in ("Kari", "Noor")])
    later = replace(
        GREETING,
        sound=replace(GREETING.sound, ref="voice-2"),
        recorded_by="noor",
        recorded_at=NOW + MINUTE,
    )
    for recording in (GREETING, later):
        await oslo(lambda tx, recording=recording: tx.recordings.put(recording))
    assert await oslo(lambda tx: tx.recordings.find("greeting", "so")) == later
    await oslo(lambda tx: tx.people.erase("kari", NOW))
    assert await oslo(lambda tx: tx.recordings.find("greeting", "so")) == later


async def test_the_name_that_a_telephone_gave_the_file_is_not_kept(oslo: Within) -> None:
    await oslo(lambda tx: tx.people.add(a_person("Kari")))
    named = replace(GREETING, sound=replace(GREETING.sound, name="Kari Nordmann.ogg"))
    await oslo(lambda tx: tx.recordings.put(named))
    found = await oslo(lambda tx: tx.recordings.find("greeting", "so"))
    assert found and found.sound == named.sound.unnamed()


async def test_a_recording_can_be_removed_twice(oslo: Within) -> None:
    await oslo(lambda tx: tx.people.add(a_person("Kari")))
    await oslo(lambda tx: tx.recordings.put(GREETING))
    for _ in range(2):
        await oslo(lambda tx: tx.recordings.remove("greeting", "so"))
    assert await oslo(lambda tx: tx.recordings.find("greeting", "so")) is None


async def test_a_recording_goes_when_who_spoke_is_forgotten(oslo: Within) -> None:
    await oslo(lambda tx: tx.people.add(a_person("Kari")))
    await oslo(lambda tx: tx.recordings.put(GREETING))
    await oslo(lambda tx: tx.people.erase("kari", NOW))
    assert await oslo(lambda tx: tx.recordings.find("greeting", "so")) is None
    assert not await oslo(lambda tx: tx.recordings.languages("greeting"))


async def test_the_purge_leaves_recordings(database: Database, oslo: Within) -> None:
    await oslo(lambda tx: tx.people.add(a_person("Kari")))
    await oslo(lambda tx: tx.recordings.put(GREETING))
    keep = timedelta(days=8)
    await database.run(lambda service: service.purge(NOW + timedelta(days=900), keep, keep))
    assert await oslo(lambda tx: tx.recordings.find("greeting", "so")) == GREETING


async def test_an_unmet_language_is_a_number(oslo: Within) -> None:
    assert await oslo(lambda tx: tx.unmet.find("el")) is None
    for count in (0, 3):
        await oslo(lambda tx, count=count: tx.unmet.put("el", count))
        assert await oslo(lambda tx: tx.unmet.find("el")) == count
    assert await oslo(lambda tx: tx.unmet.find("it")) is None
    for _ in range(2):
        await oslo(lambda tx: tx.unmet.drop("el"))
    assert await oslo(lambda tx: tx.unmet.find("el")) is None


async def test_another_groups_recordings_and_counts_are_not_there(database: Database, oslo: Within) -> None:
    await database.run(lambda service: service.put_group(AARHUS))
    aarhus = Within(database, AARHUS)
    await oslo(lambda tx: tx.people.add(a_person("Kari")))
    await oslo(lambda tx: (tx.recordings.put(GREETING), tx.unmet.put("el", 2)))
    await aarhus(lambda tx: (tx.recordings.remove("greeting", "so"), tx.unmet.drop("el")))
    assert await aarhus(lambda tx: tx.recordings.find("greeting", "so")) is None
    assert not await aarhus(lambda tx: tx.recordings.languages("greeting"))
    assert await aarhus(lambda tx: tx.unmet.find("el")) is None
    assert await oslo(lambda tx: tx.recordings.find("greeting", "so")) == GREETING
    assert await oslo(lambda tx: tx.unmet.find("el")) == 2


async def test_what_a_bot_says_of_itself_is_remembered_for_each_language(database: Database) -> None:
    def introduced(account: str) -> object:
        return lambda service: dict(service.accounts.introduced(CHANNEL, account))

    async def introduce(account: str, code: str, digest: str | None) -> None:
        await database.run(lambda service: service.accounts.introduce(CHANNEL, account, code, digest))

    await introduce("one", "", "d0")
    await introduce("one", "so", "d1")
    await introduce("one", "so", "d2")
    await introduce("two", "so", "d3")
    assert await database.run(introduced("one")) == {"": "d0", "so": "d2"}
    await introduce("one", "so", None)
    await introduce("one", "ar", None)
    assert await database.run(introduced("one")) == {"": "d0"}
    assert await database.run(introduced("two")) == {"so": "d3"}
