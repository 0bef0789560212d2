"""Who may change what several organisations have in common."""

from collections.abc import Iterable

from sqlalchemy import select

from crm.db import db
from crm.errors import NotYours
from crm.language import _
from crm.stakeholders.models import Stakeholder
from crm.users import scope
from crm.users.models import User


def is_at_home(by: User | None, stakeholder_ids: Iterable[int]) -> bool:
    """Whether one of these organisations works in the regions of a user."""
    if by is None or not by.scope:
        return True
    query = select(Stakeholder.region_code).where(Stakeholder.id.in_(list(stakeholder_ids)))
    return any(scope.may_edit(by, code) for code in db.session.scalars(query))


def require_one(by: User | None, stakeholder_ids: Iterable[int], field: str | None = None) -> None:
    """Refuse a user in whose regions none of these organisations lies.

    One at home is enough: an agreement or a gift is theirs as much as the other side's.

    :raises NotYours: if all of them lie elsewhere
    """
    if not is_at_home(by, stakeholder_ids):
        raise NotYours(_("This lies outside the regions you may edit."), field)
