"""Add the tables regulation to import_file."""

import sqlalchemy as sa
from alembic import op

revision = "000000000002"
down_revision = "000000000001"


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "regulation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("region_code", sa.String(length=13), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "proposed",
                "drafted",
                "discussed",
                "signed",
                "revoked",
                name="regulationstage",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("title != ''", name=op.f("ck_regulation_has_title")),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_regulation_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regulation")),
    )
    with op.batch_alter_table("regulation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_regulation_region_code"), ["region_code"], unique=False
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
        "user_region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(length=13), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_user_region_region_code_region")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_user_region_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_region")),
        sa.UniqueConstraint(
            "user_id", "region_code", name=op.f("uq_user_region_user_id_region_code")
        ),
    )
    with op.batch_alter_table("user_region", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_region_user_id"), ["user_id"], unique=False)
    op.create_table(
        "user_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "name",
            sa.Enum(
                "viewer",
                "editor",
                "organiser",
                "admin",
                name="rolename",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_user_role_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_role")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_user_role_user_id_name")),
    )
    with op.batch_alter_table("user_role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_role_user_id"), ["user_id"], unique=False)
    op.create_table(
        "user_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stays", sa.Boolean(), nullable=False),
        sa.Column("totp_counter", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("browser", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_user_session_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_session_token_hash")),
    )
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_session_user_id"), ["user_id"], unique=False)
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


def downgrade() -> None:
    """Change them back."""
    op.drop_table("import_file")
    op.drop_table("user_session")
    op.drop_table("user_role")
    op.drop_table("user_region")
    op.drop_table("stored_finding")
    op.drop_table("stakeholder")
    op.drop_table("regulation")
