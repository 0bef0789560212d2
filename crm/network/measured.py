"""The figures of a network and of each organisation in it, as they are stored."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

import networkx as nx
import numpy as np

import graphs.build
from graphs import measures
from graphs.arrays import arrays_of, groups_of, values_of
from graphs.records import SECTORS
from graphs.simulate.cut_off import CutOff, cut_off_by_exit

ROLES = tuple(one.name for one in fields(measures.Roles))
_counts = attrgetter(*ROLES)


def measured(graph: nx.Graph) -> tuple[dict[str, Any], dict[int, dict[str, Any]]]:
    """Return the figures of the network as a whole, and of every organisation in it by id.

    ``betweenness_error`` is how far the betweenness of an organisation may be off (95 %): 0 but
    in large networks, where it is estimated.
    """
    working = graphs.build.working(graph)
    between = measures.betweenness(working, seed=1)
    figures = _numbers(graph, working) | {"betweenness_error": _rounded(between.largest_error)}
    return figures, _node_measures(graph, working, between.values)


def _numbers(graph: nx.Graph, working: nx.Graph) -> dict[str, Any]:
    components = measures.components(working)
    mixing = measures.ei_index(working)
    sectors = Counter(values_of(working, "sector").values())
    return {
        "organisations": working.number_of_nodes(),
        "ties": graph.number_of_edges(),
        "working_ties": working.number_of_edges(),
        "engaged": len(graphs.build.engaged(graph)),
        "isolated": sum(degree == 0 for degree in measures.degree(working).values()),
        "components": len(components),
        "largest": max((len(one) for one in components), default=0),
        "density": measures.density(working),
        "degree_centralisation": measures.degree_centralisation(working),
        "fragmentation": measures.fragmentation(working),
        "articulation_points": len(measures.articulation_points(working)),
        "bridges": len(measures.bridges(working)),
        "core": max(measures.core_numbers(working).values(), default=0),
        "ei": mixing.value,
        "ei_expected": mixing.expected,
        "sectors": {sector: sectors[sector] for sector in SECTORS},
    }


def _node_measures(
    graph: nx.Graph, working: nx.Graph, between: dict[int, float | None]
) -> dict[int, dict[str, Any]]:
    degree = measures.degree(working)
    constraint = measures.constraint(working)
    effective = measures.effective_size(working)
    efficiency = measures.efficiency(working)
    core = measures.core_numbers(working)
    cuts = measures.articulation_points(working)
    before = measures.fragmentation(working) or 0.0
    after = measures.fragmentation_after_exit(working)
    engaged = graphs.build.engaged(graph)
    roles = measures.brokerage(working)
    partners = _partners(working)
    lost = cut_off_by_exit(working)
    by_role = _Alike(ROLES)

    def row(one: int) -> dict[str, Any]:
        return {
            "degree": degree[one],
            "betweenness": _rounded(between[one]),
            "constraint": _rounded(constraint[one]),
            "effective_size": _rounded(effective[one]),
            "efficiency": _rounded(efficiency[one]),
            "core": core[one],
            "cut": one in cuts,
            "exit": _rise(before, after[one]),
            **({"cut_off": _cut_off(lost[one])} if one in lost else {}),
            "engaged": one in engaged,
            "roles": by_role(_counts(roles[one])),
            "partners": partners[one],
        }

    # Who has no partner differs from nobody else without: half of all in a large network.
    alone: dict[bool, dict[str, Any]] = {}
    return {
        one: row(one) if degree[one] else alone.setdefault(one in engaged, row(one))
        for one in working
    }


def _cut_off(lost: CutOff) -> dict[str, Any]:
    return {"count": lost.count, "organisations": lost.organisations}


def _partners(working: nx.Graph) -> dict[int, dict[str, int]]:
    """Return how many partners of each sector everybody has."""
    names, sector = groups_of(working, "sector")
    ties = arrays_of(working)
    cells = ties.tails.astype(np.int64) * len(names) + sector[ties.ends]
    shape = len(ties.nodes), len(names)
    counts = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
    by_sector, rows = _Alike(names), map(tuple, counts.tolist())
    return {one: by_sector(row) for one, row in zip(ties.nodes, rows, strict=True)}


class _Alike:
    """Counts by name, without those of nothing: one dict, never changed, for all that are alike."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.known: dict[tuple[int, ...], dict[str, int]] = {}

    def __call__(self, counts: tuple[int, ...]) -> dict[str, int]:
        if counts not in self.known:
            named = zip(self.names, counts, strict=True)
            self.known[counts] = {name: count for name, count in named if count}
        return self.known[counts]


def _rise(before: float, after: float | None) -> float | None:
    return None if after is None else _rounded(after - before)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 5)
