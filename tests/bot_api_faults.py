"""What can go wrong between us and the Bot API."""

from dataclasses import dataclass, field
from typing import Literal

from aiohttp import web

from tests.bot_api_call import Call
from tests.bot_api_chats import Json


@dataclass(slots=True)
class Fault:
    """Something that goes wrong with the next calls of a method.

    `refuse` answers with a status; `drop_before` and `drop_after` close the connection before or after doing it;
    `half` cuts the answer; `garbage` and `page` answer with what is no JSON, `page` with the status; `stall` does not
    answer.
    """

    method: str  # any for ""
    how: Literal["refuse", "drop_before", "drop_after", "half", "garbage", "stall", "page"] = "refuse"
    status: int = 500
    description: str = ""
    parameters: Json = field(default_factory=dict)
    chat: int | None = None
    skip: int = 0  # calls that still work
    times: int = 1

    def hits(self, call: Call) -> bool:
        """Is it this call's turn? Counts."""
        if (self.method and self.method.lower() != call.method) or not self.times:
            return False
        if self.chat is not None and str(self.chat) != str(call.parameters.get("chat_id")):
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.times -= 1
        return True


async def half(request: web.Request, answer: web.Response) -> web.StreamResponse:
    body = answer.body
    assert isinstance(body, bytes)
    response = web.StreamResponse(headers={"Content-Length": str(len(body))})
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    assert request.transport is not None
    request.transport.close()
    return response
