"""Reading the audit trail."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, String, and_, cast, or_, select
from sqlalchemy.orm import aliased

from crm import clock
from crm.audit.models import AuditEntry
from crm.audit.reading import Reader, is_shown
from crm.db import db
from crm.users.models import User


@dataclass(frozen=True)
class Change:
    """One entry of a history, ready to be shown."""

    at: datetime
    by: str | None
    """Who did it; None: the system itself."""
    action: Any
    record: Any
    """What part of the record it was done to; empty: the record itself."""
    changes: list[tuple[Any, Any, Any]]
    """Name of the field, old value, new value, in words."""


def entries(root: str, root_id: int, limit: int = 200) -> list[tuple[AuditEntry, str | None]]:
    """Return the entries of a record and its parts with who made them, latest first."""
    user = aliased(User)
    query = (
        select(AuditEntry, user.name)
        .outerjoin(user, user.id == AuditEntry.by_id)
        .where(AuditEntry.root == root, AuditEntry.root_id == root_id)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    return [(entry, name) for entry, name in db.session.execute(query)]


def history(root: str, root_id: int, limit: int = 200) -> list[Change]:
    """Return what happened to a record and its parts in words, latest first."""
    rows = [(entry, name) for entry, name in entries(root, root_id, limit) if is_shown(entry)]
    reader = Reader(entry for entry, _name in rows)
    return [
        _change(reader, entry, name, "" if entry.record == root else reader.part(entry))
        for entry, name in rows
    ]


def last_change(record: str, record_id: int) -> tuple[datetime, str | None] | None:
    """Return when a record or a part of it was changed last, and by whom."""
    query = (
        select(AuditEntry.at, User.name)
        .outerjoin(User, User.id == AuditEntry.by_id)
        .where(
            AuditEntry.action.not_in(["viewed", "exported"]),
            or_(
                and_(AuditEntry.root == record, AuditEntry.root_id == record_id),
                and_(AuditEntry.record == record, AuditEntry.record_id == record_id),
            ),
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    found = db.session.execute(query).first()
    return (found.at, found.name) if found else None


def latest(number: int) -> list[Change]:
    """Return what was done last, anywhere, by people; of each record its name as well."""
    query = (
        select(AuditEntry, User.name)
        .join(User, User.id == AuditEntry.by_id)
        .where(AuditEntry.action.in_(["created", "changed", "deleted"]))
        .where(AuditEntry.record == AuditEntry.root, AuditEntry.record != "User")
        .order_by(AuditEntry.id.desc())
        .limit(number * 2)
    )
    rows = [(entry, name) for entry, name in db.session.execute(query) if is_shown(entry)][:number]
    reader = Reader(entry for entry, _name in rows)
    return [_change(reader, entry, name, reader.full_name(entry)) for entry, name in rows]


def _change(reader: Reader, entry: AuditEntry, by: str | None, record: Any) -> Change:
    return Change(
        at=entry.at,
        by=by,
        action=reader.action(entry),
        record=record,
        changes=reader.changes(entry),
    )


def found(
    q: str = "",
    *,
    user: int | None = None,
    record: str | None = None,
    action: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Select[AuditEntry]:
    """Return the query of the entries whose values hold every word of ``q`` and fit the filters.

    Days are those of Jakarta.
    """
    text = cast(AuditEntry.changes, String)
    query = select(AuditEntry).where(*(text.icontains(one, autoescape=True) for one in q.split()))
    if user:
        query = query.where(AuditEntry.by_id == user)
    if record:
        query = query.where(AuditEntry.root == record)
    if action:
        query = query.where(AuditEntry.action == action)
    if since:
        query = query.where(AuditEntry.at >= _midnight(since))
    if until:
        query = query.where(AuditEntry.at < _midnight(until + timedelta(days=1)))
    return query


def names_of_users(entries: list[AuditEntry]) -> dict[int, str]:
    """Return the names of those who did these things, by their ids."""
    ids = {entry.by_id for entry in entries if entry.by_id is not None}
    query = select(User.id, User.name).where(User.id.in_(ids))
    return dict(iter(db.session.execute(query)))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.zone())
