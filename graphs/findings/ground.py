"""What all findings stand on, computed once: members, who is engaged, working partners, need."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

import networkx as nx

from graphs.arrays import Compact, values_of
from graphs.arrays.columns import day_of
from graphs.build import engaged
from graphs.places import path, poverty_need, poverty_needs, province_of
from graphs.records import SECTORS, Evidence, Finding, Place, Step

Partners = Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Ground:
    """A network as the findings see it. Nothing here is changed after it is made."""

    graph: nx.Graph
    places: Mapping[str, Place]
    regions: tuple[str, ...]
    """Provinces and districts to look at, in order; villages are not."""
    partners: Partners
    """Working partners of every organisation, by id."""
    engaged: frozenset[int]
    members: Mapping[str, Sequence[int]]
    """Organisations of every region looked at: whose region it is, or lies below it."""
    homes: Mapping[int, str | None]
    """The region of every organisation."""
    sectors: Mapping[int, str | None]
    """The sector of every organisation, None where it is none of the six."""
    attended: Set[int]
    """Who came to an event in the window."""
    province: Mapping[int, str | None]
    """The province of every organisation, None for one of the whole country."""
    connectors: Mapping[str, Sequence[int]]
    """Province-level organisations of every province."""
    needs: Mapping[str, float]

    def need(self, region: str | None) -> float:
        """Return how much a region needs, 0.5-1."""
        if region is None or region not in self.needs:
            return poverty_need(self.places, region)
        return self.needs[region]

    def level(self, region: str) -> str:
        """Return ``province``, ``district`` or ``village``; by the depth where it is not known."""
        return level_of(self.places, region)

    def engaged_of(self, region: str) -> list[int]:
        """Return the engaged organisations of a region, by id."""
        return [one for one in self.members[region] if one in self.engaged]

    def home(self, *codes: str | None) -> tuple[bool, str | None]:
        """Return whether regions are looked at, and the nearest region that contains all of them.

        Organisations of the whole country (None) widen nothing: what binds a ministry and a
        district is a matter of the district. Without any region, or with none in common, it is
        a matter of the whole network.
        """
        ways = [
            [step for step in path(self.places, code) if step in self.members]
            for code in dict.fromkeys(codes)
            if code is not None
        ]
        if not any(ways):
            return not ways, None
        return True, next((one for one in ways[0] if all(one in way for way in ways)), None)

    def region(self, one: int) -> str | None:
        """Return the region of an organisation, None for one of the whole country."""
        return self.homes[one]

    @property
    def on(self) -> date:
        """The day of the network."""
        day = self.graph.graph.get("on")
        if not isinstance(day, date):
            raise ValueError("the graph has no day: build it with graphs.build.network.")
        return day

    def sector(self, one: int) -> str | None:
        """Return the sector of an organisation, None for one that is none of the six."""
        return self.sectors[one]

    def by_sector(self, organisations: Iterable[int]) -> dict[str, list[int]]:
        """Return organisations by sector, in the order given."""
        found: dict[str, list[int]] = defaultdict(list)
        for one in organisations:
            sector = self.sector(one)
            if sector is not None:
                found[sector].append(one)
        return found

    def strength(self, one: int, other: int) -> float:
        """Return the strength of a tie, working or not."""
        if isinstance(self.graph, Compact):
            number = self.graph.number_of(one, other)
            return float(self.graph.pairs.strength[number]) if number is not None else 0.0
        return float(self.graph.edges[one, other].get("strength", 1.0))

    def proof(self, one: int | None, other: int | None) -> tuple[Evidence, ...]:
        """Return the rows that prove a tie, none where there is no tie."""
        if one is None or other is None:
            return ()
        if isinstance(self.graph, Compact):
            number = self.graph.number_of(one, other)
            return tuple(self.graph.evidence(number)) if number is not None else ()
        if not self.graph.has_edge(one, other):
            return ()
        return tuple(self.graph.edges[one, other].get("evidence", ()))

    def proofs(self, one: int) -> list[Evidence]:
        """Return the rows that prove the ties of an organisation, the strongest tie first."""
        if isinstance(self.graph, Compact):
            return self.graph.proofs(one)
        return [row for other in self.acquaintances(one) for row in self.proof(one, other)]

    def tie(self, one: int, other: int) -> Mapping[str, Any]:
        """Return what is known of a tie."""
        if isinstance(self.graph, Compact):
            number = self.graph.number_of(one, other)
            assert number is not None, "asked for a tie that is not there"
            return self.graph.edge(number)
        found: Mapping[str, Any] = self.graph.edges[one, other]
        return found

    def last_contact(self, one: int, other: int) -> date | None:
        """Return the last day of a tie, None where it is not known."""
        if isinstance(self.graph, Compact):
            number = self.graph.number_of(one, other)
            return None if number is None else day_of(self.graph.pairs.contact[number])
        day: date | None = self.graph.edges[one, other].get("last_contact")
        return day

    def acquaintances(self, one: int) -> list[int]:
        """Return everybody with any tie to an organisation, the strongest first."""
        if isinstance(self.graph, Compact):
            return self.graph.strongest(one)[0]
        return sorted(self.graph[one], key=lambda other: (-self.strength(one, other), other))

    def hub(self, organisations: Iterable[int]) -> int | None:
        """Return the organisation of most working ties, the lowest id among equals."""
        return min(organisations, key=lambda one: (-len(self.partners[one]), one), default=None)

    def finding(
        self,
        code: str,
        region: str | None,
        impact: float,
        *,
        values: Mapping[str, float | int | str | None],
        step: Step,
        sectors: tuple[str, ...] = (),
        organisations: Iterable[int] = (),
        evidence: Iterable[Evidence] = (),
        of_region: bool = False,
        row: Evidence | None = None,
    ) -> Finding:
        """Return a finding with the need of its region and its severity."""
        need = self.need(region)
        place = self.places.get(region) if region is not None else None
        return Finding(
            code=code,
            # Equal ones stay equal, whatever the last digit of their product is.
            severity=round(100.0 * impact * need, 9),
            impact=impact,
            need=need,
            region=region,
            sectors=sectors,
            organisations=tuple(organisations),
            evidence=tuple(dict.fromkeys(evidence)),
            values={**values, "poverty": place.poverty if place else None},
            step=step,
            of_region=of_region,
            row=row,
        )


def survey(graph: nx.Graph, places: Mapping[str, Place], regions: Iterable[str]) -> Ground:
    """Return the ground for a network of n organisations and m ties, in O(n + m)."""
    looked_at = sorted({code for code in regions if level_of(places, code) != "village"})
    members: dict[str, list[int]] = {code: [] for code in looked_at}
    province: dict[int, str | None] = {}
    connectors: dict[str, list[int]] = defaultdict(list)
    ways: dict[str | None, tuple[tuple[str, ...], str | None]] = {}
    homes, levels = values_of(graph, "region"), values_of(graph, "level")
    for one in sorted(graph):
        code = homes[one]
        if code not in ways:
            way = path(places, code)
            ways[code] = (tuple(step for step in way if step in members), province_of(places, code))
        inside, province[one] = ways[code]
        for region in inside:
            members[region].append(one)
        home = province[one]
        if home is not None and levels[one] == "province":
            connectors[home].append(one)
    sectors = values_of(graph, "sector").items()
    return Ground(
        graph=graph,
        homes=homes,
        attended={one for one, there in values_of(graph, "attended").items() if there},
        sectors={one: sector if sector in SECTORS else None for one, sector in sectors},
        places=places,
        regions=tuple(looked_at),
        partners=_partners(graph),
        engaged=frozenset(engaged(graph)),
        members=members,
        province=province,
        connectors=connectors,
        needs=poverty_needs(places),
    )


def _partners(graph: nx.Graph) -> dict[int, list[int]]:
    """Return the working partners of everybody, by id."""
    if isinstance(graph, Compact):
        rows = graph.working.rows
        ends, starts = graph.actors.ids[rows.ends].tolist(), rows.starts.tolist()
        where = zip(graph.nodes_in_order, starts[:-1], starts[1:], strict=True)
        return {one: ends[first:last] for one, first, last in where}
    partners: dict[int, list[int]] = {one: [] for one in graph}
    for one, other, works in graph.edges(data="working", default=True):
        if works and one != other:
            partners[one].append(other)
            partners[other].append(one)
    return {one: sorted(known) for one, known in partners.items()}


def level_of(places: Mapping[str, Place], region: str) -> str:
    """Return the level of a region, by its depth where no place says it."""
    place = places.get(region)
    if place is not None:
        return place.level
    return ("province", "district", "village")[min(len(path(places, region)), 3) - 1]
