"""A group's own shelf: texts are written, approved, published, taken back; nothing that was published is ever lost."""

from dataclasses import replace
from datetime import datetime, timedelta

from dispatch.model.people import Group, Person
from dispatch.model.shelf import TOLD, ShelfText, Signature, TextState
from dispatch.ports import Transaction

KEPT_UNPUBLISHED = timedelta(days=30)
"""A draft may quote a case: what was replaced or declined is kept as long as what was said in a case, then it goes."""


def write(
    tx: Transaction,
    *,
    slug: str,
    language: str,
    text: str,
    author: Person | None,
    state: TextState,
    now: datetime,
) -> ShelfText:
    """A new version. The one that was in hand is replaced; the published one stays in use."""
    versions = tx.shelf.versions(slug, language)
    for version in versions:
        if version.is_in_hand:
            _put_away(tx, version, TextState.REPLACED, now)
    new = ShelfText(
        id=tx.new_id(),
        slug=slug,
        language=language,
        version=versions[-1].version + 1 if versions else 1,
        text=text,
        state=state,
        at=now,
        author_id=author.id if author else None,
    )
    tx.shelf.add(new)
    return new


def new_slug(tx: Transaction) -> str:
    """The name of a text that stands beside those of the folder. It is not made of its title, which nobody seals here."""
    return f"{tx.group.country.lower()}-own-{tx.new_id()[-8:]}"


def must_be_two(group: Group, *, danger: bool) -> bool:
    """Must another than its author say yes? To a text about danger or violence always, whatever the group has chosen."""
    return group.two_approve or danger


def may_approve(group: Group, text: ShelfText, person: Person, *, danger: bool) -> bool:
    """Where two must approve, her yes counts for what another wrote."""
    return not must_be_two(group, danger=danger) or text.author_id != person.id


def is_approved(group: Group, text: ShelfText, person: Person, *, danger: bool) -> bool:
    """Is all agreed, if she publishes it now?"""
    return text.state is TextState.APPROVED or may_approve(group, text, person, danger=danger)


def approve(tx: Transaction, text: ShelfText, by: Person, now: datetime, *, danger: bool) -> bool:
    """Her yes, as the second; False when it does not count or somebody was quicker."""
    if not text.is_in_hand or not may_approve(tx.group, text, by, danger=danger):
        return False
    return tx.shelf.move(text, TextState.APPROVED, now, approved_by=by.id)


def publish(
    tx: Transaction, text: ShelfText, by: Person, digest: str, now: datetime, *, danger: bool
) -> bool:
    """Members get it from now on; False when it waits for another's yes, or somebody was quicker.

    A volunteer who wrote it in a language that she speaks has read it: that is a signature.
    """
    if not text.is_in_hand or not is_approved(tx.group, text, by, danger=danger):
        return False
    tx.shelf.lock(text.slug, text.language)
    approved_by = text.approved_by if text.state is TextState.APPROVED else by.id
    # Something may have been published or taken back since it was written: what is published last counts.
    newest = tx.shelf.versions(text.slug, text.language)[-1].version
    number = text.version if text.version == newest else newest + 1
    if not tx.shelf.move(text, TextState.PUBLISHED, now, approved_by=approved_by, version=number):
        return False
    author = tx.people.find(text.author_id) if text.author_id else None
    if author and author.speaks(text.language):
        sign(tx, text.slug, text.language, digest, author, now)
    return True


def decline(tx: Transaction, text: ShelfText, now: datetime) -> bool:
    """It does not go into the library; False when somebody was quicker."""
    return text.is_in_hand and _put_away(tx, text, TextState.DECLINED, now)


def before(tx: Transaction, text: ShelfText) -> ShelfText | None:
    """The version that was in hand last before this one, since anything of the text was published."""
    versions = tx.shelf.versions(text.slug, text.language)
    told = max((each.version for each in versions if each.state in TOLD), default=0)
    replaced = [each for each in versions if each.state is TextState.REPLACED and each.version > told]
    return max(replaced, key=lambda each: (each.at, each.version), default=None)


def take_out_again(tx: Transaction, text: ShelfText, now: datetime) -> bool:
    """What was declined or replaced is in hand again, instead of what replaced it; False when it is not put away."""
    if text.state not in {TextState.DECLINED, TextState.REPLACED}:
        return False
    for version in tx.shelf.versions(text.slug, text.language):
        if version.is_in_hand:
            _put_away(tx, version, TextState.REPLACED, now)
    tx.timers.clear("shelf-old", text.id)
    return tx.shelf.move(text, TextState.DRAFT, now, approved_by=None)


def _put_away(tx: Transaction, text: ShelfText, state: TextState, now: datetime) -> bool:
    tx.timers.set("shelf-old", text.id, now + KEPT_UNPUBLISHED)
    return tx.shelf.move(text, state, now, approved_by=text.approved_by)


def forget_old(tx: Transaction, text_id: str, now: datetime) -> None:
    """What was never published, and was replaced or declined long ago, is removed."""
    text = tx.shelf.find(text_id)
    if text and text.state in {TextState.DECLINED, TextState.REPLACED}:
        tx.shelf.remove(text_id)


# What members get


def in_force(tx: Transaction, slug: str, language: str) -> ShelfText | None:
    """The version that members get."""
    told = _told(tx, slug, language)
    return told[-1] if told and told[-1].state is TextState.PUBLISHED else None


def withdraw(tx: Transaction, text: ShelfText, by: Person, now: datetime) -> ShelfText | None:
    """Members do not get it any more, but what the folder has under its name; None when it is not what they get."""
    tx.shelf.lock(text.slug, text.language)
    current = in_force(tx, text.slug, text.language)
    if current is None or current.id != text.id:
        return None
    return _append(tx, current, TextState.WITHDRAWN, by, now)


def undo(tx: Transaction, text: ShelfText, by: Person, now: datetime) -> ShelfText | None:
    """What this version changed is as it was before, as a new version; None when something newer is in its place."""
    tx.shelf.lock(text.slug, text.language)
    told = _told(tx, text.slug, text.language)
    if not told or told[-1].id != text.id:
        return None
    if len(told) == 1:
        return _append(tx, text, TextState.WITHDRAWN, by, now)
    return _append(tx, told[-2], told[-2].state, by, now)


def _told(tx: Transaction, slug: str, language: str) -> list[ShelfText]:
    """The versions that changed what members get."""
    return [version for version in tx.shelf.versions(slug, language) if version.state in TOLD]


def _append(tx: Transaction, text: ShelfText, state: TextState, by: Person, now: datetime) -> ShelfText:
    version = tx.shelf.versions(text.slug, text.language)[-1].version + 1
    new = replace(text, id=tx.new_id(), version=version, state=state, at=now, approved_by=by.id)
    tx.shelf.add(new)
    return new


# Signatures


def may_sign(person: Person, language: str) -> bool:
    """A volunteer reads what she speaks; a coordinator answers for what she signs."""
    return person.is_coordinator or (person.is_volunteer and person.speaks(language))


def sign(tx: Transaction, slug: str, language: str, digest: str, by: Person, now: datetime) -> None:
    """She has read this very text, and it is right."""
    tx.shelf.sign(Signature(slug=slug, language=language, digest=digest, person_id=by.id, at=now))


def unsign(tx: Transaction, slug: str, language: str, digest: str, by: Person) -> bool:
    """It was her mistake; False when the signature that counts is another's, or none."""
    signed = [
        each
        for each in tx.shelf.signatures()
        if (each.slug, each.language, each.digest) == (slug, language, digest)
    ]
    if not signed or signed[0].person_id != by.id:
        return False
    tx.shelf.unsign(slug, language, digest)
    return True
