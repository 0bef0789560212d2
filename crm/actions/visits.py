"""A visit, written down in one go: where, what came of it, and what is to be done next."""

from datetime import date

from crm.actions import services
from crm.db import db
from crm.errors import Refused
from crm.events import services as events
from crm.events.models import Event, EventKind, EventStatus
from crm.invitations import services as invitations
from crm.invitations.models import Attendance, ParticipationRole
from crm.language import _
from crm.stakeholders.models import Stakeholder
from crm.transaction import transaction
from crm.users.models import User


def log(
    by: User | None,
    *,
    stakeholder_id: int,
    on: date,
    today: date,
    outcome: str,
    visitor_id: int | None = None,
    position_id: int | None = None,
    follow_up: str = "",
    due_on: date | None = None,
) -> Event:
    """Record a visit that took place, who was there, and the follow-up of ``by``.

    :raises Refused: if the day is still to come, or an organisation visited itself
    :raises NotYours: if the organisation lies outside the regions of ``by``
    """
    if on > today:
        raise Refused(_("This day is still to come. Plan the visit as an event."), field="on")
    if visitor_id == stakeholder_id:
        raise Refused(_("An organisation does not visit itself."), field="visitor_id")
    with transaction(by=by):
        visited = db.session.get_one(Stakeholder, stakeholder_id)
        event = events.add(
            by,
            title=str(_("Visit to %(name)s", name=visited.name))[:500],
            kind=EventKind.VISIT,
            status=EventStatus.HELD,
            starts_on=on,
            region_code=visited.region_code,
            host_id=stakeholder_id,
            minutes=outcome,
        )
        db.session.flush()
        _was_there(by, event, stakeholder_id, ParticipationRole.HOST, position_id)
        if visitor_id:
            _was_there(by, event, visitor_id, ParticipationRole.PARTICIPANT, None)
        if follow_up:
            services.add(
                by,
                title=follow_up,
                event_id=event.id,
                stakeholder_id=stakeholder_id,
                region_code=visited.region_code,
                owner_id=by.id if by else None,
                due_on=due_on,
            )
    return event


def _was_there(
    by: User | None,
    event: Event,
    stakeholder_id: int,
    role: ParticipationRole,
    position_id: int | None,
) -> None:
    invitations.add(
        by,
        event.id,
        stakeholder_id=stakeholder_id,
        role=role,
        position_id=position_id,
        attendance=Attendance.PRESENT,
    )
