"""What is recorded beside the ties, as the findings ask for it: columns only, no objects."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import func, or_, select

from crm.actions.models import ActionStatus, FollowUp
from crm.agreements.models import Agreement, AgreementParty
from crm.commitments.models import Commitment, CommitmentStatus
from crm.contacts.models import Position
from crm.db import db
from crm.events.models import Event, EventStatus
from crm.invitations.models import Attendance, Invitation, Participation
from crm.programmes.models import Programme
from crm.resources.models import Resource
from crm.stakeholders.models import Stakeholder
from graphs import records
from graphs.arrays.columns import number_of
from graphs.arrays.known import NOBODY, Encounters, Invitations
from graphs.findings.single_contact import WINDOW

_TAKES_PLACE = (
    Event.archived_at.is_(None),
    Event.status != EventStatus.CANCELLED,
)


def facts(on: date) -> records.Facts:
    """Return the facts that were known on a day; what was put away is left out."""
    return records.Facts(
        encounters=Encounters.of_rows([*_met(on), *_dealt_with(on)], ("event", "follow_up")),
        posts=tuple(_posts()),
        agreements=tuple(_agreements()),
        commitments=tuple(_commitments(on)),
        resources=tuple(_resources()),
        actions=tuple(_actions()),
        programmes=tuple(programmes(on)),
        invitations=_invitations(on),
        gatherings=tuple(_gatherings(on)),
    )


def _in_use(organisation: Any) -> Any:
    """Return the condition that an organisation is neither archived nor merged into another."""
    return organisation.in_(
        select(Stakeholder.id).where(
            Stakeholder.archived_at.is_(None), Stakeholder.merged_into_id.is_(None)
        )
    )


def _met(on: date) -> Iterator[tuple[int, ...]]:
    """Yield the columns of who came to our events.

    Who stood in, else who was invited, else who holds the post.
    """
    person = func.coalesce(
        Participation.represented_by_id, Participation.contact_id, Position.contact_id
    )
    query = (
        select(Participation.stakeholder_id, Event.starts_on, person, Event.id)
        .add_columns(Participation.represented_by, Participation.represented_by_id)
        .join(Event, Event.id == Participation.event_id)
        .outerjoin(Position, Position.id == Participation.position_id)
        .where(
            *_TAKES_PLACE,
            Participation.archived_at.is_(None),
            Participation.attendance == Attendance.PRESENT,
            Event.starts_on.between(on - timedelta(days=WINDOW), on),
            _in_use(Participation.stakeholder_id),
        )
        .order_by(Participation.id)
    )
    for organisation, day, who, event, stood_in, known in db.session.execute(query):
        # Somebody of whom no more than the name was written down came, not the one invited.
        somebody_else = stood_in and known is None
        met = NOBODY if who is None or somebody_else else who
        yield organisation, number_of(day), met, NOBODY, 0, event


def _dealt_with(on: date) -> Iterator[tuple[int, ...]]:
    """Yield the columns of what one of us has done with an organisation."""
    query = (
        select(FollowUp.stakeholder_id, FollowUp.done_on, FollowUp.owner_id, FollowUp.id)
        .where(
            FollowUp.archived_at.is_(None),
            FollowUp.status == ActionStatus.DONE,
            FollowUp.owner_id.is_not(None),
            FollowUp.done_on.between(on - timedelta(days=WINDOW), on),
            _in_use(FollowUp.stakeholder_id),
        )
        .order_by(FollowUp.id)
    )
    for organisation, day, owner, number in db.session.execute(query):
        assert organisation is not None  # the query asks for those in use
        assert owner is not None
        yield organisation, number_of(day), NOBODY, owner, 1, number


def _posts() -> Iterator[records.Post]:
    query = (
        select(
            Position.id,
            Position.stakeholder_id,
            Position.contact_id,
            Position.starts,
            Position.ends,
        )
        .where(Position.archived_at.is_(None), _in_use(Position.stakeholder_id))
        .order_by(Position.id)
    )
    for number, organisation, person, starts, ends in db.session.execute(query):
        yield records.Post(number, organisation, person, starts, ends)


def _agreements() -> Iterator[records.Agreement]:
    query = (
        select(Agreement.id, Agreement.starts, Agreement.ends, AgreementParty.stakeholder_id)
        .join(AgreementParty, AgreementParty.agreement_id == Agreement.id)
        .where(Agreement.archived_at.is_(None), _in_use(AgreementParty.stakeholder_id))
        .order_by(Agreement.id, AgreementParty.id)
    )
    parties: dict[tuple[int, date | None, date | None], list[int]] = defaultdict(list)
    for number, starts, ends, party in db.session.execute(query):
        parties[number, starts, ends].append(party)
    for (number, starts, ends), members in parties.items():
        yield records.Agreement(number, tuple(members), starts, ends)


def _commitments(on: date) -> Iterator[records.Commitment]:
    query = (
        select(
            Commitment.id,
            Commitment.giver_id,
            Commitment.receiver_id,
            Commitment.kind,
            Commitment.promised_on,
            Commitment.due_on,
            Commitment.realised_on,
            Commitment.status,
            Commitment.value,
        )
        .where(
            Commitment.archived_at.is_(None),
            or_(Commitment.promised_on.is_(None), Commitment.promised_on <= on),
            _in_use(Commitment.giver_id),
            _in_use(Commitment.receiver_id),
        )
        .order_by(Commitment.id)
    )
    for number, giver, receiver, kind, promised, due, kept, status, value in db.session.execute(
        query
    ):
        yield records.Commitment(
            number,
            giver,
            receiver,
            kind.value,
            promised,
            due,
            kept if status is CommitmentStatus.REALISED else None,
            partly=status is CommitmentStatus.PARTLY,
            cancelled=status is CommitmentStatus.CANCELLED,
            value=value,
        )


def _resources() -> Iterator[records.Resource]:
    query = (
        select(
            Resource.id,
            Resource.side,
            Resource.stakeholder_id,
            Resource.kind,
            Resource.region_code,
            Resource.starts,
            Resource.ends,
            Resource.commitment_id,
        )
        .where(Resource.archived_at.is_(None), _in_use(Resource.stakeholder_id))
        .order_by(Resource.id)
    )
    for number, side, organisation, kind, region, starts, ends, promise in db.session.execute(
        query
    ):
        yield records.Resource(
            number, side.value, organisation, kind.value, region, starts, ends, promise
        )


def _actions() -> Iterator[records.Action]:
    query = (
        select(
            FollowUp.id,
            FollowUp.due_on,
            FollowUp.owner_id,
            FollowUp.stakeholder_id,
            FollowUp.region_code,
            FollowUp.done_on,
            FollowUp.status,
        )
        .where(FollowUp.archived_at.is_(None))
        .order_by(FollowUp.id)
    )
    for number, due, owner, organisation, region, done, status in db.session.execute(query):
        cancelled = status is ActionStatus.CANCELLED
        yield records.Action(number, due, owner, organisation, region, done, cancelled)


def programmes(on: date | None) -> Iterator[records.Programme]:
    """Yield the programmes that have not ended by a day, with what would not be there without.

    :param on: None for all of them, also those that ended long ago
    """
    carried: dict[int | None, list[records.Evidence]] = defaultdict(list)
    for table, kind in (("agreement", Agreement), ("commitment", Commitment), ("event", Event)):
        rows = (
            select(kind.programme_id, kind.id)
            .where(kind.programme_id.is_not(None), kind.archived_at.is_(None))
            .order_by(kind.id)
        )
        for programme, number in db.session.execute(rows):
            carried[programme].append((table, number))
    query = (
        select(Programme.id, Programme.ends, Programme.lead_id, Programme.funder_id)
        .where(
            Programme.archived_at.is_(None),
            *(() if on is None else (or_(Programme.ends.is_(None), Programme.ends >= on),)),
        )
        .order_by(Programme.id)
    )
    for number, ends, lead, funder in db.session.execute(query):
        yield records.Programme(number, ends, lead, funder, tuple(carried[number]))


def _invitations(on: date) -> Invitations:
    """Return who was invited by that day, also to an event still to come, and who came."""
    known = or_(Participation.invited_on.is_(None), Participation.invited_on <= on)
    sent = (Participation.invitation == Invitation.SENT) & known
    came = (Participation.attendance == Attendance.PRESENT) & (Event.starts_on <= on)
    query = (
        select(Participation.stakeholder_id, Event.starts_on, Event.id)
        .join(Event, Event.id == Participation.event_id)
        .where(
            *_TAKES_PLACE,
            Participation.archived_at.is_(None),
            sent | came,
            _in_use(Participation.stakeholder_id),
        )
        .order_by(Participation.id)
    )
    rows = [(one, number_of(day), event) for one, day, event in db.session.execute(query)]
    return Invitations("event", *np.array(rows, dtype=np.int64).reshape(-1, 3).T)


def _gatherings(on: date) -> Iterator[records.Gathering]:
    """Yield the events to come, to which somebody can still be invited."""
    query = (
        select(Event.id, Event.starts_on, Event.region_code)
        .where(
            Event.archived_at.is_(None),
            Event.status == EventStatus.PLANNED,
            Event.starts_on >= on,
        )
        .order_by(Event.starts_on, Event.id)
    )
    for number, day, region in db.session.execute(query):
        yield records.Gathering(number, day, region)
