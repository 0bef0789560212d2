"""Who was invited to an event, what they answered, and who came: three separate facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from crm import versions
from crm.contacts.models import Position
from crm.db import db
from crm.errors import Conflict, Refused
from crm.events.models import Event
from crm.invitations.models import (
    Answer,
    Attendance,
    Invitation,
    Participation,
    ParticipationRole,
)
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
    joinedload(Participation.stakeholder).joinedload(Stakeholder.region).joinedload(Region.parent),
    joinedload(Participation.position),
    joinedload(Participation.contact),
    joinedload(Participation.represented_by_contact),
    joinedload(Participation.event),
)

ON_THE_LIST = _("This guest is on the list already. Change the row that is there.")
OFF_THE_LIST = _("This guest was taken off the list. Restore the row that stands below the list.")


@dataclass(frozen=True)
class Tally:
    """How many of an event's guests were invited, answered and came."""

    listed: int
    invited: int
    accepted: int
    declined: int
    present: int
    absent: int
    sectors: dict[str, int]
    """How many organisations of each sector were present; before anyone was, are listed."""


def found(
    event_id: int,
    q: str = "",
    *,
    sector: str | None = None,
    region: str | None = None,
    invitation: Invitation | None = None,
    answer: Answer | None = None,
    attendance: Attendance | None = None,
) -> Select[Participation]:
    """Return the query of an event's guests that hold every word of ``q`` and fit the filters."""
    query = (
        select(Participation)
        .join(Participation.stakeholder)
        .where(
            Participation.event_id == event_id,
            Participation.archived_at.is_(None),
            *matches(Stakeholder.search_text, names.search_words(q)),
        )
    )
    equals = {
        Stakeholder.sector: sector,
        Participation.invitation: invitation,
        Participation.answer: answer,
        Participation.attendance: attendance,
    }
    query = query.where(*(column == value for column, value in equals.items() if value))
    if region:
        query = query.where(regions.within(Stakeholder.region_code, region))
    return query.options(*DETAILS)


def get(participation_id: int) -> Participation | None:
    """Return one guest of an event."""
    return db.session.get(Participation, participation_id, options=DETAILS)


def of_event(event_id: int) -> list[Participation]:
    """Return all guests of an event by name."""
    query = found(event_id).order_by(Stakeholder.name, Participation.id)
    return list(db.session.scalars(query))


def taken_off(event_id: int) -> list[Participation]:
    """Return who was taken off the guest list of an event, by name."""
    query = (
        select(Participation)
        .join(Participation.stakeholder)
        .where(Participation.event_id == event_id, Participation.archived_at.is_not(None))
        .options(*DETAILS)
        .order_by(Stakeholder.name, Participation.id)
    )
    return list(db.session.scalars(query))


def of_stakeholder(stakeholder_id: int) -> list[Participation]:
    """Return the events to which an organisation was invited or came, latest first."""
    query = (
        select(Participation)
        .join(Participation.event)
        .where(
            Participation.stakeholder_id == stakeholder_id,
            Participation.archived_at.is_(None),
            Event.archived_at.is_(None),
        )
        .options(*DETAILS)
        .order_by(Event.starts_on.desc().nulls_last(), Event.id.desc())
    )
    return list(db.session.scalars(query))


def posts(stakeholder_id: int, today: date, also: int | None = None) -> list[tuple[int, str]]:
    """Return the posts of an organisation to choose from, each with who holds it.

    :param also: a post that stays a choice although nobody holds it any more
    """
    query = (
        select(Position)
        .where(Position.stakeholder_id == stakeholder_id, Position.archived_at.is_(None))
        .options(joinedload(Position.contact))
        .order_by(Position.title)
    )
    return [
        (post.id, f"{post.title} ({post.contact.full_name})" if post.contact else post.title)
        for post in db.session.scalars(query)
        if post.held_on(today) or post.id == also
    ]


def as_form(guest: Participation) -> dict[str, Any]:
    """Return what a form shows of a guest."""
    return {column.key: getattr(guest, column.key) for column in Participation.__table__.columns}


def tally(guests: Iterable[Participation]) -> Tally:
    """Count the guests of an event."""
    guests = list(guests)
    present = [one for one in guests if one.attendance is Attendance.PRESENT]
    organisations = {one.stakeholder_id: one.stakeholder.sector for one in present or guests}
    sectors: dict[str, int] = {}
    for sector in organisations.values():
        sectors[sector] = sectors.get(sector, 0) + 1
    return Tally(
        listed=len(guests),
        invited=sum(one.invitation is Invitation.SENT for one in guests),
        accepted=sum(one.answer is Answer.YES for one in guests),
        declined=sum(one.answer is Answer.NO for one in guests),
        present=len(present),
        absent=sum(one.attendance is Attendance.ABSENT for one in guests),
        sectors=sectors,
    )


def add(
    by: User | None,
    event_id: int,
    *,
    stakeholder_id: int,
    role: ParticipationRole = ParticipationRole.PARTICIPANT,
    position_id: int | None = None,
    contact_id: int | None = None,
    beside: bool = False,
    **values: Any,
) -> Participation:
    """Put an organisation, or one post in it, on the guest list of an event.

    Who was taken off it comes back with what was known of them: that row has a version above 1.

    :param beside: one more guest, beside another of the organisation whose post is not named either
    :raises Refused: if it is on the list already, or the post belongs to another organisation
    :raises NotYours: if the event lies outside the regions of ``by``
    """
    with transaction(by=by):
        scope.require(by, db.session.get_one(Event, event_id).region_code)
        post = _post(stakeholder_id, position_id)
        contact_id = contact_id or (post.contact_id if post else None)
        post_key = position_id or 0
        twin = _twin(event_id, stakeholder_id, post_key)
        while beside and not position_id and twin is not None and twin.archived_at is None:
            post_key -= 1
            twin = _twin(event_id, stakeholder_id, post_key)
        if twin is not None:
            if twin.archived_at is None:
                raise Refused(ON_THE_LIST, field="stakeholder_id")
            _bring_back(twin, contact_id, role=role, **values)
            return twin
        guest = Participation(
            event_id=event_id,
            stakeholder_id=stakeholder_id,
            position_id=position_id,
            post_key=post_key,
            contact_id=contact_id,
            role=role,
            **values,
        )
        db.session.add(guest)
    return guest


def _bring_back(guest: Participation, contact_id: int | None, **said: Any) -> None:
    """Put a guest back on the list; what is said of them now counts, but takes nothing away."""
    is_invited = guest.invitation is Invitation.SENT
    guest.archived_at = None
    if not is_invited and guest.attendance is Attendance.UNKNOWN:
        guest.contact_id = contact_id
    for column, value in said.items():
        # A letter that went out is not being prepared again.
        if not _is_blank(column, value) and not (column == "invitation" and is_invited):
            setattr(guest, column, value)


def _is_blank(column: str, value: Any) -> bool:
    """Whether a value says nothing: it is what a row has of which nothing is known."""
    default = Participation.__table__.columns[column].default
    return value is None or (default is not None and value == default.arg)


def change(
    by: User | None, participation_id: int, *, version: int, restore: bool = False, **values: Any
) -> Participation:
    """Change facts about one guest.

    :raises Conflict: if somebody else changed the row or took it off the list since ``version``
    :raises Refused: if the post is another organisation's, or on the list already
    :raises NotYours: if the event lies outside the regions of ``by``
    """
    with transaction(by=by):
        guest = _mine(by, participation_id)
        versions.check(guest, version, restore=restore)
        position_id = values.get("position_id", guest.position_id)
        if position_id != guest.position_id:
            post = _post(guest.stakeholder_id, position_id)
            twin = _twin(guest.event_id, guest.stakeholder_id, position_id or 0)
            if twin is not None:
                raise Refused(OFF_THE_LIST if twin.archived_at else ON_THE_LIST, "position_id")
            guest.post_key = position_id or 0
            guest.contact_id = post.contact_id if post else None
        guest.archived_at = None
        for column, value in values.items():
            setattr(guest, column, value)
    return guest


def mark(
    by: User | None, event_id: int, participation_ids: Iterable[int], *, on: date, **facts: Any
) -> int:
    """Set the same facts for several guests of one event; return how many.

    An invitation that is marked as sent gets the day ``on`` unless it has one; an answer gets it
    when it is a new one.

    :raises Conflict: if somebody else has taken one of them off the list
    :raises NotYours: if the event lies outside the regions of ``by``
    """
    with transaction(by=by):
        scope.require(by, db.session.get_one(Event, event_id).region_code)
        query = select(Participation).where(
            Participation.event_id == event_id, Participation.id.in_(list(participation_ids))
        )
        guests = list(db.session.scalars(query))
        for guest in guests:
            if guest.archived_at:
                raise Conflict(OFF_THE_LIST, guest)
        for guest in guests:
            answered = guest.answer
            for column, value in facts.items():
                setattr(guest, column, value)
            if guest.invitation is Invitation.SENT:
                guest.invited_on = guest.invited_on or on
            if guest.answer is not answered:
                guest.answered_on = on if guest.answer is not Answer.NONE else None
    return len(guests)


def remove(by: User | None, participation_id: int, *, at: datetime) -> None:
    """Take a guest off the list; what they answered and whether they came is kept."""
    with transaction(by=by):
        guest = _mine(by, participation_id)
        guest.archived_at = guest.archived_at or at


def restore(by: User | None, participation_id: int) -> None:
    """Put a guest who was taken off back on the list, as they were."""
    with transaction(by=by):
        _mine(by, participation_id).archived_at = None


def _mine(by: User | None, participation_id: int) -> Participation:
    guest = db.session.get_one(Participation, participation_id)
    scope.require(by, guest.event.region_code)
    return guest


def _twin(event_id: int, stakeholder_id: int, post_key: int) -> Participation | None:
    """Return the row of a guest of an event, also when it was taken off the list."""
    query = select(Participation).where(
        Participation.event_id == event_id,
        Participation.stakeholder_id == stakeholder_id,
        Participation.post_key == post_key,
    )
    return db.session.scalar(query)


def _post(stakeholder_id: int, position_id: int | None) -> Position | None:
    if position_id is None:
        return None
    post = db.session.get(Position, position_id)
    if post is None or post.stakeholder_id != stakeholder_id:
        raise Refused(_("This post belongs to another organisation."), field="position_id")
    return post
