"""Finding a word in everything that has a page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func

from crm.actions import services as actions
from crm.agreements import services as agreements
from crm.contacts import services as contacts
from crm.db import db
from crm.events import services as events
from crm.programmes import services as programmes
from crm.regions.models import Region
from crm.stakeholders import services as stakeholders

SHOWN = 6


@dataclass(frozen=True)
class Group:
    """What was found of one kind."""

    kind: str
    rows: list[Any]
    total: int


def everywhere(q: str, *, today: date) -> list[Group]:
    """Return what holds every word of ``q``, by kind; kinds without a hit are left out."""
    if not q.strip():
        return []
    queries = {
        "stakeholders": stakeholders.found(q),
        "contacts": contacts.found(q),
        "events": events.found(q),
        "agreements": agreements.found(q, today=today),
        "programmes": programmes.found(q),
        "actions": actions.found(q, today=today),
        "regions": _regions(q),
    }
    groups = [_group(kind, query) for kind, query in queries.items()]
    return [one for one in groups if one.total]


def _regions(q: str) -> Any:
    conditions = [Region.name.icontains(word, autoescape=True) for word in q.split()]
    return db.select(Region).where(*conditions).order_by(Region.code)


def _group(kind: str, query: Any) -> Group:
    counted = query.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    rows = db.session.scalars(query.limit(SHOWN)).unique().all()
    return Group(kind, list(rows), db.session.scalar(counted) or 0)
