"""The whole service as a real process over real sockets: a conversation on Telegram, and kill -9 in the middle of it."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from bot.delivery import IN_FLIGHT
from tests.bot_api_people import Group, Person
from tests.bot_api_server import TOKEN, BotApiServer
from tests.service_process import ServiceProcess

WITHIN = 60.0


class Stage:
    """A coordinator, a volunteers' group and a volunteer, brought together as people would."""

    def __init__(self, api: BotApiServer, service: ServiceProcess) -> None:
        self.api = api
        self.service = service

    async def set(self) -> tuple[Person, Person, Group]:
        """The coordinator, the volunteer and the group."""
        kari = self.api.person("Kari")
        start = await self.service.says(r"start=(\S+)")
        kari.says(f"/start {start}")
        await self.sees(kari, "koordinator")
        kari.says("/language")
        await self.button(kari, "English")
        await self.sees(kari, "I write")
        group = self.api.group("Volunteers", kari)
        group.adds_bot(kari)
        await self.until(
            lambda: any("volunteers' group" in t or "frivillige" in t.lower() for t in group.chat.texts)
        )
        kari.says("/invite")
        link = await self.sees(kari, "start=join-")
        hodan = self.api.person("Hodan")
        hodan.says(f"/start {link.split('start=')[1].split()[0].strip(chr(0x2069))}")
        await self.button(hodan, "Soomaali")
        await self.button(hodan, "English")
        await self.until(lambda: "✅ English" in labels(hodan))
        await self.button(hodan, "Done", "Ferdig")
        await self.button(kari, "met her")
        hodan.says("/language")
        await self.button(hodan, "English")
        await self.button(hodan, "Free 1 h")
        return kari, hodan, group

    async def until(self, holds) -> None:  # type: ignore[no-untyped-def]
        await self.api.until(holds, within=WITHIN)

    async def sees(self, person: Person, text: str) -> str:
        """Wait until she sees it; the message."""
        await self.until(lambda: any(text in seen for seen in texts(person)))
        return next(seen for seen in texts(person) if text in seen)

    async def button(self, person: Person, *names: str) -> None:
        """Wait for a button, and press it."""
        found: list[str] = []

        def shown() -> bool:
            found[:] = [label for label in labels(person) if any(name in label for name in names)]
            return bool(found)

        await self.until(shown)
        person.presses(found[-1])

    async def member(self, name: str) -> Person:
        """Somebody who has chosen English and agreed that a person sees what she writes."""
        person = self.api.person(name, language="en")
        person.says("/start")
        await self.button(person, "English")
        await self.sees(person, "I write")
        person.says("/person")
        await self.button(person, "Yes")
        await self.until(lambda: any("⏳" in text or "Nobody who" in text for text in texts(person)))
        return person


def texts(person: Person) -> list[str]:
    return [str(message.get("text") or message.get("caption") or "") for message in person.sees]


def labels(person: Person) -> list[str]:
    return [
        button["text"]
        for message in person.sees
        for row in message.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
    ]


@pytest.mark.parametrize("kills", [3])
async def test_killed_in_the_middle_of_a_conversation_nothing_is_missing_or_doubled(
    tmp_path: Path, kills: int
) -> None:
    async with BotApiServer() as api:
        service = ServiceProcess(tmp_path, telegram_token=TOKEN, telegram_api=api.url, demo="0")
        await service.start()
        try:
            stage = Stage(api, service)
            _, hodan, _ = await stage.set()
            amina = await stage.member("Amina")
            await stage.button(hodan, "I take it")
            await stage.sees(amina, "A woman is here")
            said: list[str] = []
            for round_ in range(kills):
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
            assert sum(repeats.values()) - len(said) <= kills * IN_FLIGHT
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
