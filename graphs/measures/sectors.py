"""How sectors mix: do organisations work with their like, or across?"""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import NamedTuple

import networkx as nx

from graphs.measures.cuts import pairs_of


@dataclass(frozen=True, slots=True)
class Mixing:
    """An E–I index beside what it would be if ties did not look at sectors."""

    value: float | None
    """(E − I) / (E + I): 1 when all ties go to others, −1 when all stay; None without ties."""
    expected: float | None
    """The same if ties fell on all pairs alike; None for fewer than two organisations."""
    external: int
    internal: int


def ei_index(graph: nx.Graph, by: str = "sector") -> Mixing:
    """Return the E–I index of the network: ties across sectors against ties inside them.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Each node with the attribute `by`.
    by : str, default="sector"
        The node attribute that groups the nodes.

    Returns
    -------
    Mixing
        Each tie counted once. Read ``value`` beside ``expected`` only: six equal sectors of 20
        expect +0.68, so +0.5 there is *inward*.

    Raises
    ------
    KeyError
        If a node has no such attribute.

    See Also
    --------
    ei_by_sector : The same from the view of each sector.

    Notes
    -----
    Krackhardt and Stern [1]_. ``expected`` is (pairs across − pairs inside) / all pairs.
    Time O(n + m).

    References
    ----------
    .. [1] Krackhardt, D. and Stern, R. N. (1988). Informal networks and organizational crises.
       Social Psychology Quarterly 51, 123-140. https://doi.org/10.2307/2786835

    Examples
    --------
    >>> mixing = ei_index(nx.karate_club_graph(), by="club")
    >>> round(mixing.value, 4), round(mixing.expected, 4), mixing.external, mixing.internal
    (-0.7179, 0.0303, 11, 67)
    """
    of = _groups(graph, by)
    external = sum(of[one] != of[other] for one, other in graph.edges)
    internal = graph.number_of_edges() - external
    pairs = pairs_of(len(graph))
    inside = sum(pairs_of(size) for size in Counter(of.values()).values())
    return Mixing(_ei(external, internal), _ei(pairs - inside, inside), external, internal)


def ei_by_sector(graph: nx.Graph, by: str = "sector") -> dict[str, Mixing]:
    """Return the E–I index of every sector, in the view of its organisations.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Each node with the attribute `by`.
    by : str, default="sector"
        The node attribute that groups the nodes.

    Returns
    -------
    dict of sector to Mixing
        In order of name, for sectors with at least one node. Ties are counted **once per
        endpoint in the sector**: a tie to another sector once, a tie inside twice, as both of
        its ends see it. So the counts of all sectors add up to twice those of
        :func:`ei_index`, and its value is their mean weighted by degree.

    Raises
    ------
    KeyError
        If a node has no such attribute.

    Notes
    -----
    Each of the s organisations of a sector has n − s others outside and s − 1 inside, so that
    ``expected`` = (n − 2s + 1) / (n − 1). Time O(n + m).

    Examples
    --------
    A chain of two offices and a newspaper: one tie inside, seen twice, and one across.

    >>> graph = nx.path_graph(3)
    >>> nx.set_node_attributes(graph, {0: "opd", 1: "opd", 2: "media"}, "sector")
    >>> ei_by_sector(graph)["opd"]
    Mixing(value=-0.3333333333333333, expected=0.0, external=1, internal=2)
    """
    of = _groups(graph, by)
    sizes = Counter(of.values())
    external: Counter[str] = Counter()
    internal: Counter[str] = Counter()
    for one, other in graph.edges:
        if of[one] == of[other]:
            internal[of[one]] += 2
        else:
            external[of[one]] += 1
            external[of[other]] += 1
    nodes = len(graph)
    return {
        group: Mixing(
            _ei(external[group], internal[group]),
            _ei(nodes - sizes[group], sizes[group] - 1),
            external[group],
            internal[group],
        )
        for group in sorted(sizes, key=str)
    }


class Cell(NamedTuple):
    """The ties between two sectors, or inside one, beside how many could be expected."""

    ties: int
    expected: float | None
    """None for fewer than two organisations."""

    @property
    def ratio(self) -> float | None:
        """Observed / expected: 2 is twice what chance has; None where nothing is expected."""
        return self.ties / self.expected if self.expected else None


def sector_ties(graph: nx.Graph, by: str = "sector") -> dict[tuple[str, str], Cell]:
    """Return the ties between every two sectors, beside how many could be expected.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Each node with the attribute `by`.
    by : str, default="sector"
        The node attribute that groups the nodes.

    Returns
    -------
    dict of (sector, sector) to Cell
        ``ties``, ``expected`` and their ``ratio``, for every pair of sectors that are there, a
        sector with itself included, each pair once and in order of name. ``expected`` is m
        times the share of all pairs of nodes that are of this kind; None for fewer than two
        nodes.

    Raises
    ------
    KeyError
        If a node has no such attribute.

    Notes
    -----
    Time O(n + m).

    Examples
    --------
    >>> graph = nx.path_graph(3)
    >>> nx.set_node_attributes(graph, {0: "opd", 1: "opd", 2: "media"}, "sector")
    >>> cell = sector_ties(graph)[("media", "opd")]
    >>> cell, cell.ratio
    (Cell(ties=1, expected=1.3333333333333333), 0.75)
    """
    of = _groups(graph, by)
    sizes = Counter(of.values())
    found: Counter[tuple[str, str]] = Counter()
    for one, other in graph.edges:
        found[_in_order(of[one], of[other])] += 1
    edges, all_pairs = graph.number_of_edges(), pairs_of(len(graph))
    answer: dict[tuple[str, str], Cell] = {}
    for one, other in combinations_with_replacement(sorted(sizes, key=str), 2):
        pairs = pairs_of(sizes[one]) if one == other else sizes[one] * sizes[other]
        expected = edges * pairs / all_pairs if all_pairs else None
        answer[one, other] = Cell(found[one, other], expected)
    return answer


def _groups(graph: nx.Graph, by: str) -> dict[int, str]:
    """Return the group of every node."""
    return {node: data[by] for node, data in graph.nodes(data=True)}


def _in_order(one: str, other: str) -> tuple[str, str]:
    """Return two groups in order of name; a region may be None, which has no order of its own."""
    return (one, other) if str(one) <= str(other) else (other, one)


def _ei(external: int, internal: int) -> float | None:
    """Return (E − I) / (E + I), None when both are nothing."""
    both = external + internal
    return (external - internal) / both if both else None
