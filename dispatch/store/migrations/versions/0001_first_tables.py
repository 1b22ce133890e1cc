"""The first tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | Sequence[str] | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "files",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
    )
    op.create_table(
        "groups",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("chat_hash", sa.LargeBinary(), nullable=True),
        sa.Column("chat_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
    )
    op.create_table(
        "inbox",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("external_hash", sa.LargeBinary(), nullable=False),
        sa.Column("external_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sender_hash", sa.LargeBinary(), nullable=True),
        sa.Column("raw_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("album", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_inbox")),
        sa.UniqueConstraint(
            "channel", "account", "external_hash", name=op.f("uq_inbox_channel_account_external_hash")
        ),
        sa.UniqueConstraint("id", name=op.f("uq_inbox_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_inbox_sender_hash_state_position"),
        "inbox",
        ["sender_hash", "state", "position"],
        unique=False,
    )
    op.create_index(op.f("ix_inbox_state_position"), "inbox", ["state", "position"], unique=False)
    op.create_table(
        "inbox_rejected",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rejected_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_rejected")),
    )
    op.create_table(
        "offsets",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", name=op.f("pk_offsets")),
    )
    op.create_table(
        "pauses",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("chat_hash", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", "chat_hash", name=op.f("pk_pauses")),
    )
    op.create_table(
        "revisions",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", name=op.f("pk_revisions")),
    )
    op.create_table(
        "service_keys",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_service_keys")),
    )
    op.create_table(
        "transcripts",
        sa.Column("chat_hash", sa.LargeBinary(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("line_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat_hash", "external_id", name=op.f("pk_transcripts")),
    )
    op.create_index(
        op.f("ix_transcripts_chat_hash_revision"), "transcripts", ["chat_hash", "revision"], unique=False
    )
    op.create_table(
        "accounts",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_accounts_group_id")),
        sa.PrimaryKeyConstraint("channel", "account", name=op.f("pk_accounts")),
    )
    op.create_table(
        "buttons",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_buttons_group_id")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_buttons")),
    )
    op.create_index(op.f("ix_buttons_noticed_at"), "buttons", ["noticed_at"], unique=False)
    op.create_index(op.f("ix_buttons_person_id"), "buttons", ["person_id"], unique=False)
    op.create_table(
        "cases",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("also", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("for_coordinators", sa.Boolean(), nullable=False),
        sa.Column("assignee_id", sa.Text(), nullable=True),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("member_wrote_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("last_assignee_id", sa.Text(), nullable=True),
        sa.Column("pictures_agreed", sa.Boolean(), nullable=False),
        sa.Column("suggested", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_cases_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_cases_group_id_number")),
    )
    op.create_index(op.f("ix_cases_assignee_id"), "cases", ["assignee_id"], unique=False)
    op.create_index(op.f("ix_cases_group_id_state"), "cases", ["group_id", "state"], unique=False)
    op.create_index(op.f("ix_cases_member_id"), "cases", ["member_id"], unique=False)
    op.create_index(
        "uq_cases_open_member",
        "cases",
        ["group_id", "member_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'closed'"),
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_table(
        "dialogs",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("state_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_dialogs_group_id")),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_dialogs")),
    )
    op.create_table(
        "invitations",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("invited_by", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_invitations_group_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_invitations")),
    )
    op.create_table(
        "outbox",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("chat_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("card", sa.Text(), nullable=True),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scheduled", sa.Boolean(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_outbox_group_id")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_outbox")),
        sa.UniqueConstraint("id", name=op.f("uq_outbox_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_outbox_channel_account_state_lane_position"),
        "outbox",
        ["channel", "account", "state", "lane", "position"],
        unique=False,
    )
    op.create_index(
        op.f("ix_outbox_chat_hash_state_position"), "outbox", ["chat_hash", "state", "position"], unique=False
    )
    op.create_index(op.f("ix_outbox_person_id"), "outbox", ["person_id"], unique=False)
    op.create_table(
        "people",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("user_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("chat_hash", sa.LargeBinary(), nullable=False),
        sa.Column("chat_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("language_chosen", sa.Boolean(), nullable=False),
        sa.Column("app_language", sa.Text(), nullable=True),
        sa.Column("link_language", sa.Text(), nullable=True),
        sa.Column("greeted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("volunteer", sa.Text(), nullable=True),
        sa.Column("coordinator", sa.Text(), nullable=True),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("available_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("plans_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_marked", sa.Text(), nullable=True),
        sa.Column("case_marked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_people_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("group_id", "user_hash", name=op.f("uq_people_group_id_user_hash")),
    )
    op.create_index(op.f("ix_people_chat_hash"), "people", ["chat_hash"], unique=False)
    op.create_table(
        "person_keys",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_person_keys_group_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_keys")),
    )
    op.create_table(
        "sent",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("chat_hash", sa.LargeBinary(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("card", sa.Text(), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_sent_group_id")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_sent")),
        sa.UniqueConstraint("chat_hash", "external_id", name=op.f("uq_sent_chat_hash_external_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sent_about_chat_hash"), "sent", ["about", "chat_hash"], unique=False)
    op.create_index(
        op.f("ix_sent_chat_hash_card_sent_at"), "sent", ["chat_hash", "card", "sent_at"], unique=False
    )
    op.create_index(op.f("ix_sent_chat_hash_sent_at"), "sent", ["chat_hash", "sent_at"], unique=False)
    op.create_index(op.f("ix_sent_person_id"), "sent", ["person_id"], unique=False)
    op.create_index(op.f("ix_sent_sent_at"), "sent", ["sent_at"], unique=False)
    op.create_table(
        "timers",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_timers_group_id")),
        sa.PrimaryKeyConstraint("group_id", "kind", "subject", name=op.f("pk_timers")),
    )
    op.create_index(op.f("ix_timers_due_at"), "timers", ["due_at"], unique=False)
    op.create_table(
        "tombstones",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_tombstones_group_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_tombstones")),
    )
    op.create_table(
        "case_messages",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.Text(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_messages_case_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_case_messages_group_id")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_case_messages")),
        sa.UniqueConstraint("id", name=op.f("uq_case_messages_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_case_messages_author_id_external_id"),
        "case_messages",
        ["author_id", "external_id"],
        unique=False,
    )
    op.create_index(op.f("ix_case_messages_case_id"), "case_messages", ["case_id"], unique=False)
    op.create_table(
        "offers",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("volunteer_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_offers_case_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_offers_group_id")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_offers")),
        sa.UniqueConstraint("id", name=op.f("uq_offers_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_offers_case_id"), "offers", ["case_id"], unique=False)
    op.create_index(op.f("ix_offers_volunteer_id_state"), "offers", ["volunteer_id", "state"], unique=False)
    op.create_index(
        "uq_offers_open",
        "offers",
        ["case_id", "volunteer_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index(
        "uq_offers_open",
        table_name="offers",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index(op.f("ix_offers_volunteer_id_state"), table_name="offers")
    op.drop_index(op.f("ix_offers_case_id"), table_name="offers")
    op.drop_table("offers")
    op.drop_index(op.f("ix_case_messages_case_id"), table_name="case_messages")
    op.drop_index(op.f("ix_case_messages_author_id_external_id"), table_name="case_messages")
    op.drop_table("case_messages")
    op.drop_table("tombstones")
    op.drop_index(op.f("ix_timers_due_at"), table_name="timers")
    op.drop_table("timers")
    op.drop_index(op.f("ix_sent_sent_at"), table_name="sent")
    op.drop_index(op.f("ix_sent_person_id"), table_name="sent")
    op.drop_index(op.f("ix_sent_chat_hash_sent_at"), table_name="sent")
    op.drop_index(op.f("ix_sent_chat_hash_card_sent_at"), table_name="sent")
    op.drop_index(op.f("ix_sent_about_chat_hash"), table_name="sent")
    op.drop_table("sent")
    op.drop_table("person_keys")
    op.drop_index(op.f("ix_people_chat_hash"), table_name="people")
    op.drop_table("people")
    op.drop_index(op.f("ix_outbox_person_id"), table_name="outbox")
    op.drop_index(op.f("ix_outbox_chat_hash_state_position"), table_name="outbox")
    op.drop_index(op.f("ix_outbox_channel_account_state_lane_position"), table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("invitations")
    op.drop_table("dialogs")
    op.drop_index(
        "uq_cases_open_member",
        table_name="cases",
        sqlite_where=sa.text("state <> 'closed'"),
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.drop_index(op.f("ix_cases_member_id"), table_name="cases")
    op.drop_index(op.f("ix_cases_group_id_state"), table_name="cases")
    op.drop_index(op.f("ix_cases_assignee_id"), table_name="cases")
    op.drop_table("cases")
    op.drop_index(op.f("ix_buttons_person_id"), table_name="buttons")
    op.drop_index(op.f("ix_buttons_noticed_at"), table_name="buttons")
    op.drop_table("buttons")
    op.drop_table("accounts")
    op.drop_index(op.f("ix_transcripts_chat_hash_revision"), table_name="transcripts")
    op.drop_table("transcripts")
    op.drop_table("service_keys")
    op.drop_table("revisions")
    op.drop_table("pauses")
    op.drop_table("offsets")
    op.drop_table("inbox_rejected")
    op.drop_index(op.f("ix_inbox_state_position"), table_name="inbox")
    op.drop_index(op.f("ix_inbox_sender_hash_state_position"), table_name="inbox")
    op.drop_table("inbox")
    op.drop_table("groups")
    op.drop_table("files")
