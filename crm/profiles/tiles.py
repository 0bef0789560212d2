"""Provinces as tiles: a map that we may draw, where free boundary files are not to be had.

Every province is a square of the same size, near the places of its neighbours: Sumatra runs from
the upper left down to Java, Papua stands on the right. The positions are a decision of ours and
stand in crm/static/regions.css, where each tile has its row and column; small provinces are as
easy to see and to touch as large ones, and nothing is said about areas or boundaries.
"""

from dataclasses import dataclass
from math import ceil
from typing import Any

from crm.profiles.region_list import RegionRow
from crm.regions.models import Level

SHORT = {
    "11": "Aceh",
    "12": "Sumut",
    "13": "Sumbar",
    "14": "Riau",
    "15": "Jambi",
    "16": "Sumsel",
    "17": "Bengkulu",
    "18": "Lampung",
    "19": "Babel",
    "21": "Kepri",
    "31": "DKI",
    "32": "Jabar",
    "33": "Jateng",
    "34": "DIY",
    "35": "Jatim",
    "36": "Banten",
    "51": "Bali",
    "52": "NTB",
    "53": "NTT",
    "61": "Kalbar",
    "62": "Kalteng",
    "63": "Kalsel",
    "64": "Kaltim",
    "65": "Kaltara",
    "71": "Sulut",
    "72": "Sulteng",
    "73": "Sulsel",
    "74": "Sultra",
    "75": "Gorontalo",
    "76": "Sulbar",
    "81": "Maluku",
    "82": "Malut",
    "91": "Papua",
    "92": "Pabar",
    "93": "Pasel",
    "94": "Papteng",
    "95": "Papeg",
    "96": "PBD",
}
"""What fits into a tile; the full name is told beside it."""

CLASSES = 5
"""How many shades there are; each spans 20 points of the index."""


@dataclass(frozen=True)
class Tile:
    """One region of the map."""

    row: RegionRow
    short: str

    @property
    def value(self) -> float | None:
        """The index; None where nobody is at work."""
        return self.row.part("value")

    @property
    def shade(self) -> int:
        """Which of the shades: 1 to 5, and 0 where there is no index."""
        return 0 if self.value is None else max(ceil(self.value / (100 / CLASSES)), 1)


def provinces(rows: list[RegionRow]) -> list[Tile]:
    """Return a tile for each province, by code: the order in which a keyboard meets them."""
    return [Tile(row, SHORT.get(row.code, row.name)) for row in rows if row.level is Level.PROVINCE]


def districts(rows: list[RegionRow], province: str, by: str = "index") -> list[Tile]:
    """Return a tile for each kabupaten and kota of a province: by index, or by code."""
    tiles = [
        Tile(row, row.name.removeprefix("Kabupaten "))
        for row in rows
        if row.level is Level.DISTRICT and row.code.startswith(f"{province}.")
    ]
    if by == "code":
        return tiles
    return sorted(tiles, key=lambda one: (one.value is None, -(one.value or 0), one.row.code))


def legend() -> list[tuple[int, Any]]:
    """Return the shades with the points that they span."""
    step = 100 // CLASSES
    return [(shade, (step * (shade - 1), step * shade)) for shade in range(1, CLASSES + 1)]
