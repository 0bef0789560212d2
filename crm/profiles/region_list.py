"""All regions with their index, figures and gaps: the rows of a list, and the tiles of a map."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import methodcaller
from typing import Any

from sqlalchemy import Select, func, select

from crm.db import db
from crm.language import _
from crm.network.models import Analysis, StoredFinding
from crm.network.words import PART_NAMES
from crm.regions import services as regions
from crm.regions.figures import Figures
from crm.regions.models import Level, Region
from crm.stakeholders import services as stakeholders
from crm.tables import Column
from crm.words import label


@dataclass(frozen=True)
class RegionRow:
    """One region with what is known about it on the day."""

    code: str
    name: str
    level: Level
    bps_code: str | None
    province: str
    population: int | None
    poverty: float | None
    organisations: int
    findings: int | None
    """None where the analysis does not look for any."""
    index: Mapping[str, Any]
    """Empty where it is not worked out: nobody is known in its province."""

    def part(self, name: str) -> float | None:
        """Return the index or one of its parts; None where nobody is at work."""
        return self.index.get(name)

    @property
    def engaged(self) -> int | None:
        """How many organisations are at work."""
        return self.index.get("engaged")


def rows(query: Select[Region], figures: Figures, analysis: Analysis | None) -> list[RegionRow]:
    """Return the regions of a query by code, each with its figures; the index is never computed."""
    known = stakeholders.counts_by_region()
    organisations = dict(db.session.execute(select(known.c.code, known.c.organisations)).all())
    gaps = findings_by_region(analysis) if analysis else Counter()
    indices = analysis.regions if analysis else {}
    return [
        RegionRow(
            code=one.code,
            name=one.name,
            level=one.level,
            bps_code=one.bps_code,
            province=one.parent.name if one.parent else "",
            population=_as(int, figures.population.get(one.code)),
            poverty=_as(float, figures.poverty.get(one.code)),
            organisations=organisations.get(one.code, 0),
            findings=gaps[one.code] if one.code in indices else None,
            index=indices.get(one.code, {}),
        )
        for one in db.session.scalars(query.order_by(Region.code)).unique()
    ]


def _as(kind: Callable[[Any], Any], value: Any) -> Any:
    return None if value is None else kind(value)


def findings_by_region(analysis: Analysis) -> Counter[str]:
    """Return how many findings each region has; those of its districts count for a province."""
    query = (
        select(StoredFinding.region_code, func.count())
        .where(StoredFinding.analysis_id == analysis.id, StoredFinding.region_code.is_not(None))
        .group_by(StoredFinding.region_code)
    )
    found: Counter[str] = Counter()
    for code, count in db.session.execute(query):
        for above in regions.upwards(code):
            found[above] += count
    return found


def columns(figures: Figures) -> list[Column]:
    """Return the columns of the list; the years of the counts stand in their headings."""
    return [
        Column("name", _("Name"), lambda row: row.name, lambda row: row.name),
        Column("code", _("Code"), lambda row: row.code, lambda row: row.code, hidden=True),
        Column("bps", _("BPS code"), None, lambda row: row.bps_code, hidden=True),
        Column("level", _("Level"), None, lambda row: label(row.level), hidden=True),
        Column("province", _("Province"), None, lambda row: row.province, hidden=True),
        _numeric("index", _("Index"), lambda row: row.part("value"), 1),
        *(_numeric(part, name, methodcaller("part", part), 3) for part, name in PART_NAMES.items()),
        _numeric("organisations", _("Organisations"), lambda row: row.organisations),
        _numeric("engaged", _("At work"), lambda row: row.engaged, hidden=True),
        _numeric("findings", _("Gaps"), lambda row: row.findings),
        _numeric("population", figures.population_title, lambda row: row.population, hidden=True),
        _source("population_source", figures.population_count, lambda row: row.population),
        _numeric("poverty", figures.poverty_title, lambda row: row.poverty, 4),
        _source("poverty_source", figures.poverty_count, lambda row: row.poverty),
    ]


def _numeric(
    key: str, title: Any, value: Callable[[Any], Any], digits: int = 0, *, hidden: bool = False
) -> Column:
    def told(row: RegionRow) -> Any:
        found = value(row)
        return round(found, digits) if digits and found is not None else found

    return Column(key, title, value, told, numeric=True, hidden=hidden)


def _source(key: str, count: Any, value: Callable[[Any], Any]) -> Column:
    """Return a column of downloads that says who counted."""
    return Column(
        key,
        _("Source"),
        None,
        lambda row: count[1] if count and value(row) is not None else "",
        hidden=True,
    )
