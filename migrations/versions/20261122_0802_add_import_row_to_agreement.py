"""Add the tables import_row to agreement."""

import sqlalchemy as sa
from alembic import op

revision = "000000000003"
down_revision = "000000000002"


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "stakeholders",
                "meetings",
                "participations",
                name="role",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("group", sa.String(length=500), nullable=False),
        sa.Column(
            "match",
            sa.Enum(
                "new",
                "update",
                "same",
                "doubtful",
                "refused",
                name="rowmatch",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("match_id", sa.Integer(), nullable=True),
        sa.Column("match_version", sa.Integer(), nullable=True),
        sa.Column("matches", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "taken",
                "skipped",
                "failed",
                "undone",
                "kept",
                name="rowstatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undo", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import.id"], name=op.f("fk_import_row_import_id_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint(
            "import_id", "role", "number", name=op.f("uq_import_row_import_id_role_number")
        ),
    )
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.create_index("ix_import_row_match", ["import_id", "match"], unique=False)
        batch_op.create_index("ix_import_row_status", ["import_id", "status"], unique=False)
        batch_op.create_index("ix_import_row_subject", ["import_id", "subject"], unique=False)
    op.create_table(
        "import_work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import.id"], name=op.f("fk_import_work_import_id_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_work")),
        sa.UniqueConstraint("import_id", name=op.f("uq_import_work_import_id")),
    )
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
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("funder_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("name != ''", name=op.f("ck_programme_has_name")),
        sa.CheckConstraint(
            "ends IS NULL OR starts IS NULL OR ends >= starts", name=op.f("ck_programme_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["funder_id"], ["stakeholder.id"], name=op.f("fk_programme_funder_id_stakeholder")
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["stakeholder.id"], name=op.f("fk_programme_lead_id_stakeholder")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
    )
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_funder_id"), ["funder_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_programme_lead_id"), ["lead_id"], unique=False)
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
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=13), nullable=True),
        sa.Column("regulation_id", sa.Integer(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_team_region_code_region")
        ),
        sa.ForeignKeyConstraint(
            ["regulation_id"], ["regulation.id"], name=op.f("fk_team_regulation_id_regulation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
    )
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_region_code"), ["region_code"], unique=False)
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "mou",
                "pks",
                "moa",
                "ia",
                "nota_kesepakatan",
                "other",
                name="agreementkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("title != ''", name=op.f("ck_agreement_has_title")),
        sa.CheckConstraint(
            "ends IS NULL OR starts IS NULL OR ends >= starts", name=op.f("ck_agreement_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["agreement.id"], name=op.f("fk_agreement_parent_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_agreement_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_ends"), ["ends"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_agreement_programme_id"), ["programme_id"], unique=False
        )


def downgrade() -> None:
    """Change them back."""
    op.drop_table("agreement")
    op.drop_table("team")
    op.drop_table("stakeholder_tag")
    op.drop_table("stakeholder_merge")
    op.drop_table("stakeholder_identifier")
    op.drop_table("stakeholder_alias")
    op.drop_table("programme")
    op.drop_table("position")
    op.drop_table("import_work")
    op.drop_table("import_row")
