"""Poverty for rankings: among siblings only one source and one year, never a mixture."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from crm.db import db
from crm.regions.models import Level, Region, RegionIndicator
from crm.regions.reference import POVERTY

Count = tuple[int, str]
"""One count of the poor: its year and its source."""


@dataclass(frozen=True)
class RankedPlace:
    """A region with the one poverty figure by which it may be compared with its siblings."""

    code: str
    level: Level
    parent_code: str | None
    name: str
    poverty: float | None = None
    year: int | None = None
    source: str | None = None


def places_for_network() -> list[RankedPlace]:
    """Return every region by code, each with its poverty in the count that its siblings share."""
    regions = db.session.execute(
        select(Region.code, Region.level, Region.parent_code, Region.name).order_by(Region.code)
    ).all()
    values = _values()
    families: dict[tuple[Level, str | None], list[str]] = defaultdict(list)
    for code, level, parent, _name in regions:
        families[level, parent].append(code)
    chosen = {family: _count(values, codes) for family, codes in families.items()}
    return [
        _ranked(code, level, parent, name, values.get(code, {}), chosen[level, parent])
        for code, level, parent, name in regions
    ]


def _values() -> dict[str, dict[Count, float]]:
    one = RegionIndicator
    query = select(one.region_code, one.year, one.source, one.value).where(one.name == POVERTY)
    values: dict[str, dict[Count, float]] = defaultdict(dict)
    for code, year, source, value in db.session.execute(query):
        values[code][year, source] = float(value)
    return values


def _count(values: dict[str, dict[Count, float]], codes: Iterable[str]) -> Count | None:
    """Return the newest count that covers more than half of the siblings, else the widest one."""
    codes = list(codes)
    covered: dict[Count, int] = defaultdict(int)
    for code in codes:
        for count in values.get(code, {}):
            covered[count] += 1
    wide = [count for count, number in covered.items() if number * 2 > len(codes)]
    if wide:
        return max(wide, key=lambda count: (count[0], covered[count], count[1]))
    return max(covered, key=lambda count: (covered[count], *count), default=None)


def _ranked(
    code: str,
    level: Level,
    parent: str | None,
    name: str,
    values: dict[Count, float],
    count: Count | None,
) -> RankedPlace:
    poverty = values.get(count) if count else None
    if count is None or poverty is None:
        return RankedPlace(code, level, parent, name)
    return RankedPlace(code, level, parent, name, poverty, *count)
