"""How far everybody is from everybody: closeness, and fragmentation weighted by distance.

Distances are counted and not kept: a measure of all pairs needs to know *how many* are one step
apart, two, three. So the searches from 64 organisations run at once, as the bits of one number,
and what a level reaches is one OR over the partners of each node.
"""

from collections.abc import Collection, Iterable
from typing import Any

import networkx as nx
import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

WORD = 64
"""Searches in one number."""

WORDS = 4_000_000
"""Numbers held at once, 32 MB: decides how many searches run together."""

COLUMNS = 32
"""Partners of a node that are looked at in step with those of all others; hubs have more."""


def harmonic_closeness(graph: nx.Graph) -> dict[int, float | None]:
    """Return for every node how near the others are, on average of 1/distance.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Weights are not looked at.

    Returns
    -------
    dict of node to float in [0, 1] or None
        Σ 1/d over the others, divided by n − 1; who cannot be reached adds nothing, so that the
        measure holds on networks in several parts, where libraries disagree about plain
        closeness. 1 next to everyone, 0 for an isolate; None for a single node.

    Notes
    -----
    The harmonic centrality of [1]_, as a share. Time O(n m), 64 searches in one step: 0.02 s at
    1 500 nodes and 5 000 edges, 5 s at 20 000 and 80 000. Memory O(n + m).

    References
    ----------
    .. [1] Boldi, P. and Vigna, S. (2014). Axioms for centrality. Internet Mathematics 10,
       222-262. https://doi.org/10.1080/15427951.2013.865686

    Examples
    --------
    >>> harmonic_closeness(nx.path_graph(3))
    {0: 0.75, 1: 1.0, 2: 0.75}
    """
    others = len(graph) - 1
    if others < 1:
        return dict.fromkeys(graph)
    near = _Searches(_ties(graph)).near()
    return dict(zip(graph, (near / others).tolist(), strict=True))


def distance_weighted_fragmentation(graph: nx.Graph) -> float | None:
    """Return how far apart the nodes are on the whole: Borgatti's distance-weighted F.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Weights are not looked at.

    Returns
    -------
    float in [0, 1] or None
        1 − mean of 1/d over all pairs: 0 when all are partners, 1 without ties; None for fewer
        than two nodes. Unlike F it sees detours, so it rises when a short way is lost.

    See Also
    --------
    distance_weighted_fragmentation_after_exit : The same without each node in turn.
    graphs.measures.exit_of : F and DF before and after several leave together.

    Notes
    -----
    DF of [1]_; 1 − global efficiency. Time and memory as :func:`harmonic_closeness`.

    References
    ----------
    .. [1] Borgatti, S. P. (2006). Identifying sets of key players in a social network.
       Computational and Mathematical Organization Theory 12, 21-34.
       https://doi.org/10.1007/s10588-006-7084-x

    Examples
    --------
    >>> round(distance_weighted_fragmentation(nx.path_graph(3)), 4)
    0.1667
    """
    return _apart(_Searches(_ties(graph)).total(), len(graph))


def distance_weighted_fragmentation_after_exit(
    graph: nx.Graph, nodes: Iterable[int] | None = None
) -> dict[int, float | None]:
    """Return, for every node, the distance-weighted fragmentation of the network without it.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Not changed: nothing is removed.
    nodes : iterable of node, optional
        Whose exit is asked for; everybody's, if not given.

    Returns
    -------
    dict of node to float in [0, 1] or None
        DF of the n − 1 others; compare with :func:`distance_weighted_fragmentation` to see the
        rise. None for all when fewer than two others are left.

    Raises
    ------
    networkx.NodeNotFound
        If a node is not in the graph.

    Notes
    -----
    A node whose partners all know each other lies on no shortest path: its exit takes its own
    nearness away and nothing else, without a search. For each other node the searches inside
    its component are run again without it. Time O(c² k) for the k edges of a component of c
    nodes: 7 s for all nodes at 1 500 and 5 000 edges. For large networks name the few in
    question, such as those of high betweenness.

    Examples
    --------
    Without the middle of a star nobody is left to anybody; without a leaf little changes:

    >>> after = distance_weighted_fragmentation_after_exit(nx.star_graph(3))
    >>> after[0], round(after[1], 4), round(distance_weighted_fragmentation(nx.star_graph(3)), 4)
    (1.0, 0.1667, 0.25)
    """
    asked = list(graph) if nodes is None else list(nodes)
    if strangers := [one for one in asked if one not in graph]:
        raise nx.NodeNotFound(f"These nodes are not in the graph: {strangers}.")
    left = len(graph) - 1
    if left < 2:
        return dict.fromkeys(asked)
    ties = _ties(graph)
    near = _Searches(ties).near()
    total = float(near.sum())
    place = {node: index for index, node in enumerate(graph)}
    _, part = csgraph.connected_components(ties, directed=False)
    inside: dict[int, tuple[Any, _Searches]] = {}
    after: dict[int, float | None] = {}
    for node in asked:
        here = place[node]
        if _is_detour_of_nobody(graph, node):
            after[node] = _apart(total - 2 * float(near[here]), left)
            continue
        if part[here] not in inside:
            members = np.flatnonzero(part == part[here])
            inside[part[here]] = members, _Searches(ties[members][:, members])
        members, searches = inside[part[here]]
        kept = searches.total(without=int(np.searchsorted(members, here)))
        lost = float(near[members].sum()) - kept
        after[node] = _apart(total - lost, left)
    return after


def nearness_without(graph: nx.Graph, leaving: Collection[int]) -> float:
    """Return Σ 1/d over all ordered pairs of those who stay.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Not changed.
    leaving : collection of node
        Carry no paths and are not counted.

    Returns
    -------
    float

    Examples
    --------
    >>> nearness_without(nx.path_graph(4), {0}), nearness_without(nx.path_graph(4), {1})
    (5.0, 2.0)
    """
    stay = [index for index, node in enumerate(graph) if node not in leaving]
    return _Searches(_ties(graph)[stay][:, stay]).total() if stay else 0.0


def _apart(total: float, nodes: int) -> float | None:
    """Return 1 − the mean of 1/d, from its sum over all ordered pairs."""
    return max(0.0, 1.0 - total / (nodes * (nodes - 1))) if nodes > 1 else None


def _is_detour_of_nobody(graph: nx.Graph, node: int) -> bool:
    """Whether all partners of a node are partners of each other, so that none needs it."""
    partners = graph.adj[node]
    return all(len(partners) <= len(graph.adj[one]) for one in partners) and all(
        partners.keys() <= graph.adj[one].keys() | {one} for one in partners
    )


def _ties(graph: nx.Graph) -> Any:
    """Return the ties as a sparse matrix, in the order of the nodes."""
    if not graph:
        return sparse.csr_array((0, 0))
    return nx.to_scipy_sparse_array(graph, weight=None, format="csr")


class _Searches:
    """Breadth-first searches from all nodes at once, which count whom each level reaches."""

    def __init__(self, ties: Any) -> None:
        """Sort the nodes by their ties, so that the j-th partners of all are one column."""
        degree = np.diff(ties.indptr)
        self.nodes = len(degree)
        self.order = np.argsort(-degree, kind="stable")[: np.count_nonzero(degree)]
        place = np.zeros(self.nodes, dtype=np.int64)
        place[self.order] = np.arange(len(self.order))
        starts, degree = ties.indptr[self.order], degree[self.order]
        self.columns = []
        for column in range(min(COLUMNS, int(degree.max(initial=0)))):
            rows = np.count_nonzero(degree > column)
            self.columns.append(place[ties.indices[starts[:rows] + column]])
        hubs = range(np.count_nonzero(degree > COLUMNS))
        rest = [
            place[ties.indices[starts[hub] + COLUMNS : starts[hub] + degree[hub]]] for hub in hubs
        ]
        self.rest = np.concatenate(rest) if rest else np.zeros(0, dtype=np.int64)
        self.rest_starts = np.cumsum([0, *map(len, rest)])[:-1]

    def near(self) -> Any:
        """Return Σ 1/d over the others for every node."""
        near = np.zeros(self.nodes)
        for steps, counts in enumerate(self._levels(None), start=1):
            near[self.order] += counts / steps
        return near

    def total(self, without: int | None = None) -> float:
        """Return Σ 1/d over all ordered pairs; whole numbers first, so that no order matters."""
        levels = enumerate(self._levels(without), start=1)
        return sum((int(counts.sum()) / steps for steps, counts in levels), start=0.0)

    def _levels(self, without: int | None) -> list[Any]:
        """Return for each distance 1, 2, … how many others every node has so far away."""
        sources = np.arange(len(self.order))
        gone = np.flatnonzero(self.order == without) if without is not None else sources[:0]
        sources = np.delete(sources, gone)
        together = WORD * max(1, WORDS // max(1, 4 * self.nodes))
        levels: list[Any] = []
        for first in range(0, len(sources), together):
            self._search(sources[first : first + together], gone, levels)
        return levels

    def _search(self, sources: Any, gone: Any, levels: list[Any]) -> None:
        """Add to the levels whom a block of sources reaches."""
        number = np.arange(len(sources))
        fresh = np.zeros((len(self.order), -(-len(sources) // WORD)), dtype=np.uint64)
        fresh[sources, number // WORD] = np.uint64(1) << (number % WORD).astype(np.uint64)
        unseen = ~fresh
        unseen[gone] = 0
        for level in range(self.nodes):
            fresh = self._partners_of(fresh)
            fresh &= unseen
            if not fresh.any():
                return
            unseen &= ~fresh
            if level == len(levels):
                levels.append(np.zeros(len(self.order), dtype=np.int64))
            levels[level] += np.bitwise_count(fresh).sum(axis=1, dtype=np.int64)

    def _partners_of(self, fresh: Any) -> Any:
        """Return for every node the searches that have just come to one of its partners."""
        reached = fresh[self.columns[0]]
        for column in self.columns[1:]:
            reached[: len(column)] |= fresh[column]
        if len(self.rest):
            beyond = np.bitwise_or.reduceat(fresh[self.rest], self.rest_starts, axis=0)
            reached[: len(beyond)] |= beyond
        return reached
