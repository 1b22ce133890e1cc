"""The tables, by subject. What could name or quote somebody is sealed (`*_sealed`) and found by keyed digests (`*_hash`).

Every table of a group's data has `group_id`. Whoever imports one subject has all of them in `metadata`.
"""

from dispatch.store.schema import cases, library, owed, people, process
from dispatch.store.schema.common import metadata

__all__ = ["cases", "library", "metadata", "owed", "people", "process"]
