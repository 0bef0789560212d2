"""A part of the network as a network: one region, or some sectors."""

from collections.abc import Collection, Mapping

import networkx as nx

from graphs.places import path
from graphs.records import Place


def of_region(graph: nx.Graph, places: Mapping[str, Place], region: str | None) -> nx.Graph:
    """Return the organisations of a region and the ties among them.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Nodes with ``region``.
    places : mapping of code to Place
        The known regions, which say what lies in what.
    region : str or None
        A code; None is the whole country, with every organisation.

    Returns
    -------
    nx.Graph
        A new graph of those whose region is it or lies below it, isolates too; empty where
        nobody is. Data of nodes and edges are those of `graph`, not copies: do not change them.

    Raises
    ------
    KeyError
        If a node has no ``region``.

    See Also
    --------
    graphs.index.synergies : Which also lets province-level organisations connect.

    Notes
    -----
    Every measure of a region is the measure of this graph. Ties to outside are not in it, so
    that somebody with partners elsewhere only is an isolate here. Time O(n + m of the region).

    Examples
    --------
    >>> graph = nx.path_graph(3)
    >>> nx.set_node_attributes(graph, {0: "16.71", 1: "16.71", 2: "62"}, "region")
    >>> of_region(graph, {}, "16").edges, len(of_region(graph, {}, "31"))
    (EdgeView([(0, 1)]), 0)
    """
    return _among(
        graph,
        {
            node
            for node, data in graph.nodes(data=True)
            if region is None or region in path(places, data["region"])
        },
    )


def of_sectors(graph: nx.Graph, sectors: Collection[str], by: str = "sector") -> nx.Graph:
    """Return the organisations of some sectors and the ties among them.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Each node with the attribute `by`.
    sectors : collection of str
    by : str, default="sector"
        The node attribute that groups the nodes.

    Returns
    -------
    nx.Graph
        As :func:`of_region`.

    Raises
    ------
    KeyError
        If a node has no such attribute.

    Notes
    -----
    Time O(n + m of the part).

    Examples
    --------
    >>> graph = nx.path_graph(3)
    >>> nx.set_node_attributes(graph, {0: "opd", 1: "media", 2: "opd"}, "sector")
    >>> of_sectors(graph, {"opd"}).nodes, of_sectors(graph, {"opd"}).edges
    (NodeView((0, 2)), EdgeView([]))
    """
    return _among(graph, {node for node, data in graph.nodes(data=True) if data[by] in sectors})


def _among(graph: nx.Graph, members: Collection[int]) -> nx.Graph:
    """Return some nodes, in the order of the graph, and the ties among them."""
    part = nx.Graph(**graph.graph)
    part.add_nodes_from((node, graph.nodes[node]) for node in graph if node in members)
    part.add_edges_from(
        (one, other, data)
        for one in part
        for other, data in graph.adj[one].items()
        if other in members
    )
    return part
