"""A copy of the database, made while people go on working, and looked over before it counts."""

import os
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from crm.db import sqlite
from crm.errors import Refused


def make(url: URL, target: Path) -> int:
    """Copy a SQLite database into a new file and return the number of its tables.

    :raises Refused: if there is such a file, it cannot be written, or the database is another one
    """
    if url.get_backend_name() != "sqlite" or not url.database:
        raise Refused(
            "PostgreSQL makes its own backups: pg_dump --format=custom --file=<file> <database>"
        )
    if not Path(url.database).exists():
        raise Refused(f"There is no database at {url.database} yet.")
    try:
        # Readable by us alone from the start: it holds personal data.
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        raise Refused(f"{target} exists already: a backup overwrites nothing.") from error
    except OSError as error:
        raise Refused(f"{target} cannot be written ({error.strerror}).") from error
    with closing(sqlite.connect(url.database, isolation_level=None)) as source:
        source.execute("VACUUM INTO ?", (str(target),))
    return check(target)


def check(path: Path) -> int:
    """Read a backup from end to end and return the number of its tables.

    :raises Refused: if it is damaged
    """
    with closing(sqlite.connect(path, isolation_level=None)) as copy:
        try:
            faults = [row[0] for row in copy.execute("PRAGMA integrity_check") if row[0] != "ok"]
            faults += [f"{row[0]} row {row[1]}" for row in copy.execute("PRAGMA foreign_key_check")]
            (tables,) = copy.execute(
                "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
            ).fetchone()
        except sqlite.DatabaseError as error:
            faults = [str(error)]
    if faults:
        raise Refused(f"{path} is damaged ({faults[0]}): do not rely on it.")
    return int(tables)
