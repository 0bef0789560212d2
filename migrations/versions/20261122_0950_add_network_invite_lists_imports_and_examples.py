"""Add what is kept of analyses, invite lists, imports and example data."""

import sqlalchemy as sa
from alembic import op

revision = "6301a0c5154e"
down_revision = "0ff90944fe0c"


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "analysis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("window_days", sa.Integer(), nullable=False),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("nodes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis")),
        sa.UniqueConstraint("on", "window_days", name=op.f("uq_analysis_on_window_days")),
    )
    op.create_table(
        "column_memory",
        sa.Column("id", sa.Integer(), nullable=False),
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
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_memory")),
        sa.UniqueConstraint("role", "heading", name=op.f("uq_column_memory_role_heading")),
    )
    op.create_table(
        "example_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(length=500), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_example_record")),
    )
    op.create_table(
        "network_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_setting")),
        sa.UniqueConstraint("name", name=op.f("uq_network_setting_name")),
    )
    op.create_table(
        "stored_map",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("picture", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_map")),
        sa.UniqueConstraint("key", name=op.f("uq_stored_map_key")),
    )
    with op.batch_alter_table("stored_map", schema=None) as batch_op:
        batch_op.create_index("ix_stored_map_drawn_at", ["drawn_at"], unique=False)

    op.create_table(
        "import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "shape",
            sa.Enum("stakeholders", "meetings", name="importshape", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "mapping",
                "matching",
                "preview",
                "running",
                "done",
                "undoing",
                "undone",
                name="importstatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=500), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("sheets", sa.JSON(), nullable=False),
        sa.Column("error", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_import_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import")),
    )
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_by_id"), ["by_id"], unique=False)

    op.create_table(
        "stored_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("analysis_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("severity", sa.Double(), nullable=False),
        sa.Column("impact", sa.Double(), nullable=False),
        sa.Column("need", sa.Double(), nullable=False),
        sa.Column("region_code", sa.String(length=13), nullable=True),
        sa.Column("sectors", sa.JSON(), nullable=False),
        sa.Column("sector_marks", sa.String(length=120), nullable=False),
        sa.Column("organisations", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("step", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["analysis_id"],
            ["analysis.id"],
            name=op.f("fk_stored_finding_analysis_id_analysis"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_finding")),
        sa.UniqueConstraint("analysis_id", "key", name=op.f("uq_stored_finding_analysis_id_key")),
    )
    with op.batch_alter_table("stored_finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_finding_code"), ["code"], unique=False)
        batch_op.create_index("ix_stored_finding_ranked", ["analysis_id", "rank"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_stored_finding_region_code"), ["region_code"], unique=False
        )

    op.create_table(
        "import_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=500), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import.id"], name=op.f("fk_import_file_import_id_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
    )
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_file_import_id"), ["import_id"], unique=False)

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


def downgrade() -> None:
    """Change them back."""
    op.drop_table("invite_draft")
    op.drop_table("import_work")
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.drop_index("ix_import_row_subject")
        batch_op.drop_index("ix_import_row_status")
        batch_op.drop_index("ix_import_row_match")

    op.drop_table("import_row")
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_file_import_id"))

    op.drop_table("import_file")
    with op.batch_alter_table("stored_finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_finding_region_code"))
        batch_op.drop_index("ix_stored_finding_ranked")
        batch_op.drop_index(batch_op.f("ix_stored_finding_code"))

    op.drop_table("stored_finding")
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_by_id"))

    op.drop_table("import")
    with op.batch_alter_table("stored_map", schema=None) as batch_op:
        batch_op.drop_index("ix_stored_map_drawn_at")

    op.drop_table("stored_map")
    op.drop_table("network_setting")
    op.drop_table("example_record")
    op.drop_table("column_memory")
    op.drop_table("analysis")
