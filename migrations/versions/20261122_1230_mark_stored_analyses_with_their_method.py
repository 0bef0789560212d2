"""Mark stored analyses with the method that made them: those of the program before are of none."""

import sqlalchemy as sa
from alembic import op

revision = "c4a8e17d5b20"
down_revision = "b1d5c02e7f43"


def upgrade() -> None:
    """Change the tables."""
    with op.batch_alter_table("analysis", schema=None) as batch_op:
        batch_op.add_column(sa.Column("method", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Change them back; what was stored is of a method that the program before does not know."""
    op.execute(sa.update(sa.table("analysis", sa.column("data_version"))).values(data_version=-1))
    with op.batch_alter_table("analysis", schema=None) as batch_op:
        batch_op.drop_column("method")
