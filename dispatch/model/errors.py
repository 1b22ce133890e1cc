"""Broken promises: what may not happen when the code is right."""


class MorsmalError(Exception):
    """Whatever we raise ourselves."""


class WrongState(MorsmalError):
    """A transition was asked for that the present state does not have."""


class NotFound(MorsmalError):
    """Something that must exist does not."""


class ChangedMeanwhile(MorsmalError):
    """What was peeked before the transaction no longer holds; the turn runs again."""
