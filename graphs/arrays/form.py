"""Who is tied to whom, in compressed rows: what every search over a whole network starts from."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graphs.arrays.compact import Compact

Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Arrays:
    """The ties of n nodes and m edges. A node is named by its place in the order of the graph."""

    nodes: Sequence[Any]
    starts: Numbers
    """Where the partners of each node begin in `ends`, of length n + 1."""
    ends: Numbers
    """The partners of all nodes by place, in order; each tie from both of its ends, 2m in all."""
    weights: NDArray[np.float64] | None = None
    """The weight of each tie from both of its ends, where one was asked for."""

    ids: Numbers | None = None
    """The nodes as an array in order, where they are numbers that stand in order."""

    @property
    def ranks(self) -> Numbers:
        """Return the place of each node in the order of their names."""
        ranks = np.arange(len(self.nodes))
        if self.ids is None:
            ranks[sorted(range(len(self.nodes)), key=self.nodes.__getitem__)] = ranks.copy()
        return ranks

    def named(self, places: Numbers) -> list[Any]:
        """Return the nodes at some places."""
        if self.ids is not None:
            return list(self.ids[places].tolist())
        return [self.nodes[place] for place in places.tolist()]

    @property
    def degrees(self) -> Numbers:
        """How many partners each node has."""
        return np.diff(self.starts)

    @property
    def tails(self) -> Numbers:
        """The place from which each of `ends` is seen."""
        return np.repeat(np.arange(len(self.nodes), dtype=self.ends.dtype), self.degrees)

    def by_node(self, values: NDArray[Any]) -> dict[Any, Any]:
        """Return Python numbers by node."""
        return dict(zip(self.nodes, values.tolist(), strict=True))

    def where_tied(self, values: NDArray[Any]) -> dict[Any, Any]:
        """Return Python numbers by node, None for nodes without ties."""
        tied = (self.degrees > 0).tolist()
        return {
            node: value if there else None
            for node, value, there in zip(self.nodes, values.tolist(), tied, strict=True)
        }


def arrays_of(graph: nx.Graph, weight: str | None = None) -> Arrays:
    """Return the ties of a graph in compressed rows.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Undirected, without loops. A :class:`Compact` has its arrays already; any other is read.
    weight : str, optional
        The edge attribute that says how strong a tie is; 1 where an edge does not say. Of a
        compact graph only ``strength`` can be asked for.

    Returns
    -------
    Arrays

    Raises
    ------
    KeyError
        If a compact graph is asked for another weight.

    Notes
    -----
    Time O(n + m): 0.2 s for 100 000 nodes and 500 000 edges, nothing for a compact graph.

    Examples
    --------
    >>> arrays = arrays_of(nx.path_graph(3))
    >>> arrays.starts.tolist(), arrays.ends.tolist()
    ([0, 1, 3, 4], [1, 0, 2, 1])
    """
    if isinstance(graph, Compact):
        if weight not in (None, "strength"):
            raise KeyError(weight)
        rows = graph.rows
        strength = None if weight is None else graph.pairs.strength[rows.pair]
        ids = graph.actors.ids
        return Arrays(graph.nodes_in_order, rows.starts, rows.ends, strength, ids)
    nodes = list(graph)
    adjacent = graph._adj.values()
    starts = np.zeros(len(nodes) + 1, dtype=np.int32)
    np.cumsum(np.fromiter(map(len, adjacent), np.int32, len(nodes)), out=starts[1:])
    place = {node: at for at, node in enumerate(nodes)}
    ends = np.fromiter(
        map(place.__getitem__, chain.from_iterable(adjacent)), np.int32, int(starts[-1])
    )
    order = np.lexsort((ends, np.repeat(np.arange(len(nodes)), np.diff(starts))))
    if weight is None:
        return Arrays(nodes, starts, ends[order])
    ties = chain.from_iterable(partners.values() for partners in adjacent)
    weights = np.fromiter((data.get(weight, 1) for data in ties), np.float64, len(ends))
    return Arrays(nodes, starts, ends[order], weights[order])


def values_of(graph: nx.Graph, name: str) -> dict[Any, Any]:
    """Return an attribute of every node, None for those that have none.

    As ``dict(graph.nodes(data=name))``, without a dict for each node of a compact graph.

    Examples
    --------
    >>> values_of(nx.karate_club_graph(), "club")[9]
    'Officer'
    """
    if isinstance(graph, Compact):
        return dict(zip(graph.nodes_in_order, graph.column(name), strict=True))
    return dict(graph.nodes(data=name))


def groups_of(graph: nx.Graph, by: str) -> tuple[list[Any], Numbers]:
    """Return the groups that nodes fall into, in order of name, and that of each node.

    Parameters
    ----------
    graph : nx.Graph of n nodes
        Each node with the attribute `by`.
    by : str

    Raises
    ------
    KeyError
        If a node has no such attribute.

    Examples
    --------
    >>> names, numbers = groups_of(nx.karate_club_graph(), "club")
    >>> names, numbers[:12].tolist()
    (['Mr. Hi', 'Officer'], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0])
    """
    if isinstance(graph, Compact) and by == "sector":
        return graph.sectors
    values = [data[by] for _, data in graph.nodes(data=True)]
    names = sorted(set(values), key=str)
    number = {name: at for at, name in enumerate(names)}
    return names, np.array([number[value] for value in values], dtype=np.int64)


def ends_of(graph: nx.Graph) -> tuple[Numbers, Numbers]:
    """Return both ends of every tie once, by place: two arrays of length m.

    Examples
    --------
    >>> [ends.tolist() for ends in ends_of(nx.path_graph(3))]
    [[0, 1], [1, 2]]
    """
    if isinstance(graph, Compact):
        return graph.pairs.one, graph.pairs.other
    ties = arrays_of(graph)
    once = ties.tails < ties.ends
    return ties.tails[once], ties.ends[once]
