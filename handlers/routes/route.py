"""What a line of the tables says."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.matches import Test
from handlers.turn import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """When it matches and the sender may, it is handled; when she may not, she is told so."""

    when: Test
    by: Test
    handle: Callable[[Turn], None]
