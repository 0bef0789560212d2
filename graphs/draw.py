"""The picture of a network as pyvis' model: where everything stands and how it looks.

Nothing is rendered here, and pyvis' own page is not used: it loads files from other hosts and
puts text into the page unescaped. Whoever shows the picture takes :func:`data` and sets every
label as text.
"""

from collections.abc import Collection, Iterable, Mapping
from math import sqrt
from typing import Any

import networkx as nx
from pyvis.network import Network

from graphs.places import province_of
from graphs.records import LAYERS, Place

SMALLEST, LARGEST = 8.0, 36.0
"""Radius of the smallest and the largest node, in pixels."""

THINNEST, THICKEST = 1.0, 6.0
"""Width of the weakest and the strongest tie, in pixels."""

Node = Any
Points = Mapping[Node, tuple[float, float]]


def picture(
    graph: nx.Graph,
    positions: Points,
    labels: Mapping[Node, str],
    colours: Mapping[Node, str],
    shapes: Mapping[Node, str],
    sizes: Mapping[Node, float],
    suggested: Iterable[tuple[Node, Node]] = (),
) -> Network:
    """Return the picture of a network with everything in its place.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Edges with `layers` (dict of layer to share), `strength` and `working` as
        :func:`graphs.build.network` makes them.
    positions, labels, colours, shapes, sizes : mapping from node
        Of length n: place in pixels, text, colour, vis-network's name of a shape, and the
        measure that the size shows (>= 0).
    suggested : iterable of (node, node)
        Ties that are not there but should be; drawn dashed. Pairs with a node that is not in
        the graph are left out.

    Returns
    -------
    pyvis.network.Network
        With physics switched off. The area of a node is proportional to its measure, between
        radius 8 and 36; the width of a tie to its strength, between 1 and 6. A tie is named by
        its strongest layer of evidence; one that does not work is pale.

    Raises
    ------
    KeyError
        If a node has no position, label, colour, shape or size.

    Notes
    -----
    ``Network.add_edge`` looks through all edges at each call, and ``from_nx`` changes the graph
    it is given: the edges are set at once instead. Nodes get no title, which the browser would
    run as markup. Time O(n + m).

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_edge(1, 2, layers={"agreement": 1.0}, strength=3.0, working=True)
    >>> graph.add_node(3)
    >>> nodes = [1, 2, 3]
    >>> net = picture(graph, {1: (0, 0), 2: (60, 0), 3: (0, 60)}, dict.fromkeys(nodes, "x"),
    ...               dict.fromkeys(nodes, "#000000"), dict.fromkeys(nodes, "dot"),
    ...               {1: 4, 2: 1, 3: 0}, suggested=[(1, 3)])
    >>> [node["size"] for node in net.nodes]
    [36.0, 18.0, 8.0]
    >>> [(edge["layer"], edge["dashes"]) for edge in net.edges]
    [('agreement', False), ('suggested', True)]
    """
    net = Network(height="100%", width="100%", cdn_resources="in_line")
    net.toggle_physics(False)
    most = max((sizes[node] for node in graph), default=0.0)
    for node in graph:
        x, y = positions[node]
        net.add_node(
            node if isinstance(node, int) else str(node),
            label=labels[node],
            shape=shapes[node],
            color=colours[node],
            size=radius(sizes[node], most),
            x=x,
            y=y,
            physics=False,
        )
    net.edges = [*_ties(graph), *_suggestions(graph, suggested)]
    return net


def radius(size: float, most: float) -> float:
    """Return the radius of a node whose area shows its share of the largest measure."""
    if most <= 0:
        return (SMALLEST + LARGEST) / 4
    return max(SMALLEST, round(LARGEST * sqrt(max(size, 0.0) / most), 2))


def _ties(graph: nx.Graph) -> list[dict[str, Any]]:
    strengths = [strength for *_pair, strength in graph.edges(data="strength", default=1.0)]
    # By its root: one hub's strong ties must not make all others hairlines.
    most = sqrt(max(strengths, default=1.0)) or 1.0
    return [
        {
            "from": _id(one),
            "to": _id(other),
            "layer": strongest_layer(data.get("layers", {})),
            "width": round(
                THINNEST + (THICKEST - THINNEST) * sqrt(data.get("strength", 1.0)) / most, 2
            ),
            "dashes": False,
            "opacity": 0.75 if data.get("working", True) else 0.3,
        }
        for one, other, data in graph.edges(data=True)
    ]


def _suggestions(graph: nx.Graph, pairs: Iterable[tuple[Node, Node]]) -> list[dict[str, Any]]:
    return [
        {
            "from": _id(one),
            "to": _id(other),
            "layer": "suggested",
            "width": 2.0,
            "dashes": True,
            "opacity": 0.9,
        }
        for one, other in pairs
        if one in graph and other in graph
    ]


def _id(node: Node) -> int | str:
    return node if isinstance(node, int) else str(node)


def strongest_layer(layers: Mapping[str, float]) -> str:
    """Return the layer by which a tie is drawn: agreement, support, attendance, team in turn."""
    return next((one for one in LAYERS if one in layers), LAYERS[2])


def data(net: Network) -> dict[str, list[dict[str, Any]]]:
    """Return the nodes and edges of a picture, ready to be written as JSON.

    Parameters
    ----------
    net : pyvis.network.Network of n nodes and m edges
        As :func:`picture` makes it.

    Returns
    -------
    dict
        ``nodes``: id, label, x, y, shape, color, size. ``edges``: from, to, layer, width,
        dashes, opacity.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_node(7)
    >>> one = {7: "a"}
    >>> net = picture(graph, {7: (1.0, 2.0)}, one, {7: "#123456"}, {7: "dot"}, {7: 1})
    >>> data(net)["nodes"]
    [{'id': 7, 'label': 'a', 'x': 1.0, 'y': 2.0, 'shape': 'dot', 'color': '#123456', 'size': 36.0}]
    """
    shown = ("id", "label", "x", "y", "shape", "color", "size")
    return {
        "nodes": [{name: node[name] for name in shown} for node in net.nodes],
        "edges": [dict(edge) for edge in net.edges],
    }


def grouped(graph: nx.Graph, places: Mapping[str, Place], opened: Collection[str] = ()) -> nx.Graph:
    """Return a network of regions × sectors, for networks too large to be read one by one.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Nodes with `sector` and `region`, edges with `strength` and `layers`.
    places : mapping of code to Place
        The known regions; organisations are grouped by province.
    opened : collection of str
        Groups, named as in the answer, whose organisations stand for themselves.

    Returns
    -------
    nx.Graph
        Groups are named ``<province>:<sector>`` (``:<sector>`` for organisations of the whole
        country) and have `sector`, `region`, `size` (organisations) and `members`; an
        organisation of an opened group keeps its id and data. Edges have `strength` and
        `layers` summed, `ties` (how many ties they stand for) and `working` if one of them is.
        Ties inside a group are not drawn.

    Notes
    -----
    Time O(n + m).

    Examples
    --------
    >>> graph = nx.Graph()
    >>> for one, sector in enumerate(["opd", "opd", "media"]):
    ...     graph.add_node(one, sector=sector, region="16.71")
    >>> graph.add_edges_from([(0, 2), (1, 2), (0, 1)], strength=1.0, layers={"agreement": 1.0})
    >>> small = grouped(graph, {"16.71": Place("16.71", "district", "16")})
    >>> small.nodes["16:opd"]["size"], small.edges["16:opd", "16:media"]["ties"]
    (2, 2)
    >>> sorted(grouped(graph, {}, opened=["16:opd"]), key=str)
    [0, 1, '16:media']
    """
    names: dict[Node, Node] = {}
    small = nx.Graph(**graph.graph)
    for node, facts in graph.nodes(data=True):
        province = province_of(places, facts.get("region"))
        name = f"{province or ''}:{facts.get('sector')}"
        if name in opened:
            names[node] = node
            small.add_node(node, **facts)
            continue
        names[node] = name
        if name not in small:
            small.add_node(name, sector=facts.get("sector"), region=province, size=0, members=[])
        small.nodes[name]["size"] += 1
        small.nodes[name]["members"].append(node)
    for one, other, facts in graph.edges(data=True):
        _add_tie(small, names[one], names[other], facts)
    return small


def _add_tie(small: nx.Graph, one: Node, other: Node, facts: Mapping[str, Any]) -> None:
    if one == other:
        return
    if not small.has_edge(one, other):
        small.add_edge(one, other, strength=0.0, layers={}, ties=0, working=False)
    tie = small.edges[one, other]
    tie["strength"] += facts.get("strength", 1.0)
    tie["ties"] += 1
    tie["working"] = tie["working"] or facts.get("working", True)
    for layer, share in facts.get("layers", {}).items():
        tie["layers"][layer] = tie["layers"].get(layer, 0.0) + share
