"""An application on a database of its own, filled with a generated network, and somebody in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import flask_migrate
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from benchmarks.generate import UNTIL, Network, Spot, generate
from benchmarks.write import write
from crm import create_app
from crm.db import db
from crm.network.questions import DEFAULT_WINDOW, Question
from crm.regions import services as regions
from crm.spelling import region_rows
from crm.stakeholders import vocabulary
from crm.users.models import User
from tests import make

SECRET = "for benchmarks alone, and long enough to be taken"


@dataclass(frozen=True)
class House:
    """One filled application."""

    app: Flask
    database: str
    """``SQLite`` or ``PostgreSQL``."""
    folder: Path
    network: Network
    user_id: int

    @property
    def size(self) -> int:
        """How many organisations there are."""
        return len(self.network.organisations)

    @property
    def question(self) -> Question:
        """What the analysis pages are asked: the last day, two years back."""
        return Question(UNTIL, DEFAULT_WINDOW)

    @property
    def asked(self) -> str:
        """The question as it stands in addresses."""
        return "&".join(f"{name}={value}" for name, value in self.question.args.items())

    @property
    def url(self) -> str:
        """The address of the database."""
        return str(self.app.config["SQLALCHEMY_DATABASE_URI"])

    def browser(self) -> FlaskClient:
        """Return a browser in which somebody has signed in."""
        browser = self.app.test_client()
        with self.app.app_context():
            make.signed_in(browser, db.session.get_one(User, self.user_id))
        return browser


@contextmanager
def filled(size: int, postgresql: str = "", seed: int = 1) -> Iterator[House]:
    """Fill a database for a while: a SQLite file, or a new one on the given PostgreSQL."""
    network = generate(size, spots(), seed)
    with TemporaryDirectory(prefix="sinergi-bench-") as folder, _database(postgresql) as url:
        app = reopened(folder, url)
        with app.app_context():
            flask_migrate.upgrade()
            regions.load_reference()
            vocabulary.load_kinds()
            write(db.engine, network)
            user_id = make.user("Oki", "editor", "organiser").id
            db.session.remove()
        name = "PostgreSQL" if postgresql else "SQLite"
        yield House(app, name, Path(folder), network, user_id)
        with app.app_context():
            db.engine.dispose()


def reopened(folder: str, url: str) -> Flask:
    """Return an application on a folder and database, filled or not."""
    settings = {
        "DATA_DIR": folder,
        "DATABASE_URL": url,
        "SECRET_KEY": SECRET,
        "JOBS_IMMEDIATE": True,
        "RATELIMIT_ENABLED": False,
    }
    return create_app(settings)


def spots() -> list[Spot]:
    """Return the provinces, kabupaten and kota of Indonesia."""
    return [
        Spot(row["code"], row["name"], int(row["population_2025"] or 0))
        for row in region_rows()
        if row["level"] in ("province", "district")
    ]


@contextmanager
def _database(postgresql: str) -> Iterator[str]:
    """Make a database on a PostgreSQL server for a while; without one the empty address."""
    if not postgresql:
        yield ""
        return
    engine = create_engine(postgresql, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE sinergi_bench"))
    try:
        yield make_url(postgresql).set(database="sinergi_bench").render_as_string(False)
    finally:
        with engine.connect() as connection:
            connection.execute(text("DROP DATABASE sinergi_bench WITH (FORCE)"))
        engine.dispose()
