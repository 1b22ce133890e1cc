"""The whole service as a real process over real sockets: a conversation on Telegram, and kill -9 in the middle of it."""

import asyncio
from collections import Counter
from pathlib import Path

from bot.delivery import IN_FLIGHT
from tests.bot_api_server import TOKEN, BotApiServer
from tests.service_process import ServiceProcess
from tests.stage import Stage, labels, texts

KILLS = 3


async def test_killed_in_the_middle_of_a_conversation_nothing_is_missing_or_doubled(tmp_path: Path) -> None:
    async with BotApiServer() as api:
        service = ServiceProcess(tmp_path, telegram_token=TOKEN, telegram_api=api.url, demo="0")
        await service.start()
        try:
            stage = Stage(api)
            _, hodan, _ = await stage.set(await service.says(r"start=(\S+)"))
            amina = await stage.member("Amina")
            await stage.button(hodan, "I take it")
            await stage.sees(amina, "A woman is here")
            said: list[str] = []
            for round_ in range(KILLS):
                for number in range(4):
                    said.append(f"m{round_}-{number}")
                    amina.says(said[-1])
                await asyncio.sleep(0.4 * round_)
                await service.kill()
                amina.says(late := f"m{round_}-late")
                said.append(late)
                await service.start()
            await stage.until(lambda: set(said) <= set(texts(hodan)))
            relayed = [text for text in texts(hodan) if text in set(said)]
            repeats = Counter(relayed)
            assert sum(repeats.values()) - len(said) <= KILLS * IN_FLIGHT
            first = list(dict.fromkeys(relayed))
            assert first == said  # in order
            hodan.says("I read all of it")
            await stage.sees(amina, "I read all of it")
            await stage.button(hodan, "Finish")
            await stage.until(lambda: sum("Finish" in label for label in labels(hodan)) > 1)
            await stage.button(hodan, "Finish")
            await stage.sees(amina, "Did you get help?")
        finally:
            await service.stop()
