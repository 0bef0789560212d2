"""From the database to the analysis: columns as the rows come, or records made of them."""

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import String, exists, func, null, or_, select, type_coerce

from crm.agreements.models import Agreement, AgreementParty
from crm.commitments.models import Commitment, CommitmentStatus
from crm.db import db
from crm.events.models import Event, EventStatus
from crm.invitations.models import Attendance, Participation
from crm.regions import ranking
from crm.regulations.models import Team, TeamMember
from crm.stakeholders import offices
from crm.stakeholders.models import Stakeholder
from graphs.arrays import Actors, Groups
from graphs.arrays.columns import NEVER, number_of
from graphs.records import Actor, Place, Tie

_TOOK_PLACE = (Event.archived_at.is_(None), Event.status != EventStatus.CANCELLED)
_CAME = (
    Participation.attendance == Attendance.PRESENT,
    Participation.archived_at.is_(None),
)
_HAPPENED = (*_TOOK_PLACE, *_CAME)
"""That somebody came to an event; one that was called off counts for nothing."""


def organisations() -> Actors:
    """Return every organisation that is neither archived nor merged into another, in columns."""
    query = (
        select(
            Stakeholder.id,
            # As they are stored: a hundred thousand enums would take longer than all else here.
            type_coerce(Stakeholder.sector, String),
            type_coerce(Stakeholder.level, String),
            Stakeholder.region_code,
        )
        .where(Stakeholder.archived_at.is_(None), Stakeholder.merged_into_id.is_(None))
        .order_by(Stakeholder.id)
    )
    rows = db.session.execute(query).all()
    ids, sectors, levels, regions = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Actors(np.array(ids, dtype=np.int64), sectors, levels, regions)


def actors() -> list[Actor]:
    """Return the same organisations as records."""
    return list(organisations())


def groups() -> Groups:
    """Return every group of organisations that something binds together, in columns.

    Whatever its day: which of them count is for the analysis to say.
    """
    return Groups.joined([_agreements(), _support(), _attendance(), _teams()])


def ties() -> list[Tie]:
    """Return the same groups as records."""
    return list(groups())


def library_offices() -> dict[str, int]:
    """Return the library office of each province and district, by region code."""
    found = offices.library_offices()
    # Where two are recorded, the one that was known first.
    return {region: one for one, region in sorted(found.items(), reverse=True)}


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


def _agreements() -> Groups:
    return _groups(
        "agreement",
        "agreement",
        select(AgreementParty.agreement_id, AgreementParty.stakeholder_id),
        select(Agreement.id, Agreement.starts, Agreement.ends).where(
            Agreement.archived_at.is_(None)
        ),
    )


def _support() -> Groups:
    query = select(
        Commitment.id,
        Commitment.promised_on,
        Commitment.due_on,
        Commitment.realised_on,
        Commitment.giver_id,
        Commitment.receiver_id,
    ).where(Commitment.archived_at.is_(None), Commitment.status != CommitmentStatus.CANCELLED)
    rows = db.session.execute(query).all()
    return Groups.of_layer(
        "support",
        "commitment",
        _numbers(rows, 0),
        (_days(rows, 1), _days(rows, 2), _days(rows, 3)),
        np.full(len(rows), 2),
        np.stack([_numbers(rows, 4), _numbers(rows, 5)], axis=1).ravel(),
    )


def _attendance() -> Groups:
    return _groups(
        "attendance",
        "event",
        select(Participation.event_id, Participation.stakeholder_id).where(*_CAME),
        select(Event.id, Event.starts_on, null()).where(*_TOOK_PLACE),
    )


def _teams() -> Groups:
    return _groups(
        "team",
        "team",
        select(TeamMember.team_id, TeamMember.stakeholder_id),
        select(Team.id, Team.starts, Team.ends).where(Team.archived_at.is_(None)),
    )


def _groups(layer: str, table: str, members: Any, facts: Any) -> Groups:
    """Return groups from rows of (group, member) and of (group, first day, last day)."""
    rows = db.session.execute(facts).all()
    numbers = np.unique(_numbers(rows, 0))
    pairs = np.fromiter(chain.from_iterable(db.session.execute(members)), dtype=np.int64)
    pairs = pairs.reshape(-1, 2)
    pairs = pairs[np.isin(pairs[:, 0], numbers)]
    pairs = pairs[np.argsort(pairs[:, 0], kind="stable")]
    order = np.argsort(_numbers(rows, 0))
    sizes = np.diff(np.searchsorted(pairs[:, 0], numbers), append=len(pairs))
    there = sizes > 0
    starts, ends = (_days(rows, at)[order][there] for at in (1, 2))
    days = (starts, ends, np.full(len(starts), NEVER))
    return Groups.of_layer(layer, table, numbers[there], days, sizes[there], pairs[:, 1])


def _numbers(rows: Sequence[Any], at: int) -> NDArray[np.int64]:
    return np.fromiter((row[at] for row in rows), dtype=np.int64, count=len(rows))


def _days(rows: Sequence[Any], at: int) -> NDArray[np.int64]:
    return np.fromiter((number_of(row[at]) for row in rows), dtype=np.int64, count=len(rows))


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
