"""Finding regulations, and recording them."""

from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from crm.db import db
from crm.errors import Refused
from crm.language import _
from crm.regions import services as regions
from crm.regions.models import Region
from crm.regulations.models import Regulation, RegulationStage
from crm.transaction import transaction
from crm.users import scope
from crm.users.models import User

DETAILS = (joinedload(Regulation.region).joinedload(Region.parent),)


def found(
    q: str = "",
    *,
    kind: str | None = None,
    stage: RegulationStage | None = None,
    region: str | None = None,
) -> Select[Regulation]:
    """Return the query of the regulations that hold every word of ``q`` and fit the filters."""
    text = func.lower(Regulation.title + " " + Regulation.number)
    query = select(Regulation).where(
        Regulation.archived_at.is_(None),
        *(text.contains(word, autoescape=True) for word in q.casefold().split()),
    )
    if kind:
        query = query.where(Regulation.kind == kind)
    if stage:
        query = query.where(Regulation.stage == stage)
    if region:
        query = query.where(regions.within(Regulation.region_code, region))
    return query.options(*DETAILS)


def of_region(region_code: str) -> list[Regulation]:
    """Return the regulations of a region and of those below it, the next to be signed first."""
    query = found(region=region_code).order_by(
        Regulation.target_on.asc().nulls_last(), Regulation.title
    )
    return list(db.session.scalars(query))


def kinds() -> list[str]:
    """Return the kinds of regulation that are in use."""
    return list(db.session.scalars(select(Regulation.kind).distinct().order_by(Regulation.kind)))


def add(
    by: User | None,
    *,
    title: str,
    kind: str,
    stage: RegulationStage = RegulationStage.PROPOSED,
    region_code: str | None = None,
    signed_on: date | None = None,
    ends: date | None = None,
    **values: Any,
) -> Regulation:
    """Record a regulation, wherever it stands on its way to signature.

    :raises Refused: if the region is not known, or it ends before it was signed
    :raises NotYours: if it lies outside the regions of ``by``
    """
    with transaction(by=by):
        scope.require(by, region_code)
        regions.check(region_code)
        if signed_on and ends and ends < signed_on:
            raise Refused(_("The end lies before the signature."), field="ends")
        regulation = Regulation(
            title=title,
            kind=kind,
            stage=stage,
            region_code=region_code,
            signed_on=signed_on,
            ends=ends,
            **values,
        )
        db.session.add(regulation)
    return regulation
