"""The files that go with a message: made here, left to the platform that has them, or fetched and sent anew."""

import asyncio
from collections.abc import Mapping
from functools import partial

from bot import logs, voices
from bot.channels.channel import Channel, Upload
from bot.channels.errors import Rejected
from bot.making import Maker
from content.catalog import Catalog
from dispatch.model.messages import Attachment, AttachmentKind, Made, Send
from dispatch.model.queues import Leased

NEUTRAL_NAMES = {
    AttachmentKind.PHOTO: "picture",
    AttachmentKind.VOICE: "voice",
    AttachmentKind.VIDEO: "video",
    AttachmentKind.AUDIO: "sound",
    AttachmentKind.DOCUMENT: "document",
    AttachmentKind.STICKER: "sticker",
}
"""What a file is called when it is passed on: its own name may tell who sent it."""

WITHOUT_BYTES = frozenset({AttachmentKind.LOCATION, AttachmentKind.CONTACT})


class Files:
    """Gets the files ready for one channel."""

    def __init__(
        self,
        channel: Channel,
        channels: Mapping[tuple[str, str], Channel],
        catalog: Catalog,
        maker: Maker,
    ) -> None:
        self._channel = channel
        self._channels = channels
        self._catalog = catalog
        self._maker = maker
        self._log = logs.get("delivery").bind(channel=channel.name)

    async def of(self, leased: Leased) -> tuple[Attachment | Upload, ...]:
        """Those of a message, in order. Raises a SendError."""
        action = leased.message.action
        if not isinstance(action, Send):
            return ()
        made = [await self._make(each, action, leased) for each in action.made]
        files = [*[await self._file(attachment) for attachment in action.attachments], *made]
        return tuple(file for file in files if file)

    async def _make(self, made: Made, action: Send, leased: Leased) -> Upload | None:
        """The file. None when it is gone and there are words to be said without it."""
        say = partial(self._catalog.render, language=leased.language)
        try:
            return await asyncio.to_thread(self._maker.make, made, say)
        except Rejected as error:
            if not (action.body or action.title):
                raise
            self._log.error("a message goes out without its file", outbox=leased.id, error=error)
            return None

    async def _file(self, attachment: Attachment) -> Attachment | Upload:
        """The platform's own reference where it tells nothing; else its bytes, under a neutral name."""
        own = (attachment.channel, attachment.account) == (self._channel.name, self._channel.account)
        telling = attachment.name or attachment.kind is AttachmentKind.DOCUMENT
        if attachment.kind in WITHOUT_BYTES or (own and not telling):
            return attachment
        source = self._channels.get((attachment.channel, attachment.account))
        if source is None:
            raise Rejected("the file's platform is not running here")
        upload = Upload(
            kind=attachment.kind,
            content=await source.fetch(attachment),
            name=NEUTRAL_NAMES[attachment.kind],
            content_type=attachment.content_type,
            seconds=attachment.seconds,
        )
        spoken = attachment.kind is AttachmentKind.VOICE and self._channel.limits.ogg_voices
        return await voices.as_ogg(upload) if spoken else upload
