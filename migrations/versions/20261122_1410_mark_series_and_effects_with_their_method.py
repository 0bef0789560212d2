"""Mark stored series and effects with the method that made them, as analyses are."""

import sqlalchemy as sa
from alembic import op

revision = "a7c30e94b215"
down_revision = "f2a6d81c30e7"

TABLES = ("stored_series", "stored_effect")


def upgrade() -> None:
    """Change the tables."""
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(
                sa.Column("method", sa.Integer(), nullable=False, server_default="0")
            )


def downgrade() -> None:
    """Change them back; what was stored is of a method that the program before does not know."""
    for table in TABLES:
        op.execute(sa.update(sa.table(table, sa.column("data_version"))).values(data_version=-1))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("method")
