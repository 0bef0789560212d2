"""Add the tables follow_up to resource."""

import sqlalchemy as sa
from alembic import op

revision = "000000000005"
down_revision = "000000000004"


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("stakeholder_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(length=13), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("finding_key", sa.String(length=500), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("owner_note", sa.String(length=500), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum("open", "done", "cancelled", name="actionstatus", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status != 'done' OR done_on IS NOT NULL", name=op.f("ck_follow_up_done_has_day")
        ),
        sa.CheckConstraint("title != ''", name=op.f("ck_follow_up_has_title")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_follow_up_event_id_event")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_follow_up_owner_id_user")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_follow_up_plan_id_plan")),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_follow_up_region_code_region")
        ),
        sa.ForeignKeyConstraint(
            ["stakeholder_id"],
            ["stakeholder.id"],
            name=op.f("fk_follow_up_stakeholder_id_stakeholder"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_finding_key"), ["finding_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_region_code"), ["region_code"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_follow_up_stakeholder_id"), ["stakeholder_id"], unique=False
        )
    op.create_table(
        "invite_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_invite_draft_event_id_event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invite_draft")),
        sa.UniqueConstraint("event_id", name=op.f("uq_invite_draft_event_id")),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("stakeholder_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("body != ''", name=op.f("ck_note_has_body")),
        sa.CheckConstraint(
            "CASE WHEN stakeholder_id IS NULL THEN 0 ELSE 1 END + CASE WHEN contact_id IS NULL THEN 0 ELSE 1 END + CASE WHEN agreement_id IS NULL THEN 0 ELSE 1 END + CASE WHEN programme_id IS NULL THEN 0 ELSE 1 END + CASE WHEN event_id IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_note_one_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_note_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_note_by_id_user")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_note_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_note_event_id_event")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_note_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["stakeholder_id"], ["stakeholder.id"], name=op.f("fk_note_stakeholder_id_stakeholder")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_note_stakeholder_id"), ["stakeholder_id"], unique=False
        )
    op.create_table(
        "participation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("stakeholder_id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("post_key", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "host",
                "speaker",
                "participant",
                "partner",
                "sponsor",
                "reporter",
                name="participationrole",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "invitation",
            sa.Enum("none", "draft", "sent", name="invitation", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("invited_on", sa.Date(), nullable=True),
        sa.Column(
            "answer",
            sa.Enum("none", "yes", "no", "maybe", name="answer", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column(
            "attendance",
            sa.Enum(
                "unknown", "present", "absent", name="attendance", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("represented_by", sa.String(length=500), nullable=False),
        sa.Column("represented_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_participation_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_participation_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_participation_position_id_position")
        ),
        sa.ForeignKeyConstraint(
            ["represented_by_id"],
            ["contact.id"],
            name=op.f("fk_participation_represented_by_id_contact"),
        ),
        sa.ForeignKeyConstraint(
            ["stakeholder_id"],
            ["stakeholder.id"],
            name=op.f("fk_participation_stakeholder_id_stakeholder"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_participation_token_hash")),
    )
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_participation_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_participation_event_id"), ["event_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_participation_stakeholder_id"), ["stakeholder_id"], unique=False
        )
        batch_op.create_index(
            "uq_participation_event_stakeholder_position",
            ["event_id", "stakeholder_id", "post_key"],
            unique=True,
        )
    op.create_table(
        "resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("offer", "need", name="resourceside", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("stakeholder_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "money",
                "goods",
                "place",
                "people",
                "training",
                "publicity",
                "policy",
                "legal_help",
                name="support",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("what", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=13), nullable=True),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("commitment_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_resource_commitment_id_commitment")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_resource_region_code_region")
        ),
        sa.ForeignKeyConstraint(
            ["stakeholder_id"],
            ["stakeholder.id"],
            name=op.f("fk_resource_stakeholder_id_stakeholder"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
    )
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_resource_commitment_id"), ["commitment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_resource_region_code"), ["region_code"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_resource_stakeholder_id"), ["stakeholder_id"], unique=False
        )

    # ### end Alembic commands ###


def downgrade() -> None:
    """Change them back."""
    op.drop_table("resource")
    op.drop_table("participation")
    op.drop_table("note")
    op.drop_table("invite_draft")
    op.drop_table("follow_up")
