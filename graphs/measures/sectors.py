"""How sectors mix: do organisations work with their like, or across?"""

from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graphs.arrays import ends_of, groups_of
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
    _, sizes, found = _counted(graph, by)
    internal = int(np.trace(found))
    external = int(found.sum()) - internal
    pairs = pairs_of(len(graph))
    inside = sum(pairs_of(size) for size in sizes)
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
    names, sizes, found = _counted(graph, by)
    # From the view of each end: once for the group of the row, and once for that of the column.
    seen = (found.sum(axis=0) + found.sum(axis=1)).tolist()
    nodes, answer = len(graph), {}
    for at, (name, size) in enumerate(zip(names, sizes, strict=True)):
        internal = 2 * int(found[at, at])
        external = seen[at] - internal
        expected = _ei(nodes - size, size - 1)
        answer[name] = Mixing(_ei(external, internal), expected, external, internal)
    return answer


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
    names, sizes, found = _counted(graph, by)
    edges, all_pairs = int(found.sum()), pairs_of(len(graph))
    answer: dict[tuple[str, str], Cell] = {}
    for one, other in combinations_with_replacement(range(len(names)), 2):
        pairs = pairs_of(sizes[one]) if one == other else sizes[one] * sizes[other]
        ties = int(found[one, other]) + (int(found[other, one]) if one != other else 0)
        expected = edges * pairs / all_pairs if all_pairs else None
        answer[names[one], names[other]] = Cell(ties, expected)
    return answer


def _counted(graph: nx.Graph, by: str) -> tuple[list[str], list[int], NDArray[np.int64]]:
    """Return the groups in order of name, their sizes, and the ties from group to group.

    Each tie is counted once, in one of its two directions.
    """
    names, numbers = groups_of(graph, by)
    one, other = ends_of(graph)
    count = len(names)
    cells = np.bincount(numbers[one] * count + numbers[other], minlength=count * count)
    sizes = np.bincount(numbers, minlength=count).tolist()
    return names, sizes, cells.reshape(count, count)


def _ei(external: int, internal: int) -> float | None:
    """Return (E − I) / (E + I), None when both are nothing."""
    both = external + internal
    return (external - internal) / both if both else None
