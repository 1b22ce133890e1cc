"""A voice from a browser, as a platform shows voices.

Browsers record Opus in WebM or MP4, and messaging apps want it in OGG. The sound itself is not touched. FFmpeg reads
what a stranger sent, so that it does it in a process of its own: what it stumbles over can end no other.
"""

import asyncio
import importlib.util
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from bot.channels.channel import Upload

OGG = "audio/ogg"
CONTAINERS = {"audio/webm": "matroska", "audio/mp4": "mp4"}
"""What can be opened, by the names of FFmpeg's readers."""

PROGRAM = Path(__file__).with_name("repacking.py")
LONGEST = 20.0  # seconds: ten minutes of voice take a tenth of one


async def as_ogg(voice: Upload) -> Upload:
    """The voice in OGG; as it was, if it is something else than Opus or the extra `voice` is not installed."""
    container = CONTAINERS.get(voice.content_type.partition(";")[0].strip())
    if container is None or importlib.util.find_spec("av") is None:
        return voice
    content = await _run(container, voice.content)
    return replace(voice, content=content, content_type=OGG) if content else voice


async def _run(container: str, content: bytes) -> bytes:
    """What the program makes of it; nothing, when it fails."""
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(PROGRAM),
        container,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(LONGEST):
            made, _ = await program.communicate(content)
    except TimeoutError:
        return b""
    finally:
        with suppress(ProcessLookupError):
            program.kill()
        await program.wait()
    return made if program.returncode == 0 else b""
