"""She writes a language's name instead of pressing it: that chooses it, in whatever language she calls it."""

from collections.abc import Iterator

from content import language_names
from content.catalog import Catalog
from dispatch.model.messages import InboundMessage, Kind
from dispatch.model.people import Person
from dispatch.ports import Transaction

BESIDE = ("words-speak", "words-language", "words-hello", "words-yes", "words-thanks")
"""What may stand beside the name, in the catalogue."""


def named(
    tx: Transaction, person: Person | None, message: InboundMessage, catalog: Catalog
) -> tuple[str, ...]:
    """The languages of the group that a private message may mean, if it names one and says nothing else."""
    if message.kind is not Kind.SAID or not message.private or message.command or message.attachments:
        return ()
    text = message.text
    if person and person.language and text.strip().casefold() in catalog.words("words-no", person.language):
        return ()  # "hindi" is a no in Tagalog
    tags = tx.group.languages

    def beside() -> Iterator[str]:
        return (word for tag in tags for key in BESIDE for word in catalog.words(key, tag))

    return language_names.meant(text, tags, beside)
