"""Who would be lost with whom: those whom the exit of any single organisation cuts off."""

from bisect import insort
from collections.abc import Container, Iterable
from dataclasses import dataclass
from itertools import chain

import networkx as nx
import numpy as np

from graphs.arrays.forest import Forest, forest
from graphs.arrays.form import arrays_of


@dataclass(frozen=True, slots=True)
class CutOff:
    """Whom the exit of one organisation parts from the largest of what is left."""

    count: int
    organisations: tuple[int, ...]
    """Those with the lowest ids, in order; how many at most is asked."""


def cut_off_by_exit(graph: nx.Graph, most: int = 20) -> dict[int, CutOff]:
    """Return whom the exit of each organisation would cut off, of all organisations at once.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Without loops. Every edge counts: give it the working ties. Ids are numbers. Not changed.
    most : int, default=20
        How many to name of each, the lowest ids first; all are counted.

    Returns
    -------
    dict of node to CutOff
        Only those whose exit cuts somebody off, in the order of the graph: its articulation
        points.

    See Also
    --------
    graphs.simulate.simulate : The same for several who leave together, and what else it costs.
    graphs.measures.fragmentation_after_exit : How much F rises, of all nodes at once.

    Notes
    -----
    When v leaves, its component falls into the subtrees of the depth-first search from which no
    edge leads above v, and the rest [1]_. The largest of these keeps its place, of equal ones
    the one with the lowest id, as in :func:`graphs.simulate.simulate`; all others are cut off.
    A subtree of k nodes is k in a row of the search, so nobody is walked twice to be counted.

    Whom to name must not hang on where the search began. The lost are subtrees, or all of a
    component but one subtree; so the lowest ids are kept of each subtree, and of what comes before
    and after each in the search.

    Time O(n s + m) to name s, and O(n) more for each exit that leaves equally large parts: 2 s at
    100 000 organisations and 400 000 ties.

    References
    ----------
    .. [1] Tarjan, R. (1972). Depth-first search and linear graph algorithms. SIAM Journal on
       Computing 1, 146-160. https://doi.org/10.1137/0201010

    Examples
    --------
    A triangle, and a chain of two that hangs on one of its corners:

    >>> graph = nx.Graph([(1, 2), (2, 3), (3, 1), (3, 4), (4, 5)])
    >>> cut_off_by_exit(graph)
    {3: CutOff(count=2, organisations=(4, 5)), 4: CutOff(count=1, organisations=(5,))}
    """
    arrays = arrays_of(graph)
    if not len(arrays.nodes):
        return {}
    nodes = np.array(arrays.nodes, dtype=np.int64)
    trees = forest(arrays.starts, arrays.ends)
    names = nodes[trees.order]
    below = np.flatnonzero(trees.above >= 0)
    heads: dict[int, list[int]] = {}
    for child in below[trees.low[below] >= trees.above[below]].tolist():
        heads.setdefault(int(trees.above[child]), []).append(child)
    lowest = _Lowest(trees, names, most)
    found = {}
    for place, children in heads.items():
        parts = _parts(trees, place, children)
        if len(parts) > 1:
            found[int(names[place])] = _lost(parts, names, place, children, lowest)
    return {one: found[one] for one in graph if one in found}


Part = list[tuple[int, int]]
"""Places in the search, as ranges from–to."""


def _parts(trees: Forest, place: int, children: list[int]) -> list[Part]:
    """Return the parts that are left of a component without the node at a place."""
    parts = [[(child, child + int(trees.size[child]))] for child in sorted(children)]
    first = int(trees.roots[trees.part[place]])
    last = first + int(trees.size[first])
    edges = [first, *(end for piece in [[(place, place + 1)], *parts] for end in piece[0]), last]
    rest = [(one, other) for one, other in zip(edges[::2], edges[1::2], strict=True) if one < other]
    return [*parts, rest] if rest else parts


def _lost(
    parts: list[Part], names: np.ndarray, place: int, children: list[int], lowest: "_Lowest"
) -> CutOff:
    """Return all but the largest part."""
    sizes = [sum(last - first for first, last in part) for part in parts]
    most_of_all = max(sizes)
    largest = [at for at, size in enumerate(sizes) if size == most_of_all]
    stays = largest[0]
    if len(largest) > 1:
        stays = min(largest, key=lambda at: min(names[slice(*one)].min() for one in parts[at]))
    count = sum(sizes) - sizes[stays]
    if stays < len(children):
        return CutOff(count, lowest.beside(sorted(children)[stays], int(names[place])))
    return CutOff(count, lowest.below(children))


class _Lowest:
    """The lowest ids of the subtrees of a search, and of what is beside each of them."""

    def __init__(self, trees: Forest, names: np.ndarray, most: int) -> None:
        """Walk the search from its end, and from its beginning."""
        self.most = most
        ids, above, size = names.tolist(), trees.above.tolist(), trees.size.tolist()
        roots = set(trees.roots.tolist())
        count = len(ids)
        self._within: list[list[int]] = [[one] for one in ids]
        for place in range(count - 1, -1, -1):
            if above[place] >= 0:
                both = self._within[above[place]] + self._within[place]
                self._within[above[place]] = sorted(both)[:most]
        # One more than asked: among those beside a subtree is the one who leaves.
        self._last = [place + many - 1 for place, many in enumerate(size)]
        ends = {self._last[root] for root in roots}
        self._before = _passed(ids, range(count), roots, most + 1)
        self._after = _passed(ids, range(count - 1, -1, -1), ends, most + 1)

    def below(self, places: Iterable[int]) -> tuple[int, ...]:
        """Return the lowest of some subtrees."""
        found = chain.from_iterable(self._within[place] for place in places)
        return tuple(sorted(found)[: self.most])

    def beside(self, place: int, without: int) -> tuple[int, ...]:
        """Return the lowest of a component but for one subtree, and for who leaves."""
        found = sorted((*self._before[place], *self._after[self._last[place]]))
        return tuple([one for one in found if one != without][: self.most])


def _passed(
    ids: list[int], way: Iterable[int], begins: Container[int], most: int
) -> list[tuple[int, ...]]:
    """Return for each place the lowest ids passed before it, since a component began."""
    found: list[tuple[int, ...]] = [()] * len(ids)
    kept: list[int] = []
    told: tuple[int, ...] = ()
    for place in way:
        if place in begins:
            kept, told = [], ()
        found[place] = told
        if len(kept) < most or ids[place] < kept[-1]:
            insort(kept, ids[place])
            del kept[most:]
            told = tuple(kept)
    return found
