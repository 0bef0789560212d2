"""Finding regions and the figures known about them, and correcting both."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from crm.db import db
from crm.errors import Conflict, Refused
from crm.language import _
from crm.regions.models import Level, Region, RegionIndicator
from crm.regions.ranking import places_for_network as places_for_network
from crm.regions.reference import POPULATION as POPULATION
from crm.regions.reference import POVERTY as POVERTY
from crm.regions.reference import load_reference as load_reference
from crm.spelling import plain
from crm.transaction import transaction
from crm.users.models import User

Count = tuple[int, str]
"""One count: its year and its source."""


def by_code(code: str) -> Region | None:
    """Return the region with this code."""
    return db.session.scalar(select(Region).where(Region.code == code))


def found(
    q: str = "", *, level: str | None = None, province: str | None = None, **_others: Any
) -> Select[Region]:
    """Return the query of the regions whose name or code fits, and the filters."""
    query = select(Region).options(joinedload(Region.parent))
    words = plain(q).split()
    query = query.where(
        *(
            or_(
                func.lower(Region.name).contains(word, autoescape=True),
                Region.code.startswith(word, autoescape=True),
                Region.bps_code == word,
            )
            for word in words
        )
    )
    if level:
        query = query.where(Region.level == level)
    if province:
        query = query.where(within(Region.code, province))
    return query


def provinces() -> list[Region]:
    """Return all provinces by name."""
    query = select(Region).where(Region.level == Level.PROVINCE).order_by(Region.name)
    return list(db.session.scalars(query))


def choices(
    blank: Any = None, *, within: Iterable[str] = (), also: str | None = None
) -> list[tuple[str, Any]]:
    """Return provinces, kabupaten and kota for a select field, each district with its province.

    :param within: only these and what lies below them; none: everything
    :param also: one more, which a record has already
    """
    beginnings = tuple(f"{code}." for code in within)
    query = (
        select(Region.code, Region.name, Region.level)
        .where(Region.level.in_([Level.PROVINCE, Level.DISTRICT]))
        .order_by(Region.code)
    )
    rows = db.session.execute(query).all()
    province = {code: name for code, name, level in rows if level is Level.PROVINCE}
    named = [
        (code, name if level is Level.PROVINCE else f"{name} ({province.get(code[:2], code[:2])})")
        for code, name, level in rows
        if not beginnings or f"{code}.".startswith(beginnings) or code == also
    ]
    return ([] if blank is None else [("", blank)]) + named


def within(column: Any, code: str) -> ColumnElement[bool]:
    """Return the condition that a region's code is this one or lies below it."""
    return or_(column == code, column.startswith(f"{code}.", autoescape=True))


def upwards(code: str | None) -> list[str]:
    """Return a region's code and those of all that it lies in, nearest first; none for None."""
    parts = code.split(".") if code else []
    return [".".join(parts[:many]) for many in range(len(parts), 0, -1)]


def full_name(region: Region | None) -> Any:
    """Return a region's name with its province's."""
    if region is None:
        return _("All of Indonesia")
    if region.parent is None or region.level is Level.PROVINCE:
        return region.name
    return f"{region.name}, {region.parent.name}"


def check(code: str | None, field: str = "region_code") -> None:
    """Refuse a code that no region has."""
    if code and by_code(code) is None:
        raise Refused(_("There is no region with the code %(code)s.", code=code), field=field)


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Return the full names of regions by their codes."""
    query = select(Region).where(Region.code.in_(list(codes))).options(joinedload(Region.parent))
    return {one.code: str(full_name(one)) for one in db.session.scalars(query)}


def indicators(code: str) -> list[RegionIndicator]:
    """Return the figures known about a region, newest first."""
    query = (
        select(RegionIndicator)
        .where(RegionIndicator.region_code == code)
        .order_by(RegionIndicator.name, RegionIndicator.year.desc(), RegionIndicator.source)
    )
    return list(db.session.scalars(query))


def indicator(code: str, indicator_id: int) -> RegionIndicator | None:
    """Return one figure about a region."""
    found = db.session.get(RegionIndicator, indicator_id)
    return found if found and found.region_code == code else None


def counts(name: str, regions: Select[Region]) -> list[Count]:
    """Return year and source of each count of an indicator, the one of most regions first."""
    codes = regions.with_only_columns(Region.code).order_by(None)
    query = (
        select(RegionIndicator.year, RegionIndicator.source)
        .where(RegionIndicator.name == name, RegionIndicator.region_code.in_(codes))
        .group_by(RegionIndicator.year, RegionIndicator.source)
        .order_by(func.count().desc(), RegionIndicator.year.desc(), RegionIndicator.source)
    )
    return list(db.session.execute(query))


def values(name: str, count: Count | None) -> dict[str, Decimal]:
    """Return what one count says about each region, by code."""
    if count is None:
        return {}
    query = select(RegionIndicator.region_code, RegionIndicator.value).where(
        RegionIndicator.name == name,
        RegionIndicator.year == count[0],
        RegionIndicator.source == count[1],
    )
    return dict(db.session.execute(query).all())


def counted(indicator: Any, name: str, count: Count | None) -> ColumnElement[bool]:
    """Return the condition that joins regions with one count, under an alias of the indicators."""
    year, source = count or (0, "")
    return and_(
        indicator.region_code == Region.code,
        indicator.name == name,
        indicator.year == year,
        indicator.source == source,
    )


def change(by: User, region_id: int, *, version: int, bps_code: str) -> Region:
    """Change the code under which BPS counts a region.

    :raises Conflict: if somebody else changed it since ``version``
    """
    with transaction(by=by):
        region = db.session.get_one(Region, region_id)
        if region.version != version:
            raise Conflict(_("Somebody else changed this record in the meantime."), region)
        twin = select(Region).where(Region.bps_code == bps_code, Region.id != region_id)
        if bps_code and (other := db.session.scalar(twin)):
            raise Refused(
                _("BPS code %(code)s belongs to %(name)s.", code=bps_code, name=other.name),
                field="bps_code",
            )
        region.bps_code = bps_code or None
    return region


def add_indicator(by: User, code: str, **values: Any) -> RegionIndicator:
    """Add a figure about a region.

    :raises Refused: if this figure of this year and source is there, or cannot be
    """
    with transaction(by=by):
        check(code)
        _check_figure(code, None, **values)
        indicator = RegionIndicator(region_code=code, **values)
        db.session.add(indicator)
    return indicator


def change_indicator(
    by: User, indicator_id: int, *, version: int, **values: Any
) -> RegionIndicator:
    """Correct a figure about a region.

    :raises Conflict: if somebody else changed it since ``version``
    :raises Refused: if another figure has this year and source, or it cannot be
    """
    with transaction(by=by):
        indicator = db.session.get_one(RegionIndicator, indicator_id)
        if indicator.version != version:
            raise Conflict(_("Somebody else changed this record in the meantime."), indicator)
        _check_figure(indicator.region_code, indicator_id, **values)
        for name, value in values.items():
            setattr(indicator, name, value)
    return indicator


def _check_figure(
    code: str,
    indicator_id: int | None,
    *,
    name: str,
    value: Decimal,
    year: int,
    source: str,
    counted_on: date | None = None,
    **_rest: Any,
) -> None:
    if name == POVERTY and not 0 <= value <= 100:
        raise Refused(_("A share lies between 0 and 100 per cent."), field="value")
    if value < 0:
        raise Refused(_("This figure cannot be below zero."), field="value")
    if counted_on and counted_on.year != year:
        raise Refused(_("This day does not lie in that year."), field="counted_on")
    twin = select(RegionIndicator.id).where(
        RegionIndicator.region_code == code,
        RegionIndicator.name == name,
        RegionIndicator.year == year,
        RegionIndicator.source == source,
    )
    if db.session.scalar(twin) not in (None, indicator_id):
        raise Refused(_("This figure is there already for this year and source."), field="year")
