"""Keeps the PO files of all languages in step with the English one, which says what there is and who reads it."""

from pathlib import Path

import polib

from content.catalog import audience_of, forms_of, plural_rule
from content.languages import ENGLISH

ORGANISERS = frozenset({"nb", "da", "sv", "en"})
"""The languages in which volunteers and coordinators are addressed; all others need only what members read."""

UNCHECKED = "unchecked"
"""The flag of a message that no native speaker has confirmed; any other names in its comment who did."""

CHECKED_BY = "checked by "

WIDTH = 0  # one message, one line: polib's wrapping splits scripts without spaces at random places


def wanted(english: polib.POFile, language: str) -> list[polib.POEntry]:
    """The English messages that a language must have, in their order."""
    return [entry for entry in english if language in ORGANISERS or "m" in audience_of(entry)]


def checked_by(entry: polib.POEntry) -> str:
    """Who confirmed a message, from its comment `# checked by …`; empty for nobody."""
    lines = () if UNCHECKED in entry.flags else entry.tcomment.splitlines()
    return next((line.removeprefix(CHECKED_BY) for line in lines if line.startswith(CHECKED_BY)), "")


def synchronise(folder: Path) -> dict[str, list[str]]:
    """Bring every file into the order of the English one; returns the keys that each language still lacks.

    A new key is added empty, a key that English no longer has is dropped, notes and audience are copied, and a
    message that became plural, or ceased to be, is emptied. Texts are never changed.
    """
    english = polib.pofile(str(folder / f"{ENGLISH}.po"))
    lacking = {}
    for file in sorted(folder.glob("*.po")):
        po = polib.pofile(str(file), wrapwidth=WIDTH)
        forms, _ = plural_rule(po.metadata.get("Plural-Forms", ""))
        present = {entry.msgid: entry for entry in po}
        needed = {entry.msgid for entry in wanted(english, file.stem)}
        po.clear()
        for entry in english:
            if entry.msgid in needed or entry.msgid in present:
                po.append(_in_step(present.get(entry.msgid), entry, forms))
        po.save(str(file), newline="\n")
        lacking[file.stem] = [entry.msgid for entry in po if entry.msgid in needed and not forms_of(entry)]
    return lacking


def _in_step(entry: polib.POEntry | None, english: polib.POEntry, forms: int) -> polib.POEntry:
    if entry is None or bool(entry.msgid_plural) != bool(english.msgid_plural):
        entry = empty(english, forms)
    entry.comment = english.comment
    return entry


def empty(english: polib.POEntry, forms: int) -> polib.POEntry:
    """A message without a text yet, with as many plural forms as its language has."""
    if english.msgid_plural:
        return polib.POEntry(
            msgid=english.msgid,
            msgid_plural=english.msgid,
            msgstr_plural=dict.fromkeys(range(forms), ""),
            comment=english.comment,
            flags=[UNCHECKED],
        )
    return polib.POEntry(msgid=english.msgid, comment=english.comment, flags=[UNCHECKED])
