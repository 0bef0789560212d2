"""Imports for tests: tables as text, taken in one go, and what is stored as plain values."""

import csv
import io
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import inspect, select

from crm.db import Model, db
from crm.imports import services
from crm.imports.files import Upload
from crm.imports.models import Import, ImportRow
from crm.imports.snapshots import plain

EXAMPLES = Path(__file__).parent.parent / "crm" / "examples"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

HEADINGS = ["Nama", "Sektor", "Wilayah", "Telepon", "Tag", "Kontak", "Jabatan", "HP"]


def now():
    return NOW


def table(*rows, headings=HEADINGS, name="daftar.csv"):
    """A CSV file; short rows are filled up."""
    text = io.StringIO()
    csv.writer(text).writerows(
        [headings, *([*row, *[""] * len(headings)][: len(headings)] for row in rows)]
    )
    return Upload(name, io.BytesIO(text.getvalue().encode()))


def meetings_files(meetings=None, participations=None):
    """The real meetings of crm/examples, or the given ones."""
    texts = {"meetings.csv": meetings, "participations.csv": participations}
    return [
        Upload(name, io.BytesIO(text.encode() if text else (EXAMPLES / name).read_bytes()))
        for name, text in texts.items()
    ]


def previewed(by, *files, shape=None):
    """An import up to its preview."""
    imported = services.start(by, files, shape, at=NOW)
    services.preview(by, imported.id, at=NOW)
    return imported


def taken(by, *files, shape=None):
    """An import, stored."""
    imported = previewed(by, *files, shape=shape)
    services.take(by, imported.id, now=now)
    return imported


def rows(imported, role=None) -> list[ImportRow]:
    """The rows of an import."""
    query = services.rows(imported.id, role=role).order_by(ImportRow.role, ImportRow.number)
    return list(db.session.scalars(query))


def matches(imported):
    """What each row is, by its number."""
    return {row.number: row.match.value for row in rows(imported)}


def stored():
    """Everything that an import may touch: each table's rows as plain values, without counters."""
    db.session.rollback()
    found = {}
    for mapper in Model.registry.mappers:
        kind = mapper.class_
        if not kind.audited or kind is Import:
            continue
        keys = [c.key for c in inspect(kind).column_attrs if c.key != "version"]
        found[kind.__name__] = [
            {key: plain(getattr(one, key)) for key in keys}
            for one in db.session.scalars(select(kind).order_by(kind.id))
        ]
    return {name: records for name, records in found.items() if records}


@contextmanager
def emptied_afterwards():
    """Empty the tables that are empty now, whatever happens inside.

    A failed example that left its rows behind would fail otherwise when it is tried again, and
    could not be made smaller.
    """
    tables = [one for one in Model.metadata.sorted_tables if not _holds_rows(one)]
    db.session.rollback()
    try:
        yield
    finally:
        db.session.rollback()
        for record in [one for one in db.session if inspect(one).mapper.local_table in tables]:
            db.session.expunge(record)
        with db.engine.begin() as connection:
            if db.engine.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            for one in reversed(tables):
                connection.execute(one.delete())


def _holds_rows(one):
    return db.session.execute(select(one).limit(1)).first() is not None
