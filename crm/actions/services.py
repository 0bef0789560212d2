"""Finding follow-ups, and changing what is known about them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from crm import versions
from crm.actions.models import ActionStatus, FollowUp, Plan
from crm.db import db
from crm.errors import NotYours, Refused
from crm.events.models import Event
from crm.language import _
from crm.regions import services as regions
from crm.regions.models import Region
from crm.stakeholders import names
from crm.stakeholders.models import Stakeholder
from crm.tables import matches
from crm.transaction import transaction
from crm.users import scope
from crm.users.models import User

DETAILS = (
    joinedload(FollowUp.event),
    joinedload(FollowUp.stakeholder),
    joinedload(FollowUp.owner),
    joinedload(FollowUp.plan),
    joinedload(FollowUp.region).joinedload(Region.parent),
)


def found(
    q: str = "",
    *,
    today: date,
    state: str | None = None,
    owner: int | None = None,
    region: str | None = None,
    event: int | None = None,
    plan: int | None = None,
    archived: bool = False,
) -> Select[FollowUp]:
    """Return the query of the follow-ups that hold every word of ``q`` and fit the filters.

    :param state: ``open``, ``overdue``, ``done`` or ``cancelled``
    """
    query = select(FollowUp).where(
        FollowUp.archived_at.is_not(None) if archived else FollowUp.archived_at.is_(None),
        *matches(FollowUp.search_text, names.search_words(q)),
    )
    if state == "overdue":
        query = query.where(FollowUp.status == ActionStatus.OPEN, FollowUp.due_on < today)
    elif state:
        query = query.where(FollowUp.status == ActionStatus(state))
    equals = {FollowUp.owner_id: owner, FollowUp.event_id: event, FollowUp.plan_id: plan}
    query = query.where(*(column == value for column, value in equals.items() if value))
    if region:
        query = query.where(regions.within(FollowUp.region_code, region))
    return query.options(*DETAILS)


def get(action_id: int) -> FollowUp | None:
    """Return one follow-up with all that its page shows of it."""
    return db.session.get(FollowUp, action_id, options=DETAILS)


def of_event(event_id: int) -> list[FollowUp]:
    """Return what was agreed at an event, the most urgent first."""
    return _urgent_first(select(FollowUp).where(FollowUp.event_id == event_id))


def of_stakeholder(stakeholder_id: int) -> list[FollowUp]:
    """Return what is to be done with an organisation, the most urgent first."""
    return _urgent_first(select(FollowUp).where(FollowUp.stakeholder_id == stakeholder_id))


def of_plan(plan_id: int) -> list[FollowUp]:
    """Return the follow-ups of a plan, the most urgent first."""
    return _urgent_first(select(FollowUp).where(FollowUp.plan_id == plan_id))


def due(today: date, owner: User | None = None, days: int = 14) -> list[FollowUp]:
    """Return the open follow-ups that are overdue or fall due in so many days, earliest first."""
    query = select(FollowUp).where(
        FollowUp.status == ActionStatus.OPEN, FollowUp.due_on <= today + timedelta(days=days)
    )
    if owner is not None:
        query = query.where(FollowUp.owner_id == owner.id)
    return _urgent_first(query)


def by_finding(keys: Iterable[str]) -> dict[str, list[FollowUp]]:
    """Return the follow-ups that answer findings, by the key of the finding."""
    query = select(FollowUp).where(FollowUp.finding_key.in_(list(keys)))
    answers: dict[str, list[FollowUp]] = {}
    for action in _urgent_first(query):
        answers.setdefault(str(action.finding_key), []).append(action)
    return answers


def unplanned() -> list[tuple[int, str]]:
    """Return the id and title of every open follow-up that belongs to no plan, by title."""
    query = (
        select(FollowUp.id, FollowUp.title)
        .where(
            FollowUp.status == ActionStatus.OPEN,
            FollowUp.plan_id.is_(None),
            FollowUp.archived_at.is_(None),
        )
        .order_by(FollowUp.title)
    )
    return [(one, title) for one, title in db.session.execute(query)]


def events_with_follow_ups() -> list[tuple[int, str]]:
    """Return the id and title of every event at which something was agreed, latest first."""
    agreed = select(FollowUp.event_id).where(FollowUp.archived_at.is_(None))
    query = (
        select(Event.id, Event.title)
        .where(Event.id.in_(agreed), Event.archived_at.is_(None))
        .order_by(Event.starts_on.desc().nulls_last(), Event.id.desc())
    )
    return [(one, title) for one, title in db.session.execute(query)]


def as_form(action: FollowUp) -> dict[str, Any]:
    """Return what a form shows of a follow-up."""
    return {column.key: getattr(action, column.key) for column in FollowUp.__table__.columns}


def may_edit(by: User, action: FollowUp) -> bool:
    """Whether a user may change a follow-up: where it lies in their regions, or is their task."""
    return action.owner_id == by.id or scope.may_edit(by, action.region_code)


def add(by: User | None, *, title: str, **values: Any) -> FollowUp:
    """Add a follow-up; without a region it takes that of its event, plan or organisation.

    :raises Refused: if the region is not known
    :raises NotYours: if it lies outside the regions of ``by``
    """
    with transaction(by=by):
        values["region_code"] = values.get("region_code") or _region_of(**values)
        scope.require(by, values["region_code"], field="region_code")
        regions.check(values["region_code"])
        action = FollowUp(title=title)
        db.session.add(action)
        _fill(action, title=title, **values)
    return action


def change(
    by: User | None, action_id: int, *, version: int, restore: bool = False, **values: Any
) -> FollowUp:
    """Change what is known about a follow-up.

    :raises Conflict: if somebody else changed or archived it since ``version``
    :raises NotYours: if it lies outside the regions of ``by``, before or after
    """
    with transaction(by=by):
        action = _mine(by, action_id)
        if action.owner_id != (by.id if by else None):
            scope.require(by, values.get("region_code"), field="region_code")
        regions.check(values.get("region_code"))
        versions.check(action, version, restore=restore)
        action.archived_at = None
        _fill(action, **values)
    return action


def put_into(by: User | None, action_id: int, *, plan_id: int) -> FollowUp:
    """Put a follow-up into a plan.

    :raises NotYours: if the follow-up or the plan lies outside the regions of ``by``
    """
    with transaction(by=by):
        action = _mine(by, action_id)
        scope.require(by, db.session.get_one(Plan, plan_id).region_code)
        action.plan_id = plan_id
    return action


def finish(by: User | None, action_id: int, *, on: date, outcome: str = "") -> FollowUp:
    """Record that a follow-up is done, and what came of it.

    :raises Refused: if it was cancelled
    """
    with transaction(by=by):
        action = _mine(by, action_id)
        if action.status is ActionStatus.CANCELLED:
            raise Refused(_("This follow-up was cancelled. Reopen it first."))
        action.status, action.done_on, action.outcome = ActionStatus.DONE, on, outcome
    return action


def reopen(by: User | None, action_id: int) -> FollowUp:
    """Put a follow-up back among the open ones; what was written about it stays."""
    with transaction(by=by):
        action = _mine(by, action_id)
        action.status, action.done_on = ActionStatus.OPEN, None
    return action


def cancel(by: User | None, action_id: int, *, reason: str = "") -> FollowUp:
    """Record that a follow-up will not be done.

    :raises Refused: if it is done already
    """
    with transaction(by=by):
        action = _mine(by, action_id)
        if action.status is ActionStatus.DONE:
            raise Refused(_("This follow-up is done already. Reopen it first."))
        action.status = ActionStatus.CANCELLED
        action.outcome = reason or action.outcome
    return action


def archive(by: User | None, action_id: int, *, at: datetime) -> None:
    """Take a follow-up out of the lists; nothing of it is lost."""
    with transaction(by=by):
        action = _mine(by, action_id)
        action.archived_at = action.archived_at or at


def restore(by: User | None, action_id: int) -> None:
    """Put an archived follow-up back."""
    with transaction(by=by):
        _mine(by, action_id).archived_at = None


def _urgent_first(query: Select[FollowUp]) -> list[FollowUp]:
    open_first = (FollowUp.status == ActionStatus.OPEN).desc()
    query = query.where(FollowUp.archived_at.is_(None)).options(*DETAILS)
    query = query.order_by(open_first, FollowUp.due_on.asc().nulls_last(), FollowUp.id)
    return list(db.session.scalars(query))


def _mine(by: User | None, action_id: int) -> FollowUp:
    action = db.session.get_one(FollowUp, action_id)
    if by is not None and not may_edit(by, action):
        raise NotYours
    return action


def _region_of(
    *,
    event_id: int | None = None,
    plan_id: int | None = None,
    stakeholder_id: int | None = None,
    **_rest: Any,
) -> str | None:
    sources = (
        (Event, event_id),
        (Plan, plan_id),
        (Stakeholder, stakeholder_id),
    )
    for model, key in sources:
        record: Any = db.session.get(model, key) if key else None
        if record is not None and record.region_code:
            return str(record.region_code)
    return None


def _fill(action: FollowUp, *, title: str, **values: Any) -> None:
    for column, value in values.items():
        setattr(action, column, value)
    action.title = title
    action.finding_key = action.finding_key or None
    action.search_text = names.search_text([title, action.owner_note or ""])
