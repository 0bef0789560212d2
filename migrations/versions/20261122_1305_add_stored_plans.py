"""Add the plans that are kept of the network."""

import sqlalchemy as sa
from alembic import op

revision = "c4e81f3a9d20"
down_revision = "d7f3b2c96e51"


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "stored_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_plan")),
        sa.UniqueConstraint("key", name=op.f("uq_stored_plan_key")),
    )
    with op.batch_alter_table("stored_plan", schema=None) as batch_op:
        batch_op.create_index("ix_stored_plan_computed_at", ["computed_at"], unique=False)


def downgrade() -> None:
    """Change them back."""
    with op.batch_alter_table("stored_plan", schema=None) as batch_op:
        batch_op.drop_index("ix_stored_plan_computed_at")

    op.drop_table("stored_plan")
