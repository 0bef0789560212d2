"""``uncovered-sector``: a region in which no organisation of a wanted sector is engaged."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from graphs.arrays import values_of
from graphs.findings.ground import Ground
from graphs.findings.paths import Map, before, count, steps_from
from graphs.measures import degree
from graphs.places import province_of
from graphs.records import SECTORS, Finding, Step

CODE = "uncovered-sector"


def find(ground: Ground, ways: Map, wanted: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Yield one finding per region and wanted sector without an engaged organisation.

    See Also
    --------
    graphs.findings.find : The arguments, the order, and all codes.
    """
    pool = _Pool(ground, ways)
    open_ones = []
    for region in ground.regions:
        there = ground.by_sector(ground.engaged_of(region))
        sectors = [one for one in SECTORS if one in wanted.get(ground.level(region), ())]
        missing = [one for one in sectors if one not in there]
        if missing:
            open_ones.append((region, missing, len(sectors)))
    sets = [_starts(ground, region) for region, _, _ in open_ones]
    # The search runs for all regions at once; its rows come in the order of the sets.
    for (region, missing, total), steps in zip(open_ones, steps_from(ways, sets), strict=True):
        known = ground.by_sector(ground.members[region])
        where = pool.distance(region)
        for sector in missing:
            who = pool.nearest(sector, where, steps)
            through = _broker(ground, ways, steps, who)
            yield ground.finding(
                CODE,
                region,
                1 / len(missing),
                sectors=(sector,),
                organisations=known.get(sector, ()),
                evidence=ground.proof(who, through),
                values={
                    "missing": len(missing),
                    "wanted": total,
                    "known": len(known.get(sector, ())),
                    "engaged": len(ground.engaged_of(region)),
                    "steps": None if who is None else count(steps, ways.at[who]),
                },
                # Whoever lies elsewhere covers nothing here, and can only help to find somebody.
                step=Step("approach" if sector in known else "seek", who=who, through=through),
            )


def _starts(ground: Ground, region: str) -> list[int]:
    """Return from whom the search begins: the region's engaged, else its province's office."""
    ours = ground.engaged_of(region)
    if ours:
        return ours
    above = ground.connectors.get(province_of(ground.places, region) or "", ())
    return [one for one in above if one in ground.engaged]


def _broker(ground: Ground, ways: Map, steps: NDArray[np.int16], who: int | None) -> int | None:
    """Return who can introduce somebody: the last on the way to it, else who once met it."""
    if who is None:
        return None
    known = before(ground, ways, steps, who)
    if known is not None:
        return known
    return next((one for one in ground.acquaintances(who) if one in ground.engaged), None)


class _Pool:
    """All organisations by sector, as columns from which the nearest is taken."""

    def __init__(self, ground: Ground, ways: Map) -> None:
        self.ground, self.ways = ground, ways
        levels, ids = values_of(ground.graph, "level"), ways.ids.tolist()
        rank = {"province": 0, "district": 1, "village": 2}
        homes = {home: at for at, home in enumerate(dict.fromkeys(ground.province.values()))}
        self.homes = homes
        self.home = np.array([homes[ground.province[one]] for one in ids])
        self.level = np.array([rank.get(levels[one], 3) for one in ids])
        known = degree(ground.graph)
        self.strangeness = np.array([-known[one] for one in ids])
        self.of_sector = {
            sector: np.array([ways.at[one] for one in ones])
            for sector, ones in ground.by_sector(ids).items()
        }

    def distance(self, region: str) -> NDArray[np.int64]:
        """Return 0 for organisations of a region, 1 of its province, 2 elsewhere, of length n."""
        home = self.homes.get(province_of(self.ground.places, region), -1)
        where = np.where(self.home == home, 1, 2)
        where[[self.ways.at[one] for one in self.ground.members[region]]] = 0
        return where

    def nearest(
        self, sector: str, where: NDArray[np.int64], steps: NDArray[np.int16]
    ) -> int | None:
        """Return the nearest organisation of a sector: in the region, its province, elsewhere.

        Among those, the fewest steps, then the most acquaintances, the level nearest to the
        province's, the lowest id.
        """
        at = self.of_sector.get(sector)
        if at is None:
            return None
        order = (self.level[at], self.strangeness[at], steps[at], where[at])
        return int(self.ways.ids[at[np.lexsort(order)[0]]])
