"""Who stands between whom: the brokerage roles of Gould and Fernandez."""

from dataclasses import dataclass

import networkx as nx

from graphs.arrays import arrays_of, groups_of
from graphs.arrays.roles import roles


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
    The roles of [1]_ for undirected ties. Time O(Σ k²) over the degrees k, which is how many
    pairs there are to count: 0.1 s at 100 000 nodes and 160 000 edges.

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
    _, group = groups_of(graph, by)
    counts = roles(ties, group)
    return {node: Roles(*row) for node, row in zip(ties.nodes, counts.T.tolist(), strict=True)}
