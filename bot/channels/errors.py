"""How sending can fail. Channels classify; delivery decides what follows."""

from dispatch.model.messages import Address


class SendError(Exception):
    """The platform did not do what we asked."""


class Throttled(SendError):
    """Too fast: nothing to this chat for `retry_after` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"throttled for {retry_after} s")
        self.retry_after = retry_after


class Unavailable(SendError):
    """The platform could not be reached, or did not answer. `reached`: it may have done it all the same."""

    def __init__(self, reason: str, *, reached: bool) -> None:
        super().__init__(reason)
        self.reached = reached


class Unreachable(SendError):
    """This person or group cannot be written to any more: blocked, deactivated, kicked."""


class Rejected(SendError):
    """The platform refuses this very request, however often it is repeated."""


class Moved(SendError):
    """The group has a new id."""

    def __init__(self, address: Address) -> None:
        super().__init__("the group has moved")
        self.address = address


class Revoked(SendError):
    """The platform does not know our token (any more): nothing can be sent until an operator acts."""
