"""The list of regions: its columns, and the figures that stand in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from crm.db import db
from crm.language import _
from crm.regions import services
from crm.regions.models import Region, RegionIndicator
from crm.regions.services import POPULATION, POVERTY, Count
from crm.tables import Column
from crm.words import label


@dataclass
class Figures:
    """What the list shows beside the names: one count each of people and of the poor."""

    query: Select[Region]
    organisations: Any
    """A subquery of code and organisations."""
    asked: str | None = None
    """Which count of the poor, as ``year|source``; else the one of most of the regions listed."""
    poverty_counts: list[Count] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Choose the counts: one for all rows, as rankings never mix two."""
        self.poverty_counts = services.counts(POVERTY, self.query)
        by_key = {key(count): count for count in self.poverty_counts}
        self.poverty_count = by_key.get(self.asked or "") or next(iter(self.poverty_counts), None)
        self.population_count = next(iter(services.counts(POPULATION, self.query)), None)
        self.poverty = services.values(POVERTY, self.poverty_count)
        self.population = services.values(POPULATION, self.population_count)
        self.population_title = titled(_("Population"), self.population_count)
        self.poverty_title = titled(_("Poor people"), self.poverty_count)
        people, poor = aliased(RegionIndicator), aliased(RegionIndicator)
        self._people, self._poor = people.value, poor.value
        self.query = (
            self.query.outerjoin(
                people, services.counted(people, POPULATION, self.population_count)
            )
            .outerjoin(poor, services.counted(poor, POVERTY, self.poverty_count))
            .outerjoin(self.organisations, self.organisations.c.code == Region.code)
        )
        rows = db.session.execute(select(self.organisations.c.code, self.organisations.c[1]))
        self.numbers: dict[str, int] = dict(rows.all())

    def columns(self) -> list[Column]:
        """Return the columns; the counts stand in their headings."""
        return [
            Column("name", _("Name"), Region.name, lambda one: one.name),
            Column("code", _("Code"), Region.code, lambda one: one.code),
            Column("bps", _("BPS code"), None, lambda one: one.bps_code, hidden=True),
            Column("level", _("Level"), None, lambda one: label(one.level), hidden=True),
            Column("province", _("Province"), None, lambda one: province(one)),
            Column(
                "population",
                self.population_title,
                # Databases disagree on where "unknown" sorts: below all numbers.
                func.coalesce(self._people, -1),
                lambda one: whole(self.population.get(one.code)),
                numeric=True,
            ),
            source_column("population_source", self.population_count, self.population),
            Column(
                "poverty",
                self.poverty_title,
                func.coalesce(self._poor, -1),
                lambda one: share(self.poverty.get(one.code)),
                numeric=True,
            ),
            source_column("poverty_source", self.poverty_count, self.poverty),
            Column(
                "organisations",
                _("Organisations"),
                func.coalesce(self.organisations.c.organisations, 0),
                lambda one: self.numbers.get(one.code, 0),
                numeric=True,
            ),
        ]


def key(count: Count) -> str:
    """Return a count as it stands in an address."""
    return f"{count[0]}|{count[1]}"


def titled(name: Any, count: Count | None) -> str:
    """Return the heading of a figure with its year; its source stands beside the list."""
    return f"{name} {count[0]}" if count else str(name)


def source_column(key: str, count: Count | None, known: Mapping[str, Any]) -> Column:
    """Return a column of downloads that says who counted."""
    return Column(
        key,
        _("Source"),
        None,
        lambda one: count[1] if count and one.code in known else "",
        hidden=True,
    )


def province(region: Region) -> str:
    """Return the name of the province above a district."""
    return region.parent.name if region.parent else ""


def whole(value: Any) -> int | None:
    """Return a count of people as a whole number."""
    return None if value is None else int(value)


def share(value: Any) -> float | None:
    """Return a percentage without the noughts that the database fills it up with."""
    return None if value is None else float(value)
