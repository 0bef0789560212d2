"""Add findings that no longer stand, and the results to compare the next ones with."""

import sqlalchemy as sa
from alembic import op

revision = "e19c4d70ab83"
down_revision = "e5d09b3c7a14"


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "closed_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("severity", sa.Double(), nullable=False),
        sa.Column("region_code", sa.String(length=13), nullable=True),
        sa.Column("sector_marks", sa.String(length=120), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("stood_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "records",
                "archived",
                "data",
                "time",
                "settings",
                "program",
                name="closingcause",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("records", sa.JSON(), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_finding")),
    )
    with op.batch_alter_table("closed_finding", schema=None) as batch_op:
        for name in ("key", "code", "region_code", "closed_at"):
            batch_op.create_index(batch_op.f(f"ix_closed_finding_{name}"), [name], unique=False)

    op.create_table(
        "kept_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("analysis_id", sa.Integer(), nullable=True),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("kept_since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["analysis_id"],
            ["analysis.id"],
            name=op.f("fk_kept_question_analysis_id_analysis"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_question")),
    )


def downgrade() -> None:
    """Change them back."""
    op.drop_table("kept_question")
    with op.batch_alter_table("closed_finding", schema=None) as batch_op:
        for name in ("closed_at", "region_code", "code", "key"):
            batch_op.drop_index(batch_op.f(f"ix_closed_finding_{name}"))

    op.drop_table("closed_finding")
