"""What the network loses when several organisations leave together."""

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from graphs.measures.cuts import fragmentation, pairs_of, pairs_within
from graphs.measures.distances import distance_weighted_fragmentation, nearness_without


@dataclass(frozen=True, slots=True)
class Change:
    """A measure before and after."""

    before: float | None
    after: float | None

    @property
    def rise(self) -> float | None:
        """How much more it is after than before; None where one of them is not defined."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Exit:
    """What the exit of a set of organisations does to those who stay."""

    fragmentation: Change
    """F: share of pairs without a path."""
    distance_weighted: Change
    """DF: 1 − mean of 1/distance."""
    pairs_lost: int
    """Pairs of those who stay that had a path before and have none after."""


def exit_of(graph: nx.Graph, leaving: Iterable[int]) -> Exit:
    """Return what changes when a set of organisations leaves.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Not changed: nothing is removed.
    leaving : iterable of node
        Who leaves. Repetitions count once; an empty set changes nothing.

    Returns
    -------
    Exit
        F and DF of the whole network before, and of those who stay after; None where fewer than
        two are left.

    Raises
    ------
    networkx.NodeNotFound
        If somebody who leaves is not in the graph.

    See Also
    --------
    fragmentation_after_exit : F after the exit of every single node, in one pass.
    distance_weighted_fragmentation_after_exit : The same for DF.

    Notes
    -----
    The key-player problem, negative side [1]_. F and DF after an exit are taken over those who
    stay, so both can *fall*, when an isolate leaves. `pairs_lost` cannot be negative. Together
    several can do what none does alone: the two partners between two halves. Time O(n m),
    for DF: 0.1 s at 1 500 nodes and 5 000 edges.

    References
    ----------
    .. [1] Borgatti, S. P. (2006). Identifying sets of key players in a social network.
       Computational and Mathematical Organization Theory 12, 21-34.
       https://doi.org/10.1007/s10588-006-7084-x

    Examples
    --------
    >>> medici = exit_of(nx.florentine_families_graph(), ["Medici"])
    >>> round(medici.fragmentation.after, 4), medici.pairs_lost
    (0.3846, 35)
    >>> df = medici.distance_weighted
    >>> round(df.before, 4), round(df.after, 4), round(df.rise, 4)
    (0.4998, 0.6738, 0.174)
    """
    gone = set(leaving)
    if strangers := gone - set(graph):
        raise nx.NodeNotFound(f"These nodes are not in the graph: {sorted(strangers)}.")
    stay = [node for node in graph if node not in gone]
    before = pairs_within(dict(graph.adjacency()), {node: int(node not in gone) for node in graph})
    left = {node: [one for one in graph.adj[node] if one not in gone] for node in stay}
    after = pairs_within(left, dict.fromkeys(left, 1))
    pairs = pairs_of(len(stay))
    return Exit(
        Change(fragmentation(graph), (pairs - after) / pairs if pairs else None),
        Change(
            distance_weighted_fragmentation(graph),
            1 - nearness_without(graph, gone) / (2 * pairs) if pairs else None,
        ),
        before - after,
    )
