"""Add stakeholders, and people with the posts that they hold."""

import sqlalchemy as sa
from alembic import op

revision = "3cea8142c8ea"
down_revision = "91d9f9b439fc"


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("name_key", sa.String(length=500), nullable=False),
        sa.Column("title_before", sa.String(length=80), nullable=False),
        sa.Column("title_after", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("phone_e164", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "consent",
                "contract",
                "legal_duty",
                "vital_interest",
                "public_task",
                "legitimate_interest",
                name="basis",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("basis_proof", sa.String(length=500), nullable=False),
        sa.Column("basis_on", sa.Date(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("name != ''", name=op.f("ck_contact_has_name")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_name_key"), ["name_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_phone_e164"), ["phone_e164"], unique=False)

    op.create_table(
        "kind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column(
            "sector",
            sa.Enum(
                "opd",
                "university",
                "community",
                "ngo_csr",
                "business",
                "media",
                name="sector",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name_id", sa.String(length=500), nullable=False),
        sa.Column("name_en", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kind")),
        sa.UniqueConstraint("code", name=op.f("uq_kind_code")),
    )
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("name", name=op.f("uq_tag_name")),
    )
    op.create_table(
        "privacy_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_privacy_request_contact_id_contact")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_request")),
    )
    with op.batch_alter_table("privacy_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_privacy_request_contact_id"), ["contact_id"], unique=False
        )

    op.create_table(
        "stakeholder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("short_name", sa.String(length=120), nullable=False),
        sa.Column("name_key", sa.String(length=500), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column(
            "sector",
            sa.Enum(
                "opd",
                "university",
                "community",
                "ngo_csr",
                "business",
                "media",
                name="sector",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("kind_id", sa.Integer(), nullable=True),
        sa.Column(
            "level",
            sa.Enum(
                "national",
                "province",
                "district",
                "village",
                name="level",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("region_code", sa.String(length=13), nullable=True),
        sa.Column("influence", sa.Integer(), nullable=True),
        sa.Column("interest", sa.Integer(), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "identified",
                "mapped",
                "approached",
                "committed",
                "formalised",
                "realised",
                "maintained",
                "inactive",
                "declined",
                name="stage",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("website", sa.String(length=500), nullable=False),
        sa.Column("email", sa.String(length=500), nullable=False),
        sa.Column("phone", sa.String(length=500), nullable=False),
        sa.Column("phone_e164", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("name != ''", name=op.f("ck_stakeholder_has_name")),
        sa.CheckConstraint(
            "influence BETWEEN 1 AND 5", name=op.f("ck_stakeholder_influence_range")
        ),
        sa.CheckConstraint("interest BETWEEN 1 AND 5", name=op.f("ck_stakeholder_interest_range")),
        sa.ForeignKeyConstraint(["kind_id"], ["kind.id"], name=op.f("fk_stakeholder_kind_id_kind")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["stakeholder.id"],
            name=op.f("fk_stakeholder_merged_into_id_stakeholder"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user.id"], name=op.f("fk_stakeholder_owner_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_stakeholder_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakeholder")),
    )
    with op.batch_alter_table("stakeholder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stakeholder_name_key"), ["name_key"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_stakeholder_region_code"), ["region_code"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_stakeholder_sector"), ["sector"], unique=False)

    op.create_table(
        "position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stakeholder_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("title != ''", name=op.f("ck_position_has_title")),
        sa.CheckConstraint(
            "ends IS NULL OR starts IS NULL OR ends >= starts", name=op.f("ck_position_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_position_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(
            ["stakeholder_id"],
            ["stakeholder.id"],
            name=op.f("fk_position_stakeholder_id_stakeholder"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
    )
    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_position_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_position_stakeholder_id"), ["stakeholder_id"], unique=False
        )

    op.create_table(
        "stakeholder_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stakeholder_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("key", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["stakeholder_id"],
            ["stakeholder.id"],
            name=op.f("fk_stakeholder_alias_stakeholder_id_stakeholder"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakeholder_alias")),
        sa.UniqueConstraint(
            "stakeholder_id", "key", name=op.f("uq_stakeholder_alias_stakeholder_id_key")
        ),
    )
    with op.batch_alter_table("stakeholder_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stakeholder_alias_key"), ["key"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_stakeholder_alias_stakeholder_id"), ["stakeholder_id"], unique=False
        )

    op.create_table(
        "stakeholder_identifier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stakeholder_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["stakeholder_id"],
            ["stakeholder.id"],
            name=op.f("fk_stakeholder_identifier_stakeholder_id_stakeholder"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakeholder_identifier")),
        sa.UniqueConstraint("scheme", "value", name=op.f("uq_stakeholder_identifier_scheme_value")),
    )
    with op.batch_alter_table("stakeholder_identifier", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stakeholder_identifier_stakeholder_id"), ["stakeholder_id"], unique=False
        )

    op.create_table(
        "stakeholder_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stakeholder_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user.id"], name=op.f("fk_stakeholder_merge_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["into_id"], ["stakeholder.id"], name=op.f("fk_stakeholder_merge_into_id_stakeholder")
        ),
        sa.ForeignKeyConstraint(
            ["stakeholder_id"],
            ["stakeholder.id"],
            name=op.f("fk_stakeholder_merge_stakeholder_id_stakeholder"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakeholder_merge")),
    )
    with op.batch_alter_table("stakeholder_merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stakeholder_merge_into_id"), ["into_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_stakeholder_merge_stakeholder_id"), ["stakeholder_id"], unique=False
        )

    op.create_table(
        "stakeholder_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stakeholder_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["stakeholder_id"],
            ["stakeholder.id"],
            name=op.f("fk_stakeholder_tag_stakeholder_id_stakeholder"),
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_stakeholder_tag_tag_id_tag")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakeholder_tag")),
        sa.UniqueConstraint(
            "stakeholder_id", "tag_id", name=op.f("uq_stakeholder_tag_stakeholder_id_tag_id")
        ),
    )
    with op.batch_alter_table("stakeholder_tag", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stakeholder_tag_stakeholder_id"), ["stakeholder_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_stakeholder_tag_tag_id"), ["tag_id"], unique=False)


def downgrade() -> None:
    """Change them back."""
    with op.batch_alter_table("stakeholder_tag", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stakeholder_tag_tag_id"))
        batch_op.drop_index(batch_op.f("ix_stakeholder_tag_stakeholder_id"))

    op.drop_table("stakeholder_tag")
    with op.batch_alter_table("stakeholder_merge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stakeholder_merge_stakeholder_id"))
        batch_op.drop_index(batch_op.f("ix_stakeholder_merge_into_id"))

    op.drop_table("stakeholder_merge")
    with op.batch_alter_table("stakeholder_identifier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stakeholder_identifier_stakeholder_id"))

    op.drop_table("stakeholder_identifier")
    with op.batch_alter_table("stakeholder_alias", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stakeholder_alias_stakeholder_id"))
        batch_op.drop_index(batch_op.f("ix_stakeholder_alias_key"))

    op.drop_table("stakeholder_alias")
    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_position_stakeholder_id"))
        batch_op.drop_index(batch_op.f("ix_position_contact_id"))

    op.drop_table("position")
    with op.batch_alter_table("stakeholder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stakeholder_sector"))
        batch_op.drop_index(batch_op.f("ix_stakeholder_region_code"))
        batch_op.drop_index(batch_op.f("ix_stakeholder_name_key"))

    op.drop_table("stakeholder")
    with op.batch_alter_table("privacy_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_privacy_request_contact_id"))

    op.drop_table("privacy_request")
    op.drop_table("tag")
    op.drop_table("kind")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_phone_e164"))
        batch_op.drop_index(batch_op.f("ix_contact_name_key"))

    op.drop_table("contact")
