"""The region × sector grid: which sectors are at work where, beside poverty."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crm.network.models import Analysis
from crm.regions import ranking
from crm.regions import services as regions
from crm.sectors import SECTORS


@dataclass(frozen=True)
class GridRow:
    """One region: its index, its engaged organisations by sector, and how poor it is."""

    code: str
    name: str
    level: str
    index: dict[str, Any]
    sectors: dict[str, int]
    place: Any
    """The region with its poverty figure, year and source; None where nothing is known."""

    @property
    def missing(self) -> int:
        """How many sectors are not at work here."""
        return sum(1 for sector in SECTORS if not self.sectors.get(sector))


def rows(analysis: Analysis, province: str = "") -> list[GridRow]:
    """Return the provinces with their index, or a province and its districts; by code."""
    known = {one.code: one for one in ranking.places_for_network()}
    codes = sorted(
        code
        for code in analysis.regions
        if (code == province or code.startswith(f"{province}.") if province else "." not in code)
    )
    names = regions.names_of(codes)
    return [
        GridRow(
            code=code,
            name=names.get(code, code).split(",")[0],
            level=known[code].level.value if code in known else "",
            index=analysis.regions[code],
            sectors=analysis.regions[code]["sectors"],
            place=known.get(code),
        )
        for code in codes
    ]


def provinces(analysis: Analysis) -> list[GridRow]:
    """Return the provinces, those with the most engaged organisations first."""
    return sorted(rows(analysis), key=lambda row: (-row.index["engaged"], row.code))


def leading(provinces: Iterable[GridRow], wanted: Iterable[str]) -> GridRow | None:
    """Return the province of one of the wanted codes; else the one with most engaged."""
    by_code = {row.code: row for row in provinces}
    asked = (by_code[code[:2]] for code in wanted if code[:2] in by_code)
    return next(asked, None) or next(iter(by_code.values()), None)
