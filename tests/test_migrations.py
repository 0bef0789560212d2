"""Migrations: up, down and up again on both databases, and their head equals the models."""

from datetime import date

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from crm import create_app
from crm.db import Model, db
from tests.conftest import own_database


@pytest.fixture
def empty_app(tmp_path):
    """An application on an empty database of its own."""
    app = create_app(
        {
            "TESTING": True,
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": own_database("migrations"),
            "JOBS_IMMEDIATE": True,
        }
    )
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_up_down_and_up_again(empty_app):
    flask_migrate.upgrade()
    after_first = tables()
    flask_migrate.downgrade(revision="base")
    assert tables() == set()

    flask_migrate.upgrade()

    assert tables() == after_first == set(Model.metadata.tables)


def test_the_head_equals_the_models(empty_app):
    flask_migrate.upgrade()

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Model.metadata) == []


def test_rows_survive_going_up_again(empty_app):
    """What stands in the tables when a migration finds nothing to do is still there after it."""
    flask_migrate.upgrade()
    with db.engine.begin() as connection:
        connection.execute(
            Model.metadata.tables["region"].insert(),
            {"code": "16", "name": "Sumatera Selatan", "level": "province"},
        )
        connection.execute(
            Model.metadata.tables["region_indicator"].insert(),
            {
                "region_code": "16",
                "name": "poverty_percent",
                "value": 13.19,
                "year": 2017,
                "counted_on": date(2017, 3, 1),
                "source": "BPS",
            },
        )

    flask_migrate.upgrade()

    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM region_indicator")).scalar() == 1


def test_what_kept_results_have_not_seen_is_known_by_its_version_after_an_upgrade(empty_app):
    """And by its number after the way back."""
    flask_migrate.upgrade(revision="c41b7e90d2fa-1")
    entry = (
        "INSERT INTO audit_entry (id, at, action, record, record_id, root, root_id, changes) "
        "VALUES (:id, '2026-11-22', 'created', 'Event', 1, 'Event', 1, '{}')"
    )
    with db.engine.begin() as connection:
        connection.execute(text("INSERT INTO data_version (id, number) VALUES (1, 7)"))
        connection.execute(text(entry), [{"id": 1}, {"id": 2}])
        connection.execute(
            text(
                'INSERT INTO analysis (id, "on", window_days, data_version, method, computed_at, '
                "seconds, numbers, regions, nodes) "
                "VALUES (1, '2026-11-22', 730, 6, 3, '2026-11-22', 1, '{}', '{}', '{}')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO kept_question (id, analysis_id, audit_id, kept_since) "
                "VALUES (1, 1, 1, '2026-11-22')"
            )
        )

    flask_migrate.upgrade()

    with db.engine.begin() as connection:
        versions = text("SELECT data_version FROM audit_entry ORDER BY id")
        assert connection.execute(versions).scalars().all() == [None, 7]
    flask_migrate.downgrade(revision="c41b7e90d2fa-1")
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT audit_id FROM kept_question")).scalar() == 1
