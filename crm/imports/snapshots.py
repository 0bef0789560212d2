"""Records as plain values: to see whether one changed since, and to put old values back."""

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import RelationshipProperty

from crm.db import Model, Moment

_BOOKKEEPING = frozenset({"id", "version"})


def mappers() -> dict[str, Any]:
    """Return the mapper of every kind of record by its name."""
    return {mapper.class_.__name__: mapper for mapper in Model.registry.mappers}


def links(record_class: type[Model]) -> list[RelationshipProperty]:
    """Return the relationships of a kind of record that have no rows of their own: its tags."""
    return [one for one in inspect(record_class).relationships if one.secondary is not None]


def columns(record: Model) -> dict[str, Any]:
    """Return the values of a record's columns as JSON can hold them."""
    return {
        column.key: plain(getattr(record, column.key))
        for column in inspect(type(record)).column_attrs
        if column.key not in _BOOKKEEPING
    }


def fingerprint(record: Model) -> str:
    """Return a text that is another one as soon as any value or link of the record is."""
    linked = {
        one.key: sorted(other.id for other in getattr(record, one.key))
        for one in links(type(record))
    }
    told = json.dumps([columns(record), linked], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def plain(value: Any) -> Any:
    """Return a column's value as JSON can hold it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def restored(record_class: type[Model], name: str, value: Any) -> Any:
    """Return the value of a column from what JSON held of it."""
    kind = inspect(record_class).columns[name].type
    enum = getattr(kind, "enum_class", None)
    if value is None:
        return None
    if enum is not None:
        return enum(value)
    if isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    try:
        python_type = kind.python_type
    except NotImplementedError:
        return value
    if python_type in (date, datetime):
        return python_type.fromisoformat(value)
    return Decimal(value) if python_type is Decimal else value
