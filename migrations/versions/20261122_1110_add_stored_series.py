"""Add the series over months that are kept of the network."""

import sqlalchemy as sa
from alembic import op

revision = "b7c2f0d41e93"
down_revision = "6301a0c5154e"


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "stored_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("window_days", sa.Integer(), nullable=False),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_series")),
        sa.UniqueConstraint("on", "window_days", name=op.f("uq_stored_series_on_window_days")),
    )


def downgrade() -> None:
    """Change the tables back."""
    op.drop_table("stored_series")
