"""Finding regions, and the figures known about them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from crm.db import db
from crm.errors import Refused
from crm.language import _
from crm.regions.models import Level, Region


def by_code(code: str) -> Region | None:
    """Return the region with this code."""
    return db.session.scalar(select(Region).where(Region.code == code))


def provinces() -> list[Region]:
    """Return all provinces by name."""
    query = select(Region).where(Region.level == Level.PROVINCE).order_by(Region.name)
    return list(db.session.scalars(query))


def choices(blank: Any = None) -> list[tuple[str, Any]]:
    """Return provinces, kabupaten and kota for a select field, each district with its province."""
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
    ]
    return ([] if blank is None else [("", blank)]) + named


def within(column: Any, code: str) -> ColumnElement[bool]:
    """Return the condition that a region's code is this one or lies below it."""
    return or_(column == code, column.startswith(f"{code}.", autoescape=True))


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
