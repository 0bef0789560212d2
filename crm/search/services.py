"""Finding a word in everything that has a page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_

from crm.actions import plans
from crm.actions import services as actions
from crm.actions.models import FollowUp, Plan
from crm.agreements import services as agreements
from crm.agreements.models import Agreement
from crm.contacts import services as contacts
from crm.contacts.models import Contact
from crm.db import db
from crm.events import services as events
from crm.events.models import Event
from crm.programmes import services as programmes
from crm.programmes.models import Programme
from crm.regions.models import Region
from crm.regulations import services as regulations
from crm.regulations.models import Regulation
from crm.stakeholders import names
from crm.stakeholders import services as stakeholders
from crm.stakeholders.models import Stakeholder

SHOWN = 6

ORDER: dict[str, tuple[Any, ...]] = {
    # The shortest name that holds all words is the one that is most likely meant.
    "stakeholders": (func.length(Stakeholder.name), Stakeholder.name, Stakeholder.id),
    "contacts": (func.length(Contact.name), Contact.name, Contact.id),
    "events": (Event.starts_on.desc().nulls_last(), Event.id.desc()),
    "agreements": (Agreement.starts.desc().nulls_last(), Agreement.id.desc()),
    "programmes": (Programme.name, Programme.id),
    "actions": (FollowUp.due_on.desc().nulls_last(), FollowUp.id.desc()),
    "plans": (Plan.title, Plan.id),
    "regulations": (Regulation.title, Regulation.id),
    "regions": (func.length(Region.code), Region.code),
}


@dataclass(frozen=True)
class Group:
    """What was found of one kind."""

    kind: str
    rows: list[Any]
    total: int


def everywhere(q: str, *, today: date) -> list[Group]:
    """Return what holds every word of ``q``, by kind; kinds without a hit are left out."""
    if not names.search_words(q):  # nothing but signs would match everything
        return []
    queries = {
        "stakeholders": stakeholders.found(q),
        "contacts": contacts.found(q),
        "events": events.found(q),
        "agreements": agreements.found(q, today=today),
        "programmes": programmes.found(q),
        "actions": actions.found(q, today=today),
        "plans": plans.found(q),
        "regulations": regulations.found(q),
        "regions": _regions(q),
    }
    groups = [_group(kind, query) for kind, query in queries.items()]
    return [one for one in groups if one.total]


def _regions(q: str) -> Any:
    conditions = [
        or_(Region.name.icontains(word, autoescape=True), Region.code == word) for word in q.split()
    ]
    return db.select(Region).where(*conditions)


def _group(kind: str, query: Any) -> Group:
    counted = query.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    ordered = query.order_by(None).order_by(*ORDER[kind]).limit(SHOWN)
    rows = db.session.scalars(ordered).unique().all()
    return Group(kind, list(rows), db.session.scalar(counted) or 0)
