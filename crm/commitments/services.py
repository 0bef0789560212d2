"""Support that one organisation promised to another, and what came of it."""

from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from crm.commitments.models import Commitment, CommitmentStatus, Support
from crm.db import db
from crm.errors import Refused
from crm.language import _
from crm.stakeholders import access
from crm.transaction import transaction
from crm.users.models import User


def get(commitment_id: int) -> Commitment | None:
    """Return one promise."""
    return db.session.get(Commitment, commitment_id)


def of_stakeholder(stakeholder_id: int) -> list[Commitment]:
    """Return what an organisation promised and what it was promised, latest first."""
    sides = or_(Commitment.giver_id == stakeholder_id, Commitment.receiver_id == stakeholder_id)
    return _latest_first(select(Commitment).where(sides))


def of_programme(programme_id: int) -> list[Commitment]:
    """Return the support given under a programme, latest first."""
    return _latest_first(select(Commitment).where(Commitment.programme_id == programme_id))


def of_agreement(agreement_id: int) -> list[Commitment]:
    """Return the support promised in an agreement, latest first."""
    return _latest_first(select(Commitment).where(Commitment.agreement_id == agreement_id))


def promise(
    by: User | None,
    *,
    giver_id: int,
    receiver_id: int,
    kind: Support,
    what: str,
    **values: Any,
) -> Commitment:
    """Record that an organisation promised support to another.

    :raises Refused: if both are the same, or the value is negative
    :raises NotYours: if neither lies in the regions of ``by``
    """
    with transaction(by=by):
        access.require_one(by, [giver_id, receiver_id])
        if giver_id == receiver_id:
            raise Refused(_("Giver and receiver are the same organisation."), field="receiver_id")
        if (values.get("value") or 0) < 0:
            raise Refused(_("A value cannot be below zero."), field="value")
        commitment = Commitment(
            giver_id=giver_id, receiver_id=receiver_id, kind=kind, what=what, **values
        )
        db.session.add(commitment)
    return commitment


def realise(by: User | None, commitment_id: int, *, on: date, partly: bool = False) -> Commitment:
    """Record that a promise was kept on a day, in whole or in part.

    :raises Refused: if it was cancelled
    """
    with transaction(by=by):
        commitment = db.session.get_one(Commitment, commitment_id)
        access.require_one(by, [commitment.giver_id, commitment.receiver_id])
        if commitment.status is CommitmentStatus.CANCELLED:
            raise Refused(_("This promise was cancelled. Record a new one instead."))
        commitment.status = CommitmentStatus.PARTLY if partly else CommitmentStatus.REALISED
        commitment.realised_on = on
    return commitment


def cancel(by: User | None, commitment_id: int) -> Commitment:
    """Record that a promise will not be kept.

    :raises Refused: if it was kept already
    """
    with transaction(by=by):
        commitment = db.session.get_one(Commitment, commitment_id)
        access.require_one(by, [commitment.giver_id, commitment.receiver_id])
        if commitment.status is CommitmentStatus.REALISED:
            raise Refused(_("This promise was kept already: it can no longer be cancelled."))
        commitment.status = CommitmentStatus.CANCELLED
    return commitment


def _latest_first(query: Select[Commitment]) -> list[Commitment]:
    query = (
        query.where(Commitment.archived_at.is_(None))
        .options(
            joinedload(Commitment.giver),
            joinedload(Commitment.receiver),
            joinedload(Commitment.programme),
        )
        .order_by(Commitment.promised_on.desc().nulls_last(), Commitment.id.desc())
    )
    return list(db.session.scalars(query))
