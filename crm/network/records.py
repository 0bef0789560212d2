"""From the database to the records of the analysis: columns only, no objects."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import exists, func, or_, select

from crm.agreements.models import Agreement, AgreementParty
from crm.commitments.models import Commitment, CommitmentStatus
from crm.db import db
from crm.events.models import Event, EventStatus
from crm.invitations.models import Attendance, Participation
from crm.regions import ranking
from crm.regulations.models import Team, TeamMember
from crm.stakeholders.models import Kind, Stakeholder
from graphs.records import Actor, Place, Tie

_HAPPENED = (
    Event.archived_at.is_(None),
    Event.status != EventStatus.CANCELLED,
    Participation.attendance == Attendance.PRESENT,
    Participation.archived_at.is_(None),
)
"""That somebody came to an event; one that was called off counts for nothing."""


LIBRARY_OFFICE = "library_office"


def actors() -> list[Actor]:
    """Return every organisation that is neither archived nor merged into another."""
    query = (
        select(Stakeholder.id, Stakeholder.sector, Stakeholder.level, Stakeholder.region_code)
        .where(Stakeholder.archived_at.is_(None), Stakeholder.merged_into_id.is_(None))
        .order_by(Stakeholder.id)
    )
    return [
        Actor(number, sector.value, level.value, region)
        for number, sector, level, region in db.session.execute(query)
    ]


def ties() -> list[Tie]:
    """Return every group of organisations that something binds together, whatever its day."""
    return [*_agreements(), *_support(), *_attendance(), *_teams()]


def library_offices() -> dict[str, int]:
    """Return the library office of each province and district, by region code."""
    query = (
        select(Stakeholder.region_code, Stakeholder.id)
        .join(Kind, Kind.id == Stakeholder.kind_id)
        .where(
            Kind.code == LIBRARY_OFFICE,
            Stakeholder.archived_at.is_(None),
            Stakeholder.merged_into_id.is_(None),
            Stakeholder.region_code.is_not(None),
        )
        # Where two are recorded, the one that was known first.
        .order_by(Stakeholder.id.desc())
    )
    return {code: one for code, one in db.session.execute(query) if code is not None}


def places() -> dict[str, Place]:
    """Return all regions with the one poverty figure by which they may be ranked."""
    return {
        one.code: Place(
            one.code,
            one.level.value,
            one.parent_code,
            None if one.poverty is None else float(one.poverty),
        )
        for one in ranking.places_for_network()
    }


def _groups(query: Any) -> dict[int, tuple[list[int], tuple[Any, ...]]]:
    """Collect rows of (group, member, facts…) by group."""
    found: dict[int, tuple[list[int], tuple[Any, ...]]] = {}
    members: dict[int, list[int]] = defaultdict(list)
    for group, member, *facts in db.session.execute(query):
        members[group].append(member)
        if group not in found:
            found[group] = (members[group], tuple(facts))
    return found


def _agreements() -> Iterator[Tie]:
    query = (
        select(Agreement.id, AgreementParty.stakeholder_id, Agreement.starts, Agreement.ends)
        .join(AgreementParty, AgreementParty.agreement_id == Agreement.id)
        .where(Agreement.archived_at.is_(None))
    )
    for group, (members, (starts, ends)) in _groups(query).items():
        yield Tie("agreement", tuple(members), starts, ends, evidence=("agreement", group))


def _support() -> Iterator[Tie]:
    query = select(
        Commitment.id,
        Commitment.giver_id,
        Commitment.receiver_id,
        Commitment.promised_on,
        Commitment.due_on,
        Commitment.realised_on,
    ).where(Commitment.archived_at.is_(None), Commitment.status != CommitmentStatus.CANCELLED)
    for number, giver, receiver, promised, due, realised in db.session.execute(query):
        evidence = ("commitment", number)
        yield Tie("support", (giver, receiver), promised, due, realised, evidence)


def _attendance() -> Iterator[Tie]:
    query = (
        select(Event.id, Participation.stakeholder_id, Event.starts_on)
        .join(Participation, Participation.event_id == Event.id)
        .where(*_HAPPENED)
    )
    for group, (members, (day,)) in _groups(query).items():
        yield Tie("attendance", tuple(members), day, evidence=("event", group))


def _teams() -> Iterator[Tie]:
    query = (
        select(Team.id, TeamMember.stakeholder_id, Team.starts, Team.ends)
        .join(TeamMember, TeamMember.team_id == Team.id)
        .where(Team.archived_at.is_(None))
    )
    for group, (members, (starts, ends)) in _groups(query).items():
        yield Tie("team", tuple(members), starts, ends, evidence=("team", group))


def last_event_day(until: date) -> date | None:
    """Return the day of the last event with attendance up to a day."""
    query = (
        select(func.max(Event.starts_on))
        .join(Participation, Participation.event_id == Event.id)
        .where(*_HAPPENED, Event.starts_on <= until)
    )
    return db.session.scalar(query)


def last_day(until: date) -> date | None:
    """Return the last day up to a day on which something that ties is known to have happened."""
    dated = (
        (Agreement, Agreement.starts),
        (Commitment, Commitment.promised_on),
        (Commitment, Commitment.realised_on),
        (Team, Team.starts),
    )
    days = [last_event_day(until)]
    for kind, day in dated:
        query = select(func.max(day)).where(day <= until, kind.archived_at.is_(None))
        days.append(db.session.scalar(query))
    return max((day for day in days if day), default=None)


def events_between(first: date | None, last: date, at_most: int) -> int:
    """Return how many events with attendance lie in a window; counted no further than asked.

    Without a first day it is all years, also events without a date.
    """
    attended = exists().where(Participation.event_id == Event.id, *_HAPPENED)
    query = select(Event.id).where(attended).limit(at_most)
    if first is not None:
        query = query.where(Event.starts_on.between(first, last))
    else:
        query = query.where(or_(Event.starts_on <= last, Event.starts_on.is_(None)))
    return len(db.session.scalars(query).all())
