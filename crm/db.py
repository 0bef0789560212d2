"""The database: the session, the base of all models, shared column types, SQLite's manners."""

import re
import sqlite3
from datetime import UTC, datetime
from enum import Enum as PythonEnum
from typing import Any, ClassVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    String,
    TypeDecorator,
    event,
)
from sqlalchemy.orm import DeclarativeBase, declared_attr, registry

try:
    from pysqlite3 import dbapi2 as sqlite
except ImportError:  # no wheel for this machine: its own library, then without WAL
    sqlite = sqlite3

# WAL can corrupt a file before these versions (sqlite.org/wal.html, "the WAL-reset bug").
WAL_IS_SAFE = sqlite.sqlite_version_info >= (3, 51, 3) or sqlite.sqlite_version_info[:3] in (
    (3, 50, 7),
    (3, 44, 6),
)


class Moment(TypeDecorator):
    """A point in time: stored as UTC, always aware in Python."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone, store the rest as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _by_value(kind: type[PythonEnum]) -> list[str]:
    return [member.value for member in kind]


class Model(DeclarativeBase):
    """The base of all models: constraint names, column types, and what the history shows."""

    registry = registry(
        type_annotation_map={
            str: String(500),
            datetime: Moment(),
            dict: JSON(),
            dict[str, Any]: JSON(),
            list: JSON(),
            list[Any]: JSON(),
            PythonEnum: Enum(PythonEnum, native_enum=False, length=40, values_callable=_by_value),
        }
    )
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    @declared_attr.directive
    def __tablename__(cls) -> str:
        """The class name in snake case."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    shapes_network: ClassVar[bool] = False
    """Whether a change of such a row can change the analysis, whose results are then old."""
    audited: ClassVar[bool] = True
    """Whether changes are kept in the history; queues, caches and counters are not."""
    id: Any
    """Every table has one column as its key."""
    part_of: ClassVar[str] = ""
    """The foreign key to the record in whose history this row is shown, e.g. ``stakeholder_id``."""


Money = BigInteger
"""Whole rupiah."""

db = SQLAlchemy(model_class=Model)


@event.listens_for(Model, "attribute_instrument", propagate=True)
def _keep_old_values(_class: type, _key: str, attribute: Any) -> None:
    # Without this an attribute that was not loaded before it is set has no old value to log.
    if hasattr(attribute.property, "columns"):
        event.listen(attribute, "set", _nothing, active_history=True)


def _nothing(*_arguments: Any) -> None:
    """Listen, so that SQLAlchemy loads the old value first."""


def engine_options(url: str) -> dict:
    """Return what the engine of this address needs."""
    if url.startswith("sqlite"):
        # The driver must not open transactions of its own: we say BEGIN, see _begin.
        return {"module": sqlite, "connect_args": {"isolation_level": None, "timeout": 5}}
    return {"pool_pre_ping": True}


def teach_sqlite(engine: Engine, synchronous: str) -> None:
    """Make SQLite keep foreign keys, wait for its turn, and take the write lock when told."""

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        if WAL_IS_SAFE:
            cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA synchronous={synchronous}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA busy_timeout=5000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # A reader that turns writer may find that the world moved on ("database is locked"):
        # whoever will write says so at the start. See crm/transaction.py.
        kind = "IMMEDIATE" if connection.get_execution_options().get("will_write") else "DEFERRED"
        connection.exec_driver_sql(f"BEGIN {kind}")
