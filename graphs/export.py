"""A network as GraphML and GEXF, for Gephi, Cytoscape, R and Python; written piece by piece.

networkx writes both formats too, from a tree of the whole document beside the graph. These
writers hold one node or one tie at a time, so that a large network is not kept twice; its readers
are what the tests compare with.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from math import isfinite
from typing import Any
from xml.sax.saxutils import escape

Node = tuple[Any, Mapping[str, Any]]
Edge = tuple[Any, Any, Mapping[str, Any]]
Kinds = Mapping[str, type]

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold, not even escaped: control signs, halves of pairs."""

GRAPHML_TYPES = {str: "string", int: "int", float: "double", bool: "boolean"}
GEXF_TYPES = {str: "string", int: "integer", float: "double", bool: "boolean"}

QUOTED = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
"""What a reader would take for the end of an attribute, or for a blank."""

LOOKS = ("label", "x", "y", "size", "r", "g", "b", "shape")
"""Names that GEXF has a place of its own for."""
SHAPES = {"square": "square", "triangle": "triangle", "diamond": "diamond"}
"""The shapes that GEXF knows, by ours; whatever else there is becomes its disc."""


def graphml(
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    node_kinds: Kinds,
    edge_kinds: Kinds,
    about: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Yield a network as GraphML, piece by piece.

    Parameters
    ----------
    nodes : iterable of (id, attributes), of length n
        Each node once, as ``graph.nodes(data=True)`` gives them. Ids are numbers or texts.
    edges : iterable of (id, id, attributes), of length m
        Each undirected tie once, as ``graph.edges(data=True)`` gives them, between those nodes.
        Read only when all nodes are written; neither is kept, so both may be generators.
    node_kinds, edge_kinds : Mapping from name to str, int, float or bool
        Which attributes are written, and as what; others are left out.
    about : Mapping from name to str, optional
        What holds of the network as a whole: its title, day, source.

    Yields
    ------
    str
        Parts of one XML document, to be encoded as UTF-8. An attribute that is missing, None or
        no finite number is left out of its node or tie. Signs that XML cannot hold are left out
        of texts; everything else in them stays, as text.

    Raises
    ------
    ValueError
        If a kind is none of the four.

    See Also
    --------
    gexf : The same with looks that Gephi shows at once.
    networkx.read_graphml : Reads it.

    Notes
    -----
    Time O(n + m), memory of one node: 20 000 nodes and 100 000 ties with ten attributes in 5 s.

    References
    ----------
    .. [1] Brandes, U., Eiglsperger, M., Herman, I., Himsolt, M. and Marshall, M. S. (2002).
       GraphML progress report. Graph Drawing, LNCS 2265, 501-512.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_node(7, sector="media", label="Radio <b>")
    >>> graph.add_node(9, sector="opd", label="Dinas")
    >>> graph.add_edge(7, 9, strength=1.5)
    >>> pieces = graphml(
    ...     graph.nodes(data=True),
    ...     graph.edges(data=True),
    ...     {"sector": str, "label": str},
    ...     {"strength": float},
    ... )
    >>> read = nx.parse_graphml("".join(pieces), node_type=int)
    >>> dict(read.nodes(data=True)) == dict(graph.nodes(data=True)), list(read.edges(data=True))
    (True, [(7, 9, {'strength': 1.5})])
    """
    about = about or {}
    kinds = (("graph", dict.fromkeys(about, str)), ("node", node_kinds), ("edge", edge_kinds))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for part, named in kinds:
        for at, (name, kind) in enumerate(named.items()):
            yield (
                f'<key id="{part[0]}{at}" for="{part}" attr.name={_quoted(name)} '
                f'attr.type="{_type(kind, GRAPHML_TYPES)}"/>\n'
            )
    yield '<graph edgedefault="undirected">\n'
    yield "".join(_data("g", dict.fromkeys(about, str), about)) + "\n"
    for one, attributes in nodes:
        inner = "".join(_data("n", node_kinds, attributes))
        yield f"<node id={_quoted(one)}>{inner}</node>\n"
    for one, other, attributes in edges:
        inner = "".join(_data("e", edge_kinds, attributes))
        yield f"<edge source={_quoted(one)} target={_quoted(other)}>{inner}</edge>\n"
    yield "</graph>\n</graphml>\n"


def gexf(
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    node_kinds: Kinds,
    edge_kinds: Kinds,
    about: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Yield a network as GEXF, the format of Gephi, piece by piece.

    Parameters
    ----------
    nodes : iterable of (id, attributes), of length n
        As for :func:`graphml`. These attributes become what Gephi shows: ``label``; ``x`` and
        ``y``, with y downwards as on a screen, which Gephi counts upwards; ``size``, a
        radius; the colour ``r``, ``g``, ``b`` of 0-255; ``shape``, where hexagons and stars
        become discs, as the format has none.
    edges : iterable of (id, id, attributes), of length m
        As for :func:`graphml`. The attribute ``weight`` becomes the weight of the tie.
    node_kinds, edge_kinds : Mapping from name to str, int, float or bool
        Which attributes are written, and as what. Those named above need no kind: they are
        written where they are given.
    about : Mapping from name to str, optional
        What holds of the network as a whole; it is written into the description.

    Yields
    ------
    str
        Parts of one XML document of version 1.2, to be encoded as UTF-8; what is left out is as
        for :func:`graphml`. Ties are numbered from 0 on.

    Raises
    ------
    ValueError
        If a kind is none of the four.

    See Also
    --------
    graphml : The same as attributes alone.
    networkx.read_gexf : Reads it.

    Notes
    -----
    Time O(n + m), memory of one node: 20 000 nodes and 100 000 ties with ten attributes in 5 s.

    References
    ----------
    .. [1] GEXF Working Group (2012). GEXF 1.2 Draft Primer. https://gexf.net

    Examples
    --------
    >>> import io, networkx as nx
    >>> nodes = [
    ...     (7, {"label": "Radio", "sector": "media", "x": 3.0, "y": 4.0, "shape": "star"}),
    ...     (9, {"label": "Dinas", "sector": "opd"}),
    ... ]
    >>> text = "".join(gexf(nodes, [(7, 9, {"weight": 1.5})], {"sector": str}, {}))
    >>> read = nx.read_gexf(io.BytesIO(text.encode()), node_type=int)
    >>> read.nodes[7]["sector"], read.nodes[7]["viz"]["position"]
    ('media', {'x': 3.0, 'y': -4.0, 'z': 0.0})
    >>> '<viz:shape value="disc"/>' in text
    True
    >>> read.edges[7, 9]["weight"]
    1.5
    """
    node_kinds = {name: kind for name, kind in node_kinds.items() if name not in LOOKS}
    edge_kinds = {name: kind for name, kind in edge_kinds.items() if name != "weight"}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" '
    yield 'xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">\n'
    said = "\n".join(f"{name}: {text}" for name, text in (about or {}).items())
    yield f"<meta><creator>Sinergi</creator><description>{_text(said)}</description></meta>\n"
    yield '<graph mode="static" defaultedgetype="undirected">\n'
    for part, named in (("node", node_kinds), ("edge", edge_kinds)):
        yield f'<attributes class="{part}" mode="static">\n'
        for at, (name, kind) in enumerate(named.items()):
            yield (
                f'<attribute id="{part[0]}{at}" title={_quoted(name)} '
                f'type="{_type(kind, GEXF_TYPES)}"/>\n'
            )
        yield "</attributes>\n"
    yield "<nodes>\n"
    for one, attributes in nodes:
        label = attributes.get("label")
        yield f"<node id={_quoted(one)} label={_quoted(one if label is None else label)}>"
        yield f"{_values('n', node_kinds, attributes)}{_look(attributes)}</node>\n"
    yield "</nodes>\n<edges>\n"
    for at, (one, other, attributes) in enumerate(edges):
        weight = _written(attributes.get("weight"), _inside)
        heavy = f' weight="{weight}"' if weight is not None else ""
        yield f'<edge id="{at}" source={_quoted(one)} target={_quoted(other)}{heavy}>'
        yield f"{_values('e', edge_kinds, attributes)}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def _type(kind: type, types: Mapping[type, str]) -> str:
    """Return what a format calls a kind."""
    if kind not in types:
        raise ValueError(f"{kind!r} is not a kind of attribute; take str, int, float or bool.")
    return types[kind]


def _written(value: Any, write: Callable[[Any], str]) -> str | None:
    """Return a value as XML spells it, a text by ``write``; None: it is not known."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(float(value)) if isfinite(value) else None
    if isinstance(value, int):
        return str(value)
    return write(value)


def _text(value: Any) -> str:
    """Return a text as it stands between tags."""
    return escape(NOT_IN_XML.sub("", str(value)), {"\r": "&#13;"})


def _inside(value: Any) -> str:
    """Return a text as it stands between double quotes."""
    return escape(NOT_IN_XML.sub("", str(value)), QUOTED)


def _quoted(value: Any) -> str:
    """Return a text as it stands behind an equals sign, with its quotes."""
    return f'"{_inside(value)}"'


def _data(prefix: str, kinds: Kinds, attributes: Mapping[str, Any]) -> Iterator[str]:
    """Yield the attributes of a node, a tie or the graph as GraphML has them."""
    for at, name in enumerate(kinds):
        if (value := _written(attributes.get(name), _text)) is not None:
            yield f'<data key="{prefix}{at}">{value}</data>'


def _values(prefix: str, kinds: Kinds, attributes: Mapping[str, Any]) -> str:
    """Return the attributes of a node or a tie as GEXF has them."""
    pairs = ((at, _written(attributes.get(name), _inside)) for at, name in enumerate(kinds))
    inner = "".join(
        f'<attvalue for="{prefix}{at}" value="{value}"/>'
        for at, value in pairs
        if value is not None
    )
    return f"<attvalues>{inner}</attvalues>" if inner else ""


def _look(attributes: Mapping[str, Any]) -> str:
    """Return how Gephi shows a node, as far as that is given."""
    parts = []
    if all(attributes.get(name) is not None for name in "rgb"):
        parts.append('<viz:color r="{r}" g="{g}" b="{b}"/>'.format_map(attributes))
    if attributes.get("x") is not None and attributes.get("y") is not None:
        x, y = float(attributes["x"]), -float(attributes["y"])
        parts.append(f'<viz:position x="{x!r}" y="{y!r}" z="0.0"/>')
    if attributes.get("size") is not None:
        parts.append(f'<viz:size value="{float(attributes["size"])!r}"/>')
    if attributes.get("shape") is not None:
        parts.append(f'<viz:shape value="{SHAPES.get(attributes["shape"], "disc")}"/>')
    return "".join(parts)
