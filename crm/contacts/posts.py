"""Which post somebody holds at an organisation."""

from collections.abc import Iterable

from sqlalchemy import select

from crm.contacts.models import Position
from crm.db import db


def latest(persons: Iterable[int]) -> dict[tuple[int, int], Position]:
    """Return the posts of persons, by person and organisation; of several there the latest."""
    query = (
        select(Position)
        .where(Position.contact_id.in_(list(persons)), Position.archived_at.is_(None))
        .order_by(Position.starts.asc().nulls_first(), Position.id)
    )
    # The latest comes last, and is left standing.
    return {
        (one.contact_id, one.stakeholder_id): one
        for one in db.session.scalars(query)
        if one.contact_id is not None
    }
