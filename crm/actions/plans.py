"""Plans (POA): what groups follow-ups."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from crm import periods, versions
from crm.actions.models import Plan
from crm.db import db
from crm.regions import services as regions
from crm.regions.models import Region
from crm.transaction import transaction
from crm.users import scope
from crm.users.models import User

DETAILS = (joinedload(Plan.region).joinedload(Region.parent),)


def found(q: str = "", *, archived: bool = False) -> Select[Plan]:
    """Return the query of the plans whose titles hold every word of ``q``."""
    title = func.lower(Plan.title)
    query = select(Plan).where(
        Plan.archived_at.is_not(None) if archived else Plan.archived_at.is_(None),
        *(title.contains(word, autoescape=True) for word in q.casefold().split()),
    )
    return query.options(*DETAILS)


def get(plan_id: int) -> Plan | None:
    """Return one plan."""
    return db.session.get(Plan, plan_id, options=DETAILS)


def all_titles(also: int | None = None) -> list[tuple[int, str]]:
    """Return the id and title of every plan in use, and of one more, by title."""
    wanted = or_(Plan.archived_at.is_(None), Plan.id == also)
    query = select(Plan.id, Plan.title).where(wanted).order_by(Plan.title)
    return [(one, title) for one, title in db.session.execute(query)]


def as_form(plan: Plan) -> dict[str, Any]:
    """Return what a form shows of a plan."""
    return {column.key: getattr(plan, column.key) for column in Plan.__table__.columns}


def may_edit(by: User, plan: Plan) -> bool:
    """Whether a user may change a plan: where it is made for their regions."""
    return scope.may_edit(by, plan.region_code)


def add(by: User | None, *, title: str, **values: Any) -> Plan:
    """Add a plan.

    :raises Refused: if it ends before it begins
    :raises NotYours: if it lies outside the regions of ``by``
    """
    with transaction(by=by):
        scope.require(by, values.get("region_code"), field="region_code")
        _check(**values)
        plan = Plan(title=title, **values)
        db.session.add(plan)
    return plan


def change(
    by: User | None, plan_id: int, *, version: int, restore: bool = False, **values: Any
) -> Plan:
    """Change what is known about a plan.

    :raises Conflict: if somebody else changed or archived it since ``version``
    :raises Refused: if it ends before it begins
    :raises NotYours: if it lies outside the regions of ``by``, before or after
    """
    with transaction(by=by):
        plan = db.session.get_one(Plan, plan_id)
        scope.require(by, plan.region_code)
        scope.require(by, values.get("region_code"), field="region_code")
        versions.check(plan, version, restore=restore)
        _check(**values)
        plan.archived_at = None
        for column, value in values.items():
            setattr(plan, column, value)
    return plan


def archive(by: User | None, plan_id: int, *, at: datetime) -> None:
    """Take a plan out of the lists; its follow-ups stay."""
    with transaction(by=by):
        plan = db.session.get_one(Plan, plan_id)
        scope.require(by, plan.region_code)
        plan.archived_at = plan.archived_at or at


def restore(by: User | None, plan_id: int) -> None:
    """Put an archived plan back."""
    with transaction(by=by):
        plan = db.session.get_one(Plan, plan_id)
        scope.require(by, plan.region_code)
        plan.archived_at = None


def _check(
    *,
    region_code: str | None = None,
    starts: date | None = None,
    ends: date | None = None,
    **_rest: Any,
) -> None:
    regions.check(region_code)
    periods.in_order(starts, ends)
