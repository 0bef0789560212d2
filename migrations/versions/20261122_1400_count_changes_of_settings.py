"""Count the changes of settings: of two administrators the second is told."""

import sqlalchemy as sa
from alembic import op

revision = "f2a6d81c30e7"
down_revision = "e2a97c5b4d18"


def upgrade() -> None:
    """Change the tables."""
    with op.batch_alter_table("network_setting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """Change them back."""
    with op.batch_alter_table("network_setting", schema=None) as batch_op:
        batch_op.drop_column("version")
