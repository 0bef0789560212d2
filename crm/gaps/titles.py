"""What the rows behind findings are called, read all at once."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from crm.actions.models import FollowUp
from crm.agreements.models import Agreement
from crm.commitments.models import Commitment
from crm.contacts.models import Position
from crm.db import db
from crm.events.models import Event
from crm.programmes.models import Programme
from crm.resources.models import Resource
from crm.users.models import User

Row = tuple[str, int]
"""What is named, and its id."""

_COLUMNS: dict[str, tuple[Any, Any]] = {
    "agreement": (Agreement.id, Agreement.title),
    "commitment": (Commitment.id, Commitment.what),
    "event": (Event.id, Event.title),
    "follow_up": (FollowUp.id, FollowUp.title),
    "programme": (Programme.id, Programme.name),
    "resource": (Resource.id, Resource.what),
    "position": (Position.id, Position.title),
    "user": (User.id, User.name),
    # An owner without an account, by office.
    "owner_note": (FollowUp.id, FollowUp.owner_note),
}


def titles(rows: Iterable[Row]) -> dict[Row, str]:
    """Return the titles of rows; those that are gone, or of other tables, are left out."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for table, number in rows:
        wanted[table].add(number)
    found: dict[Row, str] = {}
    for table in wanted.keys() & _COLUMNS.keys():
        key, title = _COLUMNS[table]
        query = select(key, title).where(key.in_(wanted[table]))
        found.update({(table, number): name for number, name in db.session.execute(query)})
    return found
