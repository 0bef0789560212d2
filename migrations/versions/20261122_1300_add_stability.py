"""Add how far stored results hang on single records."""

import sqlalchemy as sa
from alembic import op

revision = "d7f3b2c96e51"
down_revision = "c4a8e17d5b20"


def upgrade() -> None:
    """Change the tables."""
    with op.batch_alter_table("stored_finding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stability", sa.Double(), nullable=True))

    op.create_table(
        "stored_stability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("analysis_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "running",
                "done",
                "cancelled",
                "failed",
                name="stabilitystate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("index", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["analysis_id"],
            ["analysis.id"],
            name=op.f("fk_stored_stability_analysis_id_analysis"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_stability")),
        sa.UniqueConstraint("analysis_id", name=op.f("uq_stored_stability_analysis_id")),
    )


def downgrade() -> None:
    """Change them back."""
    op.drop_table("stored_stability")
    with op.batch_alter_table("stored_finding", schema=None) as batch_op:
        batch_op.drop_column("stability")
