"""The reference data every house begins with: regions, codes, time zones, population, poverty."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from crm.db import db
from crm.regions.models import Level, Region, RegionIndicator
from crm.spelling import region_rows
from crm.transaction import transaction

POPULATION = "population"
POVERTY = "poverty_percent"

WITA = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
WIT = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})
"""Provinces outside Western Indonesia Time, by Keppres 41/1987 and the later divisions."""


@dataclass(frozen=True)
class Figure:
    """One column of regions.csv that holds an indicator: what it counts, when, and who says so."""

    column: str
    name: str
    year: int
    source: str
    counted_on: date | None = None


FIGURES = (
    Figure("population_2025", POPULATION, 2025, "Kepmendagri 300.2.2"),
    Figure("poverty_percent_2021", POVERTY, 2021, "BPS (P0)"),
    Figure("poverty_percent_march_2017", POVERTY, 2017, "BPS (P0)", date(2017, 3, 1)),
)


def time_zone(code: str) -> str:
    """Return the time zone in which a region lies."""
    province = code[:2]
    if province in WITA:
        return "Asia/Makassar"
    return "Asia/Jayapura" if province in WIT else "Asia/Jakarta"


def load_reference() -> None:
    """Add the regions and figures that are not there yet; what was edited stays as it is."""
    with transaction(by=None):
        known = set(db.session.scalars(select(Region.code)))
        for row in region_rows():
            if row["code"] not in known:
                db.session.add(_region(row))
        db.session.flush()
        counted = set(
            db.session.execute(
                select(
                    RegionIndicator.region_code,
                    RegionIndicator.name,
                    RegionIndicator.year,
                    RegionIndicator.source,
                )
            )
        )
        db.session.add_all(
            one
            for one in _indicators()
            if (one.region_code, one.name, one.year, one.source) not in counted
        )


def _region(row: dict[str, str]) -> Region:
    return Region(
        code=row["code"],
        name=row["name"],
        level=Level(row["level"]),
        parent_code=row["parent_code"] or None,
        bps_code=row["bps_code"] or None,
        time_zone=time_zone(row["code"]),
    )


def _indicators() -> Iterator[RegionIndicator]:
    for row in region_rows():
        for figure in FIGURES:
            if row[figure.column]:
                yield RegionIndicator(
                    region_code=row["code"],
                    name=figure.name,
                    value=Decimal(row[figure.column]),
                    year=figure.year,
                    counted_on=figure.counted_on,
                    source=figure.source,
                )
