"""Who offers what: all offers of the day as columns, from which the nearest one is taken."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from graphs.findings.ground import Ground
from graphs.findings.paths import Map
from graphs.places import path, province_of
from graphs.records import Facts, Resource


class Offers:
    """The offers that hold on the day of a network."""

    def __init__(self, ground: Ground, ways: Map, facts: Facts) -> None:
        """Lay the offers out, in order of id."""
        self.places = ground.places
        self.all = [
            one
            for one in sorted(facts.resources, key=lambda one: one.id)
            if one.side == "offer" and one.organisation in ground.partners and in_time(one, ground)
        ]
        homes = [where(ground, one) for one in self.all]
        codes = {code: at for at, code in enumerate(dict.fromkeys(homes))}
        self.homes = [(path(self.places, one), province_of(self.places, one)) for one in codes]
        self.home = np.array([codes[code] for code in homes], dtype=np.int64)
        self.at = np.array([ways.at[one.organisation] for one in self.all], dtype=np.int64)
        self.kinds = sorted({one.kind for one in self.all})
        self.kind = np.array([self.kinds.index(one.kind) for one in self.all], dtype=np.int64)
        self.ways = ways
        self._away: dict[str | None, NDArray[np.int64]] = {}

    def of(self, kinds: Iterable[str], without: Iterable[int | None]) -> NDArray[np.int64]:
        """Return the offers of some kinds by others than some organisations."""
        wanted = [self.kinds.index(one) for one in kinds if one in self.kinds]
        out = [self.ways.at[one] for one in without if one in self.ways.at]
        return np.flatnonzero(np.isin(self.kind, wanted) & ~np.isin(self.at, out))

    def organisations(self, offers: NDArray[np.int64]) -> int:
        """Return how many organisations make some offers."""
        return len(np.unique(self.at[offers]))

    def nearest(
        self, offers: NDArray[np.int64], steps: NDArray[np.int16], region: str | None
    ) -> Resource | None:
        """Return the nearest: fewest steps, then same region, same province, lowest id."""
        if not len(offers):
            return None
        away = self._distances(region)[self.home[offers]]
        order = np.lexsort((offers, away, steps[self.at[offers]]))
        return self.all[offers[order[0]]]

    def _distances(self, region: str | None) -> NDArray[np.int64]:
        """Return how far every home of an offer is: 0 within the region, 1 its province, 2."""
        if region not in self._away:
            province = province_of(self.places, region)
            self._away[region] = np.array(
                [0 if region in way else 1 + (home != province) for way, home in self.homes]
            )
        return self._away[region]


def where(ground: Ground, one: Resource) -> str | None:
    """Return where something is needed or offered: there, or where the organisation lies."""
    return one.region or ground.region(one.organisation)


def in_time(one: Resource, ground: Ground) -> bool:
    """Return whether a need or an offer holds on the day."""
    on = ground.on
    return (one.starts is None or one.starts <= on) and (one.ends is None or on <= one.ends)
