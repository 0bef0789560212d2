"""Finding events, and changing what is known about them."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from crm import versions
from crm.db import db
from crm.errors import Refused
from crm.events import rules
from crm.events.models import DatePrecision, Event, EventKind, EventStatus
from crm.language import _
from crm.regions import services as regions
from crm.regions.models import Region
from crm.stakeholders import names, vocabulary
from crm.stakeholders.models import Stakeholder, Tag
from crm.tables import matches
from crm.transaction import transaction
from crm.users import scope
from crm.users.models import User

LISTED = (
    joinedload(Event.region).joinedload(Region.parent),
    joinedload(Event.host),
    joinedload(Event.programme),
)
DETAILS = (*LISTED, selectinload(Event.tags))


def found(
    q: str = "",
    *,
    kind: EventKind | None = None,
    status: EventStatus | None = None,
    region: str | None = None,
    programme: int | None = None,
    host: int | None = None,
    tag: str | None = None,
    since: date | None = None,
    until: date | None = None,
    archived: bool = False,
) -> Select[Event]:
    """Return the query of the events that hold every word of ``q`` and fit the filters."""
    query = select(Event).where(
        Event.archived_at.is_not(None) if archived else Event.archived_at.is_(None),
        *matches(Event.search_text, names.search_words(q)),
    )
    equals = {
        Event.kind: kind,
        Event.status: status,
        Event.programme_id: programme,
        Event.host_id: host,
    }
    query = query.where(*(column == value for column, value in equals.items() if value))
    if region:
        query = query.where(regions.within(Event.region_code, region))
    if tag:
        query = query.where(Event.tags.any(Tag.name == tag))
    if since:
        query = query.where(_not_before(since))
    if until:
        query = query.where(Event.starts_on <= until)
    return query.options(*LISTED)


def get(event_id: int) -> Event | None:
    """Return one event with all that its page shows of it."""
    return db.session.get(Event, event_id, options=DETAILS)


def of_programme(programme_id: int) -> list[Event]:
    """Return the events of a programme, latest first."""
    query = found(programme=programme_id).order_by(Event.starts_on.desc().nulls_last(), Event.id)
    return list(db.session.scalars(query))


def all_titles(also: int | None = None) -> list[tuple[int, str]]:
    """Return the id and title of every event in use, and of one more, latest first."""
    query = (
        select(Event.id, Event.title)
        .where(or_(Event.archived_at.is_(None), Event.id == also))
        .order_by(Event.starts_on.desc().nulls_last(), Event.id.desc())
    )
    return [(one, title) for one, title in db.session.execute(query)]


def hosts() -> list[tuple[int, str]]:
    """Return the id and name of every organisation that hosts an event, by name."""
    query = (
        select(Stakeholder.id, Stakeholder.name)
        .where(Stakeholder.id.in_(select(Event.host_id).where(Event.archived_at.is_(None))))
        .order_by(Stakeholder.name)
    )
    return [(one, name) for one, name in db.session.execute(query)]


def as_form(event: Event) -> dict[str, Any]:
    """Return what a form shows of an event."""
    return {column.key: getattr(event, column.key) for column in Event.__table__.columns} | {
        "starts_on": (event.starts_on, event.date_precision),
        "tags": [tag.name for tag in event.tags],
    }


def may_edit(by: User, event: Event) -> bool:
    """Whether a user may change an event: where it takes place in their regions."""
    return scope.may_edit(by, event.region_code)


def add(by: User | None, *, title: str, **values: Any) -> Event:
    """Add an event, planned or past.

    :raises Refused: if the values contradict each other, or its reference is taken
    :raises NotYours: if it lies outside the regions of ``by``
    """
    with transaction(by=by):
        scope.require(by, values.get("region_code"), field="region_code")
        _check(None, title=title, **values)
        event = Event(title=title)
        db.session.add(event)
        _fill(event, title=title, **values)
    return event


def change(
    by: User | None, event_id: int, *, version: int, restore: bool = False, **values: Any
) -> Event:
    """Change what is known about an event.

    :raises Conflict: if somebody else changed or archived it since ``version``
    :raises Refused: as ``add``
    :raises NotYours: if it lies outside the regions of ``by``, before or after
    """
    with transaction(by=by):
        event = db.session.get_one(Event, event_id, options=DETAILS)
        scope.require(by, event.region_code)
        scope.require(by, values.get("region_code"), field="region_code")
        versions.check(event, version, restore=restore)
        _check(event_id, **values)
        event.archived_at = None
        _fill(event, **values)
    return event


def cancel(by: User | None, event_id: int) -> Event:
    """Call a planned event off; whom it invited stays on record.

    :raises Refused: if it took place
    """
    with transaction(by=by):
        event = _mine(by, event_id)
        if event.status is EventStatus.HELD:
            raise Refused(_("This event took place: it can no longer be called off."))
        event.status = EventStatus.CANCELLED
    return event


def hold(by: User | None, event_id: int) -> Event:
    """Record that an event took place."""
    with transaction(by=by):
        event = _mine(by, event_id)
        event.status = EventStatus.HELD
    return event


def plan_again(by: User | None, event_id: int) -> Event:
    """Put an event back among the planned ones."""
    with transaction(by=by):
        event = _mine(by, event_id)
        event.status = EventStatus.PLANNED
    return event


def archive(by: User | None, event_id: int, *, at: datetime) -> None:
    """Take an event out of lists, map and analysis; nothing of it is lost."""
    with transaction(by=by):
        event = _mine(by, event_id)
        event.archived_at = event.archived_at or at


def restore(by: User | None, event_id: int) -> None:
    """Put an archived event back."""
    with transaction(by=by):
        _mine(by, event_id).archived_at = None


def _mine(by: User | None, event_id: int) -> Event:
    event = db.session.get_one(Event, event_id)
    scope.require(by, event.region_code)
    return event


def _not_before(day: date) -> ColumnElement[bool]:
    # "2017" may be any day of 2017: what may lie on or after the day is not left out.
    return or_(
        func.coalesce(Event.ends_on, Event.starts_on) >= day,
        and_(
            Event.date_precision == DatePrecision.MONTH,
            Event.starts_on >= day.replace(day=1),
        ),
        and_(
            Event.date_precision == DatePrecision.YEAR,
            Event.starts_on >= day.replace(month=1, day=1),
        ),
    )


def _check(
    event_id: int | None,
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
    date_precision: DatePrecision = DatePrecision.DAY,
    region_code: str | None = None,
    starts_at: time | None = None,
    ends_at: time | None = None,
    capacity: int | None = None,
    reference: str | None = None,
    **_rest: Any,
) -> None:
    regions.check(region_code)
    rules.days_in_order(starts_on, date_precision, ends_on)
    rules.hours_in_order(starts_on, ends_on, starts_at, ends_at)
    if capacity is not None and capacity < 1:
        raise Refused(_("There must be room for at least one guest."), field="capacity")
    taken = select(Event).where(Event.reference == reference, Event.id != (event_id or 0))
    if reference and (other := db.session.scalars(taken).first()):
        raise Refused(
            _("“%(title)s” already has this reference.", title=other.title), field="reference"
        )


def _fill(event: Event, *, title: str, tags: Iterable[str] = (), **values: Any) -> None:
    for column, value in values.items():
        setattr(event, column, value)
    event.title = title
    event.search_text = names.search_text([title, event.place or "", event.reference or ""])
    event.reference = event.reference or None
    event.tags = vocabulary.tags(tags)
