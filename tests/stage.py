"""Brings people together on the fake Bot API, against the service as a process: what a test needs before its story begins."""

from collections.abc import Callable

from tests.bot_api_people import Group, Person
from tests.bot_api_server import BotApiServer

WITHIN = 60.0


class Stage:
    """A coordinator, a volunteers' group and a volunteer, brought together as people would."""

    def __init__(self, api: BotApiServer) -> None:
        self.api = api

    async def set(self, start: str) -> tuple[Person, Person, Group]:
        """The coordinator, who has opened the first link, the volunteer and the group."""
        kari = self.api.person("Kari")
        kari.says(f"/start {start}")
        await self.sees(kari, "koordinator")
        kari.says("/language")
        await self.language(kari, "English")
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
        await self.language(hodan, "English")
        await self.button(hodan, "Free 1 h")
        return kari, hodan, group

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for something to become true."""
        await self.api.until(holds, within=WITHIN)

    async def sees(self, person: Person, text: str) -> str:
        """Wait until she sees it; the message."""
        await self.until(lambda: any(text in seen for seen in texts(person)))
        return next(seen for seen in texts(person) if text in seen)

    async def language(self, person: Person, name: str) -> None:
        """Wait for the button with just this name, and press it."""
        await self.until(lambda: name in labels(person))
        person.presses(name)

    async def button(self, person: Person, *names: str) -> None:
        """Wait for a button that says one of these, and press it."""
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
        await self.language(person, "English")
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
