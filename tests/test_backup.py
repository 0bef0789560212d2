"""A backup, and the proof that it can be read."""

import os
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import make_url

from crm import backup
from crm.errors import Refused


@pytest.fixture(autouse=True)
def _database():
    """Nothing here needs the clean database that other tests get."""


@pytest.fixture
def url(tmp_path):
    """A database with two tables and a pair of rows, in which somebody is reading."""
    path = tmp_path / "sinergi.db"
    with closing(backup.sqlite.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT)")
        database.execute("CREATE TABLE child (parent_id INTEGER REFERENCES parent)")
        database.execute("INSERT INTO parent VALUES (1, 'Bappeda'), (2, 'Dispusip')")
        database.execute("INSERT INTO child VALUES (2)")
        database.execute("BEGIN")
        database.execute("SELECT * FROM parent").fetchall()
        yield make_url(f"sqlite:///{path}")


def test_copy_has_every_row_and_is_ours_alone(url, tmp_path):
    target = tmp_path / "copy.db"
    assert backup.make(url, target) == 2
    with closing(sqlite3.connect(target)) as copy:
        names = [name for (name,) in copy.execute("SELECT name FROM parent ORDER BY id")]
    assert names == ["Bappeda", "Dispusip"]
    assert os.name == "nt" or target.stat().st_mode & 0o777 == 0o600


def test_overwrites_nothing(url, tmp_path):
    target = tmp_path / "copy.db"
    target.write_text("last week's")
    with pytest.raises(Refused, match="overwrites nothing"):
        backup.make(url, target)
    assert target.read_text() == "last week's"


def test_folder_that_is_not_there(url, tmp_path):
    with pytest.raises(Refused, match="cannot be written"):
        backup.make(url, tmp_path / "none" / "copy.db")


def test_nothing_to_copy(tmp_path):
    with pytest.raises(Refused, match="no database"):
        backup.make(make_url(f"sqlite:///{tmp_path / 'none.db'}"), tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_postgresql_is_sent_to_its_own_tool(tmp_path):
    with pytest.raises(Refused, match="pg_dump"):
        backup.make(make_url("postgresql+psycopg://host/sinergi"), tmp_path / "copy.db")


def test_damage_is_seen(url, tmp_path):
    target = tmp_path / "copy.db"
    backup.make(url, target)
    content = bytearray(target.read_bytes())
    content[4096:4196] = b"\xff" * 100
    target.write_bytes(content)
    with pytest.raises(Refused, match="damaged"):
        backup.check(target)


def test_child_without_its_parent_is_seen(url, tmp_path):
    target = tmp_path / "copy.db"
    backup.make(url, target)
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        copy.execute("DELETE FROM parent WHERE id = 2")
    with pytest.raises(Refused, match="child row"):
        backup.check(target)
