"""Organisations to choose from in a form."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import and_, or_, select

from crm.db import db
from crm.regions.models import Region
from crm.stakeholders.models import Stakeholder


def organisations(blank: Any = None, also: Iterable[int | None] = ()) -> list[tuple[Any, Any]]:
    """Return the organisations in use for a select field, by name.

    Those of one name are told apart by their regions: every regency has a "Dinas Sosial".

    :param also: ids that stay choices although they are in use no more: an archived organisation
        must not make a form impossible to save
    """
    in_use = and_(Stakeholder.archived_at.is_(None), Stakeholder.merged_into_id.is_(None))
    kept = Stakeholder.id.in_([one for one in also if one])
    query = (
        select(Stakeholder.id, Stakeholder.name, Region.name)
        .outerjoin(Region, Region.code == Stakeholder.region_code)
        .where(or_(in_use, kept))
        .order_by(Stakeholder.name, Region.name)
    )
    rows = db.session.execute(query).all()
    times = Counter(name for _one, name, _region in rows)
    named: list[tuple[Any, Any]] = [
        (one, f"{name} ({region})" if times[name] > 1 and region else name)
        for one, name, region in rows
    ]
    return ([] if blank is None else [("", blank)]) + named
