"""A voice from a browser arrives as a voice."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from bot import voices
from bot.channels.channel import Upload
from bot.files import Files
from bot.making import Maker
from content.catalog import Catalog
from dispatch.model.messages import Attachment, AttachmentKind, Delivery, Lane, OutboundMessage, Send
from dispatch.model.queues import Leased
from tests.fake_channel import LIMITS, FakeChannel

CATALOG = Catalog.load()

RATE = 48_000


def recorded(container: str, codec: str = "libopus", seconds: int = 2) -> bytes:
    """What a browser records: a tone."""
    av = pytest.importorskip("av")
    numpy = pytest.importorskip("numpy")
    made = io.BytesIO()
    with av.open(made, "w", format=container) as target:
        stream = target.add_stream(codec, rate=RATE, layout="mono")
        wave = numpy.sin(numpy.arange(RATE * seconds) / 20).astype("float32")
        for start in range(0, len(wave), 960):
            frame = av.AudioFrame.from_ndarray(wave[None, start : start + 960], format="flt", layout="mono")
            frame.sample_rate, frame.pts = RATE, start
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return made.getvalue()


def a_voice(content: bytes, content_type: str) -> Upload:
    return Upload(
        kind=AttachmentKind.VOICE, content=content, name="voice", content_type=content_type, seconds=2
    )


def sound_of(ogg: bytes) -> tuple[str, int]:
    """Its codec, and how many samples can be heard."""
    import av

    with av.open(io.BytesIO(ogg), format="ogg") as source:
        return source.streams.audio[0].codec_context.name, sum(
            frame.samples for frame in source.decode(audio=0)
        )


@pytest.mark.parametrize(
    ("container", "content_type"),
    [("webm", "audio/webm;codecs=opus"), ("mp4", "audio/mp4"), ("mp4", "audio/mp4; codecs=opus")],
)
async def test_opus_of_a_browser_is_put_into_ogg_and_all_of_it_is_heard(
    container: str, content_type: str
) -> None:
    voice = await voices.as_ogg(a_voice(recorded(container), content_type))
    assert (voice.content_type, voice.content[:4], voice.seconds) == ("audio/ogg", b"OggS", 2)
    codec, samples = sound_of(voice.content)
    assert codec == "opus"
    assert samples == pytest.approx(2 * RATE, abs=RATE / 20)


async def test_what_is_not_opus_stays_as_it_is() -> None:
    spoken = a_voice(recorded("mp4", "aac"), "audio/mp4")
    assert await voices.as_ogg(spoken) == spoken


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"", "audio/webm"),
        (b"\x1aE\xdf\xa3 no more than a beginning", "audio/webm"),
        (b"#EXTM3U\nfile:///etc/passwd", "audio/mp4"),
        (b"OggS", "audio/ogg"),
        (b"anything", ""),
    ],
)
async def test_what_cannot_be_read_stays_as_it_is_and_stops_nothing(
    content: bytes, content_type: str
) -> None:
    voice = a_voice(content, content_type)
    assert await voices.as_ogg(voice) == voice


async def test_what_takes_too_long_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    voice = a_voice(recorded("webm"), "audio/webm")
    monkeypatch.setattr(voices, "LONGEST", 0.0)
    assert await voices.as_ogg(voice) == voice


@pytest.mark.parametrize(("ogg_voices", "content_type"), [(True, "audio/ogg"), (False, "audio/webm")])
async def test_a_voice_is_repacked_only_for_a_platform_that_asks_for_it(
    tmp_path: Path, ogg_voices: bool, content_type: str
) -> None:
    page, phone = FakeChannel("page"), FakeChannel("phone", replace(LIMITS, ogg_voices=ogg_voices))
    page.files["spoken"] = recorded("webm")
    attachment = Attachment(
        kind=AttachmentKind.VOICE, channel="fake", account="page", ref="spoken", content_type="audio/webm"
    )
    message = OutboundMessage(
        to=phone.address("hodan"),
        action=Send(body="", attachments=(attachment,), about="m1"),
        lane=Lane.RELAY,
        delivery=Delivery.MUST,
    )
    files = Files(phone, {("fake", "page"): page}, CATALOG, Maker(tmp_path))
    (voice,) = await files.of(Leased(id="1", group_id="g", message=message, language="en", attempts=0))
    assert voice.content_type == content_type


async def test_a_voice_that_stays_as_it_is_can_still_be_opened() -> None:
    assert a_voice(b"", "audio/webm;codecs=opus").file_name == "voice.webm"
