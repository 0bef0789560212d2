"""``inward-sector``: a sector works with its like far more than chance explains."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import networkx as nx
import numpy as np

from graphs.arrays import Compact
from graphs.findings.ground import Ground
from graphs.measures import degree
from graphs.measures.chance import ei_by_chance
from graphs.measures.sectors import Cell, ei_by_sector, sector_ties
from graphs.records import SECTORS, Finding, Step

CODE = "inward-sector"

PERMUTATIONS = 500
"""For an interval of 95 %: 12 of them lie beyond each end."""

LEAST = 5
"""Organisations with a tie, of the sector and of all others. Five and five can be dealt out in 252
ways, six of which lie beyond each end of the interval; four and four in 70, and not even two do."""


def find(ground: Ground, least: float = LEAST, seed: int = 1) -> Iterator[Finding]:
    """Yield one finding per sector below its interval, in the whole network and each province.

    See Also
    --------
    graphs.findings.find : The arguments, the order, and all codes.
    graphs.measures.chance.ei_by_chance : The interval.
    """
    for scope, members in scopes(ground):
        graph = _among(ground, members)
        mixing, cells = ei_by_sector(graph), sector_ties(graph)
        chance = ei_by_chance(graph, permutations=PERMUTATIONS, seed=seed).sectors
        tied = Counter(ground.sector(one) for one, known in degree(graph).items() if known)
        for sector in SECTORS:
            if min(tied[sector], tied.total() - tied[sector]) < least:
                continue
            interval, here = chance.get(sector), mixing.get(sector)
            if interval is None or here is None or not interval.below(here.value):
                continue
            assert here.value is not None
            assert here.expected is not None
            if here.value >= here.expected:
                continue
            other, ties, due = _shortfall(sector, cells)
            yield ground.finding(
                CODE,
                scope,
                (here.expected - here.value) / 2,
                sectors=(sector,),
                values={
                    "value": here.value,
                    "expected": here.expected,
                    "low": interval.low,
                    "high": interval.high,
                    "external": here.external,
                    "internal": here.internal,
                    "other": other,
                    "ties": ties,
                    "ties_expected": due,
                },
                step=_mix(ground, members, sector, other),
            )


def scopes(ground: Ground) -> Iterator[tuple[str | None, Sequence[int]]]:
    """Yield the whole network and each province looked at, with their organisations.

    A district has too few organisations for its sectors to be told from chance.
    """
    yield None, sorted(ground.partners)
    for region in ground.regions:
        if ground.level(region) == "province":
            yield region, ground.members[region]


def _among(ground: Ground, members: Sequence[int]) -> nx.Graph:
    """Return the working ties among some organisations."""
    whole = ground.graph
    if isinstance(whole, Compact) and set(whole.actors.sectors) <= set(SECTORS):
        asked = np.isin(whole.actors.ids, list(members))
        return whole.working.among(asked)
    inside, graph = set(members), nx.Graph()
    graph.add_nodes_from((one, {"sector": ground.sector(one) or ""}) for one in members)
    graph.add_edges_from(
        (one, other) for one in members for other in ground.partners[one] if other in inside
    )
    return graph


def _shortfall(sector: str, cells: Mapping[tuple[str, str], Cell]) -> tuple[str | None, int, float]:
    """Return the other sector with the fewest ties against the expected, and both numbers."""
    short = [
        (ties - (due or 0.0), SECTORS.index(other), other, ties, due or 0.0)
        for pair, (ties, due) in cells.items()
        if sector in pair and pair[0] != pair[1]
        for other in [pair[0] if pair[1] == sector else pair[1]]
        if other in SECTORS
    ]
    if not short:
        return None, 0, 0.0
    _, _, other, ties, due = min(short)
    return other, ties, due


def _mix(ground: Ground, members: Sequence[int], sector: str, other: str | None) -> Step:
    """Return the best connected of both sectors that are no partners, and who knows both."""
    by_sector = ground.by_sector(members)
    who = ground.hub(by_sector[sector])
    assert who is not None
    known = set(ground.partners[who])
    to = ground.hub(one for one in by_sector.get(other or "", ()) if one not in known)
    both = known.intersection(ground.partners[to]) if to is not None else set()
    return Step("mix", who=who, to=to, through=ground.hub(both))
