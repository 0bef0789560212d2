"""How a migration runs: on the database of the application, all or nothing."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, TypeDecorator, text

db = current_app.extensions["migrate"].db
metadata = db.metadatas[None]


def render_item(kind, item, _autogenerate_context):
    """Write a type of ours as the type it is stored as: a migration imports nothing of ours."""
    if kind == "type" and isinstance(item, TypeDecorator):
        stored = item.impl_instance
        arguments = "timezone=True" if getattr(stored, "timezone", False) else ""
        return f"sa.{type(stored).__name__}({arguments})"
    return False


def row_counts(connection: Connection) -> dict[str, int]:
    """Count the rows of every table that is there."""
    names = db.inspect(connection).get_table_names()
    return {
        name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()  # noqa: S608
        for name in names
        if name != "alembic_version"
    }


def run() -> None:
    """Run the migrations that are asked for, in one transaction."""
    with db.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            # A changed table is copied and dropped; with keys enforced its children go with it.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.rollback()
            connection = connection.execution_options(will_write=True)
        before = row_counts(connection)
        connection.rollback()
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
            transaction_per_migration=False,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            if is_sqlite:
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise RuntimeError(f"The migration would break links between rows: {broken}")
            refuse_losses(before, row_counts(connection))
        if is_sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def refuse_losses(before: dict[str, int], after: dict[str, int]) -> None:
    """Stop where a table that stays has lost rows that nobody said should go."""
    lost = [name for name, rows in before.items() if name in after and after[name] < rows]
    if lost:
        raise RuntimeError(f"The migration would lose rows of {', '.join(sorted(lost))}.")


if context.is_offline_mode():
    raise SystemExit("Migrations run against the database: without --sql.")
run()
