"""Reading the audit trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from crm.audit.models import AuditEntry
from crm.db import db
from crm.users.models import User


@dataclass(frozen=True)
class Change:
    """One entry of a history, ready to be shown."""

    at: datetime
    by: str | None
    """Who did it; None: the system itself."""
    action: str
    record: str
    record_id: int
    changes: list[tuple[str, Any, Any]]
    """Name of the field, old value, new value."""


def history(root: str, root_id: int, limit: int = 200) -> list[Change]:
    """Return what happened to a record and its parts, latest first."""
    user = aliased(User)
    query = (
        select(AuditEntry, user.name)
        .outerjoin(user, user.id == AuditEntry.by_id)
        .where(AuditEntry.root == root, AuditEntry.root_id == root_id)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    return [_change(entry, name) for entry, name in db.session.execute(query)]


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2


def latest(number: int) -> list[Change]:
    """Return what was done last, anywhere, by people."""
    query = (
        select(AuditEntry, User.name)
        .join(User, User.id == AuditEntry.by_id)
        .where(AuditEntry.action.in_(["created", "changed", "deleted"]))
        .where(AuditEntry.record == AuditEntry.root, AuditEntry.record != "User")
        .order_by(AuditEntry.id.desc())
        .limit(number)
    )
    return [_change(entry, name) for entry, name in db.session.execute(query)]


def _change(entry: AuditEntry, name: str | None) -> Change:
    return Change(
        at=entry.at,
        by=name,
        action=entry.action,
        record=entry.record,
        record_id=entry.record_id,
        changes=[(field, *pair) for field, pair in entry.changes.items() if _is_pair(pair)],
    )
