"""How likely each guest is to come: from what they did before, and what they answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, or_, select

from crm.db import db
from crm.events.models import Event, EventStatus
from crm.invitations.models import Answer, Attendance, Invitation, Participation
from crm.invite_lists.rules import Rules

USUAL, USUAL_WEIGHT = 0.5, 10
"""As long as nothing is known, one of two comes: this weighs as much as so many invitations."""
YES, YES_WEIGHT = 0.9, 10
"""The same of those who said that they come."""
OWN_WEIGHT = 4
"""What is usual weighs, for one organisation, as much as so many invitations of its own."""


@dataclass(frozen=True)
class Chance:
    """How likely the guests of one organisation are to come, and why so."""

    organisation: int
    value: float
    why: str
    """``typed`` · ``no`` · ``yes`` · ``own`` · ``usual``"""
    invited: int = 0
    """How often it was invited before,"""
    came: int = 0
    """and how often it came."""


def chances(
    event: Event, organisations: Iterable[int], answers: dict[int, Answer], rules: Rules
) -> dict[int, Chance]:
    """Return the chance of each organisation to come to an event.

    Its own experience is drawn towards what is usual, the more the less there is of it; what the
    organiser typed counts before everything but a refusal.

    :param answers: what they answered to this event's invitation
    """
    typed = dict(rules.chances)
    usual = _usual(event) if rules.chance is None else rules.chance / 100
    said_yes = _said_yes(event)
    own = _own(event)
    found = {}
    for one in organisations:
        invited, came = own.get(one, (0, 0))
        if answers.get(one) is Answer.NO:
            found[one] = Chance(one, 0.0, "no", invited, came)
        elif one in typed:
            found[one] = Chance(one, typed[one] / 100, "typed", invited, came)
        elif answers.get(one) is Answer.YES:
            found[one] = Chance(one, said_yes, "yes", invited, came)
        else:
            value = (came + OWN_WEIGHT * usual) / (invited + OWN_WEIGHT)
            found[one] = Chance(one, value, "own" if invited else "usual", invited, came)
    return found


def _usual(event: Event) -> float:
    """Return the share of invitations that brought somebody, whoever was invited."""
    invited, came = db.session.execute(_counted(event)).one()
    return (came + USUAL * USUAL_WEIGHT) / (invited + USUAL_WEIGHT)


def _said_yes(event: Event) -> float:
    """Return the share of those who said that they come, and did."""
    counted = _counted(event).where(Participation.answer == Answer.YES)
    invited, came = db.session.execute(counted).one()
    return (came + YES * YES_WEIGHT) / (invited + YES_WEIGHT)


def _own(event: Event) -> dict[int, tuple[int, int]]:
    """Return for each organisation how often it was invited, and came."""
    counted = _counted(event).add_columns(Participation.stakeholder_id)
    rows = db.session.execute(counted.group_by(Participation.stakeholder_id))
    return {one: (invited, came) for invited, came, one in rows}


def _counted(event: Event) -> Select[Any]:
    """Return the query of how many invitations went out before an event, and brought somebody.

    Only those of which is known what became of them: they came, stayed away, or said no. Who came
    without an invitation says nothing about what an invitation does.
    """
    came = case((Participation.attendance == Attendance.PRESENT, 1), else_=0)
    query = (
        select(func.count(Participation.id), func.coalesce(func.sum(came), 0))
        .join(Participation.event)
        .where(
            Participation.invitation == Invitation.SENT,
            or_(Participation.attendance != Attendance.UNKNOWN, Participation.answer == Answer.NO),
            Participation.archived_at.is_(None),
            Event.archived_at.is_(None),
            Event.status != EventStatus.CANCELLED,
            Event.id != event.id,
        )
    )
    return query.where(Event.starts_on <= event.starts_on) if event.starts_on else query
