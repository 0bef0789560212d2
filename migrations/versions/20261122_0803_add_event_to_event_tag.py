"""Add the tables event to event_tag."""

import sqlalchemy as sa
from alembic import op

revision = "000000000004"
down_revision = "000000000003"


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "visit",
                "meeting",
                "shm",
                "rakor",
                "workshop",
                "training",
                "sharing_class",
                "audience",
                "signing",
                "handover",
                "other",
                name="eventkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "planned", "held", "cancelled", name="eventstatus", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column(
            "date_precision",
            sa.Enum("day", "month", "year", name="dateprecision", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("ends_at", sa.Time(), nullable=True),
        sa.Column("place", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=13), nullable=True),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=True),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("title != ''", name=op.f("ck_event_has_title")),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_event_capacity_positive")),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NOT NULL AND ends_on >= starts_on",
            name=op.f("ck_event_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["host_id"], ["stakeholder.id"], name=op.f("fk_event_host_id_stakeholder")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_event_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_event_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("reference", name=op.f("uq_event_reference")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_host_id"), ["host_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_region_code"), ["region_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_starts_on"), ["starts_on"], unique=False)
    op.create_table(
        "programme_region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(length=13), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_programme_region_programme_id_programme"),
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_programme_region_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_region")),
        sa.UniqueConstraint(
            "programme_id", "region_code", name=op.f("uq_programme_region_programme_id_region_code")
        ),
    )
    with op.batch_alter_table("programme_region", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_region_programme_id"), ["programme_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_programme_region_region_code"), ["region_code"], unique=False
        )
    op.create_table(
        "team_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("stakeholder_id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_team_member_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_team_member_position_id_position")
        ),
        sa.ForeignKeyConstraint(
            ["stakeholder_id"],
            ["stakeholder.id"],
            name=op.f("fk_team_member_stakeholder_id_stakeholder"),
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_member_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
        sa.UniqueConstraint(
            "team_id",
            "stakeholder_id",
            "role",
            name=op.f("uq_team_member_team_id_stakeholder_id_role"),
        ),
    )
    with op.batch_alter_table("team_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_team_member_stakeholder_id"), ["stakeholder_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_team_member_team_id"), ["team_id"], unique=False)
    op.create_table(
        "agreement_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("stakeholder_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreement_party_agreement_id_agreement"),
        ),
        sa.ForeignKeyConstraint(
            ["stakeholder_id"],
            ["stakeholder.id"],
            name=op.f("fk_agreement_party_stakeholder_id_stakeholder"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_party")),
        sa.UniqueConstraint(
            "agreement_id",
            "stakeholder_id",
            name=op.f("uq_agreement_party_agreement_id_stakeholder_id"),
        ),
    )
    with op.batch_alter_table("agreement_party", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreement_party_agreement_id"), ["agreement_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_agreement_party_stakeholder_id"), ["stakeholder_id"], unique=False
        )
    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=False),
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
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "promised",
                "partly",
                "realised",
                "cancelled",
                name="commitmentstatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("realised_on", sa.Date(), nullable=True),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status != 'realised' OR realised_on IS NOT NULL",
            name=op.f("ck_commitment_realised_has_day"),
        ),
        sa.CheckConstraint("giver_id != receiver_id", name=op.f("ck_commitment_two_sides")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_commitment_value_positive")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_commitment_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["giver_id"], ["stakeholder.id"], name=op.f("fk_commitment_giver_id_stakeholder")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_commitment_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["receiver_id"], ["stakeholder.id"], name=op.f("fk_commitment_receiver_id_stakeholder")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_commitment_agreement_id"), ["agreement_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_commitment_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_commitment_giver_id"), ["giver_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_commitment_programme_id"), ["programme_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_commitment_receiver_id"), ["receiver_id"], unique=False
        )
    op.create_table(
        "event_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_tag_event_id_event")
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_event_tag_tag_id_tag")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_tag")),
        sa.UniqueConstraint("event_id", "tag_id", name=op.f("uq_event_tag_event_id_tag_id")),
    )
    with op.batch_alter_table("event_tag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_tag_event_id"), ["event_id"], unique=False)


def downgrade() -> None:
    """Change them back."""
    op.drop_table("event_tag")
    op.drop_table("commitment")
    op.drop_table("agreement_party")
    op.drop_table("team_member")
    op.drop_table("programme_region")
    op.drop_table("event")
