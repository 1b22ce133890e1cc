"""Opus taken out of WebM or MP4 and put into OGG as it is: a program of its own, from standard input to standard output.

It is run by `bot.voices`, in a process of its own, and imports nothing of ours.
"""

import io
import sys

import av


def repacked(content: bytes, container: str) -> bytes:
    """The same sound in OGG. Raises ValueError when it is not Opus, and av.FFmpegError when it cannot be read."""
    ogg = io.BytesIO()
    with (
        av.open(io.BytesIO(content), "r", format=container) as source,
        av.open(ogg, "w", format="ogg") as target,
    ):
        sound = next(iter(source.streams.audio), None)
        if sound is None or sound.codec_context.name != "opus":
            raise ValueError("no Opus in it")
        copy = target.add_stream_from_template(sound)
        for packet in source.demux(sound):
            if packet.dts is not None:  # the last one only says that there is no other
                packet.stream = copy
                target.mux(packet)
    return ogg.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(repacked(sys.stdin.buffer.read(), sys.argv[1]))
