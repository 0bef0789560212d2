"""The figures that stand beside regions in a list: one count each of people and of the poor."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select

from crm.language import _
from crm.regions import services
from crm.regions.models import Region
from crm.regions.services import POPULATION, POVERTY, Count


@dataclass
class Figures:
    """One count of people and one of the poor for all regions of a list: they are never mixed."""

    query: Select[Region]
    asked: str | None = None
    """Which count of the poor, as ``year|source``; else the one of most of the regions listed."""
    poverty_counts: list[Count] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Choose the counts."""
        self.poverty_counts = services.counts(POVERTY, self.query)
        by_key = {key(count): count for count in self.poverty_counts}
        self.poverty_count = by_key.get(self.asked or "") or next(iter(self.poverty_counts), None)
        self.population_count = next(iter(services.counts(POPULATION, self.query)), None)
        self.poverty = services.values(POVERTY, self.poverty_count)
        self.population = services.values(POPULATION, self.population_count)
        self.population_title = titled(_("Population"), self.population_count)
        self.poverty_title = titled(_("Poor people"), self.poverty_count)


def key(count: Count) -> str:
    """Return a count as it stands in an address."""
    return f"{count[0]}|{count[1]}"


def titled(name: Any, count: Count | None) -> str:
    """Return the heading of a figure with its year; its source stands beside the list."""
    return f"{name} {count[0]}" if count else str(name)
