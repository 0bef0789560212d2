"""What falls apart: fragmentation, articulation points, bridges, and the exit of every node."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graphs.arrays import Arrays, arrays_of
from graphs.arrays import forest as trees
from graphs.arrays.parts import parts


def connected_pairs(graph: nx.Graph, counted: Collection[int] | None = None) -> int:
    """Return how many pairs of nodes have a path between them.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
    counted : collection of node, optional
        The nodes whose pairs are counted; the others only carry paths. All, if not given. Those
        that are not in the graph are not looked at.

    Returns
    -------
    int

    Notes
    -----
    Time O(n + m).

    Examples
    --------
    >>> graph = nx.path_graph(3)
    >>> connected_pairs(graph), connected_pairs(graph, counted={0, 2})
    (3, 1)
    """
    arrays = arrays_of(graph)
    of_part = np.bincount(parts(arrays.starts, arrays.ends), _counted(arrays, counted))
    return int(trees.pairs(of_part.astype(np.int64)).sum())


def pairs_within(neighbours: Mapping[int, Iterable[int]], weights: Mapping[int, int]) -> int:
    """Return the connected pairs of a graph given by its neighbours.

    The work of :func:`connected_pairs`, for callers that look at many small parts of one graph
    and cannot afford a graph object for each.

    Parameters
    ----------
    neighbours : mapping of node to its neighbours, of length n
        Undirected: each edge from both of its ends. All neighbours are keys.
    weights : mapping of node to int
        How many counted nodes each node stands for: 1 or 0.

    Returns
    -------
    int

    Examples
    --------
    >>> pairs_within({1: [2], 2: [1, 3], 3: [2]}, {1: 1, 2: 0, 3: 1})
    1
    """
    connected = 0
    seen: set[int] = set()
    for start in neighbours:
        if start in seen:
            continue
        seen.add(start)
        part = [start]
        for node in part:  # the list grows while it is being walked
            fresh = [other for other in neighbours[node] if other not in seen]
            seen.update(fresh)
            part.extend(fresh)
        connected += pairs_of(sum(weights[node] for node in part))
    return connected


def connected_pairs_after_exit(
    graph: nx.Graph, counted: Collection[int] | None = None
) -> dict[int, int]:
    """Return, for every node, how many pairs stay connected when that node leaves.

    This is the question "what if this office withdraws?", asked of every organisation at once.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Not changed: nothing is removed.
    counted : collection of node, optional
        The nodes whose pairs are counted; the others only carry paths. All, if not given. Those
        that are not in the graph are not looked at.

    Returns
    -------
    dict of node to int
        For each node v of the graph, the pairs {a, b} of counted nodes, both other than v, with
        a path that avoids v.

    Notes
    -----
    One depth-first search [1]_. A subtree from which no edge leads above v is cut off when v
    leaves; everything else in the component of v stays together. With the number of counted
    nodes in each subtree, the pairs follow without a second look at the graph.

    Time and memory O(n + m): 0.2 s for 100 000 nodes and 700 000 edges, where removing one node
    after the other takes O(n (n + m)).

    References
    ----------
    .. [1] Tarjan, R. (1972). Depth-first search and linear graph algorithms. SIAM Journal on
       Computing 1, 146-160. https://doi.org/10.1137/0201010

    Examples
    --------
    A chain of five, six pairs of which are left when an end leaves, and two when the middle does:

    >>> connected_pairs_after_exit(nx.path_graph(5))
    {0: 6, 1: 3, 2: 2, 3: 3, 4: 6}
    """
    arrays = arrays_of(graph)
    return arrays.by_node(_left(arrays, counted))


def pairs_after_exit(
    neighbours: Mapping[int, Iterable[int]], weights: Mapping[int, int]
) -> dict[int, int]:
    """Return the pairs left after the exit of each node, for a graph given by its neighbours.

    The work of :func:`connected_pairs_after_exit`, for callers that look at many small parts of
    one graph and cannot afford a graph object for each.

    Parameters
    ----------
    neighbours : mapping of node to its neighbours, of length n
        Undirected: each edge from both of its ends. All neighbours are keys.
    weights : mapping of node to int
        How many counted nodes each node stands for: 1 or 0.

    Returns
    -------
    dict of node to int, in the order of ``neighbours``

    Notes
    -----
    ``top`` is the lowest discovery number that a subtree reaches by one edge upwards. The search
    keeps its own path, as Python's recursion ends at a chain of a thousand.

    Examples
    --------
    >>> pairs_after_exit({1: [2], 2: [1, 3], 3: [2]}, {1: 1, 2: 1, 3: 1})
    {1: 1, 2: 0, 3: 1}
    """
    found: dict[int, int] = {}  # node -> discovery number
    top: dict[int, int] = {}
    size: dict[int, int] = {}  # node -> counted nodes in its subtree
    cut_size: dict[int, int] = {}  # node -> counted nodes that its exit cuts off below it
    cut_pairs: dict[int, int] = {}  # node -> pairs among them that stay connected
    in_whole: dict[int, tuple[int, int]] = {}  # root -> first and last number of its component
    for root in neighbours:
        if root in found:
            continue
        first = len(found)
        found[root] = top[root] = first
        size[root] = weights[root]
        cut_size[root] = cut_pairs[root] = 0
        path = [(root, root, iter(neighbours[root]))]
        while path:
            node, above, rest = path[-1]
            for other in rest:
                if other not in found:
                    found[other] = top[other] = len(found)
                    size[other] = weights[other]
                    cut_size[other] = cut_pairs[other] = 0
                    path.append((other, node, iter(neighbours[other])))
                    break
                if other != above and found[other] < top[node]:
                    top[node] = found[other]
            else:
                path.pop()
                if node != root:
                    size[above] += size[node]
                    top[above] = min(top[above], top[node])
                    if top[node] >= found[above]:
                        cut_size[above] += size[node]
                        cut_pairs[above] += pairs_of(size[node])
        in_whole[root] = (first, len(found))
    order = list(found)
    before = sum(pairs_of(size[root]) for root in in_whole)
    left: dict[int, int] = {}
    for root, (first, last) in in_whole.items():
        elsewhere = before - pairs_of(size[root])
        for node in order[first:last]:
            stays = size[root] - weights[node] - cut_size[node]
            left[node] = elsewhere + cut_pairs[node] + pairs_of(stays)
    return {node: left[node] for node in neighbours}


def fragmentation(graph: nx.Graph) -> float | None:
    """Return the share of pairs that have no path between them: Borgatti's F.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges

    Returns
    -------
    float in [0, 1] or None
        0 when all are connected, 1 when there are no ties; None for fewer than two nodes.

    See Also
    --------
    fragmentation_after_exit : The same without each node in turn.

    Notes
    -----
    F = 1 − Σ s (s − 1) / (n (n − 1)) over components of size s [1]_. Time O(n + m).

    References
    ----------
    .. [1] Borgatti, S. P. (2006). Identifying sets of key players in a social network.
       Computational and Mathematical Organization Theory 12, 21-34.
       https://doi.org/10.1007/s10588-006-7084-x

    Examples
    --------
    Two pairs of strangers: two of the six pairs are connected.

    >>> round(fragmentation(nx.Graph([(1, 2), (3, 4)])), 4)
    0.6667
    """
    return _unconnected(connected_pairs(graph), len(graph))


def fragmentation_after_exit(graph: nx.Graph) -> dict[int, float | None]:
    """Return, for every node, the fragmentation F of the network without it.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Not changed.

    Returns
    -------
    dict of node to float in [0, 1] or None
        F of the other n − 1 nodes; None for all when fewer than two others are left. Compare
        with :func:`fragmentation` of the whole: the leaving of an isolate *lowers* F.

    Notes
    -----
    Time O(n + m), by :func:`connected_pairs_after_exit`.

    Examples
    --------
    >>> fragmentation_after_exit(nx.path_graph(3))
    {0: 0.0, 1: 1.0, 2: 0.0}
    """
    arrays = arrays_of(graph)
    pairs = pairs_of(len(graph) - 1)
    if pairs < 1:
        return dict.fromkeys(arrays.nodes)
    return arrays.by_node(1.0 - _left(arrays, None) / pairs)


def articulation_points(graph: nx.Graph) -> set[int]:
    """Return the nodes without which some others lose their connection.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges

    Returns
    -------
    set of node

    Notes
    -----
    Time O(n + m) [1]_: 50 ms for 100 000 nodes and 700 000 edges.

    References
    ----------
    .. [1] Hopcroft, J. and Tarjan, R. (1973). Algorithm 447: efficient algorithms for graph
       manipulation. Communications of the ACM 16, 372-378.
       https://doi.org/10.1145/362248.362272

    Examples
    --------
    >>> articulation_points(nx.path_graph(4))
    {1, 2}
    """
    arrays = arrays_of(graph)
    found = trees.forest(arrays.starts, arrays.ends)
    cutting = found.order[trees.exits(found).parts > 1]
    return {arrays.nodes[place] for place in cutting.tolist()}


def bridges(graph: nx.Graph) -> list[tuple[int, int]]:
    """Return the ties without which their two sides lose their connection.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges

    Returns
    -------
    list of (node, node)
        Each tie once, with its smaller node first, in order.

    Notes
    -----
    Time O(n + m).

    Examples
    --------
    A triangle and a pendant:

    >>> bridges(nx.Graph([(1, 2), (2, 3), (3, 1), (4, 3)]))
    [(3, 4)]
    """
    arrays = arrays_of(graph)
    found = trees.forest(arrays.starts, arrays.ends)
    below = found.order[found.bridges].tolist()
    above = found.order[found.above[found.bridges]].tolist()
    ends = [
        (arrays.nodes[one], arrays.nodes[other]) for one, other in zip(below, above, strict=True)
    ]
    return sorted((min(pair), max(pair)) for pair in ends)


def pairs_of(count: int) -> int:
    """Return how many pairs so many things make.

    >>> [pairs_of(count) for count in range(5)]
    [0, 0, 1, 3, 6]
    """
    return count * (count - 1) // 2


def _counted(arrays: Arrays, counted: Collection[int] | None) -> NDArray[Any]:
    """Return 1 for each counted node and 0 for the others."""
    if counted is None:
        return np.ones(len(arrays.nodes), dtype=np.int64)
    wanted = counted if isinstance(counted, set | frozenset | dict) else set(counted)
    return np.array([node in wanted for node in arrays.nodes], dtype=np.int64)


def _left(arrays: Arrays, counted: Collection[int] | None) -> NDArray[np.int64]:
    """Return the pairs that are left after the exit of each node."""
    found = trees.forest(arrays.starts, arrays.ends, _counted(arrays, counted))
    whole = trees.pairs(found.whole)
    everywhere = int(trees.pairs(found.weight[found.roots]).sum())
    left = np.empty(len(arrays.nodes), dtype=np.int64)
    left[found.order] = everywhere - whole + trees.exits(found).pairs
    return left


def _unconnected(connected: int, nodes: int) -> float | None:
    """Return the share of pairs that are not connected."""
    return 1.0 - connected / pairs_of(nodes) if nodes > 1 else None
