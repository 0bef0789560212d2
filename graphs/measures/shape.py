"""The shape of a whole network: how dense, how centred, how wide, in how many parts."""

import networkx as nx


def degree(graph: nx.Graph) -> dict[int, int]:
    """Return the number of partners of every node.

    Parameters
    ----------
    graph : nx.Graph of n nodes

    Returns
    -------
    dict of node to int
        0 for isolates.

    Examples
    --------
    >>> degree(nx.star_graph(3))
    {0: 3, 1: 1, 2: 1, 3: 1}
    """
    return dict(graph.degree())


def components(graph: nx.Graph) -> list[set[int]]:
    """Return the parts of the network between which there is no path.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges

    Returns
    -------
    list of set of node
        The largest first, equal ones by their smallest node. An isolate is a part of its own.

    Notes
    -----
    Time O(n + m).

    Examples
    --------
    >>> graph = nx.Graph([(4, 5), (5, 6)])
    >>> graph.add_node(1)
    >>> components(graph)
    [{4, 5, 6}, {1}]
    """
    return sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))


def density(graph: nx.Graph) -> float | None:
    """Return the ties there are as a share of the ties there could be.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges

    Returns
    -------
    float in [0, 1] or None
        2m / (n (n − 1)); None for fewer than two nodes.

    Examples
    --------
    >>> density(nx.path_graph(4))
    0.5
    >>> density(nx.empty_graph(1)) is None
    True
    """
    nodes = len(graph)
    return 2 * graph.number_of_edges() / (nodes * (nodes - 1)) if nodes > 1 else None


def degree_centralisation(graph: nx.Graph) -> float | None:
    """Return how much the ties gather at one node: 1 for a star, 0 when all have as many.

    Parameters
    ----------
    graph : nx.Graph of n nodes

    Returns
    -------
    float in [0, 1] or None
        None for fewer than three nodes, where no star is possible.

    Notes
    -----
    Freeman [1]_, without loops: Σ (max k − k_i) / ((n − 1)(n − 2)) over the degrees k. The
    default of igraph's ``centr_degree`` allows loops and gives less (karate club 0.3761).

    References
    ----------
    .. [1] Freeman, L. C. (1978). Centrality in social networks: conceptual clarification.
       Social Networks 1, 215-239. https://doi.org/10.1016/0378-8733(78)90021-7

    Examples
    --------
    >>> degree_centralisation(nx.star_graph(5)), degree_centralisation(nx.cycle_graph(5))
    (1.0, 0.0)
    >>> round(degree_centralisation(nx.karate_club_graph()), 4)
    0.3996
    """
    nodes = len(graph)
    if nodes < 3:
        return None
    degrees = degree(graph).values()
    return (nodes * max(degrees) - sum(degrees)) / ((nodes - 1) * (nodes - 2))


def core_numbers(graph: nx.Graph) -> dict[int, int]:
    """Return for every node the largest k such that it belongs to the k-core.

    The k-core is what remains when everyone with fewer than k partners leaves, again and again:
    the circle in which each has at least k partners inside the circle.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges

    Returns
    -------
    dict of node to int
        0 for isolates.

    Notes
    -----
    Time O(n + m) [1]_.

    References
    ----------
    .. [1] Batagelj, V. and Zaveršnik, M. (2003). An O(m) algorithm for cores decomposition of
       networks. https://arxiv.org/abs/cs/0310049

    Examples
    --------
    A triangle with a pendant:

    >>> core_numbers(nx.Graph([(1, 2), (2, 3), (3, 1), (3, 4)]))
    {1: 2, 2: 2, 3: 2, 4: 1}
    """
    return dict(nx.core_number(graph))


def clustering(graph: nx.Graph) -> dict[int, float | None]:
    """Return for every node the share of pairs of its partners that are partners themselves.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges

    Returns
    -------
    dict of node to float in [0, 1] or None
        None for nodes with fewer than two partners: they have no pair to look at. (networkx
        answers 0 for those, as for a broker whose many partners do not know each other.)

    Notes
    -----
    Time O(Σ k²) over the degrees k.

    Examples
    --------
    A triangle with a pendant:

    >>> clustering(nx.Graph([(1, 2), (2, 3), (3, 1), (3, 4)]))
    {1: 1.0, 2: 1.0, 3: 0.3333333333333333, 4: None}
    """
    shares = nx.clustering(graph)
    return {
        node: float(shares[node]) if partners > 1 else None for node, partners in graph.degree()
    }


def diameter(graph: nx.Graph) -> int | None:
    """Return the longest of the shortest paths in the largest component.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges

    Returns
    -------
    int or None
        In ties; 0 when all nodes are isolates, None without nodes. Of several largest
        components the widest one counts.

    Notes
    -----
    The iFUB search [1]_: from a node in the middle, look at the farthest nodes first, and stop
    when no nearer node can have a longer path. In the worst case O(n m), on partnership
    networks a few dozen searches of O(n + m).

    References
    ----------
    .. [1] Crescenzi, P. et al. (2013). On computing the diameter of real-world undirected
       graphs. Theoretical Computer Science 514, 84-95.
       https://doi.org/10.1016/j.tcs.2012.09.018

    Examples
    --------
    >>> diameter(nx.path_graph(5)), diameter(nx.empty_graph(2))
    (4, 0)
    """
    if not graph:
        return None
    parts = components(graph)
    return max(_width(graph, part) for part in parts if len(part) == len(parts[0]))


def _width(graph: nx.Graph, part: set[int]) -> int:
    """Return the diameter of one component."""
    start = max(part, key=lambda node: (graph.degree(node), -node))
    one_end = _farthest(graph, start)
    way = nx.shortest_path(graph, one_end, _farthest(graph, one_end))
    levels = list(nx.bfs_layers(graph, way[len(way) // 2]))
    widest = len(way) - 1
    for height in range(len(levels) - 1, 0, -1):
        if widest >= 2 * height:
            break
        widest = max(widest, *(_eccentricity(graph, node) for node in levels[height]))
    return widest


def _farthest(graph: nx.Graph, node: int) -> int:
    """Return the node farthest from one; the smallest of several."""
    *_, last = nx.bfs_layers(graph, node)
    return min(last)


def _eccentricity(graph: nx.Graph, node: int) -> int:
    """Return the distance from a node to the farthest one that it reaches."""
    return sum(1 for _ in nx.bfs_layers(graph, node)) - 1
