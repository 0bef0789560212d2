"""The picture of a network as pyvis' model of it: positions given, nothing moves by itself."""

from collections.abc import Iterable, Mapping
from math import isfinite, sqrt
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from graphs.layout.spacing import radii
from graphs.records import LAYERS

if TYPE_CHECKING:
    from pyvis.network import Network

Id = int | str

SUGGESTED = "suggested"
"""The layer of ties that are not there, and should be."""

COLOURS = {
    "agreement": "#0f766e",
    "support": "#b45309",
    "attendance": "#94a3b8",
    "team": "#7c3aed",
    SUGGESTED: "#dc2626",
}
"""One colour per layer, for a picture that is shown as it is."""

THICKEST = 6.0


def picture(
    graph: nx.Graph,
    positions: Mapping[Any, tuple[float, float]],
    labels: Mapping[Any, str],
    colours: Mapping[Any, str],
    shapes: Mapping[Any, str],
    sizes: Mapping[Any, float],
    suggested: Iterable[tuple[Any, Any]] = (),
) -> "Network":
    """Return pyvis' model of a network: what is drawn where, and how.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        A network of :func:`graphs.build.network`, or groups of it. Ids are numbers or texts.
    positions : Mapping from id to (x, y)
        For every node, in pixels, y downwards; see :func:`graphs.layout.positions`.
    labels : Mapping from id to str
        Names. They are text and stay text, whatever they contain.
    colours, shapes : Mapping from id to str
        CSS colours and vis-network's shapes (``dot``, ``square``, ``triangle``, …): two signs
        for the sector, as not everybody sees colours.
    sizes : Mapping from id to float >= 0
        The measure that sizes show; a node that is not there counts as 0.
    suggested : iterable of (id, id)
        Ties that findings suggest. Those with an end outside of the picture, or that are tied
        already, are left out; each pair is drawn once.

    Returns
    -------
    pyvis.network.Network
        Nodes with ``x``, ``y``, ``fixed``, ``label``, ``color``, ``shape`` and ``size``, a
        radius of 8-36 pixels with the area in proportion to the measure. Edges with ``layer``
        (the strongest one), ``color``, ``width`` (1-6 pixels by the root of the strength),
        ``opacity`` (faint when the tie does not work) and ``dashes`` (suggested ties only).
        Physics is off.

    Raises
    ------
    ValueError
        If a node lacks a position, label, colour or shape, or a size is negative or no number.

    See Also
    --------
    data : The same, ready for JSON.
    graphs.draw.grouped : Fewer nodes, for large networks.

    Notes
    -----
    There are no titles: vis-network writes them as HTML, and runs what is in them. `Network`
    draws from templates that load other sites' scripts; use its model, not its pages.

    Time O(n + m). pyvis looks for every edge in all edges before when they are added one by one,
    so all are set at once.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_edge(1, 2, strength=4.0, layers={"agreement": 1.0, "team": 1.0}, working=True)
    >>> graph.add_node(3)
    >>> model = picture(
    ...     graph,
    ...     positions={1: (0, 0), 2: (60, 0), 3: (0, 60)},
    ...     labels={1: "Bappeda", 2: "Bank", 3: "Radio <b>"},
    ...     colours=dict.fromkeys(graph, "#1f77b4"),
    ...     shapes=dict.fromkeys(graph, "dot"),
    ...     sizes={1: 4, 2: 1},
    ...     suggested=[(3, 1)],
    ... )
    >>> [(node["label"], node["size"]) for node in model.nodes]
    [('Bappeda', 36.0), ('Bank', 18.0), ('Radio <b>', 8.0)]
    >>> [(edge["layer"], edge["width"], edge["dashes"]) for edge in model.edges]
    [('agreement', 3.0, False), ('suggested', 1.5, True)]
    """
    # pyvis brings IPython with it, which takes half a second: only who draws should wait.
    from pyvis.network import Network

    _check(graph, positions, labels, colours, shapes, sizes)
    model = Network(cdn_resources="in_line")
    model.toggle_physics(False)
    values = np.array([sizes.get(one, 0.0) for one in graph], dtype=float)
    for one, radius in zip(graph, radii(values).tolist(), strict=True):
        x, y = positions[one]
        model.add_node(
            one,
            label=labels[one],
            shape=shapes[one],
            color=colours[one],
            x=float(x),
            y=float(y),
            size=round(radius, 2),
            fixed=True,
            physics=False,
        )
    model.edges = [
        *(_tie(one, other, attributes) for one, other, attributes in graph.edges(data=True)),
        *_suggestions(graph, suggested),
    ]
    return model


def data(network: "Network") -> dict[str, list[dict[str, Any]]]:
    """Return a picture as plain values, ready for JSON.

    Parameters
    ----------
    network : pyvis.network.Network
        A picture of :func:`picture`, of n nodes and m edges.

    Returns
    -------
    dict
        ``nodes``: n dicts with ``id``, ``label``, ``x``, ``y``, ``shape``, ``color``, ``size``;
        ``edges``: m dicts with ``from``, ``to``, ``layer``, ``width``, ``opacity``, ``dashes``.
        New objects, which the caller may add to.

    Notes
    -----
    Whoever writes this into a page must still escape it for the place it is written to.

    Examples
    --------
    >>> import networkx as nx
    >>> one = {7: "Radio"}
    >>> model = picture(nx.empty_graph([7]), {7: (1, 2)}, one, {7: "red"}, {7: "dot"}, {7: 1})
    >>> data(model)["nodes"]
    [{'id': 7, 'label': 'Radio', 'x': 1.0, 'y': 2.0, 'shape': 'dot', 'color': 'red', 'size': 14.0}]
    """
    node_parts = ("id", "label", "x", "y", "shape", "color", "size")
    edge_parts = ("from", "to", "layer", "width", "opacity", "dashes")
    return {
        "nodes": [{part: node[part] for part in node_parts} for node in network.nodes],
        "edges": [{part: edge[part] for part in edge_parts} for edge in network.edges],
    }


def strongest_layer(layers: Mapping[str, float]) -> str:
    """Return the layer by which a tie is drawn: the strongest evidence for it.

    Parameters
    ----------
    layers : Mapping from layer to share
        The parts of an edge; shares of 0 do not count.

    Returns
    -------
    str
        The first of agreement, support, attendance, team that is there; ``attendance``, the
        weakest claim, when none is.

    Examples
    --------
    >>> strongest_layer({"team": 5.0, "agreement": 0.1}), strongest_layer({})
    ('agreement', 'attendance')
    """
    for layer in LAYERS:
        if layers.get(layer, 0.0) > 0:
            return layer
    return "attendance"


def _tie(one: Id, other: Id, attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return one tie as it is drawn."""
    layer = strongest_layer(attributes.get("layers", {}))
    opacity = 0.75 if attributes.get("working", True) else 0.35
    strength = max(float(attributes.get("strength", 1.0)), 0.0)
    width = round(min(1.0 + sqrt(strength), THICKEST), 2)
    return _edge(one, other, layer, width, opacity, dashes=False)


def _suggestions(graph: nx.Graph, suggested: Iterable[tuple[Id, Id]]) -> list[dict[str, Any]]:
    """Return the suggested ties that can be drawn, each pair once."""
    pairs = {
        frozenset((one, other)): (one, other)
        for one, other in suggested
        if one != other and one in graph and other in graph and not graph.has_edge(one, other)
    }
    return [_edge(*pair, SUGGESTED, 1.5, 0.9, dashes=True) for pair in pairs.values()]


def _edge(
    one: Id, other: Id, layer: str, width: float, opacity: float, dashes: bool
) -> dict[str, Any]:
    """Return an edge in the words of vis-network, and its layer."""
    return {
        "from": one,
        "to": other,
        "layer": layer,
        "color": {"color": COLOURS[layer], "opacity": opacity},
        "width": width,
        "opacity": opacity,
        "dashes": dashes,
    }


def _check(
    graph: nx.Graph,
    positions: Mapping[Id, tuple[float, float]],
    labels: Mapping[Id, str],
    colours: Mapping[Id, str],
    shapes: Mapping[Id, str],
    sizes: Mapping[Id, float],
) -> None:
    """Refuse a picture in which something of a node is not known."""
    needed: dict[str, Mapping[Id, Any]] = {
        "position": positions,
        "label": labels,
        "colour": colours,
        "shape": shapes,
    }
    for name, known in needed.items():
        for one in graph:
            if one not in known:
                raise ValueError(f"node {one!r} has no {name}.")
    for one in graph:
        if not (isfinite(sizes.get(one, 0.0)) and sizes.get(one, 0.0) >= 0):
            raise ValueError(f"the size of node {one!r} must be a number from 0 on.")
