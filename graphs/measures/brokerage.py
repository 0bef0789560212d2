"""Who stands between whom: the brokerage roles of Gould and Fernandez."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graphs.arrays import Arrays, arrays_of
from graphs.arrays.triangles import triangles

Numbers = NDArray[np.int64]

SHIFT = 40
"""Bits for the sum of the places of all brokers of a pair, below the number of them."""

AT_ONCE = 1_000_000
"""Paths of two ties that are added up together, as far as a single node has not more."""


@dataclass(frozen=True, slots=True)
class Roles:
    """How many pairs an organisation brokers in each role.

    A pair is brokered by every organisation that both have for a partner, as long as the two are
    not partners themselves.
    """

    coordinator: int = 0
    """All three of one sector."""
    gatekeeper: int = 0
    """One of the pair of the broker's sector, the other not. (Gatekeeper and representative: an
    undirected tie does not tell them apart.)"""
    itinerant: int = 0
    """The pair of one sector, the broker of another."""
    liaison: int = 0
    """Three sectors."""
    exclusive_liaison: int = 0
    """Liaison for a pair that no other organisation brokers: what would be lost."""

    @property
    def total(self) -> int:
        """All open two-paths through this organisation."""
        return self.coordinator + self.gatekeeper + self.itinerant + self.liaison


def brokerage(graph: nx.Graph, by: str = "sector") -> dict[int, Roles]:
    """Return for every node how many pairs it brokers, by role.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Each node with the attribute `by`.
    by : str, default="sector"
        The node attribute that groups the nodes.

    Returns
    -------
    dict of node to Roles
        Unordered pairs, each counted once for every broker it has. All zero for isolates.

    Raises
    ------
    KeyError
        If a node has no such attribute.

    Notes
    -----
    The roles of [1]_ for undirected ties. All pairs of partners are counted by their groups, and
    those that are partners themselves, the triangles, are taken away again. Pairs with one broker
    only come from the square of the matrix of ties. Time O(Σ k²) over the degrees k: 0.02 s at
    1 500 nodes and 5 000 edges, 1 s at 100 000 and 160 000.

    References
    ----------
    .. [1] Gould, R. V. and Fernandez, R. M. (1989). Structures of mediation: a formal approach
       to brokerage in transaction networks. Sociological Methodology 19, 89-126.
       https://doi.org/10.2307/270949

    Examples
    --------
    The library office between a campus, a bank and the planning office:

    >>> graph = nx.star_graph(3)
    >>> sectors = {0: "opd", 1: "university", 2: "business", 3: "opd"}
    >>> nx.set_node_attributes(graph, sectors, "sector")
    >>> brokerage(graph)[0]
    Roles(coordinator=0, gatekeeper=2, itinerant=0, liaison=1, exclusive_liaison=1)
    """
    ties = arrays_of(graph)
    names = {node: data[by] for node, data in graph.nodes(data=True)}
    number = {name: at for at, name in enumerate(dict.fromkeys(names.values()))}
    group = np.array([number[names[node]] for node in ties.nodes], dtype=np.int64)
    counts = _pairs_of_partners(ties, group, len(number))
    closed = np.zeros(len(ties.ends), dtype=np.int64)
    thirds = np.zeros(len(ties.ends), dtype=np.int64)
    total = len(ties.ends)
    for one, two, across in triangles(ties):
        x, y, z = ties.tails[one], ties.ends[one], ties.ends[two]
        for tie, ends, between in ((one, (x, y), z), (two, (x, z), y), (across, (y, z), x)):
            counts -= _by_role(group, ends[0], between, ends[1])
            closed += np.bincount(tie, minlength=total)
            thirds += np.bincount(tie, between, minlength=total).astype(np.int64)
    exclusive = np.zeros(len(ties.nodes), dtype=np.int64)
    for first, between, second in _with_one_broker(ties):
        exclusive += _by_role(group, first, between, second)[LIAISON]
    partners = np.flatnonzero(closed == 1)
    ends = ties.tails[partners], ties.ends[partners]
    exclusive -= _by_role(group, ends[0], thirds[partners], ends[1])[LIAISON]
    rows = zip(*counts.tolist(), exclusive.tolist(), strict=True)
    return {node: Roles(*row) for node, row in zip(ties.nodes, rows, strict=True)}


COORDINATOR, GATEKEEPER, ITINERANT, LIAISON = range(4)


def _pairs_of_partners(ties: Arrays, group: Numbers, groups: int) -> Numbers:
    """Return how many pairs of partners every node has by role, tied or not."""
    nodes = len(ties.nodes)
    cells = ties.tails * np.int64(max(groups, 1)) + group[ties.ends]
    known = np.bincount(cells, minlength=nodes * groups).reshape(nodes, groups)
    alike = known[np.arange(nodes), group] if groups else np.zeros(nodes, dtype=np.int64)
    partners = ties.degrees.astype(np.int64)
    of_one_group = (known * (known - 1) // 2).sum(axis=1)
    coordinator = alike * (alike - 1) // 2
    gatekeeper = alike * (partners - alike)
    itinerant = of_one_group - coordinator
    liaison = partners * (partners - 1) // 2 - coordinator - gatekeeper - itinerant
    return np.stack([coordinator, gatekeeper, itinerant, liaison])


def _by_role(group: Numbers, one: Numbers, between: Numbers, other: Numbers) -> Numbers:
    """Return how many pairs every node brokers in each role, of four times so many nodes."""
    nodes = len(group)
    first, broker, second = group[one], group[between], group[other]
    alike = np.where(first == broker, COORDINATOR, ITINERANT)
    unlike = np.where((broker == first) | (broker == second), GATEKEEPER, LIAISON)
    role = np.where(first == second, alike, unlike)
    return np.bincount(role * nodes + between, minlength=4 * nodes).reshape(4, nodes)


def _with_one_broker(ties: Arrays) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """Yield the pairs that have one partner in common and no other, tied or not, in blocks."""
    nodes, partners = len(ties.nodes), ties.degrees.astype(np.int64)
    shape = (nodes, nodes)
    ones = np.ones(len(ties.ends), dtype=np.int64)
    away = csr_array((ones, ties.ends, ties.starts), shape=shape)
    # Each path of two ties counts one, and names who is between.
    back = csr_array(((1 << SHIFT) + ties.tails.astype(np.int64), ties.ends, ties.starts), shape)
    paths = np.cumsum(np.bincount(ties.tails, partners[ties.ends], minlength=nodes))
    first = 0
    while first < nodes:
        before = paths[first - 1] if first else 0
        last = max(int(np.searchsorted(paths, before + AT_ONCE)), first + 1)
        found: Any = (away[first:last] @ back).tocoo()
        one, other = found.row + first, found.col
        single = np.flatnonzero((found.data >> SHIFT == 1) & (one < other))
        yield one[single], found.data[single] & ((1 << SHIFT) - 1), other[single]
        first = last
