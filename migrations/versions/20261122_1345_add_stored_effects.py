"""Keep what an event may change, and has changed."""

import sqlalchemy as sa
from alembic import op

revision = "e5d09b3c7a14"
down_revision = "c4e81f3a9d20"


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "stored_effect",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("window_days", sa.Integer(), nullable=False),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.Column("rules_version", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_stored_effect_event_id_event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_effect")),
        sa.UniqueConstraint(
            "event_id", "on", "window_days", name=op.f("uq_stored_effect_event_id_on_window_days")
        ),
    )


def downgrade() -> None:
    """Change the tables back."""
    op.drop_table("stored_effect")
