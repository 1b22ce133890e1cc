"""What somebody does on the page, stored in one transaction: her own line, and the envelope that waits."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson

from bot.channels import webchat
from bot.web import lines
from bot.web.frames import EditLine, Press, ReactTo, Refused, Say
from bot.web.seats import Seated
from dispatch.model.messages import Address, Envelope, Kind
from dispatch.model.queues import ChatLine
from dispatch.ports import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody at the page: where she sits, and the language of her browser."""

    account: str
    seated: Seated
    language: str | None

    @property
    def address(self) -> Address:
        """Her chat."""
        return Address(channel=webchat.NAME, account=self.account, chat=self.seated.chat)

    def record(self, service: Service, frame: Say | EditLine | Press | ReactTo, now: datetime) -> None:
        """Store it, once however often it is sent. Raises Refused when it can never be stored."""
        match frame:
            case Say():
                self._say(service, frame, now)
            case EditLine():
                line = self._line(service, frame.id, frame.message)
                if line.author != self.seated.user:
                    raise Refused(frame.id, "not-yours")
                facts = {"text": frame.text}
                if self._accept(service, Kind.EDITED, frame.id, frame.message, now, facts):
                    service.transcripts.put(replace(line, content=lines.reworded(line.content, frame.text)))
            case Press():
                self._line(service, frame.id, frame.message)
                self._accept(service, Kind.PRESSED, frame.id, frame.message, now, {"token": frame.token})
            case ReactTo():
                line = self._line(service, frame.id, frame.message)
                if self._accept(service, Kind.REACTED, frame.id, frame.message, now, {"emoji": frame.emoji}):
                    content = lines.marked(line.content, self.seated.user, frame.emoji)
                    service.transcripts.put(replace(line, content=content))

    def _say(self, service: Service, frame: Say, now: datetime) -> None:
        earlier = service.transcripts.line(self.address, frame.id)
        if earlier is not None:
            if earlier.author != self.seated.user:
                raise Refused(frame.id, "not-yours")
            return
        content = lines.said(lines.without_link(frame.text), frame.files, frame.reply_to)
        if self._accept(service, Kind.SAID, frame.id, frame.id, now, {**content, "text": frame.text}):
            service.transcripts.put(
                ChatLine(
                    address=self.address,
                    external_id=frame.id,
                    author=self.seated.user,
                    content=content,
                    at=now,
                )
            )

    def _line(self, service: Service, frame_id: str, message: str) -> ChatLine:
        line = service.transcripts.line(self.address, message)
        if line is None or line.removed:
            raise Refused(frame_id, "gone")
        return line

    def _accept(
        self, service: Service, kind: Kind, frame_id: str, message: str, now: datetime, facts: dict[str, Any]
    ) -> bool:
        """Into the inbox; False when it was there before."""
        raw = {
            "kind": kind.value,
            "id": frame_id,
            "message": message,
            "chat": self.seated.chat,
            "user": self.seated.user,
            "name": self.seated.name,
            "language": self.language,
            "at": now.isoformat(),
            **facts,
        }
        envelope = Envelope(
            channel=webchat.NAME,
            account=self.account,
            # With her id in front nobody can use up an id that somebody else is about to send.
            external_id=f"{self.seated.user}:{frame_id}",
            sender=self.seated.user,
            raw=orjson.dumps(raw),
        )
        return service.inbox.add(envelope, now)
