"""What the bot says of itself on Telegram before anybody has written: in each language, and only when it has changed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.telegram import TelegramChannel
from bot.profile import PAUSE, Introduction
from content.catalog import Catalog
from content.phrases import Phrase
from dispatch.model.people import Group
from dispatch.store.database import Database
from dispatch.store.sealing import Keys
from handlers.menus import FOR_COORDINATORS, FOR_VOLUNTEERS
from tests.bot.telegram.conftest import Pauses
from tests.bot_api_server import BotApiServer

GROUP = Group(
    id="oslo",
    name="Bydelsmødrene",
    country="NO",
    zone="Europe/Oslo",
    language="nb",
    languages=("nb", "en", "so", "prs"),
)
SETTERS = ("setMyName", "setMyDescription", "setMyShortDescription", "setMyCommands", "deleteMyCommands")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database.open(f"sqlite:///{tmp_path / 'profile.db'}", keys=Keys.generate())
    await database.migrate()
    await database.run(lambda service: service.put_group(GROUP))
    yield database
    await database.close()


@pytest.fixture
def introduction(
    database: Database, channel: TelegramChannel, catalog: Catalog, pauses: Pauses
) -> Introduction:
    return Introduction(database, channel, catalog, sleep=pauses.sleep)


def calls(server: BotApiServer) -> list[str]:
    """The changes that were asked for, by method and language."""
    return [
        f"{method} {call.parameters.get('language_code', '')}".strip()
        for method in SETTERS
        for call in server.called(method)
    ]


async def test_each_telephone_reads_it_in_its_language(
    server: BotApiServer, introduction: Introduction, catalog: Catalog
) -> None:
    await introduction.run(GROUP.id)
    texts = server.bot.texts
    for code, language in {"": "en", "nb": "nb", "no": "nb", "so": "so", "en": "en"}.items():
        assert texts["short_description", code] == catalog.render(Phrase("bot-about"), language)
        assert texts["description", code] == catalog.render(Phrase("bot-description"), language)
    assert texts["name", ""] == "Bydelsmødrene"


async def test_a_language_without_a_two_letter_code_falls_out(
    server: BotApiServer, introduction: Introduction
) -> None:
    await introduction.run(GROUP.id)
    assert {code for _, code in server.bot.texts} == {"", "nb", "no", "so", "en"}


async def test_h47_the_menu_of_strangers_has_members_commands_only(
    server: BotApiServer, introduction: Introduction, catalog: Catalog
) -> None:
    await introduction.run(GROUP.id)
    assert set(server.bot.commands) == {f"default::{code}" for code in ("", "nb", "no", "so", "en")}
    for commands in server.bot.commands.values():
        names = {command["command"] for command in commands}
        assert {"person", "danger", "language"} <= names
        assert not names & {*FOR_COORDINATORS, *FOR_VOLUNTEERS}
    norwegian = {entry["command"]: entry["description"] for entry in server.bot.commands["default::nb"]}
    assert norwegian["danger"] == catalog.render(Phrase("command-danger"), "nb")


async def test_what_the_platform_has_is_not_sent_again(
    server: BotApiServer, introduction: Introduction, pauses: Pauses
) -> None:
    await introduction.run(GROUP.id)
    assert pauses.seconds == [PAUSE] * 6
    server.calls.clear()
    await introduction.run(GROUP.id)
    assert calls(server) == []


async def test_only_what_has_changed_is_sent(
    server: BotApiServer, introduction: Introduction, database: Database
) -> None:
    await introduction.run(GROUP.id)
    server.calls.clear()
    await database.run(lambda service: service.put_group(replace(GROUP, name="Bydelsmødre Oslo")))
    await introduction.run(GROUP.id)
    assert calls(server) == ["setMyName"]
    assert server.bot.texts["name", ""] == "Bydelsmødre Oslo"


async def test_a_language_that_is_offered_no_more_is_taken_back(
    server: BotApiServer, introduction: Introduction, database: Database
) -> None:
    await introduction.run(GROUP.id)
    server.calls.clear()
    await database.run(lambda service: service.put_group(replace(GROUP, languages=("nb", "en"))))
    await introduction.run(GROUP.id)
    assert "so" not in {code for _, code in server.bot.texts}
    assert "default::so" not in server.bot.commands
    assert {call.split()[1] for call in calls(server)} == {"so"}


async def test_what_the_platform_refuses_stops_nothing_and_is_tried_at_the_next_start(
    server: BotApiServer, introduction: Introduction
) -> None:
    server.fails("setMyDescription", status=400, skip=3)  # the default, nb and en
    await introduction.run(GROUP.id)
    assert ("description", "so") not in server.bot.texts
    assert server.bot.texts["name", ""] == "Bydelsmødrene"
    server.calls.clear()
    await introduction.run(GROUP.id)
    assert {call.split()[1] for call in calls(server)} == {"so"}
    assert ("description", "so") in server.bot.texts


async def test_who_is_told_to_wait_waits(
    server: BotApiServer, introduction: Introduction, pauses: Pauses
) -> None:
    server.fails("setMyShortDescription", status=429, parameters={"retry_after": 17})
    await introduction.run(GROUP.id)
    assert pauses.seconds[0] == 17
    assert {code for _, code in server.bot.texts} == {"", "nb", "no", "so", "en"}


async def test_who_is_told_to_wait_for_hours_goes_on_at_the_next_start(
    server: BotApiServer, introduction: Introduction, pauses: Pauses
) -> None:
    server.fails("setMyName", status=429, parameters={"retry_after": 40_000})
    await introduction.run(GROUP.id)
    assert 40_000 not in pauses.seconds
    server.calls.clear()
    await introduction.run(GROUP.id)
    assert calls(server) == ["setMyName"]


async def test_a_platform_that_does_not_answer_stops_nothing(
    server: BotApiServer, introduction: Introduction
) -> None:
    for method in SETTERS:
        server.fails(method, "garbage", times=100)
    await introduction.run(GROUP.id)
    assert server.bot.texts == {}
