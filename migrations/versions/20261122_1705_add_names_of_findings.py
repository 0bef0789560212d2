"""Keep whom findings name, so that they are found by it."""

import sqlalchemy as sa
from alembic import op

revision = "5b8e2f1c70d4"
down_revision = "c41b7e90d2fa"


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "finding_name",
        sa.Column("analysis_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("named_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["analysis_id"],
            ["analysis.id"],
            name=op.f("fk_finding_name_analysis_id_analysis"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "analysis_id", "what", "named_id", "rank", name=op.f("pk_finding_name")
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Change them back."""
    op.drop_table("finding_name")
