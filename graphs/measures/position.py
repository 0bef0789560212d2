"""Where an organisation stands: on whose ways it lies, and whom it can reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graphs.arrays import Arrays, arrays_of
from graphs.arrays.parts import parts
from graphs.arrays.shortest import dependencies

Reals = NDArray[np.float64]

EXACT_UP_TO = 5000
"""Betweenness is exact up to so many nodes."""

PIVOTS = 512
"""Above that, it is estimated from the shortest paths of so many nodes drawn by lot."""

PER_STRATUM = 4
"""Enough to tell from how far they differ how far the others may."""

SMALLEST = 64
"""Nodes of a stratum: few nodes are not told apart."""


@dataclass(frozen=True, slots=True)
class Betweenness:
    """Betweenness by node, and how far it can be trusted."""

    values: dict[int, float | None]
    error: dict[int, float | None]
    """Half-width of the 95 % interval of each value; 0 when exact."""
    pivots: int | None
    """How many nodes were drawn; None when exact."""

    @property
    def largest_error(self) -> float:
        """The widest half-interval of any node: the number to print beside a list."""
        return max((one for one in self.error.values() if one is not None), default=0.0)


def betweenness(
    graph: nx.Graph, exact_up_to: int = EXACT_UP_TO, pivots: int = PIVOTS, seed: int = 0
) -> Betweenness:
    """Return for every node the share of shortest paths between others that lead through it.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Weights are not looked at: strength is not a distance.
    exact_up_to : int, default=5000
        Larger networks are sampled.
    pivots : int, default=512
        How many nodes are drawn for a sample, without replacement; all nodes give the exact
        answer.
    seed : int, default=0
        Same seed, same graph, same answer.

    Returns
    -------
    Betweenness
        Values in [0, 1]: the sum over pairs of the share of their shortest paths, divided by the
        (n − 1)(n − 2)/2 pairs of others. None for all in networks of fewer than three nodes.
        A sampled value may exceed 1 by chance, and its error is stated.

    Raises
    ------
    ValueError
        If `pivots` is below 2: from one there is no error to state.

    Notes
    -----
    Brandes [1]_. A sample adds up the dependencies of the pivots only [2]_, four from each of k/4
    strata of nodes from which the shortest paths are much the same (see :func:`lots`), scaled by
    the size of the stratum. The error is 1.96 times the standard error of a stratified sample
    [3]_, with the correction for finite populations: three quarters of that of k pivots from
    anywhere. O(n m) exact: 0.1 s at 1 500 nodes and 5 000 edges. O(k m) sampled: 3 s at 100 000
    and 160 000.

    References
    ----------
    .. [1] Brandes, U. (2001). A faster algorithm for betweenness centrality. Journal of
       Mathematical Sociology 25, 163-177. https://doi.org/10.1080/0022250X.2001.9990249
    .. [2] Brandes, U. and Pich, C. (2007). Centrality estimation in large networks.
       International Journal of Bifurcation and Chaos 17, 2303-2318.
       https://doi.org/10.1142/S0218127407018403
    .. [3] Cochran, W. G. (1977). Sampling Techniques, 3rd ed. Wiley, ch. 5.

    Examples
    --------
    >>> betweenness(nx.path_graph(4)).values
    {0: 0.0, 1: 0.6666666666666666, 2: 0.6666666666666666, 3: 0.0}
    >>> betweenness(nx.path_graph(4)).largest_error
    0.0
    """
    if pivots < 2:
        raise ValueError(f"betweenness needs at least 2 pivots, not {pivots}.")
    ties = arrays_of(graph)
    nodes = ties.nodes
    if len(nodes) < 3:
        return Betweenness(dict.fromkeys(nodes), dict.fromkeys(nodes), None)
    if len(nodes) <= exact_up_to or len(nodes) <= pivots:
        through = np.zeros(len(nodes))
        for source in range(len(nodes)):
            through += dependencies(ties.starts, ties.ends, source)
        return Betweenness(
            ties.by_node(through / ((len(nodes) - 1) * (len(nodes) - 2))),
            dict.fromkeys(nodes, 0.0),
            None,
        )
    mean, error = _sampled(ties, pivots, seed)
    return Betweenness(ties.by_node(mean), ties.by_node(error), pivots)


def reach(graph: nx.Graph, seeds: Iterable[int], steps: int = 2) -> float:
    """Return the share of the network that the seeds can reach in a few steps.

    If we can speak with the seeds today, and every actor passes a message on to its partners,
    this is the part of the network that has heard it after `steps` rounds. Use it to compare
    guest lists: which five invitations reach the most?

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        The network. Weights are not looked at.
    seeds : iterable of node, of length s >= 1
        The actors we start from. Repetitions count once.
    steps : int, default=2
        How many ties a message may travel; at least 1.

    Returns
    -------
    float in [0, 1]
        Actors reached divided by actors that could be, seeds counting as neither: r / (n − s).
        It is 1 when every actor is a seed, as nothing is left to reach.

    Raises
    ------
    ValueError
        If there are no seeds, or `steps` is below 1.
    networkx.NodeNotFound
        If a seed is not in the graph.

    Notes
    -----
    This is the m-reach of a group [1]_, as a share, without the group itself. One search from
    all seeds at once: time O(n + m), however many seeds.

    References
    ----------
    .. [1] Borgatti, S. P. (2006). Identifying sets of key players in a social network.
       Computational and Mathematical Organization Theory 12, 21-34.
       https://doi.org/10.1007/s10588-006-7084-x

    Examples
    --------
    A chain of five; from its end, two steps reach two of the other four:

    >>> reach(nx.path_graph(5), [0], steps=2)
    0.5
    >>> reach(nx.path_graph(5), [2], steps=2)
    1.0
    """
    start = set(seeds)
    if not start:
        raise ValueError("reach needs at least one seed.")
    if steps < 1:
        raise ValueError(f"steps must be at least 1, not {steps}.")
    if unknown := start - set(graph):
        raise nx.NodeNotFound(f"These seeds are not in the graph: {sorted(unknown)}.")
    reached, frontier = set(start), start
    for _ in range(steps):
        frontier = {other for node in frontier for other in graph.adj[node]} - reached
        reached |= frontier
    others = len(graph) - len(start)
    return (len(reached) - len(start)) / others if others else 1.0


def lots(graph: nx.Graph, pivots: int, seed: int) -> list[Any]:
    """Return the sources that a sample draws, stratum by stratum: those of one come together.

    Only those in components of three and more lie on paths between others or begin them. They are
    put beside those with the same best connected partner, from where the shortest paths are much
    the same, and two are drawn from each of so many strata of one size.
    """
    ties = arrays_of(graph)
    drawn = [place for stratum, places in _strata(ties, pivots, seed) for place in places]
    return [ties.nodes[place] for place in drawn]


def _strata(ties: Arrays, pivots: int, seed: int) -> list[tuple[int, list[int]]]:
    """Return how many nodes each stratum has, and those drawn from it."""
    part = parts(ties.starts, ties.ends)
    able = np.flatnonzero(np.bincount(part)[part] > 2)
    # The partner of most partners, of equal ones the last, as a number: degree, then place.
    count = len(ties.nodes)
    best = np.zeros(count, dtype=np.int64)
    np.maximum.at(best, ties.tails, ties.degrees[ties.ends] * np.int64(count) + ties.ends)
    order = able[np.lexsort((best[able], part[able]))]
    draw = np.random.default_rng(seed)
    wanted = min(pivots, len(order))
    strata = max(min(wanted // PER_STRATUM, len(order) // SMALLEST), 1)
    shares = np.array_split(np.arange(wanted), strata)
    return [
        (len(stratum), draw.choice(stratum, len(share), replace=False).tolist())
        for stratum, share in zip(np.array_split(order, strata), shares, strict=True)
        if len(stratum)
    ]


def _sampled(ties: Arrays, pivots: int, seed: int) -> tuple[Reals, Reals]:
    """Return the estimate for every node, and the half-width of its 95 % interval."""
    count = len(ties.nodes)
    # Hubs first, nobody without ties: what a search looks up again and again then lies together.
    tied = np.argsort(-ties.degrees, kind="stable")[: np.count_nonzero(ties.degrees)]
    place = np.empty(count, dtype=np.int64)
    place[tied] = np.arange(len(tied))
    whole = csr_array((np.ones(len(ties.ends)), ties.ends, ties.starts), shape=(count, count))
    rows = whole[tied][:, tied]
    total, variance = np.zeros(len(tied)), np.zeros(len(tied))
    for size, drawn in _strata(ties, pivots, seed):
        found = np.stack([dependencies(rows.indptr, rows.indices, place[one]) for one in drawn])
        total += size * found.mean(axis=0)
        if size > len(drawn) > 1:
            spread = size**2 * (1 - len(drawn) / size) / len(drawn)
            variance += spread * found.var(axis=0, ddof=1)
    scale = 1 / ((count - 1) * (count - 2))
    values, errors = np.zeros(count), np.zeros(count)
    values[tied], errors[tied] = total * scale, 1.96 * np.sqrt(variance) * scale
    return values, errors
