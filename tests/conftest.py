"""What all tests share: one application, a clean database for each test, a fixed cast of users."""

import gc
import os
from functools import cache
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from crm import create_app
from crm.db import Model, db
from crm.users import accounts, passwords
from tests import make

IN_EARNEST = passwords._hasher, dict(accounts.SETTINGS["PASSWORD_HASH_PASSLIB_OPTIONS"])
"""How passwords are kept outside of tests: each takes as long as many a test does otherwise."""
passwords._hasher = passwords.PasswordHasher(1, 8, 1)
accounts.SETTINGS["PASSWORD_HASH_PASSLIB_OPTIONS"].update(
    argon2__rounds=1, argon2__memory_cost=8, argon2__parallelism=1
)


def pytest_collection_finish():
    """Look less often for garbage, and never through what all tests share."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


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
            _empty(connection)


@cache
def _held():
    """Return what asks for the tables that hold something, those that refer to others first."""
    return " UNION ALL ".join(
        f"SELECT '{table.name}' WHERE EXISTS (SELECT 1 FROM \"{table.name}\")"
        for table in reversed(Model.metadata.sorted_tables)
    )


def _empty(connection):
    """Empty the few tables that hold something: to empty all takes longer than many a test."""
    # Without looking at what refers to what: everything goes.
    on_postgresql = connection.dialect.name == "postgresql"
    connection.exec_driver_sql(
        "SET LOCAL session_replication_role = replica"
        if on_postgresql
        else "PRAGMA defer_foreign_keys=ON"
    )
    for name in connection.exec_driver_sql(_held()).scalars().all():
        connection.exec_driver_sql(f'DELETE FROM "{name}"')
    if on_postgresql:
        connection.exec_driver_sql(
            "SELECT setval(quote_ident(sequencename)::regclass, 1, false) FROM pg_sequences "
            "WHERE schemaname = current_schema() AND last_value IS NOT NULL"
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
