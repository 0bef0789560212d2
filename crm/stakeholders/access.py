"""Who may change what several organisations have in common."""

from collections.abc import Iterable

from sqlalchemy import select

from crm.db import db
from crm.errors import NotYours
from crm.language import _
from crm.stakeholders.models import Stakeholder
from crm.users import scope
from crm.users.models import User


def require_one(by: User | None, stakeholder_ids: Iterable[int]) -> None:
    """Refuse a user in whose regions none of these organisations lies.

    One at home is enough: an agreement or a gift is theirs as much as the other side's.

    :raises NotYours: if all of them lie elsewhere
    """
    if by is None or not by.scope:
        return
    query = select(Stakeholder.region_code).where(Stakeholder.id.in_(list(stakeholder_ids)))
    if not any(scope.may_edit(by, code) for code in db.session.scalars(query)):
        raise NotYours(_("This record lies outside the regions you may edit."))
