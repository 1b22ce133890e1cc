"""What a Telegram update says: pure, from raw bytes to an inbound message."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from bot.channels.telegram_updates import (
    File,
    Membership,
    MembershipChange,
    Message,
    Press,
    Reaction,
    Update,
    parsed,
)
from dispatch.model.messages import Address, Attachment, AttachmentKind, InboundMessage, Kind

NAME = "telegram"
# Telegram's own stand-ins for a group's anonymous administrators and for channels: nobody in particular (H27).
STAND_INS = frozenset({1087968824, 136817688})
# Contents that a file id alone does not tell apart when it is sent again.
VIDEO_NOTE, ANIMATION = "video_note:", "animation:"

# Messages that no person wrote, by the field that marks them (H46). Any other unknown field is a content that we
# cannot pass on, and its sender is told so.
SERVICE = frozenset(
    re.findall(
        r"\w+",
        """
        boost_added channel_chat_created chat_background_set chat_owner_changed chat_owner_left chat_shared
        checklist_tasks_added checklist_tasks_done connected_website delete_chat_photo
        direct_message_price_changed forum_topic_closed forum_topic_created forum_topic_edited
        forum_topic_reopened general_forum_topic_hidden general_forum_topic_unhidden gift gift_upgrade_sent
        giveaway_completed giveaway_created giveaway_winners group_chat_created left_chat_member
        managed_bot_created message_auto_delete_timer_changed new_chat_members new_chat_photo new_chat_title
        paid_message_price_changed passport_data pinned_message poll_option_added poll_option_deleted
        proximity_alert_triggered refunded_payment successful_payment suggested_post_approval_failed
        suggested_post_approved suggested_post_declined suggested_post_paid suggested_post_refunded
        supergroup_chat_created unique_gift users_shared video_chat_ended video_chat_participants_invited
        video_chat_scheduled video_chat_started web_app_data write_access_allowed
        """,
    )
)


def read(raw: bytes, account: str) -> InboundMessage | None:
    """What an update says to us; None for kinds that we have no use for. Raises ValueError when unreadable."""
    match Update.model_validate(parsed(raw)):
        case Update(message=Message() as message):
            return said(message, account, Kind.SAID)
        case Update(edited_message=Message() as message):
            return said(message, account, Kind.EDITED)
        case Update(callback_query=Press() as press):
            return pressed(press, account)
        case Update(message_reaction=Reaction() as reaction):
            return reacted(reaction, account)
        case Update(my_chat_member=MembershipChange() as change):
            return membership(change, account)
    return None


def said(message: Message, account: str, kind: Kind) -> InboundMessage | None:
    """A message of a person in her private chat or in a group."""
    if message.migrate_to_chat_id or message.migrate_from_chat_id:
        return migrated(message, account)
    if not _is_for_us(message) or (kind is Kind.EDITED and message.location):  # a live location's next step
        return None
    attachments = tuple(attachments_of(message, account))
    text = message.text or message.caption or (_place(message) if message.venue else "")
    sender, stand_in = message.sender, message.sender_chat
    return InboundMessage(
        kind=kind,
        chat=_address(message.chat.id, account),
        user=str(sender.id if sender else stand_in.id if stand_in else message.chat.id),
        private=message.chat.type == "private",
        external_id=str(message.message_id),
        sent_at=_moment(message.edit_date or message.date),
        text=text,
        attachments=attachments,
        reply_to=_reply_to(message),
        album=message.media_group_id,
        name=f"{sender.first_name} {sender.last_name}".strip() if sender and not stand_in else "",
        app_language=sender.language_code if sender else None,
        anonymous=_is_nobody(message),
    )


def _is_for_us(message: Message) -> bool:
    if message.chat.type not in ("private", "group", "supergroup") or message.business_connection_id:
        return False
    if message.sender and message.sender.is_bot and not _is_nobody(message):
        return False  # two bots in a group would answer each other for ever
    return not (message.model_extra or {}).keys() & SERVICE


def _is_nobody(message: Message) -> bool:
    if message.sender is None:
        return message.chat.type != "private"
    return message.sender_chat is not None or message.sender.id in STAND_INS


def _reply_to(message: Message) -> str | None:
    """The message replied to. In a topic every message formally replies to the one that opened it."""
    original = message.reply_to_message
    if original is None or (message.is_topic_message and original.message_id == message.message_thread_id):
        return None
    return str(original.message_id)


def _place(message: Message) -> str:
    venue = message.venue
    return "\n".join(part for part in (venue.title, venue.address) if part) if venue else ""


def attachments_of(message: Message, account: str) -> Iterator[Attachment]:
    """What came with it, or one UNSUPPORTED when it holds nothing that we know."""

    def file(kind: AttachmentKind, file: File, prefix: str = "") -> Attachment:
        return Attachment(
            kind=kind,
            channel=NAME,
            account=account,
            ref=prefix + file.file_id,
            content_type=file.mime_type,
            name=file.file_name,
            size=file.file_size,
            seconds=file.duration,
        )

    match message:
        case Message(photo=[_, *_] as sizes):
            largest = max(sizes, key=lambda size: size.width * size.height)
            yield file(AttachmentKind.PHOTO, largest.model_copy(update={"mime_type": "image/jpeg"}))
        case Message(voice=File() as voice):
            yield file(AttachmentKind.VOICE, voice)
        case Message(video=File() as video):
            yield file(AttachmentKind.VIDEO, video)
        case Message(video_note=File() as note):
            yield file(AttachmentKind.VIDEO, note, VIDEO_NOTE)
        case Message(audio=File() as audio):
            yield file(AttachmentKind.AUDIO, audio)
        case Message(animation=File() as animation):
            yield file(AttachmentKind.VIDEO, animation, ANIMATION)
        case Message(document=File() as document):
            yield file(AttachmentKind.DOCUMENT, document)
        case Message(sticker=File() as sticker):
            yield file(AttachmentKind.STICKER, sticker)
        case _:
            yield from _without_file(message, account)


def _without_file(message: Message, account: str) -> Iterator[Attachment]:
    place = message.venue.location if message.venue else message.location
    if place:
        yield Attachment(
            kind=AttachmentKind.LOCATION,
            channel=NAME,
            account=account,
            latitude=place.latitude,
            longitude=place.longitude,
        )
    elif message.contact:  # the number only: whose it is, is for the sender to say
        yield Attachment(
            kind=AttachmentKind.CONTACT, channel=NAME, account=account, phone=message.contact.phone_number
        )
    elif message.text is None:
        yield Attachment(kind=AttachmentKind.UNSUPPORTED, channel=NAME, account=account)


def migrated(message: Message, account: str) -> InboundMessage:
    """A group has a new id: told in the old one and in the new one, both of which say the same here (H44)."""
    old, new = message.migrate_from_chat_id or message.chat.id, message.migrate_to_chat_id or message.chat.id
    return InboundMessage(
        kind=Kind.MIGRATED,
        chat=_address(old, account),
        user=str(old),
        private=False,
        external_id=str(message.message_id),
        sent_at=_moment(message.date),
        anonymous=True,
        moved_to=str(new),
    )


def pressed(press: Press, account: str) -> InboundMessage | None:
    """A button was pressed. Telegram does not say when: `sent_at` is that of the message it stands under."""
    message = press.message
    if message is None or press.data is None:
        return None
    return InboundMessage(
        kind=Kind.PRESSED,
        chat=_address(message.chat.id, account),
        user=str(press.sender.id),
        private=message.chat.type == "private",
        external_id=str(message.message_id),
        sent_at=_moment(message.edit_date or message.date),
        pressed=press.data,
        press_id=press.id,
        name=f"{press.sender.first_name} {press.sender.last_name}".strip(),
        app_language=press.sender.language_code,
    )


def reacted(reaction: Reaction, account: str) -> InboundMessage | None:
    """An emoji was put on a message, or taken back; ones that only their maker's app can show are passed over."""
    emojis = [each.emoji for each in reaction.new_reaction if each.emoji]
    if reaction.new_reaction and not emojis:
        return None
    actor = reaction.user or reaction.actor_chat or reaction.chat
    return InboundMessage(
        kind=Kind.REACTED,
        chat=_address(reaction.chat.id, account),
        user=str(actor.id),
        private=reaction.chat.type == "private",
        external_id=str(reaction.message_id),
        sent_at=_moment(reaction.date),
        reaction=emojis[-1] if emojis else None,
        app_language=reaction.user.language_code if reaction.user else None,
        anonymous=reaction.user is None or reaction.user.id in STAND_INS,
    )


def membership(change: MembershipChange, account: str) -> InboundMessage | None:
    """The bot was blocked or unblocked by a person, or came into or left a group."""
    private = change.chat.type == "private"
    match _is_in(change.old_chat_member), _is_in(change.new_chat_member):
        case (True, False):
            kind = Kind.REMOVED
        case (False, True):
            kind = Kind.RETURNED if private else Kind.ADDED
        case _:
            return None
    return InboundMessage(
        kind=kind,
        chat=_address(change.chat.id, account),
        user=str(change.sender.id),
        private=private,
        external_id="",
        sent_at=_moment(change.date),
        name=f"{change.sender.first_name} {change.sender.last_name}".strip(),
        app_language=change.sender.language_code,
    )


def _is_in(membership: Membership) -> bool:
    return membership.status not in ("left", "kicked") and membership.is_member


def _address(chat: int, account: str) -> Address:
    return Address(channel=NAME, account=account, chat=str(chat))


def _moment(date: int) -> datetime:
    return datetime.fromtimestamp(date, UTC)
