"""The audit trail as people read it: words for fields, names for numbers, dates written out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Enum, Numeric, Time, inspect, select
from sqlalchemy.types import TypeEngine

from crm import formats
from crm.audit.models import AuditEntry
from crm.audit.words import ACTIONS, FIELDS, HIDDEN, RECORDS, VALUES
from crm.db import Model, Moment, db
from crm.language import _, current_language
from crm.words import YES_NO, label

LONGEST = 160
"""How much of a long text a history shows."""

Pairs = list[tuple[Any, Any, Any]]


@cache
def _classes() -> dict[str, type[Model]]:
    return {mapper.class_.__name__: mapper.class_ for mapper in Model.registry.mappers}


class Reader:
    """Reads entries of the audit trail; fetches the names that they need all at once."""

    def __init__(self, entries: Iterable[AuditEntry]) -> None:
        """Look up the names of all records that these entries mention."""
        wanted: dict[str, set[Any]] = defaultdict(set)
        for entry in entries:
            wanted[_table(entry.record)].add(entry.record_id)
            wanted[_table(entry.root)].add(entry.root_id)
            for field, pair in _pairs(entry):
                if target := _target(entry.record, field):
                    wanted[target].update(value for value in pair if value is not None)
                if target := _listed(entry.record, field):
                    wanted[target].update(one for value in pair for one in value or ())
        self._names = {table: _names(table, ids) for table, ids in wanted.items()}

    def action(self, entry: AuditEntry) -> Any:
        """Return what was done, in a word."""
        return ACTIONS.get(_action(entry), entry.action)

    def record(self, entry: AuditEntry) -> Any:
        """Return what kind of record it was done to."""
        return RECORDS.get(entry.record, entry.record)

    def name(self, entry: AuditEntry) -> str:
        """Return the name of that record as it is called today; empty where it is gone."""
        return self._names[_table(entry.record)].get(entry.record_id, "")

    def part(self, entry: AuditEntry) -> str:
        """Return what kind of part it was done to, and which one; what was added says it below."""
        if entry.action == "created":
            return str(self.record(entry))
        return _named(self.record(entry), self.name(entry))

    def full_name(self, entry: AuditEntry) -> str:
        """Return what kind of record it was done to, its name, and the whole it is a part of."""
        parts = [_named(self.record(entry), self.name(entry))]
        if entry.root != entry.record:
            name = self._names[_table(entry.root)].get(entry.root_id, "")
            parts.append(_named(RECORDS.get(entry.root, entry.root), name))
        return " · ".join(parts)

    def changes(self, entry: AuditEntry) -> Pairs:
        """Return label, old and new value of each field that means something to a reader."""
        shown = []
        for field, (old, new) in _pairs(entry):
            if field in HIDDEN or (field == "archived_at" and entry.action == "changed"):
                continue
            if _is_its_whole(entry.record, field) or (entry.action == "created" and not new):
                continue
            values = [self._value(entry.record, field, value) for value in (old, new)]
            shown.append((FIELDS.get(field, field), *values))
        return shown

    def _value(self, record: str, field: str, value: Any) -> Any:
        if value is None or value == "":
            return value
        if target := _target(record, field):
            return self._name(target, value)
        if (target := _listed(record, field)) and isinstance(value, list):
            return "; ".join(str(self._name(target, one)) for one in value)
        if value in VALUES.get((record, field), ()):
            return VALUES[record, field][value]
        column = _column(record, field)
        return value if column is None else _readable(column.type, value)

    def _name(self, table: str, key: Any) -> Any:
        return self._names[table].get(key) or _("number %(n)s", n=key)


def _named(record: Any, name: str) -> str:
    return f"{record}: {name}" if name else str(record)


def is_shown(entry: AuditEntry) -> bool:
    """Whether an entry says something to a reader: not if only the machine's columns changed."""
    return entry.action != "changed" or any(field not in HIDDEN for field, _pair in _pairs(entry))


def _action(entry: AuditEntry) -> str:
    changes = dict(_pairs(entry))
    if entry.action == "changed" and "merged_into_id" in changes:
        return "merged" if changes["merged_into_id"][1] else "restored"
    if entry.action == "changed" and "archived_at" in changes:
        return "archived" if changes["archived_at"][1] else "restored"
    return entry.action


def _pairs(entry: AuditEntry) -> list[tuple[str, Sequence[Any]]]:
    # Views and exports keep other details than old and new values.
    if entry.action in ("viewed", "exported"):
        return []
    return [
        (field, pair)
        for field, pair in entry.changes.items()
        if isinstance(pair, list) and len(pair) == 2
    ]


def _column(record: str, field: str) -> Any:
    found = _classes().get(record)
    return None if found is None else inspect(found).columns.get(field)


def _table(record: str) -> str:
    found = _classes().get(record)
    return "" if found is None else str(inspect(found).local_table.name)  # type: ignore[attr-defined]


def _target(record: str, field: str) -> str | None:
    """Return the table to which a field points."""
    column = _column(record, field)
    key = next(iter(column.foreign_keys), None) if column is not None else None
    return None if key is None else str(key.column.table.name)


def _listed(record: str, field: str) -> str | None:
    """Return the table whose ids a field lists, where its column says so."""
    column = _column(record, field)
    return None if column is None else column.info.get("ids_of")


def _is_its_whole(record: str, field: str) -> bool:
    """Whether a field only says to which record this part belongs: the page shows that."""
    found = _classes().get(record)
    return found is not None and found.part_of == field


def _names(table: str, keys: set[Any]) -> dict[Any, str]:
    """Return the names of records by what points to them."""
    found = next((one for one in _classes().values() if _table(one.__name__) == table), None)
    if found is None or not keys:
        return {}
    columns = inspect(found).columns
    name = _name_column(columns)
    if name is None and found.part_of and "stakeholder_id" in columns:
        return _names_by_organisation(found, keys)
    if name is None:
        return {}
    # Regions are pointed to by their code, and logged by their id.
    by_code = {one for one in keys if isinstance(one, str)}
    key = columns["code"] if by_code else columns["id"]
    if by_code and len(by_code) < len(keys):
        return _names(table, by_code) | _names(table, keys - by_code)
    query = select(key, name).where(key.in_(keys))
    return {one: _cut(str(text)) for one, text in db.session.execute(query)}


def _names_by_organisation(found: Any, keys: set[Any]) -> dict[Any, str]:
    """Return the names of parts that are called by their organisation: guests, parties, members."""
    organisation = _classes()["Stakeholder"]
    query = (
        select(found.id, organisation.name)  # type: ignore[attr-defined]
        .join(organisation, organisation.id == found.stakeholder_id)
        .where(found.id.in_(keys))
    )
    return {one: _cut(text) for one, text in db.session.execute(query)}


def _name_column(columns: Any) -> Any:
    if "name_id" in columns:
        return columns["name_en" if current_language() == "en" else "name_id"]
    for name in ("name", "title", "what", "filename"):
        if name in columns:
            return columns[name]
    return None


def _readable(kind: TypeEngine[Any], value: Any) -> Any:
    with suppress(ValueError, KeyError, TypeError):
        if isinstance(kind, Enum) and kind.enum_class:
            return label(kind.enum_class(value))
        if isinstance(kind, Boolean):
            return YES_NO[bool(value)]
        if isinstance(kind, Moment | DateTime):
            return formats.moment(datetime.fromisoformat(value))
        if isinstance(kind, Date):
            return formats.day(date.fromisoformat(value))
        if isinstance(kind, Time):
            return time.fromisoformat(value).strftime("%H.%M")
        if isinstance(kind, BigInteger):
            return formats.rupiah(int(value))
        if isinstance(kind, Numeric):
            figure = Decimal(value).normalize()
            return formats.number(figure, max(-int(figure.as_tuple().exponent), 0))
    if isinstance(value, list | dict):
        return _("%(n)s entries", n=len(value))
    return _cut(value) if isinstance(value, str) else value


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"
