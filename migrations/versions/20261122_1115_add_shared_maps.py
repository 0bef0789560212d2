"""Add maps that people without an account may look at."""

import sqlalchemy as sa
from alembic import op

revision = "b1d5c02e7f43"
down_revision = "b7c2f0d41e93"


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "map_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("names_hidden", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("title <> ''", name=op.f("ck_map_share_has_a_title")),
        sa.CheckConstraint("expires_at > at", name=op.f("ck_map_share_expires_after_it_was_made")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_map_share_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_share")),
        sa.UniqueConstraint("nonce", name=op.f("uq_map_share_nonce")),
    )
    with op.batch_alter_table("map_share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_map_share_by_id"), ["by_id"], unique=False)

    op.create_table(
        "map_share_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["share_id"], ["map_share.id"], name=op.f("fk_map_share_count_share_id_map_share")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_share_count")),
        sa.UniqueConstraint("share_id", name=op.f("uq_map_share_count_share_id")),
    )


def downgrade() -> None:
    """Change them back."""
    op.drop_table("map_share_count")
    with op.batch_alter_table("map_share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_map_share_by_id"))

    op.drop_table("map_share")
