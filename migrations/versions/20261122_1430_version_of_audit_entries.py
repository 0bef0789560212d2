"""Keep with each audit entry the version of the data that it led to: a border that holds."""

import sqlalchemy as sa
from alembic import op

revision = "c41b7e90d2fa"
down_revision = "a7c30e94b215"


def upgrade() -> None:
    """Change the tables."""
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("data_version", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_audit_entry_data_version"), ["data_version"])
    # What the kept results have not seen yet led to the version that is there now.
    op.execute(
        "UPDATE audit_entry SET data_version = (SELECT max(number) FROM data_version) "
        "WHERE id > (SELECT max(audit_id) FROM kept_question)"
    )
    with op.batch_alter_table("kept_question", schema=None) as batch_op:
        batch_op.drop_column("audit_id")


def downgrade() -> None:
    """Change them back."""
    with op.batch_alter_table("kept_question", schema=None) as batch_op:
        batch_op.add_column(sa.Column("audit_id", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE kept_question SET audit_id = coalesce((SELECT max(audit_entry.id) FROM audit_entry "
        "JOIN analysis ON analysis.id = kept_question.analysis_id "
        "WHERE audit_entry.data_version IS NULL "
        "OR audit_entry.data_version <= analysis.data_version), 0)"
    )
    with op.batch_alter_table("kept_question", schema=None) as batch_op:
        batch_op.alter_column("audit_id", server_default=None)
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_data_version"))
        batch_op.drop_column("data_version")
