"""Two processes on one PostgreSQL: one at a time sends and polls for the bot, and the other takes over when it dies."""

from pathlib import Path

import pytest

from tests.bot_api_server import TOKEN, BotApiServer
from tests.contracts.databases import KEYS, fresh_url
from tests.service_process import ServiceProcess
from tests.stage import Stage, texts


@pytest.mark.postgresql
async def test_when_the_process_that_sends_is_killed_the_other_goes_on(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    with fresh_url("postgresql", tmp_path) as url:
        async with BotApiServer() as api:
            settings = {"telegram_token": TOKEN, "telegram_api": api.url, "demo": "0"}
            first, second = (
                ServiceProcess(folder, database=url, key=KEYS.text().strip(), **settings)
                for folder in folders
            )
            async with first, second:
                stage = Stage(api)
                _, hodan, _ = await stage.set(await first.says(r"start=(\S+)"))
                amina = await stage.member("Amina")
                await stage.button(hodan, "I take it")
                await stage.sees(amina, "A woman is here")
                amina.says("before")
                await stage.sees(hodan, "before")
                assert "another program" not in first.output + second.output  # two that poll are refused
                await first.kill()
                amina.says("after")
                await stage.sees(hodan, "after")
                hodan.says("I am still here")
                await stage.sees(amina, "I am still here")
                assert texts(hodan).count("before") <= 2  # what was in flight is sent again
