"""What all tests share: one application, a clean database for each test, a fixed cast of users."""

import os
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from crm import create_app
from crm.db import Model, db
from tests import make


class Browser(FlaskClient):
    """A test client whose requests share nothing with each other or with the test.

    Flask lends a request the application context that is open already: then ``g``, who is signed
    in, and the database session would outlive the request, as they never do on a server.
    """

    def open(self, *args, buffered=True, **kwargs):
        """Send a request from a context of its own, and let the test see what it changed."""
        with self.application.app_context():
            answer = super().open(*args, buffered=buffered, **kwargs)
        db.session.rollback()
        return answer


@pytest.fixture(scope="session")
def app(tmp_path_factory, request):
    """The application on a database of its own: SQLite, or SINERGI_TEST_DATABASE_URL."""
    folder = tmp_path_factory.mktemp("data")
    app = create_app(
        {
            "TESTING": True,
            "DATA_DIR": str(folder),
            "DATABASE_URL": own_database("test"),
            "SECRET_KEY": "only for tests, long enough to be taken",
            "JOBS_IMMEDIATE": True,
            # Worked out where a test asks for it: it is not what most pages are about.
            "STABILITY_RUNS": 0,
            "SQLITE_SYNCHRONOUS": "OFF",
            "WTF_CSRF_ENABLED": False,
            "RATELIMIT_ENABLED": False,
        }
    )
    app.test_client_class = Browser
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.drop_all()
        db.engine.dispose()


def own_database(purpose: str) -> str:
    """Return the address of an empty PostgreSQL database of this worker; empty: use SQLite."""
    url = os.environ.get("SINERGI_TEST_DATABASE_URL", "")
    if not url:
        return ""
    name = f"sinergi_{purpose}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return make_url(url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def clean(app):
    """An application context whose database is emptied afterwards."""
    with app.app_context():
        yield
        db.session.rollback()
        db.session.remove()
        with db.engine.begin() as connection:
            if db.engine.dialect.name == "postgresql":
                _empty_postgresql(connection)
            else:
                connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
                for table in reversed(Model.metadata.sorted_tables):
                    connection.execute(table.delete())


def _empty_postgresql(connection):
    """Empty the few tables that hold something: to truncate all takes longer than most tests."""
    tables = [table.name for table in Model.metadata.sorted_tables]
    held = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in tables
    )
    # Without looking at what refers to what: everything goes.
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    for name in connection.scalars(text(held)).all():
        connection.execute(text(f'DELETE FROM "{name}"'))
    connection.execute(
        text(
            "SELECT setval(quote_ident(sequencename)::regclass, 1, false) FROM pg_sequences "
            "WHERE schemaname = current_schema() AND last_value IS NOT NULL"
        )
    )


@pytest.fixture(autouse=True)
def _database(request):
    """Give every test of the application a clean database; those of graphs/ need none."""
    if "graphs" not in Path(str(request.node.path)).parts:
        request.getfixturevalue("clean")


@pytest.fixture
def viewer():
    """Vina, who may look."""
    return make.user("Vina", "viewer")


@pytest.fixture
def editor():
    """Edi, who may edit everywhere."""
    return make.user("Edi", "editor")


@pytest.fixture
def organiser():
    """Oki, who organises workshops."""
    return make.user("Oki", "organiser")


@pytest.fixture
def admin():
    """Ani, who administers."""
    return make.user("Ani", "admin")


@pytest.fixture
def client(app):
    """A browser that is not signed in."""
    return app.test_client()


@pytest.fixture
def as_user(app):
    """Return a function that gives a browser signed in as the given user."""

    def sign_in(user):
        browser = app.test_client()
        make.signed_in(browser, user)
        return browser

    return sign_in
